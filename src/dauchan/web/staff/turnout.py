"""Participation of one agency, for its head: figures and departments at once, names once their purpose is stated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import numpy as np
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dauchan.compliance.participation.queries import MemberDays, Turnout, kept_days, member_days, turnout_of
from dauchan.people.roster.access import KEEPS_ROSTERS, access_roster
from dauchan.people.roster.models import Agency, Member
from dauchan.screening.participation import DayState, missed_in_a_row
from dauchan.units.working_days import calendar_covers
from dauchan.vietnamese import name_sort_key
from dauchan.web.layout.charts import Chart, Series
from dauchan.web.officer.guards import officer_required
from dauchan.web.staff.forms import OpenForm
from dauchan.web.staff.opened import look, open_names_of, purpose_of
from dauchan.web.staff.periods import PERIODS, period_asked

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

TREND_DAYS = 60


@dataclass(frozen=True)
class Department:
    """Attributes:
    turnout: of its days that are over.
    open: members with a shift under way who have not scanned yet.
    """

    name: str
    turnout: Turnout
    open: int
    members: int


@dataclass(frozen=True)
class Missing:
    """A member who did not scan on some day of the period, or whose phone is not known."""

    member: Member
    missed_on: list[dt.date] = field(default_factory=list)
    in_a_row: int = 0
    is_open: bool = False
    is_verifiable: bool = True


@require_GET
@officer_required(*KEEPS_ROSTERS)
def agency_page(request: OfficerRequest, agency_id: int) -> HttpResponse:
    return _shown(request, access_roster(request.user, agency_id), OpenForm())


@require_POST
@officer_required(*KEEPS_ROSTERS)
def open_names(request: OfficerRequest, agency_id: int) -> HttpResponse:
    """State the purpose; then back to where the names were asked for."""
    agency = access_roster(request.user, agency_id)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _shown(request, agency, form)
    open_names_of(request, agency, form.purpose())
    back = request.POST.get("next", "")
    home = reverse("staff:agency", args=[agency.pk])
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}) and back.startswith(home)
    return redirect(back if is_ours else home)


def _shown(request: OfficerRequest, agency: Agency, form: OpenForm) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    period = period_asked(request.GET.get("period", ""), today)
    days = member_days([agency.pk], period.first, period.until, now)
    purpose = purpose_of(request, agency)
    context: dict[str, Any] = {
        "agency": agency,
        "period": period,
        "periods": PERIODS,
        "whole": turnout_of(days.states),
        "open": int((days.states == DayState.OPEN).any(axis=1).sum()),
        "nobody_due": bool((days.states == DayState.NOT_DUE).all()),
        "members": len(days.rosters.member),
        "departments": departments_of(days),
        "trend": _trend(agency, today),
        "has_calendar": calendar_covers(today),
        "purpose": purpose,
        "form": form,
        "back": request.get_full_path() if request.method == "GET" else reverse("staff:agency", args=[agency.pk]),
    }
    if purpose is not None:
        missing = missing_of(agency, days, now)
        look(request, agency, f"page {period.name}", len(missing))
        context["missing"] = [one for one in missing if one.is_verifiable]
        context["unverifiable"] = [one for one in missing if not one.is_verifiable]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "staff/agency.html", context, status=status)


def departments_of(days: MemberDays) -> list[Department]:
    """In the order of the alphabet, the worst not named first: a head looks for the own one."""
    of_each: dict[str, list[int]] = {}
    for place, name in enumerate(days.rosters.department):
        of_each.setdefault(name, []).append(place)
    found = []
    for name, places in of_each.items():
        states = days.states[places]
        is_open = int((states == DayState.OPEN).any(axis=1).sum())
        found.append(Department(name, turnout_of(states), is_open, len(places)))
    return sorted(found, key=lambda one: name_sort_key(one.name))


def missing_of(agency: Agency, days: MemberDays, now: dt.datetime) -> list[Missing]:
    """Who missed a day of the period or is still to scan today, the longest streak first; then those nobody can verify."""
    wanted = np.isin(days.states, (DayState.MISSED, DayState.OPEN, DayState.UNVERIFIABLE)).any(axis=1)
    places = np.flatnonzero(wanted)
    members = Member.objects.filter(agency=agency).in_bulk(days.rosters.member[places].tolist())
    streaks = _streaks(agency, now)
    found = [
        _missing(members[pk], days, int(place), streaks)
        for place, pk in zip(places, days.rosters.member[places], strict=True)
    ]
    return sorted(
        found, key=lambda one: (not one.is_verifiable, -one.in_a_row, -len(one.missed_on), one.member.department)
    )


def _missing(member: Member, days: MemberDays, place: int, streaks: dict[int, int]) -> Missing:
    states = days.states[place]
    missed = [day for day, state in zip(days.days, states, strict=True) if state == DayState.MISSED]
    is_open = bool((states == DayState.OPEN).any())
    return Missing(member, missed, streaks.get(member.pk, 0), is_open, bool(days.rosters.staff.is_verifiable[place]))


def _streaks(agency: Agency, now: dt.datetime) -> dict[int, int]:
    """Of each member, over all days the ledger remembers."""
    month = period_asked("month", timezone.localdate(now))
    first = min(month.first, month.until - dt.timedelta(days=21))
    days = member_days([agency.pk], first, month.until, now)
    return dict(zip(days.rosters.member.tolist(), missed_in_a_row(days.states).tolist(), strict=True))


def _trend(agency: Agency, today: dt.date) -> Chart | None:
    kept = [day for day in kept_days(agency, today - dt.timedelta(days=TREND_DAYS), today) if day.members]
    if len(kept) < 2:  # noqa: PLR2004 - one point is no trend
        return None
    names = [f"{day.day:%d/%m}" for day in kept]
    shares = [round(100 * day.scanned / day.members, 1) for day in kept]
    return Chart(_("Tỷ lệ có quét mã theo ngày (%)"), _("Ngày"), names, [Series(_("Có quét (%)"), shares)])
