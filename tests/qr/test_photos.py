"""Photographs of posters, made up: tilted, dark, noisy, torn, several on a wall."""

import io
from collections.abc import Callable

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dauchan.qr import CodeRefusal, Keyring, VenueCode, make_venue_code, qr_png, venue_url
from dauchan.qr.photo_files import Photo
from dauchan.qr.photo_geometry import Outline
from dauchan.qr.photo_grades import GradeReason, grade_code
from dauchan.qr.photos import Authenticity, NothingRead, read_photo

RING = Keyring(2, {1: b"a" * 32, 2: b"b" * 32})
OTHER = Keyring(2, {2: b"c" * 32})
HOSTS = {"quet.example.vn"}
URL = venue_url(make_venue_code(77, 4, RING), "https://quet.example.vn")


def drawn(text: str, scale: int = 8) -> Image.Image:
    return Image.open(io.BytesIO(qr_png(text, "Q", scale))).convert("L")


def on_a_wall(*posters: Image.Image, margin: int = 60) -> Image.Image:
    """Posters side by side on a grey wall with some texture."""
    width = sum(poster.width + margin for poster in posters) + margin
    height = max(poster.height for poster in posters) + 2 * margin
    texture = np.random.default_rng(1).normal(120, 6, (height, width))
    wall = Image.fromarray(texture.clip(0, 255).astype(np.uint8))
    left = margin
    for poster in posters:
        wall.paste(poster, (left, margin))
        left += poster.width + margin
    return wall


def tilted(picture: Image.Image) -> Image.Image:
    seen = (1.15, 0.12, -30, 0.03, 1.1, -20, 0.0006, 0.0003)
    return picture.transform(picture.size, Image.Transform.PERSPECTIVE, seen, Image.Resampling.BICUBIC, fillcolor=120)


def noisy(picture: Image.Image, spread: float = 45) -> Image.Image:
    pixels = np.asarray(picture, np.float64)
    dirt = np.random.default_rng(7).normal(0, spread, pixels.shape)
    return Image.fromarray((pixels + dirt).clip(0, 255).astype(np.uint8))


