"""Breaches: the list with its 72 hours, one record, and the two notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.privacy.breaches import actions
from dauchan.privacy.breaches.access import SEES_BREACHES, access_breach, access_breaches
from dauchan.privacy.breaches.breach_models import BreachState
from dauchan.privacy.breaches.categories import in_words
from dauchan.privacy.breaches.errors import BreachRefused, Incomplete
from dauchan.privacy.breaches.papers import authority_pdf, people_pdf
from dauchan.privacy.rights.access import PROTECTS_DATA
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.privacy.breach_forms import AmendForm, BreachForm
from dauchan.web.privacy.forms import NoteStepForm
from dauchan.web.privacy.words import breach_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from dauchan.privacy.breaches.breach_models import Breach
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
PAPERS = {"authority": authority_pdf, "people": people_pdf}


@dataclass(frozen=True)
class Step:
    """One step after the record: its heading and button, what it does, what is said afterwards, where it may be taken."""

    label: StrOrPromise
    icon: str
    act: Callable[[Breach, Officer, int, str], object]
    done: StrOrPromise
    states: tuple[str, ...]


STEPS = {
    "notified": Step(
        _("Đã thông báo cơ quan chuyên trách"),
        "send",
        actions.note_notified,
        _("Đã ghi việc thông báo."),
        (BreachState.OPEN,),
    ),
    "told": Step(
        _("Đã thông báo người bị ảnh hưởng"),
        "megaphone",
        actions.note_people_told,
        _("Đã ghi việc thông báo."),
        (BreachState.OPEN, BreachState.NOTIFIED),
    ),
    "not-due": Step(_("Không phải thông báo"), "ban", actions.note_not_due, _("Đã ghi lý do."), (BreachState.OPEN,)),
    "close": Step(
        _("Kết thúc hồ sơ"), "check", actions.close, _("Đã kết thúc."), (BreachState.NOTIFIED, BreachState.NOT_DUE)
    ),
}


@require_safe
@officer_required(*SEES_BREACHES)
def breach_list(request: OfficerRequest) -> HttpResponse:
    page = Paginator(access_breaches(request.user), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": breach_rows(page), "protects": _protects(request.user)}
    return render(request, "privacy/breaches.html", context)


@officer_required(*PROTECTS_DATA)
def new(request: OfficerRequest) -> HttpResponse:
    form = BreachForm(request.POST or None, initial={"found_at": timezone.localtime(), "is_estimate": True})
    if request.method == "POST" and form.is_valid():
        unit = request.user.units_as(*PROTECTS_DATA)[0]
        made = actions.record_breach(unit, form.account(), request.user)
        messages.success(request, str(_("Đã ghi nhận. 72 giờ đang tính.")))
        return redirect("privacy:breach", made.pk)
    return render(request, "privacy/breach_form.html", {"form": form}, status=422 if form.errors else 200)


@officer_required(*PROTECTS_DATA)
def change(request: OfficerRequest, breach_id: int) -> HttpResponse:
    breach = access_breach(request.user, breach_id, *PROTECTS_DATA)
    initial = {name: getattr(breach, name) for name in (*actions.Account.__dataclass_fields__, "revision")}
    form = AmendForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend(breach, form.account(), request.user, form.cleaned_data["revision"])
        except BreachRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, str(_("Đã lưu.")))
            return redirect("privacy:breach", breach.pk)
    return render(
        request, "privacy/breach_form.html", {"form": form, "breach": breach}, status=422 if form.errors else 200
    )


@require_safe
@officer_required(*SEES_BREACHES)
def page(request: OfficerRequest, breach_id: int) -> HttpResponse:
    return _shown(request, access_breach(request.user, breach_id), {})


@require_POST
@officer_required(*PROTECTS_DATA)
def step(request: OfficerRequest, breach_id: int, step: str) -> HttpResponse:
    found = STEPS.get(step)
    if found is None:
        raise NoSuchThing
    breach = access_breach(request.user, breach_id, *PROTECTS_DATA)
    form = _form(step, breach, request.POST)
    if not form.is_valid():
        return _shown(request, breach, {step: form}, status=422)
    try:
        found.act(breach, request.user, form.cleaned_data["revision"], form.cleaned_data["words"])
    except Incomplete as missing:
        form.add_error(None, str(missing.message))  # what was typed stays: it is sent again once the record is complete
        return _shown(request, breach, {step: form}, status=422)
    except BreachRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, str(found.done))
    return redirect("privacy:breach", breach.pk)


@require_safe
@officer_required(*PROTECTS_DATA)
def paper(request: OfficerRequest, breach_id: int, which: str) -> HttpResponse:
    breach = access_breach(request.user, breach_id, *PROTECTS_DATA)
    made = PAPERS.get(which)
    if made is None:
        raise NoSuchThing
    actions.note_paper(breach, request.user, which)
    answer = HttpResponse(made(breach, timezone.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="thong-bao-su-co-{breach.pk}-{which}.pdf"'
    return answer


def _shown(
    request: OfficerRequest, breach: Breach, sent: dict[str, NoteStepForm], *, status: int = 200
) -> HttpResponse:
    protects = _protects(request.user)
    steps = [
        (name, step, sent.get(name) or _form(name, breach))
        for name, step in STEPS.items()
        if protects and breach.state in step.states and not (name == "told" and breach.people_told_at)
    ]
    context = {
        "row": breach_rows([breach])[0],
        "breach": breach,
        "categories": in_words(breach.categories),
        "events": breach.events.select_related("officer"),
        "steps": steps,
        "refused": next(iter(sent), ""),
        "protects": protects,
    }
    return render(request, "privacy/breach.html", context, status=status)


def _form(step: str, breach: Breach, sent: QueryDict | None = None) -> NoteStepForm:
    """Several of them stand on one page: each field has an id of its own."""
    return NoteStepForm(sent, revision=breach.revision, auto_id=f"id_{step}_%s")


def _protects(officer: Officer) -> bool:
    return bool(officer.roles() & set(PROTECTS_DATA))
