"""How large a poster is printed, as far as a photograph shows it; and nothing where it does not."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from dauchan.qr import Keyring, make_venue_code, qr_png, venue_url
from dauchan.qr.photo_files import Photo
from dauchan.qr.photo_grades import GradeReason
from dauchan.qr.photo_sizes import PrintedSize, SizeBasis
from dauchan.qr.photos import WallCode, read_photo
from dauchan.simulation.photographs import Scene, photograph

RING = Keyring(1, {1: b"k" * 32})
URL = venue_url(make_venue_code(7, 1, RING), "https://quet.example.vn")
CARD = f"DCC.{'A7K2' * 30}"
SIZE = (1400, 1050)
#: Width and height of the paper, side of the symbol, as in venues/poster_layouts/poster.typ; millimetres.
SHEETS = {"a4": (210, 297, 151.0), "a5": (148, 210, 93.0)}
FOCAL = 0.72  # of the simulated camera, as a share of the longer side


def drawn(text: str, side: float, dots: float) -> Image.Image:
    """A code without its quiet zone, *side* millimetres at *dots* a millimetre."""
    with io.BytesIO(qr_png(text, "Q", 4)) as written:
        code = Image.open(written).convert("L")
    quiet = 16
    symbol = code.crop((quiet, quiet, code.width - quiet, code.height - quiet))
    return symbol.resize((round(side * dots),) * 2, Image.Resampling.BOX)


def sheet(kind: str, margin: int = 0, scale: float = 1.0) -> Image.Image:
    """Our poster as far as it matters here: a sheet with its code, and *margin* more of blank paper around."""
    wide, high, symbol = SHEETS[kind]
    paper = Image.new("L", ((wide + 2 * margin) * 4, (high + 2 * margin) * 4), 250)
    code = drawn(URL, symbol * scale, 4)
    paper.paste(code, ((paper.width - code.width) // 2, 45 * 4))
    return paper


def taken(paper: Image.Image, scene: Scene) -> Image.Image:
    return photograph([paper], [scene], SIZE, np.random.default_rng(5))


def noting(photo: Image.Image, *, film: int | None = None, metres: float | None = None) -> Photo:
    """The photo as a file, with what a camera writes beside it."""
    exif = photo.getexif()
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    if film is not None:
        camera[ExifTags.Base.FocalLengthIn35mmFilm] = film
    if metres is not None:
        camera[ExifTags.Base.SubjectDistance] = metres
    with io.BytesIO() as written:
        photo.save(written, "JPEG", quality=92, exif=exif)
        return Photo.of_bytes(written.getvalue())


def only(photo: Photo | Image.Image, distance_m: float | None = None) -> WallCode:
    codes = read_photo(photo, RING, {"quet.example.vn"}, distance_m).codes
    return next(code for code in codes if code.venue)


def holds(size: PrintedSize | None, basis: SizeBasis, truth_cm: float) -> bool:
    return size is not None and size.basis is basis and size.low_cm <= truth_cm <= size.high_cm


@settings(max_examples=6, deadline=None)
@given(
    kind=st.sampled_from(sorted(SHEETS)),
    share=st.floats(0.35, 0.7),
    yaw=st.floats(-35, 35),
    pitch=st.floats(-20, 20),
    roll=st.floats(-15, 15),
)
def test_edges_of_the_sheet_tell_the_size(kind: str, share: float, yaw: float, pitch: float, roll: float) -> None:
    size = only(taken(sheet(kind), Scene(share=share, yaw=yaw, pitch=pitch, roll=roll))).size
    assert size is None or holds(size, SizeBasis.PAPER, SHEETS[kind][2] / 10)


@pytest.mark.parametrize("kind", SHEETS)
def test_a_fair_picture_of_a_sheet_is_enough(kind: str) -> None:
    assert holds(only(taken(sheet(kind), Scene())).size, SizeBasis.PAPER, SHEETS[kind][2] / 10)


def test_without_anything_to_compare_with_there_is_no_estimate() -> None:
    code = only(noting(taken(sheet("a4", margin=120), Scene(share=0.9)), film=26))
    assert code.size is None
    assert GradeReason.UNDERSIZED not in code.grade.reasons
    # The sheet of 45 cm fills 0.9 of 1,050 pixels at a focal length of 1,011: 48 cm away.
    assert code.metres_if_full == pytest.approx(0.48, rel=0.06)
    assert only(taken(sheet("a4", margin=120), Scene(share=0.9))).metres_if_full is None


def away_m(paper_mm: float, share: float) -> float:
    """Where the simulated camera stands."""
    return FOCAL * max(SIZE) / (share * min(SIZE)) * paper_mm / 1000


def test_the_camera_s_own_focus_gives_a_wide_range() -> None:
    photo = noting(taken(sheet("a4", margin=120), Scene(share=0.9)), film=26, metres=away_m(450, 0.9))
    assert holds(only(photo).size, SizeBasis.FOCUS, 15.1)
    photo = noting(taken(sheet("a4", margin=120), Scene(share=0.9)), metres=away_m(450, 0.9))
    assert only(photo).size is None  # a distance alone is none without the focal length


def test_a_told_distance_serves_without_any_note_of_the_camera() -> None:
    size = only(taken(sheet("a4", margin=120), Scene(share=0.9)), away_m(450, 0.9)).size
    assert holds(size, SizeBasis.DISTANCE, 15.1)


def test_a_layout_printed_on_smaller_paper_is_found_out_by_the_distance() -> None:
    """Edges alone say A4; from 40 cm the sheet must be a quarter as large."""
    code = only(taken(sheet("a4"), Scene(share=0.6)), away_m(105, 0.6))
    assert holds(code.size, SizeBasis.DISTANCE, 7.55)
    assert code.grade.reasons == (GradeReason.UNDERSIZED,)
    assert code.grade.letter == "B"


def test_a_control_card_beside_it_measures_and_is_not_told() -> None:
    paper = sheet("a4", margin=40, scale=0.5)
    card = drawn(CARD, 30, 4)
    paper.paste(card, (40 * 4, paper.height - 60 * 4))
    reading = read_photo(taken(paper, Scene(share=0.95, yaw=15)), RING, {"quet.example.vn"})
    ours = next(code for code in reading.codes if code.venue)
    assert holds(ours.size, SizeBasis.CARD, 7.55)
    assert [code.text for code in reading.codes if not code.venue] == ["DCC.…"]
