"""The people once inside a zone: a list for a case, without names until a second person opens them."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_case, access_cases
from dauchan.tracing.disclosure_models import DISCLOSURE_HOURS
from dauchan.tracing.models import Case, CaseStatus
from dauchan.tracing.zones import access, presence_actions
from dauchan.tracing.zones.errors import SecondPersonNeeded, ZoneRefused
from dauchan.tracing.zones.homes import homes_on
from dauchan.units.models import Role
from dauchan.vietnamese import show_phone
from dauchan.visits.retention import RETENTION_DAYS
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.list_forms import DecisionForm, DisclosureForm
from dauchan.web.zones.forms import PresenceForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.tracing.zones.models import PresenceDisclosure, PresenceList, ZoneOrder
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

PEOPLE_A_PAGE = 50


def people_of(officer: Officer, order: ZoneOrder) -> dict[str, Any]:
    """What a tracer or an approver sees on the zone's page of cases and lists; others see nothing of either."""
    if not officer.units_as(*access.TRACES):
        return {"sees_people": False}
    cases = _cases_of(officer, order)
    lists = access.access_presence_lists(officer).filter(order__zone=order.zone_id)
    return {
        "sees_people": True,
        "cases": access_cases(officer).filter(zone_orders=order),
        "presence_lists": lists,
        "presence_form": _form(cases) if order.approved and not order.never_held() and cases else None,
        "may_list": bool(officer.units_as(Role.TRACER)),
    }


def _cases_of(officer: Officer, order: ZoneOrder) -> QuerySet[Case]:
    """Those of the order for which this officer may list people."""
    return access_cases(officer).filter(zone_orders=order, status=CaseStatus.CONFIRMED).order_by("code")


def _form(cases: QuerySet[Case]) -> PresenceForm:
    begins, ends = presence_actions.window_of(cases[0], timezone.now())
    # The fields know minutes only: up to the next one, so that it stays within.
    begins += dt.timedelta(seconds=59)
    initial = {"begins_at": timezone.localtime(begins), "ends_at": timezone.localtime(ends)}
    return PresenceForm(cases=cases, initial=initial)


@require_POST
@officer_required(Role.TRACER)
def make_list(request: OfficerRequest, order_id: int) -> HttpResponse:
    order = access.access_order(request.user, order_id)
    form = PresenceForm(request.POST, cases=_cases_of(request.user, order))
    back = redirect("zones:zone", order.zone_id)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return back
    said = form.cleaned_data
    case = access_case(request.user, said["case"].pk)
    try:
        made = presence_actions.list_presence(order, case, request.user, said["begins_at"], said["ends_at"])
    except ZoneRefused as refused:
        messages.error(request, str(refused.message))
        return back
    return redirect("zones:people", made.pk)


@officer_required(Role.TRACER, Role.APPROVER)
def people_page(request: OfficerRequest, list_id: int) -> HttpResponse:
    made = access.access_presence_list(request.user, list_id)
    form = DisclosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            presence_actions.request_names(made, request.user, form.purpose())
        except ZoneRefused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, _("Đã gửi đề nghị. Người phê duyệt sẽ quyết định."))
        return redirect("zones:people", made.pk)
    return _render_list(request, made, form)


def _render_list(request: OfficerRequest, made: PresenceList, form: DisclosureForm) -> HttpResponse:
    page = Paginator(made.rows.all(), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    opened = access.open_presence_disclosure(request.user, made)
    people = [row.person_id for row in page]
    names = presence_actions.names_of(opened, request.user, people, "page") if opened else {}
    context = {
        "made": made,
        "zone": made.order.zone,
        "page": page,
        "rows": [(row, _named(names, row.person_id)) for row in page],
        "disclosure": opened,
        "asked": made.disclosures.filter(requested_by=request.user).select_related("decided_by").first(),
        "disclosure_form": form,
        "may_ask": request.user.may_act_as(Role.TRACER, made.case.unit),
        "kept_days": RETENTION_DAYS,
        "homes": homes_on(made) if page.object_list else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "zones/people.html", context, status=status)


def _named(names: dict[int, Any], person_id: int) -> tuple[str, str] | None:
    identity = names.get(person_id)
    return (identity.full_name, show_phone(identity.phone) if identity.phone else "") if identity else None


@officer_required(Role.TRACER, Role.APPROVER)
def decide_names(request: OfficerRequest, asked_id: int) -> HttpResponse:
    """One request with what it would open; only another person's approval opens it."""
    asked = access.access_presence_disclosure(request.user, asked_id)
    form = DecisionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return _render_request(request, asked, form, status)
    approve = form.cleaned_data["decision"] == "approve"
    try:
        presence_actions.decide_names(asked, request.user, approve=approve, note=form.cleaned_data["note"])
    except SecondPersonNeeded as refused:
        return _render_request(request, asked, form, HTTPStatus.FORBIDDEN, str(refused.message))
    except ZoneRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("zones:decide_names", asked.pk)
    messages.success(request, _("Đã phê duyệt.") if approve else _("Đã từ chối."))
    return redirect("zones:zones")


def _render_request(
    request: OfficerRequest, asked: PresenceDisclosure, form: DecisionForm, status: HTTPStatus, refusal: str = ""
) -> HttpResponse:
    made = asked.presence_list
    context = {
        "asked": asked,
        "made": made,
        "zone": made.order.zone,
        "form": form,
        "refusal": refusal,
        "is_own": asked.requested_by_id == request.user.pk,
        "may_decide": request.user.may_act_as(Role.APPROVER, made.case.unit),
        "hours": DISCLOSURE_HOURS,
    }
    return render(request, "zones/names.html", context, status=status)
