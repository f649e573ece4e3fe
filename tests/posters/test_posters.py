"""Posters as they come from the printer: rendered, measured, and read back."""

import ctypes
from datetime import date
from math import dist
from typing import get_args

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dauchan.qr import Keyring, make_venue_code, read_venue_code, venue_url
from dauchan.venues.posters import PosterFace, Sheet, poster_pdf
from tests.qr_codes import qr_codes_in

RING = Keyring(1, {1: b"k" * 32})
HOST = "quet.example.vn"
SHEETS: list[Sheet] = list(get_args(Sheet))
MM = 72 / 25.4
SIZES = {"a4": (210, 297), "a5": (148, 210), "stickers": (210, 297)}
LEAST_CM = {"a4": 15.0, "a5": 9.0, "stickers": 5.0}
CODES = {"a4": 1, "a5": 1, "stickers": 9}

LONG_NAME = "Trung tâm Chăm sóc sức khỏe sinh sản – Kế hoạch hóa gia đình và Phòng khám đa khoa khu vực Quảng Điền cơ sở thứ hai"
LONG_ADDRESS = (
    "Thôn Thủ Lễ 3, đường Nguyễn Vịnh nối dài, đối diện trụ sở Hợp tác xã Nông nghiệp Đông Phước, cạnh trường mầm non "
    "Hoa Sen cơ sở 2, thị trấn Sịa, huyện Quảng Điền, tỉnh Thừa Thiên Huế"
)


def face(venue_id: int = 7, /, **changes: object) -> PosterFace:
    told = {
        "name": "Chợ Bến Thử",
        "address": "02 Đường Thử Nghiệm, phường Phú Hòa, thành phố Huế",
        "category": "Chợ truyền thống",
        "url": venue_url(make_venue_code(venue_id, 3, RING), f"https://{HOST}"),
        "short_code": "7KQ2-M9XD",
        "version": 3,
        "issued_on": date(2021, 8, 20),
        "authority": "Ủy ban nhân dân tỉnh Thử",
        "unit": "Ủy ban nhân dân phường Thử",
        "mode": "poster",
    }
    return PosterFace(**(told | changes))  # type: ignore[arg-type]


def rendered(pdf: bytes, page: int = 0, dpi: int = 150) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[page].render(scale=dpi / 72).to_pil()
    document.close()
    return image


