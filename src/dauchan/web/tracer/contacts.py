"""One contact: the single encounters, and through whom the case reached them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_contact
from dauchan.tracing.call_actions import call_to_take_back
from dauchan.tracing.contact_actions import judge_contacts
from dauchan.tracing.errors import WrittenMeanwhile
from dauchan.tracing.follow_up.queries import follow_up_of
from dauchan.tracing.interviews.revisions import reading_of
from dauchan.tracing.models import Verdict
from dauchan.tracing.queries import chain_of, encounters_of, numbers_in
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.call_forms import TestForm
from dauchan.web.tracer.contact_table import rows_of
from dauchan.web.tracer.list_forms import SingleVerdictForm
from dauchan.web.tracer.pictures import encounter_pictures
from dauchan.web.tracer.risk import shown_risk
from dauchan.web.tracer.runs import opened_names
from dauchan.web.tracer.visit_facts import facts_of, legend
from dauchan.web.tracer.words import duration

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.tracing.models import Contact
    from dauchan.tracing.queries import Encounter
    from dauchan.web.requests import OfficerRequest
    from dauchan.web.tracer.visit_facts import VisitFacts


@officer_required(Role.TRACER, Role.APPROVER)
def contact_page(request: OfficerRequest, contact_id: int) -> HttpResponse:
    contact = access_contact(request.user, contact_id)
    run = contact.run
    links = chain_of(contact)
    names = opened_names(request.user, run, [link.person_id for link in links], "contact")
    chain = list(rows_of(links, numbers_in(run, {link.source_id for link in links}), names))
    encounters = encounters_of(contact) if contact.encounters else []
    row = chain[0]
    context = {
        "row": row,
        "contact": contact,
        "run": run,
        "case": run.case,
        "chain": chain,
        "names_open": names.opened,
        "encounters": _shown(encounters),
        "named": contact.is_named and run.case.named_people.filter(person=contact.person_id).first(),
        "legend": legend(),
        "risk": shown_risk(contact),
        "pictures": encounter_pictures(encounters, row.source, row.label, of_case=contact.generation == 1),
        "verdicts": Verdict.choices,
        "test_form": TestForm(initial=_tested(contact)),
        "calls": contact.interview.calls.select_related("officer") if contact.interview else [],
        "retractable": call_to_take_back(contact, request.user),
        "reading": reading_of(contact),
        "answers": contact.interview.answers.select_related("step").order_by("step__position")
        if contact.interview
        else [],
        "follow_up": follow_up_of(contact),
        "may_judge": request.user.may_act_as(Role.TRACER, run.case.unit),
        "before": run.contacts.filter(number=contact.number - 1).first(),
        "after": run.contacts.filter(number=contact.number + 1).first(),
    }
    return render(request, "tracer/contact.html", context)


def _tested(contact: Contact) -> dict[str, object]:
    known = contact.interview
    return {"tested_at": known.tested_at, "result": known.result} if known else {}


def _shown(encounters: list[Encounter]) -> list[tuple[Encounter, str, str, VisitFacts, VisitFacts]]:
    """Each meeting with its durations, and what the contact's and the source's visit are known by."""
    facts = facts_of(span.visit for met in encounters for span in (met.contact, met.source))
    return [
        (
            met,
            duration(met.together_seconds),
            duration(met.tail_seconds),
            facts[met.contact.visit.check_in_id],
            facts[met.source.visit.check_in_id],
        )
        for met in encounters
    ]


@require_POST
@officer_required(Role.TRACER)
def judge_one(request: OfficerRequest, contact_id: int) -> HttpResponse:
    contact = access_contact(request.user, contact_id)
    form = SingleVerdictForm(request.POST)
    if is_outdated(request, contact):
        messages.error(request, str(WrittenMeanwhile.message))
    elif form.is_valid():
        judge_contacts(contact.run, request.user, [contact.number], form.cleaned_data["verdict"])
        messages.success(request, _("Đã ghi kết quả."))
    else:
        messages.error(request, _("Hãy chọn một kết quả."))
    return redirect("tracer:contact", contact.pk)


def is_outdated(request: OfficerRequest, contact: Contact) -> bool:
    """Whether the form that was sent shows less than is written of the contact by now."""
    reading = request.POST.get("reading", "")
    return bool(reading) and reading != reading_of(contact)
