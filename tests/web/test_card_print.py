"""Printed cards: the size of a bank card, each code read back from the picture, fronts and backs that meet."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pytest
from django.conf import settings

from dauchan.people.cards import issue_card, issue_cards, revoke_card
from dauchan.people.holders import Holder
from dauchan.qr import make_card_code, read_card_code
from dauchan.units.models import AuditEntry
from dauchan.web.cards.printing import MOST_CARDS, CardFace, cards_pdf
from tests.qr_codes import qr_codes_in

if TYPE_CHECKING:
    from django.test import Client

    from dauchan.units.models import Officer, Unit
    from dauchan.web.cards.printing import Sheet

POINTS_A_MM = 72 / 25.4
DPI = 300
LONG_NAME = "Công Tằng Tôn Nữ Thị Quỳnh Như Hương Giang Phước Vĩnh Ninh Thượng Tứ"
NAMES = ["Trần Thị Thử", "Ễn Ộ", LONG_NAME, '#import "x": *đậm*', "Hồ A Pả"]


class Symbol(NamedTuple):
    """A code on a rendered page, in millimetres from the top left corner."""

    card_id: int
    x: float
    y: float
    side: float


def face(number: int) -> CardFace:
    return CardFace(
        name=NAMES[number % len(NAMES)],
        serial=f"TK-7FQM-{number:04}",
        code=make_card_code(2**52 + number, settings.CARD_KEYS, dt.date(2027, 11, 23)),
        last_on=dt.date(2027, 11, 22),
        unit="Ủy ban nhân dân phường Thuận Thử",
        hotline="19001075",
    )


def faces(count: int) -> list[CardFace]:
    return [face(number) for number in range(count)]


def pages(pdf: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(pdf))


def size_mm(page: pypdfium2.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return round(width / POINTS_A_MM, 1), round(height / POINTS_A_MM, 1)


def words(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded().split())


def symbols(page: pypdfium2.PdfPage) -> list[Symbol]:
    picture = page.render(scale=DPI / 72).to_pil()
    found = []
    for code in qr_codes_in(picture):
        at = code.position
        mm = 25.4 / DPI
        card_id = read_card_code(code.text, settings.CARD_KEYS.public_keys)
        side = (at.top_right.x - at.top_left.x) * mm
        found.append(Symbol(card_id, at.top_left.x * mm, at.top_left.y * mm, side))
    return sorted(found, key=lambda symbol: (round(symbol.y), symbol.x))


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_card_has_the_size_of_a_bank_card_and_a_code_that_is_read(number: int) -> None:
    (page,) = pages(cards_pdf([face(number)], "single"))
    assert size_mm(page) == (85.6, 54.0)
    (symbol,) = symbols(page)
    assert symbol.card_id == 2**52 + number
    assert symbol.side >= 28
    assert 85.6 - symbol.x - symbol.side > 4 * symbol.side / 37  # the quiet zone is within the card


def test_a_card_says_whose_it_is_and_where_it_belongs() -> None:
    front, back = pages(cards_pdf([face(0)], "single", backs=True))
    said = words(front)
    for part in ("THẺ KIỂM SOÁT DỊCH BỆNH", "Trần Thị Thử", "TK-7FQM-0000", "22/11/2027", "19001075"):
        assert part in said
    for part in ("Ủy ban nhân dân phường Thuận Thử", "Chỉ dùng để quét tại cổng", "Nhặt được, xin gửi lại nơi cấp"):
        assert part in said
    assert "For scanning at gates only" in said
    assert "Mất thẻ" in words(back)
    assert not symbols(back)


def test_what_somebody_typed_is_printed_as_it_stands() -> None:
    (page,) = pages(cards_pdf([face(3)], "single"))
    assert '#import "x": *đậm*' in words(page)


def test_a_sheet_holds_ten_cards_in_their_order() -> None:
    first, second = pages(cards_pdf(faces(13), "a4"))
    assert size_mm(first) == size_mm(second) == (210.0, 297.0)
    read = symbols(first)
    assert [symbol.card_id - 2**52 for symbol in read] == list(range(10))
    assert [symbol.card_id - 2**52 for symbol in symbols(second)] == [10, 11, 12]
    assert read[1].x - read[0].x == pytest.approx(85.6, abs=0.3)
    assert read[2].y - read[0].y == pytest.approx(54, abs=0.3)


def test_on_the_turned_sheet_each_back_lies_behind_its_front() -> None:
    front, back = pages(cards_pdf(faces(3), "a4", backs=True))
    serials = [re.findall(r"TK-7FQM-\d{4}", words(page)) for page in (front, back)]
    assert serials == [
        ["TK-7FQM-0000", "TK-7FQM-0001", "TK-7FQM-0002"],
        ["TK-7FQM-0001", "TK-7FQM-0000", "TK-7FQM-0002"],
    ]
    places = [_place(back, serial) for serial in ("TK-7FQM-0000", "TK-7FQM-0002")]
    assert all(x > 105 for x in places)  # the first column's backs stand in the second


def _place(page: pypdfium2.PdfPage, text: str) -> float:
    """Where `text` begins, in millimetres from the left."""
    on = page.get_textpage()
    found = on.search(text).get_next()
    assert found is not None
    left, _bottom, _right, _top = on.get_charbox(found[0])
    return float(left / POINTS_A_MM)


def test_every_letter_s_font_is_in_the_file() -> None:
    pdf = cards_pdf([face(0)], "single", backs=True)
    assert len(re.findall(rb"/FontFile[23]?\b", pdf)) >= len(set(re.findall(rb"/BaseFont\s*/(\S+)", pdf))) / 2 > 0


def test_many_sheets_are_set_apart_and_all_come_back() -> None:
    made = pages(cards_pdf(faces(415), "a4"))
    assert len(made) == 42
    assert [symbol.card_id - 2**52 for symbol in symbols(made[39])] == list(range(390, 400))
    assert [symbol.card_id - 2**52 for symbol in symbols(made[41])] == list(range(410, 415))


@pytest.mark.parametrize(("count", "sheet"), [(0, "a4"), (MOST_CARDS + 1, "a4"), (1, "a3")])
def test_what_cannot_be_printed_is_refused(count: int, sheet: Sheet) -> None:
    with pytest.raises(ValueError, match=r"cards at a time|not a sheet"):
        cards_pdf([face(0)] * count, sheet)


@pytest.mark.django_db
def test_an_officer_prints_a_card_and_the_log_knows(officer_client: Client, commune: Unit, officer: Officer) -> None:
    card = issue_card(commune, officer, Holder("Trần Thị Thử", 1950))
    answer = officer_client.get(f"/officer/cards/{card.pk}/card.pdf", {"sheet": "single-backs"})
    assert answer["Content-Type"] == "application/pdf"
    assert card.serial.lower() in answer["Content-Disposition"]
    front, _back = pages(answer.content)
    assert [symbol.card_id for symbol in symbols(front)] == [card.pk]
    assert "Ủy ban nhân dân phường Thuận Thử" in words(front)
    card.refresh_from_db()
    assert card.printed_at is not None
    assert AuditEntry.objects.get(action="card.printed").purpose == "In thẻ kiểm soát"


@pytest.mark.django_db
def test_ticked_cards_or_the_whole_list_come_in_one_file(
    officer_client: Client, commune: Unit, officer: Officer
) -> None:
    cards = issue_cards(commune, officer, [Holder(f"Lê Thử {n}") for n in range(12)])
    revoke_card(cards[0], officer, "lost")
    ticked = officer_client.post("/officer/cards/print.pdf", {"card": [card.pk for card in cards[:3]], "sheet": "a4"})
    (page,) = pages(ticked.content)
    assert {symbol.card_id for symbol in symbols(page)} == {cards[1].pk, cards[2].pk}
    rest = officer_client.post("/officer/cards/print.pdf", {"all": "1", "state": "unprinted", "sheet": "a4-backs"})
    assert len(pages(rest.content)) == 2
    assert "Chưa chọn thẻ nào" in officer_client.post("/officer/cards/print.pdf", follow=True).content.decode()
    again = officer_client.get(f"/officer/cards/{cards[0].pk}/card.pdf", follow=True)
    assert "Thẻ không còn hiệu lực" in again.content.decode()
