"""Citizens' reports: sent about a place, followed by a code, answered by the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dauchan.compliance.referrals.access import HANDS_OVER
from dauchan.helpdesk.models import Ticket
from dauchan.oversight.actions import (
    ANSWERS_REPORTS,
    SEES_REPORTS,
    access_report,
    access_reports,
    answer_report,
    file_report,
)
from dauchan.oversight.errors import OversightRefused
from dauchan.oversight.models import Report, ReportStatus
from dauchan.venues.access import access_public_venue
from dauchan.web.desk.forms import AnswerForm, FollowForm, ReportForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from dauchan.web.requests import OfficerRequest

REPORTS_A_PAGE = 25


def new_report(request: HttpRequest, venue_id: int) -> HttpResponse:
    venue = access_public_venue(venue_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = file_report(venue, **form.cleaned_data, address=request.META["REMOTE_ADDR"])
        except OversightRefused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Đã gửi phản ánh. Cảm ơn bạn."))
            return redirect("desk:follow_report", report.code)
    return render(request, "desk/new_report.html", {"form": form, "venue": venue}, status=422 if form.errors else 200)


def follow_report(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a report. The code is the key; the page tells nothing but finding, unit and answer."""
    report = Report.objects.select_related("unit", "venue").filter(code=code.upper()).first()
    if report is None:
        raise Http404
    return render(request, "desk/follow_report.html", {"report": report})


def follow(request: HttpRequest) -> HttpResponse:
    """One box for both kinds of code."""
    form = FollowForm(request.GET or None)
    if request.GET and form.is_valid():
        code = form.cleaned_data["code"]
        if Report.objects.filter(code=code).exists():
            return redirect("desk:follow_report", code)
        if Ticket.objects.filter(code=code).exists():
            return redirect("desk:follow_ticket", code)
        form.add_error("code", _("Không có phản ánh hay yêu cầu nào mang mã này."))
    return render(request, "desk/follow.html", {"form": form}, status=422 if form.errors else 200)


@officer_required(*SEES_REPORTS)
def report_list(request: OfficerRequest) -> HttpResponse:
    status = request.GET.get("status", ReportStatus.RECEIVED)
    reports = access_reports(request.user)
    waiting = reports.filter(status=ReportStatus.RECEIVED).count()
    if status in ReportStatus.values:
        reports = reports.filter(status=status)
    page = Paginator(reports, REPORTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "status": status, "waiting": waiting}
    return render(request, "desk/report_list.html", context)


@officer_required(*SEES_REPORTS)
def report_page(request: OfficerRequest, report_id: int) -> HttpResponse:
    report = access_report(request.user, report_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_report(
                access_report(request.user, report_id, *ANSWERS_REPORTS), request.user, form.cleaned_data["answer"]
            )
        except OversightRefused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Đã trả lời phản ánh %(code)s.") % {"code": report.code})
            return redirect("desk:reports")
    may_answer = any(request.user.may_act_as(role, report.unit) for role in ANSWERS_REPORTS)
    may_refer = any(request.user.may_act_as(role, report.unit) for role in HANDS_OVER)
    context = {"report": report, "form": form, "may_answer": may_answer, "may_refer": may_refer}
    return render(request, "desk/report.html", context, status=422 if form.errors else 200)
