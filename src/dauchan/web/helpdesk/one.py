"""One ticket: what was asked, what is known about it, and the steps an agent may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.helpdesk import actions
from dauchan.helpdesk.access import ANSWERS_TICKETS, access_ticket
from dauchan.helpdesk.errors import HelpdeskRefused
from dauchan.helpdesk.knowledge.models import Article, CannedAnswer
from dauchan.helpdesk.knowledge.queries import searched, suggestions
from dauchan.helpdesk.models import RUNNING
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing
from dauchan.vietnamese import show_phone
from dauchan.web.helpdesk import forms
from dauchan.web.helpdesk.failed_scans import reason_in_words
from dauchan.web.helpdesk.inserting import with_inserted
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from dauchan.helpdesk.models import Ticket
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Step:
    form: type[forms.StepForm]
    act: Callable[[Ticket, Officer, dict[str, Any]], object]
    done: StrOrPromise


STEPS: dict[str, Step] = {
    "take": Step(forms.StepForm, lambda one, who, said: actions.take_up(one, who, **said), _("Đã nhận việc.")),
    "hand": Step(forms.HandForm, lambda one, who, said: actions.hand_over(one, who, **said), _("Đã giao.")),
    "note": Step(forms.NoteForm, lambda one, who, said: actions.note(one, who, said["words"]), _("Đã ghi.")),
    "sort": Step(forms.SortForm, lambda one, who, said: actions.sort_out(one, who, **said), _("Đã lưu.")),
    "answer": Step(
        forms.AnswerForm, lambda one, who, said: actions.answer_ticket(one, who, **said), _("Đã trả lời yêu cầu.")
    ),
}


@require_safe
@officer_required(*ANSWERS_TICKETS)
def page(request: OfficerRequest, ticket_id: int) -> HttpResponse:
    return _shown(request, access_ticket(request.user, ticket_id), {})


@require_POST
@officer_required(*ANSWERS_TICKETS)
def step(request: OfficerRequest, ticket_id: int, step: str) -> HttpResponse:
    """A step that is refused shows the ticket as it is now, with what was typed."""
    found = STEPS.get(step)
    if found is None:
        raise NoSuchThing
    ticket = access_ticket(request.user, ticket_id)
    if step == "answer" and request.POST.get("insert"):
        return _shown(request, ticket, {"answer": with_inserted(request.POST, ticket)})
    form = _form(step, ticket, request.POST)
    if not form.is_valid():
        return _shown(request, ticket, {step: form}, status=422)
    try:
        found.act(ticket, request.user, form.cleaned_data)
    except HelpdeskRefused as refused:
        messages.error(request, str(refused.message))
        now = access_ticket(request.user, ticket_id)
        typed = request.POST.copy()
        typed["revision"] = str(now.revision)
        return _shown(request, now, {step: _form(step, now, typed)}, status=409)
    messages.success(request, str(found.done))
    return redirect("helpdesk:tickets") if step == "answer" else redirect("helpdesk:ticket", ticket.pk)


def _form(step: str, ticket: Ticket, *sent: Any) -> forms.StepForm:  # noqa: ANN401 - Django's mappings
    initial = {"revision": ticket.revision, "article": ticket.article_id, "venue": ticket.venue_id}
    return STEPS[step].form(*sent, initial=initial)  # type: ignore[misc]  # what is sent is the data alone


def _shown(
    request: OfficerRequest, ticket: Ticket, sent: dict[str, forms.StepForm], *, status: int = 200
) -> HttpResponse:
    """The page; *sent* has the form that was refused, or into which a sentence was put."""
    names = ["take", "hand", "answer", "note", "sort"] if ticket.status in RUNNING else ["note", "sort"]
    words = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    articles = searched(Article.objects.in_use(), words) if words else suggestions(ticket.words or "")
    context = {
        "ticket": ticket,
        "phone": _phone_for(request, ticket),
        "reason": reason_in_words(ticket.scan_reason),
        "now": timezone.now(),
        "events": ticket.events.select_related("officer", "to"),
        "forms": {name: sent.get(name) or _form(name, ticket) for name in names},
        "opened": next(iter(sent), ""),
        "words": words,
        "articles": articles,
        "sentences": CannedAnswer.objects.filter(is_in_use=True),
    }
    return render(request, "helpdesk/ticket.html", context, status=status)


def _phone_for(request: OfficerRequest, ticket: Ticket) -> str:
    """The number to call back; that it was looked at is in the log."""
    if not ticket.phone:
        return ""
    purpose = str(_("Gọi lại theo yêu cầu hỗ trợ"))
    audit.record(request.user, "ticket.phone_seen", f"ticket:{ticket.pk}", purpose=purpose)
    return show_phone(ticket.phone)
