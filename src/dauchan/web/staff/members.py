"""The roster of an agency, and one member with shifts and leave. Every page shows names, so all need an open roster."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dauchan.people.roster.access import KEEPS_ROSTERS, access_member, access_roster
from dauchan.people.roster.actions import give_leave, keep_member, remove_member, take_leave_back
from dauchan.people.roster.errors import RosterRefused
from dauchan.people.roster.importing import OFFICE_HOURS, pattern_of
from dauchan.people.roster.models import Agency, Leave, Member, Shift
from dauchan.people.roster.patterns import weekdays_written
from dauchan.units.errors import NoSuchThing
from dauchan.vietnamese import fold, name_sort_key
from dauchan.web.officer.guards import officer_required
from dauchan.web.staff.forms import OpenForm
from dauchan.web.staff.member_forms import ONE_DAY, LeaveForm, MemberForm, ShiftForm, ShiftForms, shift_initial
from dauchan.web.staff.opened import look, purpose_of

if TYPE_CHECKING:
    import datetime as dt

    from django.forms import BaseFormSet
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 50
LONGEST_SEARCH = 100


@require_GET
@officer_required(*KEEPS_ROSTERS)
def member_list(request: OfficerRequest, agency_id: int) -> HttpResponse:
    """Names are ciphertext, so the search looks through the opened ones: an agency has hundreds, not millions."""
    agency = access_roster(request.user, agency_id)
    if purpose_of(request, agency) is None:
        return _closed(request, agency)
    words = fold(request.GET.get("q", "")[:LONGEST_SEARCH]).split()
    everybody = agency.members.prefetch_related("shifts", "leave")
    found = [member for member in everybody if _matches(member, words)]
    found.sort(key=lambda member: (member.left_on is not None, name_sort_key(member.full_name)))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    look(request, agency, "roster", len(page))
    today = timezone.localdate()
    rows = [(member, [_hours(shift) for shift in member.shifts.all()], _away(member, today)) for member in page]
    context = {"agency": agency, "page": page, "rows": rows, "q": request.GET.get("q", ""), "total": len(everybody)}
    return render(request, "staff/members.html", context)


def _matches(member: Member, words: list[str]) -> bool:
    said = f" {fold(f'{member.full_name} {member.employee_number} {member.department}')}"
    return all(f" {word}" in said for word in words)


def _hours(shift: Shift) -> str:
    return f"{weekdays_written(shift.weekdays)} {shift}"


def _away(member: Member, today: dt.date) -> Leave | None:
    return next((one for one in member.leave.all() if one.first_on <= today < one.until_on), None)


def _closed(request: OfficerRequest, agency: Agency) -> HttpResponse:
    context = {"agency": agency, "form": OpenForm(), "back": request.get_full_path()}
    return render(request, "staff/closed.html", context)


@officer_required(*KEEPS_ROSTERS)
def new_member(request: OfficerRequest, agency_id: int) -> HttpResponse:
    agency = access_roster(request.user, agency_id)
    return _member(request, Member(agency=agency, full_name=""))


@officer_required(*KEEPS_ROSTERS)
def member_page(request: OfficerRequest, agency_id: int, member_id: int) -> HttpResponse:
    return _member(request, access_member(request.user, agency_id, member_id))


def _member(request: OfficerRequest, member: Member) -> HttpResponse:
    agency = member.agency
    if purpose_of(request, agency) is None:
        return _closed(request, agency)
    known = [pattern_of(shift) for shift in member.shifts.all()] if member.pk else [OFFICE_HOURS]
    form = MemberForm(request.POST or None, member=member)
    shifts = ShiftForms(request.POST or None, initial=shift_initial(known), prefix="shift")
    if request.method == "POST" and form.is_valid() and shifts.is_valid():
        patterns = [
            each.pattern() for each in shifts if each not in shifts.deleted_forms and each.cleaned_data.get("weekdays")
        ]
        try:
            kept = keep_member(form.written(), form.phone_to_keep(), patterns, request.user)
        except RosterRefused as refused:
            form.add_error("employee_number", str(refused.message))
        else:
            messages.success(request, _("Đã ghi %(name)s.") % {"name": kept.full_name})
            return redirect("staff:members", agency.pk)
    if member.pk:
        look(request, agency, f"member {member.pk}", 1)
    return _member_shown(request, member, form, shifts, LeaveForm())


def _member_shown(
    request: OfficerRequest,
    member: Member,
    form: MemberForm,
    shifts: BaseFormSet[ShiftForm],
    leave_form: LeaveForm,
) -> HttpResponse:
    context = {
        "agency": member.agency,
        "member": member,
        "form": form,
        "shifts": shifts,
        "leave": member.leave.all() if member.pk else (),
        "leave_form": leave_form,
        "departments": sorted({name for name in member.agency.members.values_list("department", flat=True) if name}),
    }
    wrong = form.errors or leave_form.errors or (shifts.is_bound and not shifts.is_valid())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "staff/member.html", context, status=status)


@require_POST
@officer_required(*KEEPS_ROSTERS)
def remove(request: OfficerRequest, agency_id: int, member_id: int) -> HttpResponse:
    member = access_member(request.user, agency_id, member_id)
    remove_member(member, request.user)
    messages.success(request, _("Đã xóa khỏi danh sách."))
    return redirect("staff:members", agency_id)


@require_POST
@officer_required(*KEEPS_ROSTERS)
def add_leave(request: OfficerRequest, agency_id: int, member_id: int) -> HttpResponse:
    member = access_member(request.user, agency_id, member_id)
    form = LeaveForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        leave = Leave(member=member, kind=said["kind"], first_on=said["first_on"], until_on=said["last_on"] + ONE_DAY)
        give_leave(leave, request.user)
        messages.success(request, _("Đã ghi ngày nghỉ."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("staff:member", agency_id, member_id)


@require_POST
@officer_required(*KEEPS_ROSTERS)
def drop_leave(request: OfficerRequest, agency_id: int, member_id: int, leave_id: int) -> HttpResponse:
    leave = access_member(request.user, agency_id, member_id).leave.select_related("member").filter(pk=leave_id).first()
    if leave is None:
        raise NoSuchThing
    take_leave_back(leave, request.user)
    messages.success(request, _("Đã bỏ ngày nghỉ."))
    return redirect("staff:member", agency_id, member_id)
