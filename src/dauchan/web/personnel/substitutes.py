"""Standing in for somebody on leave: whom I named, for whom I stand in, and taking up or laying down their work."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dauchan.units.errors import GrantRefused, NoSuchThing
from dauchan.units.granting import may_grant
from dauchan.units.models import Appointment
from dauchan.units.substitution import end_substitutions, lay_down, name_substitute, take_up
from dauchan.web.officer.guards import officer_required
from dauchan.web.personnel.forms import SubstituteForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


@require_safe
@officer_required()
def substitutes(request: OfficerRequest) -> HttpResponse:
    today = timezone.localdate()
    coming = Appointment.objects.filter(Q(until=None) | Q(until__gt=today)).select_related(
        "unit", "officer", "in_place_of"
    )
    mine = coming.filter(officer=request.user).order_by("since", "pk")
    context = {
        "own": mine.filter(in_place_of=None),
        "for_me": coming.filter(in_place_of=request.user).order_by("since", "pk"),
        "for_others": [(each, each.since <= today) for each in mine.exclude(in_place_of=None)],
    }
    return render(request, "personnel/substitutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required()
def new_substitute(request: OfficerRequest, appointment_id: int) -> HttpResponse:
    """For one's own role, or for that of somebody to whom one could have given it."""
    absent = _access_absent(request.user, appointment_id)
    form = SubstituteForm(request.POST if request.method == "POST" else None, absent=absent)
    if form.is_valid():
        said = form.cleaned_data
        try:
            name_substitute(absent, said["substitute"], said["since"], form.until(), request.user)
        except GrantRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Đã cử người thay."))
            if absent.officer_id == request.user.pk:
                return redirect("personnel:substitutes")
            return redirect("personnel:account", absent.officer_id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "personnel/new_substitute.html", {"form": form, "absent": absent}, status=status)


@require_POST
@officer_required()
def end_early(request: OfficerRequest, substitution_id: int) -> HttpResponse:
    """By whoever could have named the substitute."""
    found = Appointment.objects.filter(pk=substitution_id, in_place_of__isnull=False).select_related("unit").first()
    if found is None or not (
        found.in_place_of_id == request.user.pk or may_grant(request.user, found.role, found.unit)
    ):
        raise NoSuchThing
    end_substitutions(Q(pk=found.pk), request.user)
    messages.success(request, _("Việc thay đã kết thúc."))
    return redirect("personnel:substitutes")


@require_POST
@officer_required()
def stand_in(request: OfficerRequest, substitution_id: int) -> HttpResponse:
    try:
        substitution = take_up(request.user, substitution_id)
    except GrantRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("personnel:substitutes")
    told = _("Từ bây giờ bạn làm việc thay cho %(name)s.") % {"name": substitution.in_place_of}
    messages.success(request, told)
    return redirect("officer:home")


@require_POST
@officer_required()
def own_work_again(request: OfficerRequest) -> HttpResponse:
    lay_down(request.user)
    messages.success(request, _("Bạn đã trở lại công việc của mình."))
    return redirect("officer:home")


def _access_absent(officer: Officer, appointment_id: int) -> Appointment:
    """A role for which *officer* may name a substitute. Raises: NoSuchThing."""
    today = timezone.localdate()
    held = Appointment.objects.filter(Q(until=None) | Q(until__gt=today), in_place_of=None)
    found = held.filter(pk=appointment_id).select_related("unit", "officer").first()
    if found is None or not (found.officer_id == officer.pk or may_grant(officer, found.role, found.unit)):
        raise NoSuchThing
    return found
