"""One request: its story, the step this officer may take, the letter, and the copy of what is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.people.models import Identity
from dauchan.privacy.rights import answering
from dauchan.privacy.rights.access import (
    PROTECTS_DATA,
    TAKES_IN,
    access_request,
    access_request_to_answer,
    may_answer,
)
from dauchan.privacy.rights.errors import RightsRefused
from dauchan.privacy.rights.export import as_file, everything_about
from dauchan.privacy.rights.holding import is_held
from dauchan.privacy.rights.letters import answer_pdf, copy_pdf
from dauchan.privacy.rights.refusals import basis_of
from dauchan.privacy.rights.request_models import Kind, Right, State
from dauchan.privacy.rights.wishes import wish_in_words
from dauchan.privacy.rights.writing import tell
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.privacy import forms
from dauchan.web.privacy.words import request_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from dauchan.privacy.rights.request_models import PersonRequest
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


@dataclass(frozen=True)
class Step:
    """One step: what is filled in, what it does, what is said afterwards."""

    form: type[forms.StepForm]
    act: Callable[[PersonRequest, Officer, dict[str, Any]], object]
    done: StrOrPromise


STEPS: dict[str, Step] = {
    "accept": Step(
        forms.StepForm, lambda one, who, said: answering.accept(one, who, **said), _("Đã phản hồi người yêu cầu.")
    ),
    "grant": Step(
        forms.GrantForm, lambda one, who, said: answering.grant(one, who, **said), _("Đã thực hiện yêu cầu.")
    ),
    "refuse": Step(
        forms.RefuseForm, lambda one, who, said: answering.refuse(one, who, **said), _("Đã trả lời người yêu cầu.")
    ),
    "extend": Step(forms.ExtendForm, lambda one, who, said: answering.extend(one, who, **said), _("Đã gia hạn.")),
}
#: Rights that are answered with everything that is held.
WITH_COPY = (Right.VIEW, Right.PROVIDE)


@require_safe
@officer_required(*TAKES_IN)
def page(request: OfficerRequest, request_id: int) -> HttpResponse:
    return _shown(request, access_request(request.user, request_id), {})


@require_POST
@officer_required(*PROTECTS_DATA)
def step(request: OfficerRequest, request_id: int, step: str) -> HttpResponse:
    """A step that is refused shows the page as it is now, with what was typed."""
    found = STEPS.get(step)
    if found is None:
        raise NoSuchThing
    asked = access_request_to_answer(request.user, request_id)
    form = found.form(request.POST, revision=asked.revision)
    if not form.is_valid():
        return _shown(request, asked, {step: form}, status=422)
    try:
        found.act(asked, request.user, form.cleaned_data)
    except RightsRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("privacy:one", asked.pk)
    messages.success(request, str(found.done))
    return redirect("privacy:one", asked.pk)


@require_safe
@officer_required(*TAKES_IN)
def letter(request: OfficerRequest, request_id: int) -> HttpResponse:
    found = access_request(request.user, request_id)
    tell(found, Kind.LETTER, request.user)
    identity = Identity.objects.filter(person=found.person_id).first()
    answer = HttpResponse(
        answer_pdf(found, timezone.now(), identity.full_name if identity else ""), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="tra-loi-{found.code}.pdf"'
    return answer


@require_safe
@officer_required(*PROTECTS_DATA)
def copy(request: OfficerRequest, request_id: int, kind: str) -> HttpResponse:
    """What is held, for whoever asked at a counter; only while a granted request stands for it, and each time in the log."""
    found = access_request_to_answer(request.user, request_id)
    if kind not in {"json", "pdf"} or not _has_copy(found):
        raise NoSuchThing
    tell(found, Kind.FETCHED, request.user)
    now, person_id = timezone.now(), found.person_id or 0
    name = f"du-lieu-{found.code}.{kind}"
    if kind == "json":
        file = JsonResponse(as_file(person_id, now), json_dumps_params={"ensure_ascii": False, "indent": 1})
        file["Content-Disposition"] = f'attachment; filename="{name}"'
        return file
    answer = HttpResponse(copy_pdf(everything_about(person_id), found.code, now), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _has_copy(found: PersonRequest) -> bool:
    return found.right in WITH_COPY and found.state == State.GRANTED and found.person_id is not None


def _shown(
    request: OfficerRequest, found: PersonRequest, sent: dict[str, forms.StepForm], *, status: int = 200
) -> HttpResponse:
    """The page; *sent* has the form that was refused. What the person wrote is told to whoever may answer, and to nobody else."""
    answers = may_answer(request.user, found)
    names = _steps_now(found) if answers else []
    context = {
        "row": request_rows([found])[0],
        "request_": found,
        "events": found.events.select_related("officer", "unit"),
        "forms": {name: sent.get(name) or STEPS[name].form(revision=found.revision) for name in names},
        "refused": next(iter(sent), ""),
        "answers": answers,
        "wants": wish_in_words(found.wants) if answers else [],
        "has_copy": answers and _has_copy(found),
        "is_held": found.right == Right.DELETE and found.is_running and is_held(found.person_id or 0, timezone.now()),
        "basis": basis_of(found.refusal) if found.refusal else None,
    }
    return render(request, "privacy/one.html", context, status=status)


def _steps_now(found: PersonRequest) -> list[str]:
    if not found.is_running:
        return []
    first = ["accept"] if found.state == State.RECEIVED else []
    may_extend = found.state == State.ACCEPTED and found.extended_on is None and found.clock.extension_days
    return [*first, "grant", "refuse", *(["extend"] if may_extend else [])]
