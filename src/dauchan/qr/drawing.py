"""Drawing QR codes: as modules, SVG or PNG. Black on white with the four light modules around that the standard asks for."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Level = Literal["L", "M", "Q", "H"]

QUIET_ZONE = 4
MAX_TEXT = 1000
_SMALLEST = 21
_PER_VERSION = 4


def qr_modules(text: str, level: Level = "Q") -> NDArray[np.bool_]:
    """The modules of a QR code, True where dark, without quiet zone; shape (n, n) with n = 17 + 4·version.

    Raises:
        ValueError: the text is empty, longer than 1,000 characters (which would not fit at every level), or holds
            anything but printable ASCII, for phones disagree on how to read other letters. URLs and our codes are ASCII.
    """
    import numpy as np  # here and not above, so that the door, which draws nothing, starts light
    import zxingcpp

    if not 0 < len(text) <= MAX_TEXT:
        raise ValueError(f"a QR code holds 1 to {MAX_TEXT} characters here, not {len(text)}")
    if not (text.isascii() and text.isprintable()):
        raise ValueError("only printable ASCII characters are drawn; write others percent-encoded")
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    modules: NDArray[np.bool_] = np.asarray(barcode.to_image(scale=1, add_quiet_zones=False)) == 0
    return modules


def qr_version(modules: NDArray[np.bool_]) -> int:
    """The version, 1 to 40, by the number of modules."""
    return (len(modules) - _SMALLEST) // _PER_VERSION + 1


def qr_svg(text: str, level: Level = "Q") -> str:
    """An SVG element of a QR code, one unit per module, for a page with a strict content security policy: no style.

    It has no words in it: the page gives its text alternative (`role="img"`, `aria-label`) on an element around it.
    """
    modules = qr_modules(text, level)
    side = modules.shape[0] + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{_path(modules)}"/></svg>'
    )


def qr_png(text: str, level: Level = "Q", scale: int = 8) -> bytes:
    """A one-bit PNG of a QR code with `scale` pixels per module.

    Raises:
        ValueError: as `qr_modules`, or the scale is not 1 to 100.
    """
    import numpy as np
    from PIL import Image

    if not 1 <= scale <= 100:  # noqa: PLR2004 - a wall-sized picture is drawn as SVG
        raise ValueError(f"{scale} pixels per module: from 1 to 100 are drawn")
    framed = np.pad(qr_modules(text, level), QUIET_ZONE)
    light = ~np.kron(framed, np.ones((scale, scale), dtype=np.bool_))
    with io.BytesIO() as written:
        Image.fromarray(light).save(written, "PNG")
        return written.getvalue()


def _path(modules: NDArray[np.bool_]) -> str:
    """SVG path commands: one flat rectangle for each horizontal run of dark modules."""
    strokes = []
    for y, row in enumerate(modules.tolist(), start=QUIET_ZONE):
        x = QUIET_ZONE
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                strokes.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return "".join(strokes)
