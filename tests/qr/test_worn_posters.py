"""Posters as they come to look on a wall: photographs made to order, of which the reader alone gives up on most."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from dauchan.qr import Keyring, VenueCode, make_venue_code, qr_png, venue_url
from dauchan.qr.photo_geometry import Outline
from dauchan.qr.photos import Authenticity, NothingRead, read_photo
from dauchan.simulation.photographs import Scene, photograph

RING = Keyring(1, {1: b"k" * 32})
HOSTS = {"quet.example.vn"}
SIZE = (800, 600)
BESIDE = (above / "shared/data/qr-photos" for above in Path(__file__).parents)
PHOTOS = Path(os.environ.get("DAUCHAN_QR_PHOTOS") or next((path for path in BESIDE if path.is_dir()), "none"))


def url_of(venue_id: int) -> str:
    return venue_url(make_venue_code(venue_id, 1, RING), "https://quet.example.vn")


def sheet(text: str) -> Image.Image:
    """A4 with the code where our posters have it, and some words."""
    paper = Image.new("L", (630, 891), 255)
    code = Image.open(io.BytesIO(qr_png(text, "Q", 14))).convert("L").resize((563, 563))
    paper.paste(code, (33, 90))
    pen = ImageDraw.Draw(paper)
    for line in range(5):
        pen.rectangle((40, 690 + 36 * line, 40 + 90 * (line % 3 + 3), 706 + 36 * line), fill=60)
    return paper


def seen(scene: Scene, seed: int = 3) -> Image.Image:
    return photograph([sheet(url_of(77))], [scene], SIZE, np.random.default_rng(seed))


WORN = {
    "new": Scene(),
    "from aside": Scene(yaw=48, pitch=18, roll=20),
    "round a pillar": Scene(bend=1.5, yaw=6),
    "round a thin pillar, from above": Scene(bend=2, pitch=-8, roll=-9),
    "at night": Scene(light=0.08, noise=6),
    "half in shadow": Scene(shadow=0.93),
    "out of focus": Scene(focus=4.5),
    "dirty and torn": Scene(dirt=0.05, torn=0.4, quality=40),
    "bleached": Scene(fade=0.9, noise=5),
}


@pytest.mark.parametrize("how", WORN)
def test_a_worn_poster_is_read(how: str) -> None:
    (code,) = read_photo(seen(WORN[how]), RING, HOSTS).codes
    assert (code.text, code.authenticity) == (url_of(77), Authenticity.GENUINE)


def test_the_reader_alone_reads_fewer() -> None:
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    hard = ("round a pillar", "round a thin pillar, from above", "half in shadow", "out of focus")
    for how in hard:
        assert not zxingcpp.read_barcodes(np.asarray(seen(WORN[how])), formats), how


def test_a_code_round_a_pillar_is_outlined_and_graded_along_its_bend() -> None:
    (bent,) = read_photo(seen(Scene(bend=1.6, pitch=10)), RING, HOSTS).codes
    assert bent.grade.clearness > 0.95
    assert bent.grade.letter in "AB"
    top_left, top_right, bottom_right, bottom_left = bent.corners
    assert top_left[0] < top_right[0]
    assert top_right[1] < bottom_right[1]
    assert bottom_left[1] > top_left[1]


def test_several_posters_on_one_wall() -> None:
    sheets = [sheet(url_of(venue)) for venue in (1, 2)] + [sheet("https://example.vn/thuc-don")]
    scenes = [
        Scene(share=0.3, across=(x, y), roll=turn, yaw=12, noise=5)
        for x, y, turn in ((-0.4, 0, 9), (0, 0.1, -4), (0.4, 0, 0))
    ]
    codes = read_photo(photograph(sheets, scenes, SIZE, np.random.default_rng(1)), RING, HOSTS).codes
    assert {code.venue for code in codes if code.venue} == {VenueCode(1, 1, 1), VenueCode(2, 1, 1)}
    assert [code.authenticity for code in codes] == [*[Authenticity.GENUINE] * 2, Authenticity.NOT_OURS]


def test_a_lost_finder_pattern_is_told_from_no_code() -> None:
    broken = sheet(url_of(77))
    broken.paste(20, (60, 360, 600, 660))
    picture = photograph([broken], [Scene()], SIZE, np.random.default_rng(1))
    assert read_photo(picture, RING, HOSTS).nothing in tuple(NothingRead)


def test_an_outline_without_bend_is_plain_perspective() -> None:
    square = Outline(((10.0, 10.0), (110.0, 10.0), (110.0, 110.0), (10.0, 110.0)))
    x, y = square.places(np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.25, 1.0]))
    assert x == pytest.approx([9.5, 59.5, 109.5])
    assert y == pytest.approx([9.5, 34.5, 109.5])
    assert square.scaled(2).sides == pytest.approx([200] * 4)


@pytest.mark.skipif(
    not PHOTOS.is_dir(), reason="the photographs lie beside the checkout, or DAUCHAN_QR_PHOTOS names them"
)
def test_photographs_of_others() -> None:
    """A third of them, to be quick: `bench/posters.py` reads them all."""
    pictures = sorted(path for path in PHOTOS.rglob("*.*") if path.suffix not in {".txt", ".md"})
    for picture in pictures[::3]:
        beside = picture.with_suffix(".txt")
        texts = {code.text for code in read_photo(Image.open(picture), None).codes}
        assert texts == ({beside.read_bytes().decode()} if beside.exists() else set()), picture.name
