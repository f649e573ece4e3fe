"""Calling contacts: the script beside the contact, how the call ended, and the caller's own list."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_contact, access_run, lists_open_to, require_tracer
from dauchan.tracing.call_actions import keep_call, take_back_call
from dauchan.tracing.errors import TracingRefused, WrittenMeanwhile
from dauchan.tracing.interviews.calling import (
    assign_by_residence,
    assign_contacts,
    grade_contacts,
    record_test,
)
from dauchan.tracing.interviews.queries import due_at, own_list, script_of
from dauchan.tracing.interviews.revisions import reading_of
from dauchan.tracing.queries import numbers_in
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.call_forms import CallForm, TestForm, WorkForm, answers_before
from dauchan.web.tracer.contact_table import rows_of
from dauchan.web.tracer.contacts import is_outdated
from dauchan.web.tracer.runs import opened_names
from dauchan.web.tracer.selection import chosen_contacts, filter_of, list_address

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.tracing.models import Contact, TraceRun
    from dauchan.web.requests import OfficerRequest

CONTACTS_A_PAGE = 25


@officer_required(Role.TRACER)
def call(request: OfficerRequest, contact_id: int) -> HttpResponse:
    """The script, step by step, with what was answered before; sent once, it keeps the call and what follows from it."""
    contact = access_contact(request.user, contact_id)
    require_tracer(request.user, contact.run.case)
    steps = script_of(contact.run.case.disease)
    before = {"verdict": contact.verdict, **answers_before(contact.interview, steps)}
    form = CallForm(request.POST or None, steps=steps, disease=contact.run.case.disease, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(contact, request, form)
        except WrittenMeanwhile:
            form.tell_of_newer(before)
        else:
            messages.success(request, _("Đã ghi cuộc gọi."))
            return redirect("tracer:contact", contact.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _page(request, contact, form, status)


def _keep(contact: Contact, request: OfficerRequest, form: CallForm) -> None:
    said = form.cleaned_data
    reading = request.POST.get("reading", "")
    keep_call(contact, request.user, form.report(), grade=said["grade"], verdict=said["verdict"], reading=reading)


def _page(request: OfficerRequest, contact: Contact, form: CallForm, status: HTTPStatus) -> HttpResponse:
    run = contact.run
    names = opened_names(request.user, run, [contact.person_id], "contact")
    (row,) = rows_of([contact], numbers_in(run, {contact.source_id}), names)
    context = {
        "contact": contact,
        "row": row,
        "run": run,
        "case": run.case,
        "form": form,
        "reading": reading_of(contact),
        "names_open": names.opened,
        "calls": contact.interview.calls.select_related("officer") if contact.interview else [],
    }
    return render(request, "tracer/call.html", context, status=status)


@require_POST
@officer_required(Role.TRACER)
def take_back(request: OfficerRequest, contact_id: int, call_id: int) -> HttpResponse:
    """A call that was recorded by mistake."""
    contact = access_contact(request.user, contact_id)
    try:
        take_back_call(contact, request.user, call_id)
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã rút lại cuộc gọi; những gì nó đổi đã trở lại như trước."))
    return redirect("tracer:contact", contact.pk)


@require_POST
@officer_required(Role.TRACER)
def test(request: OfficerRequest, contact_id: int) -> HttpResponse:
    contact = access_contact(request.user, contact_id)
    form = TestForm(request.POST)
    if is_outdated(request, contact):
        messages.error(request, str(WrittenMeanwhile.message))
    elif form.is_valid():
        record_test(contact, request.user, form.cleaned_data["tested_at"], form.cleaned_data["result"])
        messages.success(request, _("Đã ghi xét nghiệm."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("tracer:contact", contact.pk)


@officer_required(Role.TRACER)
def my_list(request: OfficerRequest) -> HttpResponse:
    """Who waits for this officer, over all cases; who is due comes first."""
    contacts = own_list(request.user)
    is_due = request.GET.get("show") == "due"
    shown = contacts.filter(due_at(timezone.now())) if is_due else contacts
    waiting = contacts.order_by().aggregate(all=Count("pk"), due=Count("pk", filter=due_at(timezone.now())))
    pages = Paginator(shown, CONTACTS_A_PAGE)
    pages.count = waiting["due" if is_due else "all"]  # counted once for the whole page
    page = pages.get_page(request.GET.get("page"))
    opened = lists_open_to(request.user, {contact.run_id for contact in page})
    context = {
        "page": page,
        "rows": [(contact, contact.run_id in opened) for contact in page],
        "is_due": is_due,
        "count": waiting["all"],
        "due_count": waiting["due"],
    }
    return render(request, "tracer/my_list.html", context)


@require_POST
@officer_required(Role.TRACER)
def work(request: OfficerRequest, run_id: int) -> HttpResponse:
    """Share out or grade the ticked contacts, or all that the filter shows."""
    run = access_run(request.user, run_id)
    shown = QueryDict(request.POST.get("shown", ""))
    chosen = chosen_contacts(run, filter_of(run, shown), request.user)
    form = WorkForm(request.POST, contacts=chosen, officer=request.user, disease=run.case.disease)
    if form.is_valid():
        messages.success(request, _done(request, run, form))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(list_address(run, shown))


def _done(request: OfficerRequest, run: TraceRun, form: WorkForm) -> str:
    task, numbers = form.cleaned_data["task"], form.numbers()
    if task.startswith("grade-"):
        changed = grade_contacts(run, request.user, numbers, form.grades.get(task))
        told = ngettext("Đã phân loại %(count)s người.", "Đã phân loại %(count)s người.", changed)
        return told % {"count": changed}
    if task in {form.RESIDENCE, form.SHARED}:
        given = assign_by_residence(run, request.user, numbers, share=task == form.SHARED)
    else:
        given = assign_contacts(run, request.user, numbers, form.receiver())
    return ngettext("Đã phân công %(count)s người.", "Đã phân công %(count)s người.", given) % {"count": given}
