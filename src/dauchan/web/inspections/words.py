"""How scores, clocks and verdicts are told on the screens of inspections."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from dauchan.compliance.referrals.queries import Standing
from dauchan.oversight.inspections.access import SEES_INSPECTIONS, access_inspections
from dauchan.oversight.inspections.models import Answer, Check, MeasureState, PosterVerdict
from dauchan.oversight.inspections.queries import inspections_of, with_findings
from dauchan.oversight.inspections.scoring import CATEGORY, FINDINGS, REPORTS, SIGN, TIME
from dauchan.oversight.inspections.signing import strokes_kept, svg_of
from dauchan.units.deadlines import working_days_between
from dauchan.units.working_days import office_calendar
from dauchan.web.referrals.words import clock_in_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from dauchan.compliance.referrals.models import Referral
    from dauchan.oversight.inspections.models import Inspection, Measure, Signature
    from dauchan.units.deadlines import OfficeCalendar
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

PART_WORDS = {
    SIGN: pgettext_lazy("rà soát", "Dấu hiệu"),
    REPORTS: gettext_lazy("Phản ánh"),
    FINDINGS: gettext_lazy("Vi phạm trước đây"),
    CATEGORY: gettext_lazy("Loại hình"),
    TIME: gettext_lazy("Lâu chưa kiểm tra"),
}
MEASURE_TONES = {
    MeasureState.OPEN: "caution",
    MeasureState.ANSWERED: "info",
    MeasureState.MENDED: "good",
    MeasureState.LIFTED: "neutral",
}
VERDICT_TONES = {
    PosterVerdict.CURRENT: "good",
    PosterVerdict.OUTDATED: "caution",
    PosterVerdict.ELSEWHERE: "serious",
    PosterVerdict.FORGED: "critical",
    PosterVerdict.FOREIGN: "caution",
}
ANSWER_TONES = {Answer.YES: "good", Answer.NO: "serious", Answer.UNSEEN: "neutral"}
#: An owner who has so few working days left sees it.
SOON = 1
MOST_ON_VENUE = 5


@dataclass(frozen=True)
class PartShown:
    """One part of a score in words: 'Dấu hiệu 38/40'."""

    label: str
    points: int
    most: int


def parts_shown(parts: Iterable[Mapping[str, Any]]) -> list[PartShown]:
    return [PartShown(str(PART_WORDS.get(one["name"], one["name"])), one["points"], one["most"]) for one in parts]


@dataclass(frozen=True)
class MeasureRow:
    """A measure as a list or a page shows it: with its clock in words and a tone."""

    measure: Measure
    clock: str
    tone: str

    @property
    def state_tone(self) -> str:
        return MEASURE_TONES[MeasureState(self.measure.state)]


def measure_rows(measures: Iterable[Measure], now: dt.datetime | None = None) -> list[MeasureRow]:
    """With one reading of the calendar for all of them."""
    calendar, now = office_calendar(), now or timezone.now()
    return [_measure_row(one, calendar, now) for one in measures]


def _measure_row(measure: Measure, calendar: OfficeCalendar, now: dt.datetime) -> MeasureRow:
    at = measure.answered_at or measure.settled_at or now
    days = working_days_between(timezone.localdate(at), timezone.localdate(measure.due_at), calendar)
    standing = Standing(days, at > measure.due_at, measure.is_running)
    if measure.is_running:
        tone = "critical" if standing.is_overdue else "caution" if days <= SOON else "neutral"
        return MeasureRow(measure, clock_in_words(standing), tone)
    if not standing.is_overdue:
        return MeasureRow(measure, _("trong hạn"), "good")
    return MeasureRow(measure, _late(-days), "caution")


def _late(days: int) -> str:
    if not days:
        return _("trễ trong ngày")
    return ngettext("trễ %(n)s ngày làm việc", "trễ %(n)s ngày làm việc", days) % {"n": days}


@dataclass(frozen=True)
class CheckShown:
    """One line of the checklist."""

    label: str
    answer: str
    tone: str


def checks_shown(inspection: Inspection) -> list[CheckShown]:
    """In the order of the list, whatever the phone's was."""
    answers = [(Check(one), Answer(inspection.checks[one])) for one in Check.values if one in inspection.checks]
    return [CheckShown(str(check.label), str(answer.label), ANSWER_TONES[answer]) for check, answer in answers]


def verdict_tone(inspection: Inspection) -> str:
    verdict = inspection.poster_verdict
    return VERDICT_TONES[PosterVerdict(verdict)] if verdict else "neutral"


def signature_address(signature: Signature) -> str:
    """The picture of a signature as a data address, or "" of one who did not sign."""
    strokes = strokes_kept(signature.strokes) if signature.strokes else None
    return f"data:image/svg+xml;base64,{b64encode(svg_of(strokes).encode()).decode()}" if strokes else ""


def inspections_on(officer: Officer, venue: Venue) -> list[Inspection]:
    """The latest records of a venue, for its page; none to those who see no inspections."""
    if not officer.roles() & set(SEES_INSPECTIONS):
        return []
    return list(inspections_of(venue)[:MOST_ON_VENUE])


def inspections_for(officer: Officer, referral: Referral) -> list[Inspection]:
    """The records of the referral's venue since it was handed over, for its page."""
    if not officer.roles() & set(SEES_INSPECTIONS):
        return []
    since = access_inspections(officer).filter(venue=referral.venue_id, ended_at__gte=referral.handed_at)
    return list(with_findings(since)[:MOST_ON_VENUE])


def citation_of(inspections: Sequence[Inspection]) -> dict[str, str]:
    """What the unit's answer begins with where it has inspected: the record that it rests on."""
    if not inspections:
        return {}
    last = inspections[0]
    found = "; ".join(str(one.get_finding_display()) for one in last.standing)  # type: ignore[attr-defined]
    told = {"name": last.audit_name, "on": f"{timezone.localdate(last.began_at):%d/%m/%Y}"}
    begun = _("Đã kiểm tra ngày %(on)s, biên bản %(name)s") % told
    return {"outcome": "inspected", "words": f"{begun}: {found or _('không phát hiện vi phạm')}."}