def faint(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 120 + value * 30 // 255)


def unevenly_lit(picture: Image.Image) -> Image.Image:
    pixels = np.asarray(picture, np.float64) * np.linspace(0.25, 1, picture.width)
    return Image.fromarray(pixels.astype(np.uint8))


def torn(picture: Image.Image) -> Image.Image:
    ripped = picture.copy()
    ripped.paste(200, (picture.width // 2, picture.height // 2, picture.width // 2 + 44, picture.height // 2 + 44))
    return ripped


TROUBLES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "none": lambda picture: picture,
    "tilted": tilted,
    "turned": lambda picture: picture.rotate(33, expand=True, fillcolor=120),
    "noisy": noisy,
    "faint": faint,
    "unevenly lit": unevenly_lit,
    "torn": torn,
    "blurred": lambda picture: picture.filter(ImageFilter.GaussianBlur(3)),
    "small": lambda picture: picture.resize((picture.width // 4, picture.height // 4), Image.Resampling.BOX),
    "negative": lambda picture: picture.point(lambda value: 255 - value),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_genuine_poster_is_known_through_trouble(trouble: str) -> None:
    reading = read_photo(TROUBLES[trouble](on_a_wall(drawn(URL))), RING, HOSTS)
    (code,) = reading.codes
    assert reading.nothing is None
    assert (code.text, code.authenticity, code.refusal) == (URL, Authenticity.GENUINE, None)
    assert code.venue == VenueCode(77, 4, 2)


def test_retries_read_what_one_attempt_does_not() -> None:
    picture = noisy(on_a_wall(drawn(URL, 3)), 80)
    assert not [code for code in zxingcpp.read_barcodes(picture) if code.valid]
    assert [code.text for code in read_photo(picture, RING, HOSTS).codes] == [URL]


@pytest.mark.parametrize(
    ("text", "authenticity", "refusal"),
    [
        (URL, Authenticity.GENUINE, None),
        (URL.rpartition("/")[2], Authenticity.GENUINE, None),
        (
            venue_url(make_venue_code(77, 4, OTHER), "https://quet.example.vn"),
            Authenticity.FORGED,
            CodeRefusal.BAD_SIGNATURE,
        ),
        (URL.replace("EXAMPLE", "EXAMPIE"), Authenticity.LOOK_ALIKE, CodeRefusal.NOT_OURS),
        ("https://example.vn/menu", Authenticity.NOT_OURS, CodeRefusal.NOT_OURS),
        ("WIFI:S:quan;T:WPA;P:12345678;;", Authenticity.NOT_OURS, CodeRefusal.NOT_OURS),
    ],
)
def test_whose_code_it_is(text: str, authenticity: Authenticity, refusal: CodeRefusal | None) -> None:
    (code,) = read_photo(on_a_wall(drawn(text)), RING, HOSTS).codes
    assert (code.authenticity, code.refusal) == (authenticity, refusal)
    assert (code.venue is None) == (authenticity is not Authenticity.GENUINE)


def test_without_keys_nothing_is_called_genuine() -> None:
    (code,) = read_photo(on_a_wall(drawn(URL)), None, HOSTS).codes
    assert (code.authenticity, code.venue, code.refusal) == (Authenticity.NOT_CHECKED, None, None)
    (foreign,) = read_photo(on_a_wall(drawn("https://example.vn/")), None, HOSTS).codes
    assert foreign.authenticity is Authenticity.NOT_OURS


def test_all_codes_of_a_wall_are_told_ours_first() -> None:
    wall = on_a_wall(drawn("https://example.vn/menu"), drawn(URL), drawn(URL.replace("EXAMPLE", "EXAMPIE"), 4))
    codes = read_photo(wall, RING, HOSTS).codes
    assert [code.authenticity for code in codes] == [
        Authenticity.GENUINE,
        Authenticity.LOOK_ALIKE,
        Authenticity.NOT_OURS,
    ]
    lefts = [code.corners[0][0] for code in codes]
    assert lefts[2] < lefts[0] < lefts[1]


def test_the_corners_are_those_of_the_symbol_also_when_the_picture_was_enlarged() -> None:
    (code,) = read_photo(noisy(on_a_wall(drawn(URL, 3)), 80), RING, HOSTS).codes
    expected = [(72, 72), (171, 72), (171, 171), (72, 171)]
    assert np.abs(np.subtract(code.corners, expected)).max() < 4


@pytest.mark.parametrize(
    ("trouble", "reason", "letters"),
    [
        ("none", None, "A"),
        ("faint", GradeReason.FAINT, "DF"),
        ("torn", GradeReason.DAMAGED, "BCDF"),
        ("small", GradeReason.SMALL, "CD"),
    ],
)
def test_the_grade_names_the_trouble(trouble: str, reason: GradeReason | None, letters: str) -> None:
    (code,) = read_photo(TROUBLES[trouble](on_a_wall(drawn(URL))), RING, HOSTS).codes
    assert code.grade.letter in letters
    assert list(code.grade.reasons[:1]) == ([reason] if reason else [])
    for named in code.grade.reasons:
        assert named.sentence_vi.endswith(".")
        assert named.sentence_en.endswith(".")


def test_a_smeared_code_is_called_blurred() -> None:
    picture = on_a_wall(drawn(URL)).filter(ImageFilter.GaussianBlur(6))
    outline = Outline(((92.0, 92.0), (356.0, 92.0), (356.0, 356.0), (92.0, 356.0)))
    grade = grade_code(Photo.of_image(picture), outline, 33)
    assert GradeReason.BLURRED in grade.reasons
    assert grade.unused_correction is None


def test_the_grade_sees_through_perspective() -> None:
    (straight,) = read_photo(on_a_wall(drawn(URL)), RING, HOSTS).codes
    (slanted,) = read_photo(tilted(on_a_wall(drawn(URL))), RING, HOSTS).codes
    assert slanted.grade.clearness > 0.97
    assert straight.grade.module_pixels == pytest.approx(8, abs=0.2)


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("L", (640, 480), 255),
        Image.new("RGB", (1, 1)),
        Image.new("L", (1, 500), 90),
        on_a_wall(Image.new("L", (200, 200), 250)),
        Image.fromarray(np.random.default_rng(3).integers(0, 255, (600, 800), np.uint8)),
    ],
)
def test_where_there_is_no_code_nothing_is_read(picture: Image.Image) -> None:
    reading = read_photo(picture, RING, HOSTS)
    assert (reading.codes, reading.nothing) == ((), NothingRead.NO_CODE)
    assert NothingRead.NO_CODE.sentence_vi != NothingRead.NO_CODE.sentence_en


def test_a_destroyed_code_is_told_from_no_code() -> None:
    poster = drawn(URL)
    poster.paste(0, (110, 110, 270, 290))
    reading = read_photo(on_a_wall(poster), RING, HOSTS)
    assert (reading.codes, reading.nothing) == ((), NothingRead.TOO_DAMAGED)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr"])
def test_every_mode_of_picture_is_read(mode: str) -> None:
    (code,) = read_photo(on_a_wall(drawn(URL)).convert(mode), RING, HOSTS).codes
    assert code.authenticity is Authenticity.GENUINE


def test_transparent_ground_is_white_and_orientation_is_followed() -> None:
    black = Image.new("L", drawn(URL).size, 0)
    clear = Image.merge("LA", (black, drawn(URL).point(lambda value: 255 - value)))
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    clear.save(written, "PNG", exif=exif)
    (code,) = read_photo(Image.open(written), RING, HOSTS).codes
    assert code.text == URL
    top_left, top_right = code.corners[:2]
    assert top_left[0] == pytest.approx(top_right[0], abs=2)  # the code now lies on its side


def test_too_large_a_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="million"):
        read_photo(Image.new("1", (10_000, 6_001)), RING, HOSTS)


@settings(max_examples=40, deadline=None)
@given(arrays(np.uint8, st.tuples(st.integers(1, 90), st.integers(1, 90))))
def test_no_picture_crashes_it_or_looks_genuine(pixels: NDArray[np.uint8]) -> None:
    reading = read_photo(Image.fromarray(pixels), RING, HOSTS)
    assert all(code.authenticity is not Authenticity.GENUINE for code in reading.codes)
    assert bool(reading.codes) == (reading.nothing is None)
