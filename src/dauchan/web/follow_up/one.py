"""One contact who is watched: the days, the tests, what is proposed, and the step to a case."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.follow_up.access import access_follow_up, access_orders
from dauchan.tracing.follow_up.actions import end_follow_up, fell_ill, keep_answer, record_health_seen
from dauchan.tracing.follow_up.clocks import clocks_of, limits_on
from dauchan.tracing.follow_up.models import Channel
from dauchan.tracing.follow_up.queries import days_of, proposals_of
from dauchan.tracing.intake.models import LabOutcome, SampleKind
from dauchan.tracing.intake.symptoms import symptom_words
from dauchan.units.models import Role
from dauchan.web.follow_up.forms import CaseFromContactForm, EndForm, SymptomForm, TestDayForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpResponse

    from dauchan.tracing.follow_up.models import FollowUp
    from dauchan.web.requests import OfficerRequest


@officer_required(Role.TRACER, Role.APPROVER)
def page(request: OfficerRequest, follow_up_id: int) -> HttpResponse:
    return _render(request, access_follow_up(request.user, follow_up_id))


def _render(
    request: OfficerRequest,
    follow_up: FollowUp,
    form: SymptomForm | None = None,
    case_form: CaseFromContactForm | None = None,
) -> HttpResponse:
    record_health_seen(follow_up, request.user)
    today = timezone.localdate()
    exposed_on = timezone.localdate(follow_up.last_exposed_at)
    tests = list(follow_up.tests.all())
    days = days_of(follow_up, exposed_on, today)
    orders = list(access_orders(request.user).filter(follow_up=follow_up))
    limits = limits_on(today)
    context = {
        "follow_up": follow_up,
        "contact": follow_up.contact,
        "case": follow_up.case,
        "days": [(day, [(report, symptom_words(report.symptoms.split())) for report in day.reports]) for day in days],
        "tests": tests,
        "exposed_on": exposed_on,
        "today": today,
        "proposals": proposals_of(follow_up, tests, today),
        "form": form or SymptomForm(rule=follow_up.rule),
        "case_form": case_form or CaseFromContactForm(initial=_known_dates(follow_up, today)),
        "test_form": TestDayForm(),
        "end_form": EndForm(),
        "kinds": SampleKind.choices,
        "results": LabOutcome.choices,
        "orders": [(order, clocks_of(order, limits)) for order in orders],
        "may_write": request.user.may_act_as(Role.TRACER, follow_up.case.unit),
        "new_case": follow_up.contact.cases.first(),
    }
    refused = (form and form.errors) or (case_form and case_form.errors)
    return render(
        request, "follow_up/one.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    )


def _known_dates(follow_up: FollowUp, today: dt.date) -> dict[str, dt.date | None]:
    """The sample that was positive, else today; the first day with symptoms."""
    positive = follow_up.tests.filter(result=LabOutcome.POSITIVE).order_by("-sampled_at").first()
    sampled = timezone.localdate(positive.sampled_at) if positive and positive.sampled_at else today
    return {"sampled_on": sampled, "onset_on": follow_up.ill_since_on}


@require_POST
@officer_required(Role.TRACER)
def report(request: OfficerRequest, follow_up_id: int) -> HttpResponse:
    follow_up = access_follow_up(request.user, follow_up_id)
    form = SymptomForm(request.POST, rule=follow_up.rule)
    if not form.is_valid():
        return _render(request, follow_up, form)
    try:
        keep_answer(follow_up, form.answer(), Channel.CALL, request.user)
        messages.success(request, _("Đã ghi câu trả lời hôm nay."))
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    return redirect("follow_up:one", follow_up.pk)


@require_POST
@officer_required(Role.TRACER)
def end(request: OfficerRequest, follow_up_id: int) -> HttpResponse:
    follow_up = access_follow_up(request.user, follow_up_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("follow_up:one", follow_up.pk)
    try:
        end_follow_up(follow_up, request.user, form.cleaned_data["note"])
        messages.success(request, _("Đã kết thúc theo dõi."))
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    return redirect("follow_up:one", follow_up.pk)


@require_POST
@officer_required(Role.TRACER)
def became_case(request: OfficerRequest, follow_up_id: int) -> HttpResponse:
    follow_up = access_follow_up(request.user, follow_up_id)
    form = CaseFromContactForm(request.POST)
    if not form.is_valid():
        return _render(request, follow_up, case_form=form)
    said = form.cleaned_data
    symptoms = {code for answer in follow_up.reports.all() for code in answer.symptoms.split()}
    try:
        case = fell_ill(follow_up, request.user, said["sampled_on"], said["onset_on"], tuple(sorted(symptoms)))
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("follow_up:one", follow_up.pk)
    messages.success(request, _("Đã ghi nhận ca bệnh %(code)s, giữ nguyên chuỗi lây.") % {"code": case.code})
    return redirect("tracer:case", case.pk)
