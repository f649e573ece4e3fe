"""Which cards are shown, why one is opened, revoked or replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.access import ISSUES_CARDS
from dauchan.people.card_models import CardState, RevokeReason
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Unit
from dauchan.units.queries import communes_of
from dauchan.web.layout.purposes import PurposeForm
from dauchan.web.layout.widgets import Combobox

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.people.models import ControlCard
    from dauchan.units.models import Officer


STATES = [
    ("", _("Tất cả")),
    ("unprinted", _("Chưa in")),
    *CardState.choices,
]


class SearchForm(forms.Form):
    """Sent by POST: a name or a number must not stand in an address, which browsers and proxies remember."""

    q = forms.CharField(
        label=_("Tìm số thẻ, họ tên đầy đủ, điện thoại"), required=False, max_length=200, widget=forms.SearchInput
    )


class CardFilter(forms.Form):
    """What narrows down a list of cards. A value that makes no sense narrows nothing."""

    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=STATES)
    unit = forms.ModelChoiceField(
        label=_("Phường, xã"), required=False, queryset=Unit.objects.none(), to_field_name="code", widget=Combobox()
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        communes = communes_of(officer.units_as(*ISSUES_CARDS), timezone.localdate())
        self.has_units = len(communes[:2]) > 1
        if self.has_units:
            cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = communes
        else:
            del self.fields["unit"]

    def narrowed(self, cards: QuerySet[ControlCard]) -> QuerySet[ControlCard]:
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("unit"):
            cards = cards.filter(in_area([asked["unit"]]))
        today = timezone.localdate()
        match asked.get("state"):
            case CardState.REVOKED:
                cards = cards.exclude(revoked_at=None)
            case CardState.EXPIRED:
                cards = cards.filter(revoked_at=None, expires_on__lte=today)
            case CardState.GOOD:
                cards = cards.filter(revoked_at=None, expires_on__gt=today)
            case "unprinted":
                cards = cards.filter(revoked_at=None, expires_on__gt=today, printed_at=None)
        return cards

    def printable(self, cards: QuerySet[ControlCard]) -> int:
        """How many of *cards* are asked for and still good."""
        return self.narrowed(cards).filter(revoked_at=None, expires_on__gt=timezone.localdate()).count()

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("state", "unit"))


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(label=_("Lý do"), choices=RevokeReason.choices)


class OpenForm(PurposeForm):
    """Why the holder's details are needed."""

    purposes = [
        ("contact", _("Liên hệ người giữ thẻ hoặc người thân")),
        ("found", _("Trả lại thẻ nhặt được")),
        ("check", _("Đối chiếu khi cấp lại hoặc thu hồi thẻ")),
    ]
