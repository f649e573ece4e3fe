"""Laboratory results of a case: all there were, one more, one that was a mistake."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_case
from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.intake.results import confirming_result_id, record_result, take_back_result
from dauchan.tracing.models import CaseStatus
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.result_forms import ResultForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest


@officer_required(Role.TRACER, Role.APPROVER)
def results(request: OfficerRequest, case_id: int) -> HttpResponse:
    """Everybody of the case reads them; a tracer writes down one more."""
    case = access_case(request.user, case_id)
    form = ResultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_result(case, request.user, form.cleaned_data["sampled_on"], form.lab())
        except TracingRefused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Đã ghi kết quả xét nghiệm."))
            return redirect("tracer:results", case.pk)
    context = {
        "case": case,
        "form": form,
        "results": case.lab_results.select_related("recorded_by", "taken_back_by"),
        "confirming": confirming_result_id(case),
        "may_write": request.user.may_act_as(Role.TRACER, case.unit) and case.status == CaseStatus.CONFIRMED,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "tracer/results.html", context, status=status)


@require_POST
@officer_required(Role.TRACER)
def take_back(request: OfficerRequest, case_id: int, result_id: int) -> HttpResponse:
    case = access_case(request.user, case_id)
    try:
        take_back_result(case, request.user, result_id)
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã rút lại kết quả ghi nhầm."))
    return redirect("tracer:results", case.pk)
