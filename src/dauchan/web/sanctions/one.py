"""One sanction: what it says and rests on, its whole story, and the steps that this officer may take now."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight.owner_notices.queries import notices_about
from dauchan.oversight.sanctions import appeals, deciding
from dauchan.oversight.sanctions.access import (
    APPROVES,
    JUDGES,
    PROPOSES,
    SEES_SANCTIONS,
    access_picture,
    access_sanction,
    may_approve,
    may_judge,
    may_propose,
)
from dauchan.oversight.sanctions.errors import SanctionRefused, SecondPersonNeeded
from dauchan.oversight.sanctions.models import NEVER, Kind
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.sanctions import step_forms as forms
from dauchan.web.sanctions.words import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


@dataclass(frozen=True)
class Step:
    """One step: its name on the page, who may take it, what they fill in, what it does, what is said afterwards."""

    title: StrOrPromise
    icon: str
    roles: tuple[str, ...]
    form: type[forms.StepForm]
    act: Callable[[Sanction, Officer, dict[str, Any]], object]
    done: StrOrPromise
    of_appeal: bool = False


STEPS: dict[str, Step] = {
    "approve": Step(
        pgettext_lazy("nút", "Phê duyệt"),
        "shield-check",
        APPROVES,
        forms.ApproveForm,
        lambda one, who, said: deciding.approve(one, who, **said),
        _("Đã phê duyệt, quyết định có hiệu lực."),
    ),
    "return": Step(
        _("Không phê duyệt, trả lại"),
        "x",
        APPROVES,
        forms.ReturnForm,
        lambda one, who, said: deciding.send_back(one, who, **said),
        _("Đã trả lại người đề xuất."),
    ),
    "drop": Step(
        _("Rút dự thảo"),
        "trash-2",
        PROPOSES,
        forms.StepForm,
        lambda one, who, said: deciding.drop(one, who, **said),
        _("Đã rút dự thảo."),
    ),
    "number": Step(
        _("Ghi số văn bản và người ký"),
        "hash",
        PROPOSES,
        forms.SignedForm,
        lambda one, who, said: deciding.write_number(one, who, **said),
        _("Đã ghi số văn bản."),
    ),
    "settle": Step(
        _("Xác nhận đã khắc phục"),
        "circle-check",
        PROPOSES,
        forms.SettleForm,
        lambda one, who, said: deciding.settle(one, who, **said),
        _("Đã ghi nhận khắc phục."),
    ),
    "effect": Step(
        _("Hiệu lực trong lúc giải quyết khiếu nại"),
        "timer",
        JUDGES,
        forms.EffectForm,
        lambda one, who, said: appeals.set_effect(one.appeal, who, **said),
        _("Đã ghi."),
        of_appeal=True,
    ),
    "judge": Step(
        _("Giải quyết khiếu nại"),
        "gavel",
        JUDGES,
        forms.JudgeForm,
        lambda one, who, said: appeals.answer_appeal(one.appeal, who, said.pop("revision"), appeals.Judgement(**said)),
        _("Đã giải quyết khiếu nại."),
        of_appeal=True,
    ),
    "note": Step(
        _("Ghi chú"),
        "message-square",
        SEES_SANCTIONS,
        forms.NoteForm,
        lambda one, who, said: deciding.note(one, who, said["words"]),
        _("Đã ghi."),
    ),
}


@require_safe
@officer_required(*SEES_SANCTIONS)
def page(request: OfficerRequest, sanction_id: int) -> HttpResponse:
    return _shown(request, access_sanction(request.user, sanction_id), {})


@require_POST
@officer_required(*SEES_SANCTIONS)
def step(request: OfficerRequest, sanction_id: int, step: str) -> HttpResponse:
    """A step that is refused shows the page as it is now, with what was typed; of one's own proposal it is forbidden."""
    found = STEPS.get(step)
    if found is None:
        raise NoSuchThing
    sanction = access_sanction(request.user, sanction_id, *found.roles)
    if found.of_appeal and not hasattr(sanction, "appeal"):
        raise NoSuchThing
    form = _form(found, sanction, request.POST)
    if not form.is_valid():
        return _shown(request, sanction, {step: form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        found.act(sanction, request.user, form.cleaned_data)
    except SanctionRefused as refused:
        messages.error(request, str(refused.message))
        now = access_sanction(request.user, sanction_id)
        typed = request.POST.copy()
        typed["revision"] = str(_revision(found, now))
        forbidden = isinstance(refused, SecondPersonNeeded)
        status = HTTPStatus.FORBIDDEN if forbidden else HTTPStatus.CONFLICT
        return _shown(request, now, {step: _form(found, now, typed)}, status=status)
    messages.success(request, str(found.done))
    return redirect("sanctions:one", sanction.pk)


@require_safe
@officer_required(*SEES_SANCTIONS)
def picture(request: OfficerRequest, picture_id: int) -> HttpResponse:
    with access_picture(request.user, picture_id).image.open() as file:
        return HttpResponse(file.read(), content_type="image/jpeg")


def _revision(step: Step, sanction: Sanction) -> int:
    return int(sanction.appeal.revision if step.of_appeal else sanction.revision)


def _form(step: Step, sanction: Sanction, *sent: Any) -> forms.StepForm:  # noqa: ANN401 - Django's mappings
    return step.form(*sent, sanction=sanction, revision=_revision(step, sanction))


def _shown(
    request: OfficerRequest, sanction: Sanction, sent: dict[str, forms.StepForm], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page; *sent* has the form that was refused."""
    names = _steps_now(request.user, sanction)
    steps = [(name, STEPS[name], sent.get(name) or _form(STEPS[name], sanction)) for name in names]
    context = {
        "row": rows_of([sanction])[0],
        "sanction": sanction,
        "appeal": getattr(sanction, "appeal", None),
        "bases": sanction.bases.all(),
        "grounds": sanction.grounds.all(),
        "corrections": sanction.corrections.all(),
        "liftings": sanction.lifted_by.order_by("pk"),
        "notices": notices_about(sanction.cause),
        "events": sanction.events.select_related("officer", "unit", "other").prefetch_related("pictures"),
        "steps": steps,
        "refused": next(iter(sent), ""),
        "is_own": sanction.proposed_by_id == request.user.pk,
        "may_propose": may_propose(request.user, sanction.unit),
        "is_again": sanction.state in NEVER and sanction.kind != Kind.LIFTING,
    }
    return render(request, "sanctions/one.html", context, status=status)


def _steps_now(officer: Officer, sanction: Sanction) -> list[str]:
    """What this officer may do with it as it stands."""
    names = []
    if sanction.is_waiting:
        if may_approve(officer, sanction) and sanction.proposed_by_id != officer.pk:
            names += ["approve", "return"]
        names += ["drop"] if may_propose(officer, sanction.unit) else []
    appeal = getattr(sanction, "appeal", None)
    decided_before = officer.pk in {sanction.proposed_by_id, sanction.decided_by_id}
    if appeal and appeal.is_open and may_judge(officer, appeal) and not decided_before:
        names += ["effect"] if sanction.is_in_force else []
        names += ["judge"]
    if sanction.is_in_force and sanction.kind in {Kind.WARNING, Kind.FINE} and may_propose(officer, sanction.unit):
        names += ["settle"]
        names += [] if sanction.document_number else ["number"]
    return [*names, "note"]
