"""One trace: its contact list, the verdicts on it, the request to open names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_run, open_disclosure
from dauchan.tracing.contact_actions import judge_contacts, undo_judgement
from dauchan.tracing.disclosure_actions import record_details_seen, request_disclosure
from dauchan.tracing.engine import policy_of
from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.following import mark_if_interrupted
from dauchan.tracing.models import Verdict
from dauchan.tracing.queries import details_of, generation_counts, last_judgement, log_of, numbers_in, verdict_counts
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.call_forms import WorkForm
from dauchan.web.tracer.contact_table import Names, rows_of
from dauchan.web.tracer.list_forms import DisclosureForm, VerdictForm
from dauchan.web.tracer.log_sentences import LogLine
from dauchan.web.tracer.selection import chosen_contacts, filter_of, list_address
from dauchan.web.tracer.visit_facts import legend

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.core.paginator import Page
    from django.http import HttpResponse

    from dauchan.tracing.models import Contact, TraceRun
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

CONTACTS_A_PAGE = 50


@officer_required(Role.TRACER, Role.APPROVER)
def run_page(request: OfficerRequest, run_id: int) -> HttpResponse:
    return _render_run(request, access_run(request.user, run_id), DisclosureForm())


@officer_required(Role.TRACER, Role.APPROVER)
def progress(request: OfficerRequest, run_id: int) -> HttpResponse:
    """How far a trace is, for a page that asks until it has ended."""
    run = access_run(request.user, run_id)
    shown = request.GET.get("shown", "")
    return render(request, "tracer/run_progress.html", _progress(run, int(shown) if shown in {"1", "2", "3"} else None))


def _progress(run: TraceRun, shown: int | None = None) -> dict[str, Any]:
    """How far the list is whole, and how far it was when the page was made."""
    mark_if_interrupted(run)
    return {
        "run": run,
        "shown": run.complete_to if shown is None else shown,
        "verdicts": [(Verdict(verdict), count) for verdict, count in verdict_counts(run).items()],
        "generations": generation_counts(run),
        "notice_count": run.notices.count(),
    }


def _render_run(request: OfficerRequest, run: TraceRun, disclosure_form: DisclosureForm) -> HttpResponse:
    choice = filter_of(run, request.GET)
    page = _page(request, run, choice)
    context = {
        "run": run,
        "case": run.case,
        "policy": policy_of(run),
        "filter": choice,
        "page": page,
        **_progress(run),
        "legend": legend(),
        "notices": list(run.notices.select_related("venue__unit")),
        "newer": run.case.runs.filter(started_at__gt=run.started_at).first(),
        **_contacts(request.user, run, page),
        **_asking(request.user, run, disclosure_form),
    }
    return render(request, "tracer/run.html", context, status=422 if disclosure_form.errors else 200)


def _page(request: OfficerRequest, run: TraceRun, choice: Any) -> Page[Contact]:  # noqa: ANN401 - a filter form
    contacts = chosen_contacts(run, choice, request.user)
    size = max(contacts.count(), 1) if request.GET.get("all") else CONTACTS_A_PAGE
    return Paginator(contacts, size).get_page(request.GET.get("page"))


def _contacts(officer: Officer, run: TraceRun, page: Page[Contact]) -> dict[str, Any]:
    """The rows of a page, with names where *officer* may see them now."""
    contacts = list(page)
    names = opened_names(officer, run, [contact.person_id for contact in contacts], "page")
    sources = numbers_in(run, {contact.source_id for contact in contacts})
    judged = last_judgement(run, officer)
    may_judge = officer.may_act_as(Role.TRACER, run.case.unit)
    return {
        "rows": list(rows_of(contacts, sources, names)),
        "names_open": names.opened,
        "judged": LogLine(judged) if judged else None,
        "may_judge": may_judge,
        "work_form": WorkForm(contacts=run.contacts.none(), officer=officer, disease=run.case.disease)
        if may_judge
        else None,
    }


def opened_names(officer: Officer, run: TraceRun, people: Collection[int] | None, how: str) -> Names:
    """Names and phones of *people* (None: everybody on the list) if they are open to *officer* now; the look is logged."""
    disclosure = open_disclosure(officer, run)
    if disclosure is None:
        return Names(opened=False, by_person={})
    record_details_seen(disclosure, officer, how)
    return Names(opened=True, by_person=details_of(disclosure, people))


def _asking(officer: Officer, run: TraceRun, form: DisclosureForm) -> dict[str, Any]:
    """How the officer's own request for names stands."""
    return {
        "disclosure": open_disclosure(officer, run),
        "asked": run.disclosures.filter(requested_by=officer).select_related("decided_by").first(),
        "disclosure_form": form,
        "may_ask": officer.may_act_as(Role.TRACER, run.case.unit),
    }


@require_POST
@officer_required(Role.TRACER)
def judge(request: OfficerRequest, run_id: int) -> HttpResponse:
    """A verdict on the ticked contacts, or on all that the filter shows."""
    run = access_run(request.user, run_id)
    shown = QueryDict(request.POST.get("shown", ""))
    chosen = chosen_contacts(run, filter_of(run, shown), request.user)
    form = VerdictForm(request.POST, contacts=chosen)
    if form.is_valid():
        changed = judge_contacts(run, request.user, form.numbers(), form.cleaned_data["verdict"])
        messages.success(request, _told(changed, form.cleaned_data["verdict"]))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(list_address(run, shown))


def _told(changed: int, verdict: str) -> str:
    words = {"count": changed, "verdict": Verdict(verdict).label}
    if not changed:
        return _("Không có gì thay đổi: kết quả đã là «%(verdict)s».") % words
    return (
        ngettext("Đã ghi «%(verdict)s» cho %(count)s người.", "Đã ghi «%(verdict)s» cho %(count)s người.", changed)
        % words
    )


@require_POST
@officer_required(Role.TRACER)
def undo(request: OfficerRequest, run_id: int, entry_id: int) -> HttpResponse:
    """Take back the verdicts of one line of the log."""
    run = access_run(request.user, run_id)
    entry = get_object_or_404(log_of(run.case), pk=entry_id)
    try:
        back = undo_judgement(run, request.user, entry)
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        told = ngettext("Đã hoàn tác cho %(count)s người.", "Đã hoàn tác cho %(count)s người.", back)
        messages.success(request, told % {"count": back})
    return redirect(list_address(run, QueryDict(request.POST.get("shown", ""))))


@require_POST
@officer_required(Role.TRACER)
def ask_disclosure(request: OfficerRequest, run_id: int) -> HttpResponse:
    run = access_run(request.user, run_id)
    form = DisclosureForm(request.POST)
    if not form.is_valid():
        return _render_run(request, run, form)
    try:
        request_disclosure(run, request.user, form.purpose())
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã gửi đề nghị. Người phê duyệt sẽ quyết định."))
    return redirect("tracer:run", run.pk)
