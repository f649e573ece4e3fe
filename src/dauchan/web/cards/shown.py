"""A card as an officer sees it who has not said what for: enough to recognise its holder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dauchan.people.card_models import CardState
from dauchan.vietnamese import mask_name, mask_phone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.people.models import ControlCard

TONES = {CardState.GOOD: "good", CardState.EXPIRED: "neutral", CardState.REVOKED: "critical"}


@dataclass(frozen=True)
class ShownCard:
    """One card with its holder masked."""

    card: ControlCard

    @property
    def name(self) -> str:
        identity = getattr(self.card.person, "identity", None)
        return mask_name(identity.full_name) if identity else _("đã xóa thông tin")

    @property
    def phone(self) -> str:
        identity = getattr(self.card.person, "identity", None)
        return mask_phone(identity.phone) if identity and identity.phone else ""

    @property
    def said(self) -> str:
        return ", ".join(filter(None, (self.name, self.phone)))

    @property
    def tone(self) -> str:
        return TONES[self.card.state]

    @property
    def is_good(self) -> bool:
        return self.card.state is CardState.GOOD


def shown_cards(cards: Iterable[ControlCard]) -> list[ShownCard]:
    return [ShownCard(card) for card in cards]
