"""What a phone's camera sees of a printed poster: the rendered PDF, tilted, blurred and noisy, as a file of frames."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

WIDTH, HEIGHT = 1280, 720
FRAMES = 12
WALL = (196, 188, 176)


def page_of(pdf: bytes, dots_per_inch: int = 110) -> Image.Image:
    """The first page as a printer would make it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page: Image.Image = document[0].render(scale=dots_per_inch / 72).to_pil().convert("RGB")
        return page
    finally:
        document.close()


def write_camera(picture: Image.Image, path: Path) -> Path:
    """A few seconds of *picture* before an unsteady hand, as motion JPEG, which Chromium takes for its camera."""
    chance = np.random.default_rng(7253)
    with path.open("wb") as file:
        for number in range(FRAMES):
            frame = _seen(picture, sway=0.02 * np.sin(number), chance=chance)
            with io.BytesIO() as jpeg:
                frame.save(jpeg, "JPEG", quality=72)
                file.write(jpeg.getvalue())
    return path


def _seen(picture: Image.Image, sway: float, chance: np.random.Generator) -> Image.Image:
    """One frame: from a little below and aside, not quite sharp, with the noise of a dim doorway."""
    frame = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    height = int(HEIGHT * 1.25)
    width = int(height * picture.width / picture.height)
    sheet = picture.resize((width, height), Image.Resampling.LANCZOS)
    mask = Image.new("L", sheet.size, 255)
    tilt = _perspective(width, height, lean=0.05 + sway, turn=0.04 - sway)
    sheet = sheet.transform(sheet.size, Image.Transform.PERSPECTIVE, tilt, Image.Resampling.BICUBIC)
    mask = mask.transform(sheet.size, Image.Transform.PERSPECTIVE, tilt)
    frame.paste(sheet, ((WIDTH - width) // 2, -int(HEIGHT * 0.12)), mask)
    frame = frame.rotate(4 + 40 * sway, Image.Resampling.BICUBIC, fillcolor=WALL).filter(ImageFilter.GaussianBlur(1.1))
    noisy = np.asarray(frame, dtype=np.int16) + chance.normal(0, 7, (HEIGHT, WIDTH, 1)).astype(np.int16)
    return Image.fromarray(np.clip(noisy * 0.85, 0, 255).astype(np.uint8))


def _perspective(width: int, height: int, *, lean: float, turn: float) -> tuple[float, ...]:
    """The eight numbers that Pillow wants: where each pixel of the frame comes from in the sheet.

    *lean* narrows the top edge by that share of the width, *turn* the left edge by that share of the height.
    """
    seen = [(lean * width, turn * height), (width * (1 - lean), 0), (width, height), (0, height * (1 - turn))]
    sheet = [(0, 0), (width, 0), (width, height), (0, height)]
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, sheet, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(np.linalg.solve(np.array(rows), np.array(values)).tolist())
