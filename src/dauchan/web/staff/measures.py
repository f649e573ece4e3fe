"""What a head did about staff who do not scan: the list, a new record, one with its names, taking back what was a mistake."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.people.measures.access import access_measure, access_measures
from dauchan.people.measures.actions import record_measure, withdraw_measure
from dauchan.people.measures.errors import MeasureRefused
from dauchan.people.roster.access import KEEPS_ROSTERS, access_roster
from dauchan.web.officer.guards import officer_required
from dauchan.web.staff.forms import OpenForm
from dauchan.web.staff.measure_forms import CHOSEN, MeasureForm, WithdrawForm
from dauchan.web.staff.opened import look, purpose_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.people.roster.models import Agency
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25


@require_safe
@officer_required(*KEEPS_ROSTERS)
def measure_list(request: OfficerRequest, agency_id: int) -> HttpResponse:
    """Without names: how often, with how many."""
    agency = access_roster(request.user, agency_id)
    found = access_measures(request.user, agency_id).select_related("withdrawn_by").filter(withdraws=None)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "staff/measures.html", {"agency": agency, "page": page})


@officer_required(*KEEPS_ROSTERS)
def new_measure(request: OfficerRequest, agency_id: int) -> HttpResponse:
    """Names must be open; `?member=17&member=18` chooses them beforehand."""
    agency = access_roster(request.user, agency_id)
    if purpose_of(request, agency) is None:
        return _closed(request, agency)
    initial = {"members": request.GET.getlist("member"), "who": CHOSEN, "taken_on": timezone.localdate()}
    form = MeasureForm(request.POST or None, agency=agency, initial=initial)
    if request.method == "POST" and form.is_valid():
        members, group = form.chosen()
        said = form.cleaned_data
        try:
            record_measure(agency, members, said["kind"], said["taken_on"], said["words"], request.user, group)
        except MeasureRefused as refused:
            form.add_error("members", str(refused.message))
        else:
            messages.success(request, _("Đã ghi biện pháp. Cấp trên chỉ thấy con số, không thấy tên."))
            return redirect("staff:measures", agency.pk)
    look(request, agency, "measure form", len(form.there))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "staff/measure_form.html", {"agency": agency, "form": form}, status=status)


@require_safe
@officer_required(*KEEPS_ROSTERS)
def measure_page(request: OfficerRequest, agency_id: int, measure_id: int) -> HttpResponse:
    measure = access_measure(request.user, agency_id, measure_id)
    agency = measure.agency
    if purpose_of(request, agency) is None:
        return _closed(request, agency)
    members = list(measure.members.all())
    look(request, agency, f"measure {measure.pk}", len(members))
    withdrawal = access_measures(request.user, agency_id).filter(withdraws=measure).first()
    context = {"agency": agency, "measure": measure, "members": members, "withdrawal": withdrawal}
    return render(request, "staff/measure.html", {**context, "form": WithdrawForm()})


@require_POST
@officer_required(*KEEPS_ROSTERS)
def withdraw(request: OfficerRequest, agency_id: int, measure_id: int) -> HttpResponse:
    measure = access_measure(request.user, agency_id, measure_id)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_measure(measure, form.cleaned_data["words"], request.user)
            messages.success(request, _("Đã rút. Bản ghi cũ vẫn còn, nhưng không được tính nữa."))
        except MeasureRefused as refused:
            messages.error(request, str(refused.message))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("staff:measure", agency_id, measure.pk)


def _closed(request: OfficerRequest, agency: Agency) -> HttpResponse:
    context = {"agency": agency, "form": OpenForm(), "back": request.get_full_path()}
    return render(request, "staff/closed.html", context)
