"""One report: what the citizen saw, its story, and the step that this officer may take now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.compliance.referrals.access import HANDS_OVER
from dauchan.compliance.referrals.models import Referral
from dauchan.oversight import actions
from dauchan.oversight.access import ANSWERS_REPORTS, SEES_REPORTS, access_report, access_reports, may_answer
from dauchan.oversight.errors import OversightRefused
from dauchan.oversight.models import Report, ReportStatus
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.reports import step_forms as forms
from dauchan.web.reports.listing import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


@dataclass(frozen=True)
class Step:
    """One step: who may take it, what they fill in, what it does, what is said afterwards."""

    roles: tuple[str, ...]
    form: type[forms.StepForm]
    act: Callable[..., object]
    done: StrOrPromise


def _merge(report: Report, officer: Officer, revision: int, code: Report) -> Report:
    return actions.merge(report, officer, revision, code)


def _note(report: Report, officer: Officer, revision: int, words: str) -> object:  # noqa: ARG001 - a note changes nothing
    return actions.note(report, officer, words)


def _answer(report: Report, officer: Officer, revision: int, photos: list[bytes], **said: str) -> Report:
    return actions.answer_report(report, officer, revision, said["outcome"], said["answer"], photos)


STEPS: dict[str, Step] = {
    "accept": Step(ANSWERS_REPORTS, forms.StepForm, actions.accept, _("Đã tiếp nhận.")),
    "answer": Step(ANSWERS_REPORTS, forms.AnswerForm, _answer, _("Đã trả lời người dân.")),
    "pass": Step(ANSWERS_REPORTS, forms.PassForm, actions.pass_on, _("Đã chuyển đơn vị khác.")),
    "merge": Step(ANSWERS_REPORTS, forms.MergeForm, _merge, _("Đã gộp.")),
    "venue": Step(ANSWERS_REPORTS, forms.VenueForm, actions.name_venue, _("Đã gắn với địa điểm.")),
    "note": Step(SEES_REPORTS, forms.NoteForm, _note, _("Đã ghi.")),
}


@require_safe
@officer_required(*SEES_REPORTS)
def page(request: OfficerRequest, report_id: int) -> HttpResponse:
    return _shown(request, access_report(request.user, report_id), {})


@require_POST
@officer_required(*SEES_REPORTS)
def step(request: OfficerRequest, report_id: int, step: str) -> HttpResponse:
    """A step that is refused shows the page as it is now, with what was typed."""
    found = STEPS.get(step)
    if found is None:
        raise NoSuchThing
    officer, report = request.user, access_report(request.user, report_id, *STEPS[step].roles)
    form = found.form(request.POST, request.FILES, report=report, officer=officer)
    if not form.is_valid():
        return _shown(request, report, {step: form}, status=422)
    try:
        found.act(report, officer, **form.cleaned_data)
    except OversightRefused as refused:
        messages.error(request, str(refused.message))
        report = access_report(officer, report_id)
        typed = request.POST.copy()
        typed["revision"] = str(report.revision)
        again = found.form(typed, request.FILES, report=report, officer=officer)
        return _shown(request, report, {step: again}, status=409)
    messages.success(request, str(found.done))
    if not access_reports(officer).filter(pk=report.pk).exists():
        return redirect("reports:reports")
    return redirect("reports:one", report.pk)


def _shown(
    request: OfficerRequest, report: Report, sent: dict[str, forms.StepForm], *, status: int = 200
) -> HttpResponse:
    """The page; *sent* has the form that was refused."""
    officer = request.user
    names = _steps_now(officer, report)
    may_refer = report.venue is not None and any(officer.may_act_as(role, report.unit) for role in HANDS_OVER)
    context: dict[str, Any] = {
        "row": rows_of([report])[0],
        "report": report,
        "points": [{"lat": report.point[0], "lon": report.point[1], "label": report.where}] if report.point else [],
        "events": report.events.select_related("officer", "unit"),
        "photos": report.photos.all(),
        "merged": report.merged.all(),
        "alike": forms.suggested(report, officer) if "merge" in names else [],
        "neighbours": forms.neighbours_of(report) if report.is_running else [],
        "referrals": Referral.objects.filter(source=f"report:{report.pk}").select_related("unit"),
        "inspection": _inspection(report) if may_answer(officer, report) else "",
        "may_refer": may_refer,
        "may_propose": report.venue is not None and may_answer(officer, report),
        "forms": {name: sent.get(name) or STEPS[name].form(report=report, officer=officer) for name in names},
        "refused": next(iter(sent), ""),
    }
    return render(request, "reports/one.html", context, status=status)


def _inspection(report: Report) -> str:
    """Where an inspection of this matter is planned; empty in an installation without that screen."""
    try:
        return f"{reverse('inspections:new')}?source=report:{report.pk}"
    except NoReverseMatch:
        return ""


def _steps_now(officer: Officer, report: Report) -> list[str]:
    """What this officer may do with it as it stands."""
    names = []
    if may_answer(officer, report) and report.is_running:
        names += ["answer"] if report.status == ReportStatus.ACCEPTED else ["accept", "answer"]
        names += ["pass", "merge"]
        names += [] if report.venue else ["venue"]
    return [*names, "note"]
