"""Weekly reports: the list, and each as the file that was made then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dauchan.oversight.accountability.access import SEES_WEEKLY, access_weekly_report, access_weekly_reports
from dauchan.oversight.accountability.models import ReportLook
from dauchan.oversight.accountability.sources import ACTIVE
from dauchan.oversight.accountability.weekly import is_intact, note_look
from dauchan.oversight.accountability.written import change_written
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 26


@require_safe
@officer_required(*SEES_WEEKLY)
def report_list(request: OfficerRequest) -> HttpResponse:
    seen = ReportLook.objects.filter(report=OuterRef("pk"), officer=request.user)
    found = access_weekly_reports(request.user).annotate(is_seen=Exists(seen))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(report, *_shares(report.figures)) for report in page]
    return render(request, "accountability/weekly.html", {"page": page, "rows": rows, "tab": "weekly"})


def _shares(figures: dict[str, float | None]) -> tuple[float | None, str]:
    """The share of active places in per cent, and its change in points."""
    active, before = figures.get("active"), figures.get("before")
    now = None if active is None else 100 * active
    return now, change_written(None if now is None or before is None else now - 100 * before, ACTIVE)


@require_safe
@officer_required(*SEES_WEEKLY)
def download(request: OfficerRequest, report_id: int) -> HttpResponseBase:
    report = access_weekly_report(request.user, report_id)
    if not is_intact(report):
        messages.error(request, _("Tệp của báo cáo này không còn nguyên như khi lập. Hãy báo người vận hành."))
        return redirect("accountability:weekly")
    note_look(report, request.user)
    name = f"bao-cao-tuan-{report.first_on:%G}-{report.week:02d}.pdf"
    return FileResponse(report.file.open("rb"), filename=name, content_type="application/pdf")
