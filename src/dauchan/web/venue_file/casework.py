"""Lines about what people did about a venue: reports, referrals, inspections, sanctions, appeals, tickets. None has a citizen's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from dauchan.compliance.referrals.access import SEES_REFERRALS
from dauchan.compliance.referrals.models import Kind as Step
from dauchan.compliance.referrals.models import ReferralEvent
from dauchan.helpdesk.models import Ticket
from dauchan.oversight.access import SEES_REPORTS
from dauchan.oversight.inspections.access import SEES_INSPECTIONS
from dauchan.oversight.inspections.queries import inspections_of
from dauchan.oversight.owner_notices.queries import notices_of
from dauchan.oversight.queries import reports_of
from dauchan.oversight.sanctions.access import SEES_SANCTIONS
from dauchan.oversight.sanctions.models import NEVER, EventKind, SanctionEvent, State
from dauchan.units.models import Role
from dauchan.web.venue_file.entries import MOST, Entry
from dauchan.web.venue_file.readers import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.venues.models import Venue
    from dauchan.web.venue_file.readers import Reader

#: Of a referral the owner reads that it was handed over and settled.
OWNER_STEPS = (Step.HANDED, Step.CLOSED)
SHOWN_STEPS = (*OWNER_STEPS, Step.ACCEPTED, Step.PASSED, Step.MOVED, Step.ANSWERED, Step.RETURNED, Step.ESCALATED)
OF_APPEALS = (EventKind.APPEALED, EventKind.PAUSED, EventKind.RESUMED, EventKind.ANSWERED)
#: Work among officers.
INSIDE = (
    EventKind.PROPOSED,
    EventKind.NUMBERED,
    EventKind.NOTED,
    EventKind.REMINDED,
    EventKind.ESCALATED,
    EventKind.RECOUNTED,
)
TONES = {
    EventKind.APPROVED: "critical",
    EventKind.ISSUED: "caution",
    EventKind.LIFTED: "good",
    EventKind.EXPIRED: "good",
    EventKind.SETTLED: "good",
    EventKind.APPEALED: "caution",
}


def reports(venue: Venue, reader: Reader) -> Iterator[Entry]:
    """What was seen and answered. Not the citizen's words, and for the owner not the code either."""
    for report in reports_of(venue)[:MOST]:
        href = reverse("reports:one", args=[report.pk]) if reader.holds(*SEES_REPORTS) else ""
        code = "" if reader.is_owner else report.code
        finding = report.get_finding_display()
        yield Entry(
            report.reported_at,
            Part.REPORTS,
            _("Người dân phản ánh: %(what)s") % {"what": finding},
            code,
            href=href,
            tone="caution",
        )
        if report.answered_at:
            who = "" if reader.is_owner else str(report.answered_by or "")
            yield Entry(
                report.answered_at,
                Part.REPORTS,
                _("Đã trả lời phản ánh: %(what)s") % {"what": finding},
                code,
                who,
                href,
                "good",
            )


def referrals(venue: Venue, reader: Reader) -> Iterator[Entry]:
    events = ReferralEvent.objects.filter(
        referral__venue=venue, kind__in=OWNER_STEPS if reader.is_owner else SHOWN_STEPS
    )
    for event in events.select_related("referral", "officer", "unit").order_by("-at", "-pk")[:MOST]:
        referral = event.referral
        title = f"{event.get_kind_display()}: {referral.what}"
        came_of_it = str(event.get_outcome_display()) if event.outcome else ""
        if reader.is_owner:
            yield Entry(event.at, Part.REFERRALS, title, came_of_it)
            continue
        text = referral.told if event.kind == Step.HANDED else came_of_it
        href = reverse("referrals:one", args=[referral.pk]) if reader.holds(*SEES_REFERRALS) else ""
        yield Entry(event.at, Part.REFERRALS, title, text, str(event.officer or event.unit), href)


