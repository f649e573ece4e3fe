"""Writes the icons of the installed app from the product's mark, icon.svg.

Needed only when the mark changes: `python -m dauchan.web.layout.make_icons`.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import typst
from PIL import Image

STATIC = Path(__file__).parent / "static"
ICONS = STATIC / "icons"
#: A launcher may cut a maskable icon down to a circle of 80 % of its side; Apple fills transparent corners with black.
SQUARE = re.compile(r' rx="7"')
MASKED_SCALE = 0.72


def drawn(svg: str, side: int) -> Image.Image:
    """The drawing as *side* × *side* pixels."""
    page = f'#set page(width: {side}pt, height: {side}pt, margin: 0pt, fill: none)\n#image(bytes({_quoted(svg)}), format: "svg", width: 100%)'
    picture = typst.compile(page.encode(), format="png", ppi=72)
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.convert("RGBA")


def maskable(svg: str) -> str:
    """The mark on a full square, small enough for the middle that every launcher shows."""
    inner = re.sub(
        r"translate\([^)]*\) scale\([^)]*\)",
        f"translate({16 - 16 * MASKED_SCALE} {16 - 16 * MASKED_SCALE}) scale({MASKED_SCALE})",
        svg,
    )
    return SQUARE.sub("", inner)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def main() -> None:
    ICONS.mkdir(exist_ok=True)
    svg = (STATIC / "icon.svg").read_text(encoding="utf-8")
    for side in (192, 512):
        drawn(svg, side).save(ICONS / f"any-{side}.png", optimize=True)
    drawn(maskable(svg), 512).convert("RGB").save(ICONS / "maskable-512.png", optimize=True)
    drawn(SQUARE.sub("", svg), 180).convert("RGB").save(ICONS / "apple-touch.png", optimize=True)


if __name__ == "__main__":
    main()