def words_of(pdf: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[page].get_textpage().get_text_range()
    document.close()
    return " ".join(text.replace("\ufffe", "").replace("\u200b", "").split())


def side_in_cm(barcode: zxingcpp.Barcode, dpi: int) -> float:
    corners = barcode.position
    side = dist((corners.top_left.x, corners.top_left.y), (corners.top_right.x, corners.top_right.y))
    return side / dpi * 2.54


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_has_its_size_and_readable_codes_of_the_right_size(sheet: Sheet) -> None:
    faces = [face(1), face(2, mode="gate"), face(3, mode="both")]
    pdf = poster_pdf(faces, sheet)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 3
    for index, one in enumerate(faces):
        assert [round(length / MM) for length in document[index].get_size()] == list(SIZES[sheet])
        codes = qr_codes_in(rendered(pdf, index, dpi=200))
        assert len(codes) == CODES[sheet]
        for code in codes:
            assert code.text == one.url
            assert code.ec_level == "Q"
            assert read_venue_code(code.text, RING, {HOST}).venue_id == index + 1
            assert LEAST_CM[sheet] <= side_in_cm(code, 200) <= LEAST_CM[sheet] * 1.05
    document.close()


@pytest.mark.parametrize("host", ["q.vn", HOST, "dauchan.thuathienhue.example.vn", "127.0.0.1:8000"])
def test_the_code_keeps_its_size_whatever_the_host(host: str) -> None:
    pdf = poster_pdf([face(url=venue_url(make_venue_code(7, 1, RING), f"https://{host}"))], "a4")
    (code,) = qr_codes_in(rendered(pdf))
    assert side_in_cm(code, 150) >= 15.0


@pytest.mark.parametrize("sheet", ["a4", "a5"])
def test_a_poster_says_everything_in_both_languages(sheet: Sheet) -> None:
    text = words_of(poster_pdf([face()], sheet))
    for said in (
        "Quét mã khi đến",
        "Scan this code when you arrive",
        "Chợ Bến Thử",
        "CHỢ TRUYỀN THỐNG",
        "02 Đường Thử Nghiệm, phường Phú Hòa, thành phố Huế",
        "7KQ2-M9XD",
        HOST,
        "19001075",
        "20/08/2021",
        "Bản in số (issue) 3",
        "Ủy ban nhân dân tỉnh Thử",
        "Ủy ban nhân dân phường Thử",
        "Kiểm tra tên và địa chỉ hiện trên màn hình trước khi xác nhận",
        "không bao giờ hỏi tiền hay mật khẩu",
        "It never asks for money or a password",
    ):
        assert said in text


def test_a_sticker_says_the_needful() -> None:
    text = words_of(poster_pdf([face()], "stickers"))
    for said in ("Quét mã khi đến", "Chợ Bến Thử", "7KQ2-M9XD", "19001075", "20/08/2021", "hỏi tiền hay mật khẩu"):
        assert text.count(said) == 9


@pytest.mark.parametrize("mode", ["poster", "gate", "both"])
def test_each_mode_tells_visitors_what_to_do(mode: str) -> None:
    text = words_of(poster_pdf([face(mode=mode)], "a4"))
    assert ("Quét mã khi đến" in text) == (mode != "gate")
    assert ("mã cá nhân" in text) == (mode != "poster")


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(
    "name",
    [
        '#import "parts.typ": code',
        "#sys.inputs #panic() #{1/0}",
        "$ \\sum_1^2 $ *đậm* _nghiêng_ `mã` <nhãn> @nhãn [x] {y} // z /* w */",
        "\"ngoặc kép\" và 'ngoặc đơn' \\ \\u{41} \\\\",
        "= Tiêu đề - gạch + cộng / Mục: nghĩa",
        "<svg onload=alert(1)> &amp; %s {name}",
    ],
)
def test_names_are_never_markup(name: str, sheet: Sheet) -> None:
    pdf = poster_pdf([face(name=name, address=name, category=name, authority=name, unit=name)], sheet)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert "".join(name.split()) in "".join(words_of(pdf).split())


def test_what_the_font_cannot_draw_is_left_out() -> None:
    text = words_of(poster_pdf([face(name="Cà phê 😀☕ Sữa \u202egnột\u200d \x07Đá™ số 1°")], "a4"))
    assert "Cà phê Sữa gnột Đá số 1°" in text


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(
    "extremes",
    [
        {"name": LONG_NAME, "address": LONG_ADDRESS, "mode": "both"},
        {"name": "W" * 120, "address": "Ệ" * 250, "authority": "Ủy ban " * 20, "unit": "Xã " * 40},
        {"name": "Ể g" * 40, "address": LONG_ADDRESS, "category": "Loại " * 12, "mode": "gate"},
        {"name": "Y", "address": "", "category": "", "authority": "", "unit": ""},
    ],
)
def test_extreme_texts_stay_on_their_page_and_out_of_the_code(sheet: Sheet, extremes: dict[str, object]) -> None:
    pdf = poster_pdf([face(**extremes)], sheet)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    codes = qr_codes_in(rendered(pdf, dpi=150))
    assert [code.text for code in codes] == [face().url] * CODES[sheet]
    width, height = document[0].get_size()
    for left, bottom, right, top in letters(document[0]):
        assert 12 <= left <= right <= width - 12
        assert 12 <= bottom <= top <= height - 12
        for code in codes:
            assert not within_quiet_zone(code, (left, height - top, right, height - bottom))
    document.close()


def letters(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    text = page.get_textpage()
    boxes = [(text.get_charbox(index), text.get_text_range(index, 1)) for index in range(text.count_chars())]
    return [box for box, letter in boxes if letter.strip()]


def within_quiet_zone(code: zxingcpp.Barcode, box: tuple[float, float, float, float]) -> bool:
    """Whether a letter's box (points, from the top left) comes within four modules of the code."""
    points = 72 / 150
    corners = code.position
    module = side_in_cm(code, 150) / 2.54 * 72 / 33
    reach = 4 * module - 1  # a point of grace for what rendering rounds
    left, top = corners.top_left.x * points - reach, corners.top_left.y * points - reach
    right, bottom = corners.bottom_right.x * points + reach, corners.bottom_right.y * points + reach
    return box[0] < right and box[2] > left and box[1] < bottom and box[3] > top


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=120), st.text(max_size=200))
def test_any_name_and_address_give_one_readable_page(name: str, address: str) -> None:
    pdf = poster_pdf([face(name=name, address=address)], "a5")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert [code.text for code in qr_codes_in(rendered(pdf, dpi=60))] == [face().url]


def test_only_the_shipped_font_is_used() -> None:
    document = pypdfium2.PdfDocument(poster_pdf([face(name="Chợ 寿司 đ")], "a4"))
    names = {font_of(thing) for thing in document[0].get_objects() if thing.type == pdfium.FPDF_PAGEOBJ_TEXT}
    document.close()
    assert names
    assert all("BeVietnamPro" in name for name in names)


def font_of(thing: pypdfium2.PdfObject) -> str:
    written = ctypes.create_string_buffer(100)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(thing), written, 100)
    return written.value.decode()


def test_many_posters_keep_their_order() -> None:
    faces = [face(number, name=f"Quán số {number}") for number in range(260)]
    pdf = poster_pdf(faces, "a5")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 260
    document.close()
    for page in (0, 249, 250, 259):
        assert f"Quán số {page} " in words_of(pdf, page)
        (code,) = qr_codes_in(rendered(pdf, page, dpi=72))
        assert read_venue_code(code.text, RING, {HOST}).venue_id == page


def test_the_same_faces_give_the_same_bytes() -> None:
    assert poster_pdf([face()], "a4") == poster_pdf([face()], "a4")


def test_silly_requests_are_refused() -> None:
    with pytest.raises(ValueError, match="posters at a time"):
        poster_pdf([], "a4")
    with pytest.raises(ValueError, match="not a sheet"):
        poster_pdf([face()], "a3")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="ASCII"):
        poster_pdf([face(url="https://huế.vn/")], "a4")


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_telephone_line_is_named_and_the_code_stays_as_large(sheet: Sheet) -> None:
    with_line = {"line": "0234 3823 456", "line_code": "1234 5678"}
    faces = [face(1, **with_line), face(2, name=LONG_NAME, address=LONG_ADDRESS, mode="gate", **with_line)]
    pdf = poster_pdf(faces, sheet)
    for page in range(len(faces)):
        words = words_of(pdf, page)
        assert "VAO 1234 5678 tới 0234 3823 456" in words
        codes = qr_codes_in(rendered(pdf, page, dpi=200))
        assert len(codes) == CODES[sheet]
        assert all(side_in_cm(code, 200) >= LEAST_CM[sheet] - 0.05 for code in codes)
    assert "smartphone" not in words_of(poster_pdf([face()], sheet)).lower()
