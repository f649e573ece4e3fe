"""Handing venues to their units: `?venue=1&venue=2&sign=silent`, `?sign=17` (a sign that was found), `?report=5`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.compliance.referrals.access import HANDS_OVER
from dauchan.compliance.referrals.clock_models import ClockRule
from dauchan.compliance.referrals.errors import ReferralRefused
from dauchan.compliance.referrals.handing import Suspicion, refer, suspicion_of
from dauchan.compliance.referrals.models import OPEN, Ground, Referral
from dauchan.compliance.referrals.models import Sign as SignKind
from dauchan.compliance.signs.access import access_signs
from dauchan.oversight.access import access_reports
from dauchan.units.deadlines import add_working_days, unknown_years
from dauchan.units.working_days import office_calendar
from dauchan.venues.access import access_venues
from dauchan.vietnamese.dates import LOCAL
from dauchan.web.officer.guards import officer_required
from dauchan.web.referrals.forms import HandingForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from dauchan.compliance.signs.models import Sign
    from dauchan.oversight.models import Report
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

MOST_AT_ONCE = 200
#: A key of the database has fewer.
DIGITS = 19


@officer_required(*HANDS_OVER)
def new(request: OfficerRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    venues = _venues(request.user, sent.getlist("venue"))
    report = _report(request.user, sent.get("report", ""))
    found = _found(request.user, sent.get("found" if request.method == "POST" else "sign", ""))
    if not venues and (of := report or found) and of.venue is not None:
        venues = [of.venue]
    form = HandingForm(request.POST or None, initial=_initial(request, report, found))
    if request.method == "POST" and venues and form.is_valid():
        suspicion = _suspicion(form.cleaned_data, report, found)
        made = hand_over(request, [(venue, suspicion) for venue in venues])
        if len(made) == 1:
            return redirect("referrals:one", made[0].pk)
        return redirect("referrals:referrals")
    context = {
        "form": form,
        "venues": venues,
        "open": _open_at(venues),
        "report": report,
        "found": found,
        **deadline_now(),
    }
    return render(request, "referrals/new.html", context, status=422 if form.errors else 200)


def _venues(officer: Officer, keys: list[str]) -> list[Venue]:
    wanted = [int(key) for key in keys[:MOST_AT_ONCE] if key.isascii() and key.isdecimal() and len(key) < DIGITS]
    return list(access_venues(officer, *HANDS_OVER).filter(pk__in=wanted).order_by("sort_key"))


def _report(officer: Officer, key: str) -> Report | None:
    if not (key.isascii() and key.isdecimal() and len(key) < DIGITS):
        return None
    return access_reports(officer, *HANDS_OVER).filter(pk=int(key)).first()


def _found(officer: Officer, key: str) -> Sign | None:
    """The sign by its number; a name of a kind of sign is none."""
    if not (key.isascii() and key.isdecimal() and len(key) < DIGITS):
        return None
    return access_signs(officer).filter(pk=int(key)).first()


def _suspicion(said: dict[str, Any], report: Report | None, found: Sign | None) -> Suspicion:
    """As it was written; of a sign that was found also what the screening knew."""
    if found is not None and said["ground"] == Ground.SIGN and said["sign"] == found.sign:
        copied = suspicion_of(found, said["words"])
        return (
            copied
            if said["evidence"] == copied.evidence
            else replace(copied, evidence=said["evidence"], evidence_en="")
        )
    return Suspicion(source=f"report:{report.pk}" if report else "", **said)


def _initial(request: OfficerRequest, report: Report | None, found: Sign | None) -> dict[str, Any]:
    if found is not None:
        return {"ground": Ground.SIGN, "sign": found.sign, "evidence": suspicion_of(found).evidence}
    if report is not None:
        return {"ground": Ground.REPORT, "evidence": _report_told(report)}
    sign = request.GET.get("sign", "")
    if sign in SignKind.values:
        return {"ground": Ground.SIGN, "sign": sign}
    return {"ground": Ground.OBSERVATION}


def _report_told(report: Report) -> str:
    """The finding, not the citizen's words: those stay with the report."""
    on = timezone.localdate(report.reported_at)
    return f"{report.get_finding_display()} (phản ánh {report.code}, {on:%d/%m/%Y})."


def hand_over(request: OfficerRequest, suspected: Sequence[tuple[Venue, Suspicion]]) -> list[Referral]:
    """Each to its venue's own unit; what is refused for one does not stop the others."""
    made, refusals = [], []
    for venue, suspicion in suspected:
        try:
            made.append(refer(venue, request.user, suspicion))
        except ReferralRefused as refused:
            refusals.append(f"{venue.name}: {refused.message}")
    if made:
        text = ngettext("Đã chuyển %(n)s địa điểm.", "Đã chuyển %(n)s địa điểm.", len(made)) % {"n": len(made)}
        messages.success(request, text)
    for refusal in refusals[:5]:
        messages.warning(request, refusal)
    if len(refusals) > 5:  # noqa: PLR2004 - as many as a page can show
        messages.warning(request, _("Và %(n)s địa điểm khác chưa chuyển được.") % {"n": len(refusals) - 5})
    return made


def _open_at(venues: list[Venue]) -> dict[int, Referral]:
    return {one.venue_id: one for one in Referral.objects.filter(venue__in=venues, state__in=OPEN)}


def deadline_now() -> dict[str, Any]:
    """When an answer would be due that is asked for now, and which years' holidays are not known."""
    now, calendar = timezone.now(), office_calendar()
    rule = ClockRule.on(timezone.localdate(now))
    due_at = add_working_days(now, rule.days, calendar)
    years = unknown_years(timezone.localdate(now), due_at.astimezone(LOCAL).date(), calendar)
    return {"rule": rule, "due_at": due_at, "unknown_years": years}
