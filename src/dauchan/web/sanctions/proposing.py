"""Proposing a sanction: `?venue=3&source=referral:7&kind=suspension`, `?lifts=17`, `?corrects=17`, `?again=17`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dauchan.compliance.referrals.models import Referral
from dauchan.oversight.inspections.models import Inspection
from dauchan.oversight.models import Report
from dauchan.oversight.sanctions.access import PROPOSES, access_sanctions
from dauchan.oversight.sanctions.errors import SanctionRefused
from dauchan.oversight.sanctions.models import APPROVED_KINDS, NEVER, Kind, State
from dauchan.oversight.sanctions.proposing import propose
from dauchan.oversight.sanctions.queries import warnings_at
from dauchan.oversight.sanctions.sources import sources_at
from dauchan.venues.access import access_venues
from dauchan.web.officer.guards import officer_required
from dauchan.web.sanctions.forms import ProposalForm, soonest_end

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.http import HttpResponse

    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.oversight.sanctions.sources import Source
    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

#: A key of the database has fewer.
DIGITS = 19
CHOSEN_KINDS = (Kind.WARNING, Kind.FINE, Kind.SUSPENSION)
#: Where a source stands of which only the name is given. A part that brings findings adds its line.
VENUE_OF = {"inspection": Inspection, "referral": Referral, "report": Report}


@officer_required(*PROPOSES)
def propose_one(request: OfficerRequest) -> HttpResponse:
    """The address says about which venue, on what and of which kind; the form says the rest."""
    lifts, corrects = (_named(request, name, [State.IN_FORCE]) for name in ("lifts", "corrects"))
    cited, again = lifts or corrects, _named(request, "again", NEVER)
    named = cited or again
    venue = named.venue if named else _venue(request)
    if venue is None:
        return render(request, "sanctions/propose.html", {"venue": None})
    kind = _kind(request, lifts, corrects or again)
    found = sources_at(venue)
    initial = _initial(request, found, kind, corrects or again)
    form = ProposalForm(request.POST or None, venue=venue, found=found, kind=kind, cited=cited, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose(venue, request.user, form.terms())
        except SanctionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            waits = made.kind in APPROVED_KINDS
            messages.success(request, _("Đã trình, chờ người khác phê duyệt.") if waits else _("Đã ban hành."))
            return redirect("sanctions:one", made.pk)
    context = {
        "form": form,
        "venue": venue,
        "kind": kind,
        "kind_name": Kind(kind).label,
        "kinds": [] if cited else [(one.value, one.label) for one in CHOSEN_KINDS],
        "cited": cited,
        "waits": kind in APPROVED_KINDS,
        "warnings": list(warnings_at(venue).order_by("in_force_at")),
        "has_sources": bool(form.found) or cited is not None,
    }
    return render(request, "sanctions/propose.html", context, status=422 if form.errors else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < DIGITS else None


def _named(request: OfficerRequest, name: str, states: Collection[str]) -> Sanction | None:
    """What is to be lifted or corrected, or a draft that came to nothing and is written again."""
    number = _number(request.GET.get(name, ""))
    if number is None:
        return None
    return access_sanctions(request.user, *PROPOSES).filter(pk=number, state__in=states).first()


def _venue(request: OfficerRequest) -> Venue | None:
    own = access_venues(request.user, *PROPOSES)
    number = _number(request.GET.get("venue", ""))
    if number is not None:
        return own.filter(pk=number).first()
    for source in request.GET.getlist("source")[:1]:
        kind, _colon, key = source.partition(":")
        if kind in VENUE_OF and (number := _number(key)) is not None:
            found: Any = VENUE_OF[kind]
            return own.filter(pk__in=found.objects.filter(pk=number).values("venue")).first()
    return None


def _kind(request: OfficerRequest, lifts: Sanction | None, like: Sanction | None) -> str:
    if lifts:
        return Kind.LIFTING
    if like and like.kind in CHOSEN_KINDS:
        return like.kind
    asked = request.GET.get("kind", "")
    return asked if asked in CHOSEN_KINDS else Kind.WARNING


def _initial(request: OfficerRequest, found: Sequence[Source], kind: str, like: Sanction | None) -> dict[str, Any]:
    """What the earlier decision says, else the findings that the chosen of *found* name."""
    wanted = request.GET.getlist("source")
    chosen = [one for one in found if one.source in wanted]
    findings = list(dict.fromkeys(code for one in chosen for code in one.findings))
    initial: dict[str, Any] = {"sources": [one.source for one in chosen], "findings": findings}
    if kind == Kind.SUSPENSION:
        initial["until_at"] = soonest_end()
    if like:
        names = ("findings", "facts", "demands", "clause", "until_at", "condition", "forwarded_to", "amount")
        initial |= {name: getattr(like, name) for name in (*names, "amount_basis", "signing_title")}
        initial["sources"] = [ground.source for ground in like.grounds.all()]
        initial["bases"] = [basis.basis_id for basis in like.bases.all()]
    return initial
