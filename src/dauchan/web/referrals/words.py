"""How a clock is told: 'còn 2 ngày làm việc', 'quá hạn 3 ngày làm việc'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.compliance.referrals.access import SEES_REFERRALS, access_referrals
from dauchan.compliance.referrals.models import Referral, State
from dauchan.compliance.referrals.queries import Standing, standing_of
from dauchan.units.working_days import office_calendar
from dauchan.web.signs.faces import percent_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

MOST_ON_VENUE = 5
#: A unit that has so few working days left sees it.
SOON = 1
STATE_TONES = {
    State.HANDED: "info",
    State.ACCEPTED: "accent",
    State.RETURNED: "caution",
    State.ANSWERED: "info",
    State.CLOSED: "neutral",
}


@dataclass(frozen=True)
class Row:
    """One referral as a list or a page shows it: with its clock in words and a tone."""

    referral: Referral
    standing: Standing
    clock: str
    tone: str

    @property
    def state_tone(self) -> str:
        return STATE_TONES[State(self.referral.state)]

    @property
    def accept_key(self) -> str:
        """The referral and the revision in view, for a step on many."""
        return f"{self.referral.pk}:{self.referral.revision}"

    @property
    def percent(self) -> int | None:
        """How sure the screening was, where the referral rests on one."""
        return None if self.referral.confidence is None else percent_of(self.referral.confidence)


def rows_of(referrals: Iterable[Referral], now: dt.datetime | None = None) -> list[Row]:
    """With one reading of the calendar for all of them."""
    calendar, now = office_calendar(), now or timezone.now()
    standings = [(referral, standing_of(referral, calendar, now)) for referral in referrals]
    return [Row(one, standing, clock_in_words(standing), tone_of(standing)) for one, standing in standings]


def clock_in_words(standing: Standing) -> str:
    days = abs(standing.days)
    if not standing.is_running:
        return _answered(days) if standing.is_overdue else _("trả lời đúng hạn")
    if not days:
        return _("quá hạn từ 17 giờ hôm nay") if standing.is_overdue else _("hết hạn hôm nay")
    if standing.is_overdue:
        return ngettext("quá hạn %(n)s ngày làm việc", "quá hạn %(n)s ngày làm việc", days) % {"n": days}
    return ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", days) % {"n": days}


def _answered(days: int) -> str:
    if not days:
        return _("trả lời trễ trong ngày")
    return ngettext("trả lời trễ %(n)s ngày làm việc", "trả lời trễ %(n)s ngày làm việc", days) % {"n": days}


def tone_of(standing: Standing) -> str:
    if standing.is_overdue:
        return "critical" if standing.is_running else "caution"
    if not standing.is_running:
        return "good"
    return "caution" if standing.days <= SOON else "neutral"


def referrals_on(officer: Officer, venue: Venue) -> list[Row]:
    """The latest referrals of a venue, for its page; none to those who see no referrals."""
    if not officer.roles() & set(SEES_REFERRALS):
        return []
    return rows_of(access_referrals(officer).filter(venue=venue).order_by("-handed_at")[:MOST_ON_VENUE])
