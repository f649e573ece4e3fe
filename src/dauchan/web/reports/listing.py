"""The list of reports with their clocks: a unit's inbox and an overview of an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.compliance.referrals.queries import Standing, standing_of
from dauchan.exchange.tables import Column
from dauchan.oversight.access import ANSWERS_REPORTS, SEES_REPORTS, access_reports, may_answer
from dauchan.oversight.actions import accept
from dauchan.oversight.errors import OversightRefused
from dauchan.oversight.models import Report, ReportStatus
from dauchan.oversight.queries import counts_of
from dauchan.units import audit
from dauchan.units.working_days import office_calendar
from dauchan.web.downloads import csv_download
from dauchan.web.layout.paging import KeysFirst
from dauchan.web.many import accept_each, ticked
from dauchan.web.officer.guards import officer_required
from dauchan.web.referrals.words import clock_in_words, tone_of
from dauchan.web.reports.step_forms import TABS, ReportFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse, StreamingHttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
ROWS_AT_ONCE = 500
#: Nobody of the unit has taken them up.
NEW = (ReportStatus.RECEIVED, ReportStatus.REOPENED)
STATUS_TONES = {
    ReportStatus.RECEIVED: "info",
    ReportStatus.ACCEPTED: "accent",
    ReportStatus.REOPENED: "caution",
    ReportStatus.ANSWERED: "good",
    ReportStatus.MERGED: "neutral",
}


@dataclass(frozen=True)
class Row:
    """One report as a list or a page shows it; without a deadline there is no clock."""

    report: Report
    standing: Standing | None

    @property
    def clock(self) -> str:
        return clock_in_words(self.standing) if self.standing else ""

    @property
    def tone(self) -> str:
        return tone_of(self.standing) if self.standing else "neutral"

    @property
    def accept_key(self) -> str:
        """The report and the revision in view, for a step on many."""
        return f"{self.report.pk}:{self.report.revision}"

    @property
    def status_tone(self) -> str:
        return STATUS_TONES[ReportStatus(self.report.status)]


def rows_of(reports: Iterable[Report]) -> list[Row]:
    """With one reading of the calendar for all of them."""
    calendar, now = office_calendar(), timezone.now()
    return [
        Row(one, standing_of(one, calendar, now) if one.due_at and one.status != ReportStatus.MERGED else None)
        for one in reports
    ]


@require_safe
@officer_required(*SEES_REPORTS)
def report_list(request: OfficerRequest) -> HttpResponse:
    reports = access_reports(request.user)
    tab, chosen = _tab(request), ReportFilter(request.GET, officer=request.user)
    page = KeysFirst(chosen.narrowed(reports, tab), ROWS_A_PAGE).get_page(request.GET.get("page"))
    counts = counts_of(reports.select_related(None), timezone.now())
    acceptable = {one.pk for one in page if one.status in NEW and may_answer(request.user, one)}
    context = {
        "filter": chosen,
        "tab": tab,
        "page": page,
        "rows": rows_of(page),
        "counts": counts,
        "acceptable": acceptable,
    }
    return render(request, "reports/reports.html", context)


@require_POST
@officer_required(*ANSWERS_REPORTS)
def accept_many(request: OfficerRequest) -> HttpResponse:
    """Those that were ticked, of the officer's area."""
    asked = ticked(request)
    found = access_reports(request.user, *ANSWERS_REPORTS).filter(pk__in=asked)
    accept_each(request, found, lambda one: accept(one, request.user, asked[one.pk]), OversightRefused)
    return redirect("reports:reports")


@require_safe
@officer_required(*SEES_REPORTS)
def export(request: OfficerRequest) -> StreamingHttpResponse:
    """What the list shows now, all of its pages; citizens' words stay on the page of each."""
    tab, chosen = _tab(request), ReportFilter(request.GET, officer=request.user)
    found = chosen.narrowed(access_reports(request.user), tab)
    audit.record(request.user, "reports.exported", "reports", detail={"rows": found.count(), "tab": tab})
    return csv_download(_columns(), _rows(found), f"phan-anh-{timezone.localdate():%Y-%m-%d}")


def _tab(request: OfficerRequest) -> str:
    asked = request.GET.get("tab", "")
    return asked if asked in {*TABS, "overdue"} else "running"


def _rows(reports: QuerySet[Report]) -> Iterator[Row]:
    yield from rows_of(reports.iterator(chunk_size=ROWS_AT_ONCE))


def _columns() -> list[Column[Row]]:
    return [
        Column(_("Mã"), lambda row: row.report.code),
        Column(_("Điều phản ánh"), lambda row: row.report.get_finding_display()),
        Column(_("Địa điểm"), lambda row: row.report.where),
        Column(_("Đơn vị"), lambda row: row.report.unit.full_name),
        Column(_("Trạng thái"), lambda row: row.report.get_status_display()),
        Column(_("Kết quả xử lý"), lambda row: row.report.get_outcome_display()),
        Column(_("Gửi lúc"), lambda row: timezone.localtime(row.report.reported_at)),
        Column(_("Hạn trả lời"), lambda row: timezone.localtime(row.report.due_at) if row.report.due_at else ""),
        Column(_("Đồng hồ"), lambda row: row.clock),
        Column(_("Điểm của người dân"), lambda row: row.report.stars or ""),
    ]
