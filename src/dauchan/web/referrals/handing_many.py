"""Handing over many signs at once: `?found=17&found=18`, each with its own evidence to its own unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render

from dauchan.compliance.referrals.access import HANDS_OVER
from dauchan.compliance.referrals.handing import suspicion_of
from dauchan.compliance.referrals.models import OPEN, Ground, Referral
from dauchan.compliance.signs.access import access_signs
from dauchan.units.jurisdiction import in_area
from dauchan.web.officer.guards import officer_required
from dauchan.web.referrals.forms import AskingForm
from dauchan.web.referrals.handing import DIGITS, MOST_AT_ONCE, deadline_now, hand_over
from dauchan.web.signs.faces import Face

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.compliance.signs.models import Sign
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


@officer_required(*HANDS_OVER)
def many(request: OfficerRequest) -> HttpResponse:
    """First what would be handed over, with its evidence; sent, a referral for each."""
    sent = request.POST if request.method == "POST" else request.GET
    signs = _signs(request.user, sent.getlist("found"))
    form = AskingForm(request.POST or None)
    if request.method == "POST" and signs and form.is_valid():
        hand_over(request, [(sign.venue, suspicion_of(sign, form.cleaned_data["words"])) for sign in signs])
        return redirect("referrals:referrals")
    context = {
        "form": form,
        "faces": [Face(sign) for sign in signs],
        "already": _already(signs),
        **deadline_now(),
    }
    return render(request, "referrals/many.html", context, status=422 if form.errors else 200)


def _already(signs: list[Sign]) -> set[int]:
    """Those about which a referral is open, which are passed over; one query."""
    about = Referral.objects.filter(venue__in={sign.venue_id for sign in signs}, ground=Ground.SIGN, state__in=OPEN)
    known = set(about.values_list("venue_id", "sign"))
    return {sign.pk for sign in signs if (sign.venue_id, sign.sign) in known}


def _signs(officer: Officer, keys: list[str]) -> list[Sign]:
    """Of those named the ones where the officer hands over, in the order of the list of signs."""
    wanted = [int(key) for key in keys[:MOST_AT_ONCE] if key.isascii() and key.isdecimal() and len(key) < DIGITS]
    watched = in_area(officer.units_as(*HANDS_OVER), "venue__unit")
    return list(access_signs(officer).filter(watched, pk__in=wanted).order_by("-confidence", "-visitors", "pk"))
