"""The public help page: answers first, then the form; and what an asker does with the code they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dauchan.helpdesk.access import asked_with
from dauchan.helpdesk.errors import HelpdeskRefused
from dauchan.helpdesk.following import ask_again, rate
from dauchan.helpdesk.history_models import TOLD
from dauchan.helpdesk.knowledge.access import published
from dauchan.helpdesk.knowledge.models import Article
from dauchan.helpdesk.knowledge.queries import article_for_reason, searched
from dauchan.helpdesk.knowledge.wording import parts_of
from dauchan.helpdesk.models import Channel, Topic
from dauchan.helpdesk.opening import Asked, ask
from dauchan.helpdesk.queries import frequent_problems
from dauchan.web.helpdesk.failed_scans import device_named, topic_of, venue_scanned
from dauchan.web.helpdesk.forms import AgainForm, AskForm, RatingForm

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from dauchan.helpdesk.models import Ticket
    from dauchan.web.requests import PersonRequest

LONGEST_SEARCH = 100


@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: PersonRequest) -> HttpResponse:
    """`?q=` searches, `?reason=…&scanned=…` comes from a failed scan; by POST a request is sent."""
    given = {name: request.GET.get(name, "")[:200] for name in ("topic", "reason", "scanned", "device")}
    given["topic"] = given["topic"] or topic_of(given["reason"])
    form = AskForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        try:
            ticket = _sent(request, form)
        except HelpdeskRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Đã gửi yêu cầu. Chúng tôi sẽ trả lời sớm."))
            return redirect("helpdesk:follow", ticket.code)
    device = device_named(given["device"])
    words = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    articles = Article.objects.in_use()
    context = {
        "form": form,
        "words": words,
        "found": searched(articles, words) if words else [],
        "explains": article_for_reason(given["reason"]),
        "problems": [one for one in frequent_problems(timezone.now()) if one.article],
        "articles": [] if words else searched(articles, ""),
        "failed_at": device.venue if device else venue_scanned(given["scanned"], request.META["REMOTE_ADDR"]),
    }
    return render(request, "helpdesk/ask.html", context, status=422 if form.errors else 200)


def _sent(request: PersonRequest, form: AskForm) -> Ticket:
    said, address = form.cleaned_data, request.META["REMOTE_ADDR"]
    device = device_named(said["device"])
    asked = Asked(
        said["topic"] if said["topic"] in Topic.values else Topic.OTHER,
        said["words"],
        said["phone"],
        venue_scanned(said["scanned"], address),
        device=device,
        person=request.person or None,
        channel=Channel.GATE if device else Channel.SCAN if said["reason"] else Channel.PAGE,
        scan_reason=said["reason"] if topic_of(said["reason"]) else "",
    )
    return ask(asked, address)


@require_safe
def article(request: PersonRequest, slug: str) -> HttpResponse:
    found = published(slug)
    context = {
        "article": found,
        "version": found.current,
        "parts": parts_of(found.current.body if found.current else ""),
    }
    return render(request, "helpdesk/article.html", context)


@never_cache
@require_safe
def follow(request: PersonRequest, code: str) -> HttpResponse:
    return _followed(request, asked_with(code))


@never_cache
@require_POST
def rate_answer(request: PersonRequest, code: str) -> HttpResponse:
    ticket, form = asked_with(code), RatingForm(request.POST)
    if not form.is_valid():
        return _followed(request, ticket, rating=form)
    try:
        rate(ticket, form.cleaned_data["rating"])
    except HelpdeskRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Cảm ơn bạn đã cho biết."))
    return redirect("helpdesk:follow", ticket.code)


@never_cache
@require_POST
def ask_once_more(request: PersonRequest, code: str) -> HttpResponse:
    ticket, form = asked_with(code), AgainForm(request.POST)
    if not form.is_valid():
        return _followed(request, ticket, again=form)
    try:
        ask_again(ticket, form.cleaned_data["words"])
    except HelpdeskRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã gửi lại cho điện thoại viên."))
    return redirect("helpdesk:follow", ticket.code)


def _followed(request: PersonRequest, ticket: Ticket, **sent: Form) -> HttpResponse:
    """What became of it; the phone number is never shown, the code may be in other hands."""
    context = {
        "ticket": ticket,
        "events": ticket.events.filter(kind__in=TOLD),
        "rating": sent.get("rating") or RatingForm(initial={"rating": ticket.rating}),
        "again": sent.get("again") or AgainForm(),
        "wrong": "again" if "again" in sent else "",
    }
    return render(request, "helpdesk/follow.html", context, status=422 if sent else 200)
