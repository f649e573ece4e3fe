"""The part of a contact list that is looked at: its filter, and the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from dauchan.tracing.interviews.queries import contacts_at_work, grades_of
from dauchan.tracing.queries import contacts_of, venues_in
from dauchan.tracing.risk_of_contacts import risk_times
from dauchan.web.tracer.list_forms import ContactFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.tracing.models import Contact, TraceRun
    from dauchan.units.models import Officer

#: What the address of a list may say; everything else in it is dropped.
FILTERS = ("generation", "verdict", "assurance", "venue", "doubt", "work", "grade")
DOUBT = {"firm": False, "doubtful": True}
PLACES = ("sort", "page", "all")


def filter_of(run: TraceRun, asked: QueryDict) -> ContactFilter:
    form = ContactFilter(asked)
    form.fields["venue"].queryset = venues_in(run)  # type: ignore[attr-defined]  # the stubs know only Field
    grades = [(grade.code, grade.name) for grade in grades_of(run.case.disease)]
    form.fields["grade"].choices = [("", _("Tất cả")), *grades, ("none", _("Chưa phân loại"))]  # type: ignore[attr-defined]
    return form


def chosen_contacts(run: TraceRun, form: ContactFilter, officer: Officer) -> QuerySet[Contact]:
    """The contacts that the filter lets through; one that says nothing sensible lets all through."""
    contacts = contacts_of(run)
    if not form.is_valid():
        return contacts
    wanted = {name: form.cleaned_data[name] for name in FILTERS if form.cleaned_data[name]}
    if doubt := wanted.pop("doubt", ""):
        wanted["is_doubtful"] = DOUBT[doubt]
    if grade := wanted.pop("grade", ""):
        wanted |= {"interview__grade": None} if grade == "none" else {"interview__grade__code": grade}
    work = wanted.pop("work", "")
    chosen = contacts.filter(**wanted)
    if work:
        chosen = contacts_at_work(chosen, work, officer)
    if form.cleaned_data["sort"] != "risk":
        return chosen
    # Somebody named, of whom no minute is known, comes before those who can be compared.
    return chosen.alias(risk=risk_times()).order_by("generation", F("risk").desc(nulls_first=True), "number")


def list_address(run: TraceRun, asked: QueryDict) -> str:
    """The address of the same part of the list. Host and path are ours whatever was asked: only known words are kept."""
    kept = QueryDict(mutable=True)
    for name in (*FILTERS, *PLACES):
        if asked.get(name):
            kept[name] = str(asked[name])
    address = reverse("tracer:run", args=[run.pk])
    return f"{address}?{kept.urlencode()}" if kept else address