def inspections(venue: Venue, reader: Reader) -> Iterator[Entry]:
    """What was found, from the closed list; words, photos and people stay in the record."""
    for record in inspections_of(venue)[:MOST]:
        name = "inspections:own" if reader.is_owner else "inspections:record"
        href = reverse(name, args=[record.pk]) if reader.is_owner or reader.holds(*SEES_INSPECTIONS) else ""
        found = dict.fromkeys(str(each.get_finding_display()) for each in record.standing)  # type: ignore[attr-defined]
        text = "; ".join(found) or _("Không thấy thiếu sót")
        who = "" if reader.is_owner else str(record.inspector)
        yield Entry(record.began_at, Part.INSPECTIONS, _("Kiểm tra tại chỗ"), text, who, href, "" if found else "good")


def sanctions(venue: Venue, reader: Reader) -> Iterator[Entry]:
    yield from _sanctions(venue, reader, Part.SANCTIONS)


def appeals(venue: Venue, reader: Reader) -> Iterator[Entry]:
    yield from _sanctions(venue, reader, Part.APPEALS)


def _sanctions(venue: Venue, reader: Reader, part: Part) -> Iterator[Entry]:
    events = SanctionEvent.objects.filter(sanction__venue=venue).defer("words")
    events = events.filter(kind__in=OF_APPEALS) if part is Part.APPEALS else events.exclude(kind__in=OF_APPEALS)
    if reader.is_owner:
        events = events.exclude(kind__in=INSIDE).exclude(sanction__state__in=[State.WAITING, *NEVER])
    for event in events.select_related("sanction", "sanction__appeal", "officer").order_by("-at", "-pk")[:MOST]:
        sanction = event.sanction
        title = f"{sanction.get_kind_display()}: {event.get_kind_display().lower()}"
        href = reverse("sanctions:own" if reader.is_owner else "sanctions:one", args=[sanction.pk])
        who = "" if reader.is_owner else str(event.officer or "")
        tone = "good" if sanction.kind == "lifting" else TONES.get(EventKind(event.kind), "")
        yield Entry(event.at, part, title, _said(event), who, href, tone)


def _said(event: SanctionEvent) -> str:
    """From closed lists and the document's number; words stay on the sanction's own page."""
    sanction = event.sanction
    if event.kind == EventKind.ANSWERED:
        return str(sanction.appeal.get_outcome_display())
    number = _("văn bản %(number)s") % {"number": sanction.document_number} if sanction.document_number else ""
    return ". ".join(part for part in ("; ".join(sanction.finding_words), number) if part)


def word_of_sanctions(venue: Venue, reader: Reader) -> Iterator[Entry]:
    name = "sanctions:own" if reader.is_owner else "sanctions:one" if reader.holds(*SEES_SANCTIONS) else ""
    yield from _word_to_owner(venue, Part.SANCTIONS, "sanction:", name)


def word_of_inspections(venue: Venue, reader: Reader) -> Iterator[Entry]:
    name = "inspections:own" if reader.is_owner else "inspections:record" if reader.holds(*SEES_INSPECTIONS) else ""
    yield from _word_to_owner(venue, Part.INSPECTIONS, "inspection:", name)


def _word_to_owner(venue: Venue, part: Part, about: str, name: str) -> Iterator[Entry]:
    """That the owner was sent a message; its words stand with what it is about."""
    for notice in notices_of(venue).filter(source__startswith=about)[:MOST]:
        href = reverse(name, args=[notice.source.removeprefix(about)]) if name else ""
        title = _("Nhắn tin cho chủ địa điểm: %(subject)s") % {"subject": notice.get_subject_display()}
        state = notice.get_why_display() or notice.get_state_display()
        yield Entry(notice.sent_at or notice.made_at, part, title, state, href=href)


def tickets(venue: Venue, reader: Reader) -> Iterator[Entry]:
    """Topic and state: the words and the number to call back stay with the ticket."""
    for ticket in Ticket.objects.filter(venue=venue).defer("words", "phone").order_by("-opened_at")[:MOST]:
        href = reverse("helpdesk:ticket", args=[ticket.pk]) if reader.holds(Role.AGENT) else ""
        told = {"topic": ticket.get_topic_display()}
        yield Entry(ticket.opened_at, Part.TICKETS, _("Yêu cầu hỗ trợ: %(topic)s") % told, ticket.code, href=href)
        if ticket.answered_at:
            title = _("Đã trả lời yêu cầu: %(topic)s") % told
            yield Entry(ticket.answered_at, Part.TICKETS, title, ticket.code, href=href, tone="good")
