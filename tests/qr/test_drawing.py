"""Drawn codes: they are read back, and a poster's URL stays within QR version 4 at level Q."""

import io
import re
import string
from datetime import date

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dauchan.qr import (
    Keyring,
    SigningRing,
    make_card_code,
    make_personal_code,
    make_venue_code,
    qr_modules,
    qr_png,
    qr_svg,
    qr_version,
    venue_url,
)
from dauchan.qr.drawing import Level

LEVELS: list[Level] = ["L", "M", "Q", "H"]
RING = Keyring(255, {255: b"k" * 32})
SIGNER = SigningRing(255, {255: b"k" * 32})
CODE = make_venue_code(2**32 - 1, 2**16 - 1, RING)


def read(image: Image.Image) -> zxingcpp.Barcode:
    (barcode,) = zxingcpp.read_barcodes(image)
    return barcode


@pytest.mark.parametrize(
    ("host", "version"),
    [("quet.hue.gov.vn", 4), ("h" * 25, 4), ("h" * 26, 5), ("h" * 45, 5), ("h" * 46, 6), ("127.0.0.1:8000", 4)],
)
def test_the_version_of_a_poster_s_code(host: str, version: int) -> None:
    assert qr_version(qr_modules(venue_url(CODE, f"https://{host}"), "Q")) == version


def test_signed_codes_stay_readable_on_a_phone_and_on_a_card() -> None:
    assert qr_version(qr_modules(make_personal_code(2**63 - 1, 2**31, SIGNER), "M")) == 6
    assert qr_version(qr_modules(make_card_code(2**63 - 1, SIGNER, date(2099, 12, 31)), "M")) == 6


@settings(max_examples=25, deadline=None)
@given(st.text(string.printable[:95], min_size=1, max_size=60), st.sampled_from(LEVELS))
def test_a_png_is_read_back(text: str, level: Level) -> None:
    barcode = read(Image.open(io.BytesIO(qr_png(text, level, scale=4))))
    assert barcode.text == text
    assert barcode.ec_level == level


@pytest.mark.parametrize("level", LEVELS)
def test_the_longest_text_fits_every_level(level: Level) -> None:
    assert qr_modules("z" * 1000, level).shape[0] <= 177


def test_a_png_has_a_quiet_zone_and_its_scale() -> None:
    pixels = np.asarray(Image.open(io.BytesIO(qr_png("A", scale=3))).convert("L"))
    assert pixels.shape == ((21 + 8) * 3,) * 2
    assert (pixels[:12] == 255).all()
    assert (pixels[12, 12:15] == 0).all()


def test_an_svg_draws_the_same_modules() -> None:
    url = venue_url(CODE, "https://quet.hue.gov.vn")
    svg = qr_svg(url)
    drawn = np.zeros((41, 41), dtype=bool)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-", svg):
        drawn[int(y), int(x) : int(x) + int(width)] = True
    assert (drawn[4:-4, 4:-4] == qr_modules(url)).all()
    assert drawn.sum() == qr_modules(url).sum()
    assert 'viewBox="0 0 41 41"' in svg
    assert "style" not in svg


@pytest.mark.parametrize("text", ["", "x" * 1001, "Huế", "a\nb"])
def test_too_much_or_too_little_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="characters"):
        qr_svg(text)


def test_a_silly_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="pixels"):
        qr_png("A", scale=0)
