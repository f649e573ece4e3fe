"""Control cards of the demonstration: people of one commune who have no phone, all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.people.cards import issue_cards, note_printed, replace_card, revoke_card
from dauchan.people.holders import Holder

if TYPE_CHECKING:
    from dauchan.people.models import ControlCard
    from dauchan.units.models import Officer, Unit

HOLDERS = (
    Holder("Trần Thị Giấy", 1941, "+84900000071", "Tổ 2, hẻm Thử Nghiệm"),
    Holder("Lê Văn Nhựa", 1938, "+84900000072", "Tổ 2"),
    Holder("Nguyễn Thị Thẻ", 1950, "", "Tổ 3"),
    Holder("Phan Văn Cổng", 1947, "+84900000073", "Tổ 3"),
    Holder("Hồ Thị Quét", 1935, "+84900000074", "Tổ 5"),
    Holder("Đặng Văn In", 1952, "", "Tổ 5"),
    Holder("Võ Thị Mất", 1944, "+84900000075", "Tổ 7"),
    Holder("Huỳnh Văn Sai", 1949, "", "Tổ 7"),
)
UNPRINTED = 2


def load_cards(unit: Unit, officer: Officer) -> list[ControlCard]:
    """A handful of cards of *unit* in every state: printed and not, revoked, replaced."""
    cards = issue_cards(unit, officer, HOLDERS)
    *_printed, lost, mistaken = cards
    note_printed(cards[UNPRINTED:], officer, "In thẻ kiểm soát")
    replace_card(lost, officer, "lost")
    revoke_card(mistaken, officer, "mistake")
    return cards
