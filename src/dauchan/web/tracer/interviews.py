"""The interview of a case: where they say to have been, whom they say to have met."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dauchan.tracing.access import access_case
from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.interviews.access import access_named, access_stay
from dauchan.tracing.interviews.actions import name_person, remove_named, remove_stay, tell_stay
from dauchan.tracing.interviews.timeline import timeline_of, told_stays_of
from dauchan.tracing.models import CaseStatus
from dauchan.tracing.queries import stays_of
from dauchan.units import audit
from dauchan.units.models import Role
from dauchan.venues.access import access_venues
from dauchan.venues.models import VenueStatus
from dauchan.venues.queries import matching
from dauchan.vietnamese import mask_name, mask_phone
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.interview_forms import NamedForm, StayForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from dauchan.tracing.interviews.models import NamedPerson
    from dauchan.tracing.models import Case
    from dauchan.web.requests import OfficerRequest

MOST_SUGGESTED = 20


@officer_required(Role.TRACER, Role.APPROVER)
def interview(request: OfficerRequest, case_id: int) -> HttpResponse:
    """What was told so far, and two forms; `told` says which of them was sent."""
    case = access_case(request.user, case_id)
    asked: dict[str, Any] = {"officer": request.user, "case": case}
    if request.method != "POST":
        return _page(request, case, StayForm(**asked), NamedForm(**asked))
    if request.POST.get("told") == "person":
        named = NamedForm(request.POST, **asked)
        kept = _keep(named, lambda: name_person(case, request.user, named.named()))
        return (
            _done(request, case, _("Đã ghi người ca bệnh kể."))
            if kept
            else _page(request, case, StayForm(**asked), named)
        )
    stay = StayForm(request.POST, **asked)
    kept = _keep(stay, lambda: tell_stay(case, request.user, stay.told()))
    return _done(request, case, _("Đã ghi nơi ca bệnh kể.")) if kept else _page(request, case, stay, NamedForm(**asked))


def _keep(form: StayForm | NamedForm, keep: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        keep()
    except TracingRefused as refused:
        form.add_error(None, refused.message)
        return False
    return True


def _done(request: OfficerRequest, case: Case, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("tracer:interview", case.pk)


def _page(request: OfficerRequest, case: Case, stay_form: StayForm, named_form: NamedForm) -> HttpResponse:
    audit.record(request.user, "case.places_seen", f"case:{case.pk}")
    named = case.named_people.select_related("person__identity", "venue", "commune", "told_by")
    context = {
        "case": case,
        "timeline": timeline_of(case, stays_of(case), told_stays_of(case)),
        "named": [NamedRow(one) for one in named],
        "stay_form": stay_form,
        "named_form": named_form,
        "may_write": request.user.may_act_as(Role.TRACER, case.unit) and case.status == CaseStatus.CONFIRMED,
    }
    refused = stay_form.errors or named_form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "tracer/interview.html", context, status=status)


class NamedRow:
    """Somebody whom the case named; masked, as everywhere outside an open disclosure."""

    def __init__(self, named: NamedPerson) -> None:
        self.named = named
        identity = getattr(named.person, "identity", None)
        self.name = mask_name(identity.full_name) if identity and identity.full_name else ""
        self.phone = mask_phone(identity.phone) if identity and identity.phone else ""


@require_POST
@officer_required(Role.TRACER)
def untell_stay(request: OfficerRequest, stay_id: int) -> HttpResponse:
    stay = access_stay(request.user, stay_id)
    return _removed(request, stay.case, lambda: remove_stay(stay, request.user))


@require_POST
@officer_required(Role.TRACER)
def untell_person(request: OfficerRequest, named_id: int) -> HttpResponse:
    named = access_named(request.user, named_id)
    return _removed(request, named.case, lambda: remove_named(named, request.user))


def _removed(request: OfficerRequest, case: Case, remove: Callable[[], None]) -> HttpResponse:
    try:
        remove()
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã bỏ khỏi lời kể."))
    return redirect("tracer:interview", case.pk)


@require_GET
@officer_required(Role.TRACER)
def venues(request: OfficerRequest) -> HttpResponse:
    """Venues of the own area for a combobox: `?q=cho dong ba`."""
    known = access_venues(request.user, Role.TRACER).exclude(status__in=[VenueStatus.PENDING, VenueStatus.REFUSED])
    found = matching(known, request.GET.get("q", "")[:100])[:MOST_SUGGESTED]
    return JsonResponse(
        [{"value": venue.pk, "text": venue.name, "hint": venue.full_address} for venue in found], safe=False
    )
