"""What of oversight waits for this officer: a line each on the first page, with the list it is done from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import ngettext_lazy

from dauchan.compliance.referrals import access as referrals
from dauchan.compliance.referrals.models import RUNNING as REFERRALS_RUNNING
from dauchan.compliance.referrals.models import Referral
from dauchan.compliance.referrals.models import State as ReferralState
from dauchan.helpdesk.access import ANSWERS_TICKETS
from dauchan.helpdesk.models import RUNNING as TICKETS_RUNNING
from dauchan.helpdesk.models import Ticket
from dauchan.oversight import access as reports
from dauchan.oversight.inspections.access import INSPECTS
from dauchan.oversight.inspections.models import Measure, MeasureState
from dauchan.oversight.models import RUNNING as REPORTS_RUNNING
from dauchan.oversight.models import Report, ReportStatus
from dauchan.oversight.sanctions import access as sanctions
from dauchan.oversight.sanctions.models import Appeal, Sanction
from dauchan.oversight.sanctions.models import State as SanctionState
from dauchan.units.jurisdiction import in_area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from dauchan.units.models import Officer, Unit

NEW_REFERRALS = (ReferralState.HANDED, ReferralState.RETURNED)
NEW_REPORTS = (ReportStatus.RECEIVED, ReportStatus.REOPENED)


@dataclass(frozen=True)
class Waiting:
    """So many of one thing, in words, and where they are."""

    count: int
    text: str
    href: str
    icon: str


def waiting_for(officer: Officer) -> list[Waiting]:
    """Those of which there is any; a query for each that the officer's roles may do something about."""
    lines = [*_to_answer(officer), *_to_inspect(officer), *_to_judge(officer), *_to_approve(officer)]
    lines += _to_help(officer)
    return [line for line in lines if line.count]


def _line(found: QuerySet[Any], text: Any, icon: str, page: str, tab: str) -> Waiting:  # noqa: ANN401 - words for a number, not yet in a language
    count = found.count()
    return Waiting(count, str(text % {"n": count}), f"{reverse(page)}?tab={tab}", icon)


def _to_answer(officer: Officer) -> Iterator[Waiting]:
    """New at the officer's own units (what lies with a unit below is that unit's), and what those below left overdue."""
    if own := officer.units_as(*referrals.ANSWERS):
        yield _line(
            Referral.objects.filter(unit__in=own, state__in=NEW_REFERRALS),
            ngettext_lazy("%(n)s phiếu chuyển chờ tiếp nhận", "%(n)s phiếu chuyển chờ tiếp nhận", "n"),
            "send",
            "referrals:referrals",
            "running",
        )
        yield _line(
            Referral.objects.filter(escalated_to__in=own, state__in=REFERRALS_RUNNING),
            ngettext_lazy("%(n)s phiếu chuyển quá hạn báo lên bạn", "%(n)s phiếu chuyển quá hạn báo lên bạn", "n"),
            "chevron-up",
            "referrals:referrals",
            "overdue",
        )
    if own := officer.units_as(*reports.ANSWERS_REPORTS):
        yield from _reports(own)


def _reports(own: list[Unit]) -> Iterator[Waiting]:
    yield _line(
        Report.objects.filter(unit__in=own, status__in=NEW_REPORTS),
        ngettext_lazy("%(n)s phản ánh chờ nhận xử lý", "%(n)s phản ánh chờ nhận xử lý", "n"),
        "megaphone",
        "reports:reports",
        "running",
    )
    yield _line(
        Report.objects.filter(escalated_to__in=own, status__in=REPORTS_RUNNING),
        ngettext_lazy("%(n)s phản ánh quá hạn báo lên bạn", "%(n)s phản ánh quá hạn báo lên bạn", "n"),
        "chevron-up",
        "reports:reports",
        "overdue",
    )


def _to_inspect(officer: Officer) -> Iterator[Waiting]:
    """What owners say they have mended."""
    if own := officer.units_as(*INSPECTS):
        yield _line(
            Measure.objects.filter(inspection__unit__in=own, state=MeasureState.ANSWERED),
            ngettext_lazy("%(n)s việc khắc phục chờ xác nhận", "%(n)s việc khắc phục chờ xác nhận", "n"),
            "clipboard-check",
            "inspections:measures",
            "answered",
        )
    if own := officer.units_as(*sanctions.PROPOSES):
        yield _line(
            Sanction.objects.filter(unit__in=own, state=SanctionState.IN_FORCE, mended_at__isnull=False),
            ngettext_lazy("%(n)s chủ địa điểm báo đã khắc phục", "%(n)s chủ địa điểm báo đã khắc phục", "n"),
            "circle-check",
            "sanctions:sanctions",
            "in_force",
        )


def _to_judge(officer: Officer) -> Iterator[Waiting]:
    if watched := officer.units_as(*referrals.HANDS_OVER):
        yield _line(
            Referral.objects.filter(in_area(watched), state=ReferralState.ANSWERED).exclude(answered_by=officer),
            ngettext_lazy("%(n)s trả lời chờ kết luận", "%(n)s trả lời chờ kết luận", "n"),
            "check",
            "referrals:referrals",
            "answered",
        )
    if own := officer.units_as(*sanctions.JUDGES):
        yield _line(
            Appeal.objects.filter(unit__in=own, outcome=""),
            ngettext_lazy("%(n)s khiếu nại chờ giải quyết", "%(n)s khiếu nại chờ giải quyết", "n"),
            "gavel",
            "sanctions:sanctions",
            "appeals",
        )


def _to_help(officer: Officer) -> Iterator[Waiting]:
    """The hotline is one for the whole province: what nobody has taken up, and one's own."""
    if officer.roles() & set(ANSWERS_TICKETS):
        running = Ticket.objects.filter(status__in=TICKETS_RUNNING)
        yield _line(
            running.filter(agent=None),
            ngettext_lazy("%(n)s yêu cầu hỗ trợ chưa ai nhận", "%(n)s yêu cầu hỗ trợ chưa ai nhận", "n"),
            "headset",
            "helpdesk:tickets",
            "running",
        )
        yield _line(
            running.filter(agent=officer),
            ngettext_lazy("%(n)s yêu cầu hỗ trợ của bạn", "%(n)s yêu cầu hỗ trợ của bạn", "n"),
            "headset",
            "helpdesk:tickets",
            "own",
        )


def _to_approve(officer: Officer) -> Iterator[Waiting]:
    """By a second person: not what the officer proposed."""
    if approved := officer.units_as(*sanctions.APPROVES):
        yield _line(
            Sanction.objects.filter(in_area(approved), state=SanctionState.WAITING).exclude(proposed_by=officer),
            ngettext_lazy("%(n)s quyết định chờ phê duyệt", "%(n)s quyết định chờ phê duyệt", "n"),
            "shield-check",
            "sanctions:sanctions",
            "waiting",
        )
