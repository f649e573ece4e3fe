"""What is brought before others: silence before the head of a unit and the approver, many orders before oversight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.follow_up.access import access_alert, access_alerts, access_escalation, access_escalations
from dauchan.tracing.follow_up.alerts import AT_LEAST, MANY, TIMES_THE_USUAL, see_alert
from dauchan.tracing.follow_up.escalation import settle_escalation
from dauchan.units.models import Role
from dauchan.web.follow_up.forms import NoteForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

LINES_A_PAGE = 50


@officer_required(Role.HEAD, Role.TRACER, Role.APPROVER)
def escalations(request: OfficerRequest) -> HttpResponse:
    """Who has not answered, without names: the number, the case and the days."""
    rows = access_escalations(request.user)
    context = {
        "rows": rows.filter(settled_at=None).order_by("-missed_days", "raised_at"),
        "page": Paginator(rows.exclude(settled_at=None).order_by("-settled_at"), LINES_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "form": NoteForm(),
        "may_open": bool(request.user.roles() & {Role.TRACER, Role.APPROVER}),
    }
    return render(request, "follow_up/escalations.html", context)


@require_POST
@officer_required(Role.HEAD, Role.TRACER, Role.APPROVER)
def settle(request: OfficerRequest, escalation_id: int) -> HttpResponse:
    row = access_escalation(request.user, escalation_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        settle_escalation(row, request.user, form.cleaned_data["note"])
        messages.success(request, _("Đã ghi việc đã làm."))
    else:
        messages.error(request, _("Hãy ghi việc đã làm, ít nhất 5 ký tự."))
    return redirect("follow_up:escalations")


@officer_required(Role.LEADER, Role.OPERATOR)
def alerts(request: OfficerRequest) -> HttpResponse:
    context = {
        "page": Paginator(access_alerts(request.user), LINES_A_PAGE).get_page(request.GET.get("page")),
        "many": MANY,
        "times": TIMES_THE_USUAL,
        "at_least": AT_LEAST,
    }
    return render(request, "follow_up/alerts.html", context)


@require_POST
@officer_required(Role.LEADER, Role.OPERATOR)
def see(request: OfficerRequest, alert_id: int) -> HttpResponse:
    alert = access_alert(request.user, alert_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        see_alert(alert, request.user, form.cleaned_data["note"])
        messages.success(request, _("Đã ghi kết luận."))
    else:
        messages.error(request, _("Hãy ghi kết luận, ít nhất 5 ký tự."))
    return redirect("follow_up:alerts")
