"""Codes, posters and photographs: how fast, beside the machine's own references.

Example: python bench/codes.py [FOLDER …]

With folders of photographs (each picture beside a .txt with its text; pictures without one must give nothing) it also
counts what is read and what is read wrongly, next to zxing-cpp alone.
"""

import hmac
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image

from dauchan.qr import (
    Keyring,
    make_person_token,
    make_venue_code,
    qr_png,
    qr_svg,
    read_person_token,
    read_venue_code,
    venue_url,
)
from dauchan.qr.photos import read_photo
from dauchan.venues.posters import PosterFace, Sheet, poster_pdf

QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
RING = Keyring(1, {1: b"k" * 32})
HOST = "quet.example.vn"
CODE = make_venue_code(4_000_000_000, 7, RING)
URL = venue_url(CODE, f"https://{HOST}")
TOKEN = make_person_token(2**62, 2**31, RING)


def seconds(work: Callable[[], object], times: int) -> float:
    """The best of five runs, per call: what the code costs when the machine has nothing else to do."""
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, time.perf_counter() - started)
    return best / times


def row(name: str, each: float, note: str = "") -> None:
    shown = f"{each * 1e6:10.2f} µs" if each < 1e-3 else f"{each * 1e3:10.2f} ms"  # noqa: PLR2004 - unit by size
    print(f"{name:<52}{shown}   {note}")


def verification() -> None:
    reference = seconds(lambda: hmac.digest(b"k" * 32, b"x" * 25, "sha256"), 50_000)
    row("reference: one HMAC-SHA256", reference)
    for name, work in (
        ("verify a bare venue code", lambda: read_venue_code(CODE, RING)),
        ("verify a venue code in its URL", lambda: read_venue_code(URL, RING, {HOST})),
        ("verify a person token", lambda: read_person_token(TOKEN, RING, 1_628_000_000)),
    ):
        each = seconds(work, 20_000)
        row(name, each, f"{each / reference:.1f} × reference")


def drawing() -> None:
    row("draw a code as SVG", seconds(lambda: qr_svg(URL), 200))
    row("draw a code as PNG, 8 pixels per module", seconds(lambda: qr_png(URL), 200))


def faces(count: int) -> list[PosterFace]:
    return [
        PosterFace(
            name=f"Cửa hàng tạp hóa số {number}",
            address=f"{number} Đường Thử, phường Thử, thành phố Huế",
            category="Cửa hàng",
            url=venue_url(make_venue_code(number, 1, RING), f"https://{HOST}"),
            short_code="7KQ2-M9XD",
            version=1,
            issued_on=date(2021, 8, 20),
            authority="Ủy ban nhân dân tỉnh Thử",
            unit="Ủy ban nhân dân phường Thử",
        )
        for number in range(count)
    ]


def posters() -> None:
    sheets: list[tuple[Sheet, int]] = [("a4", 20), ("a4", 1000), ("a5", 1000), ("stickers", 250)]
    for sheet, count in sheets:
        drawn = faces(count)
        started = time.perf_counter()
        written = poster_pdf(drawn, sheet)
        spent = time.perf_counter() - started
        row(
            f"{count} pages of {sheet}",
            spent / count,
            f"{count / spent:.0f} pages/s, {len(written) / count / 1024:.1f} KB/page",
        )
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{'largest process that set pages':<52}{children:10} MB")


def photograph() -> None:
    """A 12-megapixel picture with one poster in it, and one without any."""
    wall = Image.effect_noise((4000, 3000), 20).convert("L")
    bare = seconds(lambda: read_photo(wall, RING, {HOST}), 1)
    poster = Image.open(BytesIO(qr_png(URL, "Q", 30))).convert("L")
    wall.paste(poster, (1200, 800))
    row("read a poster on a photo of 12 megapixels", seconds(lambda: read_photo(wall, RING, {HOST}), 1))
    row("find none on a photo of 12 megapixels", bare)


def folder(path: Path) -> None:
    """What this project and zxing-cpp alone read of one folder."""
    pictures = [file for file in sorted(path.iterdir()) if file.suffix.lower() in {".png", ".jpg", ".jpeg", ".webp"}]
    ours = alone = expected = wrong = 0
    longest = 0.0
    for picture in pictures:
        beside = picture.with_suffix(".txt")
        wanted = beside.read_bytes().decode("utf-8") if beside.exists() else None
        image = Image.open(picture).convert("L")
        started = time.perf_counter()
        texts = {found.text for found in read_photo(image, None).codes}
        longest = max(longest, time.perf_counter() - started)
        plain = {found.text for found in zxingcpp.read_barcodes(image, QR)}
        expected += wanted is not None
        ours += wanted in texts
        alone += wanted in plain
        wrong += len(texts - {wanted})
    counted = (
        f"{len(pictures):3} pictures, {expected:3} with a code: read {ours}, zxing-cpp alone {alone}, wrong {wrong}"
    )
    print(f"{path.name:<28}{counted}; {longest * 1e3:.0f} ms at most")


if __name__ == "__main__":
    verification()
    drawing()
    posters()
    photograph()
    for argument in sys.argv[1:]:
        folder(Path(argument))
