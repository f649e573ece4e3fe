"""One referral: its whole story, and the step that this officer may take now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.compliance.referrals import actions
from dauchan.compliance.referrals.access import (
    ANSWERS,
    HANDS_OVER,
    SEES_REFERRALS,
    access_referral,
    access_referral_picture,
    may_answer,
    may_judge,
)
from dauchan.compliance.referrals.errors import ReferralRefused
from dauchan.compliance.referrals.models import State
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.referrals import forms
from dauchan.web.referrals.words import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from dauchan.compliance.referrals.models import Referral
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


@dataclass(frozen=True)
class Step:
    """One step: who may take it, what they fill in, what it does, what is said afterwards."""

    roles: tuple[str, ...]
    form: type[forms.StepForm]
    act: Callable[[Referral, Officer, dict[str, Any]], object]
    done: StrOrPromise


STEPS: dict[str, Step] = {
    "accept": Step(
        ANSWERS, forms.StepForm, lambda one, who, said: actions.accept(one, who, **said), _("Đã tiếp nhận.")
    ),
    "pass": Step(
        ANSWERS, forms.PassForm, lambda one, who, said: actions.pass_down(one, who, **said), _("Đã giao đơn vị.")
    ),
    "answer": Step(
        ANSWERS, forms.AnswerForm, lambda one, who, said: actions.answer(one, who, **said), _("Đã trả lời.")
    ),
    "close": Step(
        HANDS_OVER, forms.CloseForm, lambda one, who, said: actions.close(one, who, **said), _("Đã kết thúc phiếu.")
    ),
    "return": Step(
        HANDS_OVER, forms.ReturnForm, lambda one, who, said: actions.give_back(one, who, **said), _("Đã trả lại.")
    ),
    "move": Step(
        HANDS_OVER, forms.MoveForm, lambda one, who, said: actions.move(one, who, **said), _("Đã chuyển đơn vị khác.")
    ),
    "note": Step(
        SEES_REFERRALS, forms.NoteForm, lambda one, who, said: actions.note(one, who, said["words"]), _("Đã ghi.")
    ),
}


@require_safe
@officer_required(*SEES_REFERRALS)
def page(request: OfficerRequest, referral_id: int) -> HttpResponse:
    return _shown(request, access_referral(request.user, referral_id), {})


@require_POST
@officer_required(*SEES_REFERRALS)
def step(request: OfficerRequest, referral_id: int, step: str) -> HttpResponse:
    """A step that is refused shows the page as it is now, with what was typed."""
    found = STEPS.get(step)
    if found is None:
        raise NoSuchThing
    referral = access_referral(request.user, referral_id, *found.roles)
    form = _form(found, referral, request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, referral, {step: form}, status=422)
    try:
        found.act(referral, request.user, form.cleaned_data)
    except ReferralRefused as refused:
        messages.error(request, str(refused.message))
        now = access_referral(request.user, referral_id)
        typed = request.POST.copy()
        typed["revision"] = str(now.revision)
        return _shown(request, now, {step: _form(found, now, request.user, typed, request.FILES)}, status=409)
    messages.success(request, str(found.done))
    if not may_answer(request.user, referral) and not may_judge(request.user, referral):
        return redirect("referrals:referrals")
    return redirect("referrals:one", referral.pk)


@require_safe
@officer_required(*SEES_REFERRALS)
def picture(request: OfficerRequest, picture_id: int) -> HttpResponse:
    found = access_referral_picture(request.user, picture_id)
    with found.image.open() as file:
        return HttpResponse(file.read(), content_type="image/jpeg")


def _form(found: Step, referral: Referral, officer: Officer, *sent: Any) -> forms.StepForm:  # noqa: ANN401 - Django's mappings
    more = {"officer": officer} if found.form is forms.MoveForm else {}
    return found.form(*sent, referral=referral, **more)


def _shown(
    request: OfficerRequest, referral: Referral, sent: dict[str, forms.StepForm], *, status: int = 200
) -> HttpResponse:
    """The page; *sent* has the form that was refused."""
    names = _steps_now(request.user, referral)
    context = {
        "row": rows_of([referral])[0],
        "referral": referral,
        "events": referral.events.select_related("officer", "unit").prefetch_related("pictures"),
        "forms": {name: sent.get(name) or _form(STEPS[name], referral, request.user) for name in names},
        "refused": next(iter(sent), ""),
        "may_propose": may_answer(request.user, referral),
    }
    return render(request, "referrals/one.html", context, status=status)


def _steps_now(officer: Officer, referral: Referral) -> list[str]:
    """What this officer may do with it as it stands."""
    names = []
    if may_answer(officer, referral) and referral.is_running:
        names += ["answer"] if referral.state == State.ACCEPTED else ["accept", "answer"]
        names += ["pass"] if actions.units_below(referral.unit) else []
    if may_judge(officer, referral) and not referral.is_closed:
        names += ["close", "return"] if referral.state == State.ANSWERED else []
        names += ["move"]
    return [*names, "note"]
