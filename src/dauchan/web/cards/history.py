"""What was done with a card, in words, from the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dauchan.people.card_models import RevokeReason
from dauchan.units.models import AuditEntry

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrOrPromise

    from dauchan.people.models import ControlCard

#: What each act is called, and how its line looks.
ACTS = {
    "card.issued": (pgettext_lazy("diễn biến", "Cấp thẻ"), "good"),
    "card.printed": (pgettext_lazy("diễn biến", "In thẻ"), ""),
    "card.opened": (pgettext_lazy("diễn biến", "Mở thông tin người giữ thẻ"), "caution"),
    "card.revoked": (pgettext_lazy("diễn biến", "Thu hồi thẻ"), "critical"),
    "card.revocation_undone": (pgettext_lazy("diễn biến", "Hoàn tác thu hồi"), "good"),
}
MOST_EVENTS = 50


@dataclass(frozen=True)
class Event:
    """One line of the card's history."""

    at: dt.datetime
    what: StrOrPromise
    who: str
    more: StrOrPromise
    kind: str


def events_of(card: ControlCard) -> list[Event]:
    """The latest first."""
    entries = (
        AuditEntry.objects.filter(subject=f"card:{card.serial}").select_related("actor", "in_place_of").order_by("-id")
    )
    return [_event(entry) for entry in entries[:MOST_EVENTS]]


def _event(entry: AuditEntry) -> Event:
    what, kind = ACTS.get(entry.action, (entry.action, ""))
    return Event(entry.at, what, entry.done_by(), _more(entry), kind)


def _more(entry: AuditEntry) -> StrOrPromise:
    reason = entry.detail.get("reason")
    if reason in RevokeReason.values:
        return RevokeReason(reason).label
    if "replaces" in entry.detail:
        return _("Thay thẻ %(serial)s") % {"serial": entry.detail["replaces"]}
    return entry.purpose if entry.action == "card.opened" else ""
