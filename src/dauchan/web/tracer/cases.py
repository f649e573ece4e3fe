"""Cases: the list, and one case with where it was and what was traced."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_case, access_cases, open_disclosure
from dauchan.tracing.actions import start_trace, withdraw_case
from dauchan.tracing.disclosure_actions import record_details_seen
from dauchan.tracing.engine import make_ready
from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.figures import DAYS_OF_FIGURES, team_figures
from dauchan.tracing.following import mark_if_interrupted
from dauchan.tracing.intake.symptoms import symptom_words
from dauchan.tracing.models import CaseStatus
from dauchan.tracing.queries import doctrine_on, log_of, waiting_for
from dauchan.tracing.team_clock import clock_of
from dauchan.tracing.trade_off import trade_off
from dauchan.units import audit
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.case_forms import TraceForm, WithdrawForm
from dauchan.web.tracer.kept import kept_since
from dauchan.web.tracer.log_sentences import LogLine
from dauchan.web.tracer.pictures import case_picture
from dauchan.web.tracer.timelines import case_timeline
from dauchan.web.tracer.visit_facts import legend

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.tracing.models import Case, TraceRun
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

CASES_A_PAGE = 25
LINES_A_PAGE = 50


@officer_required(Role.TRACER, Role.APPROVER)
def case_list(request: OfficerRequest) -> HttpResponse:
    words, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    cases = (
        _found(access_cases(request.user), words, status).annotate(run_count=Count("runs")).order_by("-registered_at")
    )
    context = {
        "page": Paginator(cases, CASES_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "status": status,
        "statuses": CaseStatus.choices,
        "figures": team_figures(request.user),
        "figure_days": DAYS_OF_FIGURES,
        "waiting": waiting_for(request.user).count(),
        "may_register": bool(request.user.units_as(Role.TRACER)),
    }
    return render(request, "tracer/case_list.html", context)


def _found(cases: QuerySet[Case], words: str, status: str) -> QuerySet[Case]:
    if words:
        cases = cases.filter(code__icontains=words)
    return cases.filter(status=status) if status in CaseStatus.values else cases


@officer_required(Role.TRACER, Role.APPROVER)
def case_page(request: OfficerRequest, case_id: int) -> HttpResponse:
    make_ready()
    case = access_case(request.user, case_id)
    return _render_case(request, case, TraceForm(initial={"crowd_limit": case.rule.crowd_limit}), WithdrawForm())


def _render_case(
    request: OfficerRequest, case: Case, trace_form: TraceForm, withdraw_form: WithdrawForm
) -> HttpResponse:
    timeline = case_timeline(case)
    audit.record(request.user, "case.places_seen", f"case:{case.pk}")
    clock = clock_of(case)
    context = {
        "case": case,
        "timeline": timeline,
        "named_count": case.named_people.count(),
        "lab_results": case.lab_results.filter(taken_back_at=None),
        "address_open": bool(case.address) and _is_open_to(request.user, case),
        "symptoms": symptom_words(case.symptoms),
        "legend": legend(),
        "picture": case_picture([row.span for row in timeline]),
        "runs": _runs_of(case),
        "clock": clock,
        "is_overdue": clock.is_overdue(timezone.now()),
        "trace_form": trace_form,
        "withdraw_form": withdraw_form,
        "may_trace": request.user.may_act_as(Role.TRACER, case.unit) and case.status == CaseStatus.CONFIRMED,
        **kept_since(case.infectious_from),
    }
    is_refused = trace_form.errors or withdraw_form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render(request, "tracer/case.html", context, status=status)


def _is_open_to(officer: Officer, case: Case) -> bool:
    """Whether personal details of the case are open to *officer* now; the look is logged."""
    latest = case.runs.first()
    disclosure = open_disclosure(officer, latest) if latest else None
    if disclosure:
        record_details_seen(disclosure, officer, "case")
    return disclosure is not None


def _runs_of(case: Case) -> list[TraceRun]:
    runs = list(case.runs.select_related("requested_by").with_counts())
    for run in runs:
        mark_if_interrupted(run)
    return runs


@require_POST
@officer_required(Role.TRACER)
def trace(request: OfficerRequest, case_id: int) -> HttpResponse:
    """Trace within the case's infectious period: the form has no other window to ask for."""
    case = access_case(request.user, case_id)
    form = TraceForm(request.POST)
    if not form.is_valid():
        return _render_case(request, case, form, WithdrawForm())
    try:
        run = start_trace(case, request.user, form.policy(case))
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("tracer:case", case.pk)
    return redirect("tracer:run", run.pk)


@require_POST
@officer_required(Role.TRACER)
def estimate(request: OfficerRequest, case_id: int) -> HttpResponse:
    """How many contacts a few limits would give, before the trace is run."""
    case = access_case(request.user, case_id)
    generations = 3 if request.POST.get("generations") == "3" else 2
    try:
        options = trade_off(case, request.user, generations)
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("tracer:case", case.pk)
    context = {"case": case, "options": options, "generations": generations, "rounds": range(1, generations + 1)}
    piece = "tracer/trade_off.html" if request.headers.get("HX-Request") else "tracer/trade_off_page.html"
    return render(request, piece, context)


@require_POST
@officer_required(Role.TRACER)
def withdraw(request: OfficerRequest, case_id: int) -> HttpResponse:
    case = access_case(request.user, case_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _render_case(request, case, TraceForm(initial={"crowd_limit": case.rule.crowd_limit}), form)
    try:
        withdraw_case(case, request.user, form.cleaned_data["reason"])
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã rút lại ca bệnh %(code)s.") % {"code": case.code})
    return redirect("tracer:case", case.pk)


@officer_required(Role.TRACER, Role.APPROVER)
def case_log(request: OfficerRequest, case_id: int) -> HttpResponse:
    case = access_case(request.user, case_id)
    page = Paginator(log_of(case), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {"case": case, "page": page, "lines": [LogLine(entry) for entry in page]}
    return render(request, "tracer/case_log.html", context)


@officer_required(Role.TRACER, Role.APPROVER)
def rules(request: OfficerRequest) -> HttpResponse:
    return render(request, "tracer/rules.html", {"doctrine": doctrine_on(timezone.localdate())})
