"""How a sanction stands, in words and tones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.oversight.sanctions.access import SEES_SANCTIONS, access_own_sanctions, access_sanctions
from dauchan.oversight.sanctions.models import Kind, State
from dauchan.units.deadlines import working_days_between
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from dauchan.oversight.sanctions.models import Appeal, Sanction
    from dauchan.units.deadlines import OfficeCalendar
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

MOST_ON_VENUE = 5
STATE_TONES = {
    State.WAITING: "caution",
    State.RETURNED: "neutral",
    State.DROPPED: "neutral",
    State.IN_FORCE: "critical",
    State.SETTLED: "good",
    State.LIFTED: "good",
    State.EXPIRED: "good",
    State.REPLACED: "neutral",
    State.REVOKED: "neutral",
}
KIND_ICONS = {Kind.WARNING: "bell", Kind.FINE: "file-text", Kind.SUSPENSION: "ban", Kind.LIFTING: "circle-check"}
SOON = 3


@dataclass(frozen=True)
class Row:
    """One sanction as a list or a page shows it; `clock` is of its appeal, where one is open."""

    sanction: Sanction
    clock: str
    tone: str

    @property
    def state_tone(self) -> str:
        if self.sanction.kind in {Kind.WARNING, Kind.FINE} and self.sanction.is_in_force:
            return "caution"
        if self.sanction.kind == Kind.LIFTING and self.sanction.is_in_force:
            return "good"
        return STATE_TONES[State(self.sanction.state)]

    @property
    def icon(self) -> str:
        return KIND_ICONS[Kind(self.sanction.kind)]


def rows_of(sanctions: Iterable[Sanction]) -> list[Row]:
    """With one reading of the calendar for all of them."""
    calendar, now = office_calendar(), timezone.now()
    return [Row(one, *_clock_of(one, calendar, now)) for one in sanctions]


def _clock_of(sanction: Sanction, calendar: OfficeCalendar, now: dt.datetime) -> tuple[str, str]:
    appeal: Appeal | None = getattr(sanction, "appeal", None)
    if appeal is None or not appeal.is_open:
        return "", "neutral"
    days = working_days_between(timezone.localdate(now), timezone.localdate(appeal.due_at), calendar)
    if now > appeal.due_at:
        late = max(1, -days)
        said = ngettext("khiếu nại quá hạn %(n)s ngày làm việc", "khiếu nại quá hạn %(n)s ngày làm việc", late)
        return said % {"n": late}, "critical"
    if not days:
        return _("khiếu nại hết hạn hôm nay"), "caution"
    said = ngettext("khiếu nại: còn %(n)s ngày làm việc", "khiếu nại: còn %(n)s ngày làm việc", days)
    return said % {"n": days}, "caution" if days <= SOON else "info"


def sanctions_on(officer: Officer, venue: Venue) -> list[Row]:
    """The latest sanctions of a venue, for its page; none to those who see no sanctions."""
    if not officer.roles() & set(SEES_SANCTIONS):
        return []
    return rows_of(access_sanctions(officer).filter(venue=venue)[:MOST_ON_VENUE])


def own_sanctions_on(venue: Venue) -> list[Row]:
    """What the owner of a venue is told on its page."""
    return rows_of(access_own_sanctions(venue.owner_id).filter(venue=venue)[:MOST_ON_VENUE]) if venue.owner_id else []
