"""The contact's own page. A link writes and shows nothing of the past; who has signed in sees their own answers too."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dauchan.tracing.follow_up.access import own_follow_ups
from dauchan.tracing.follow_up.actions import keep_answer
from dauchan.tracing.follow_up.errors import FollowUpRefused, LinkNotGood
from dauchan.tracing.follow_up.links import follow_up_of_link
from dauchan.tracing.follow_up.models import Channel
from dauchan.tracing.intake.symptoms import symptom_words
from dauchan.web.follow_up.forms import SymptomForm
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from dauchan.tracing.follow_up.models import FollowUp
    from dauchan.web.requests import PersonRequest

LAST_SHOWN = 14


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The form of today, whoever holds the link; it says neither whose it is nor what was said before."""
    try:
        follow_up = follow_up_of_link(token)
    except LinkNotGood as refused:
        return _private(render(request, "follow_up/link_ended.html", {"refusal": refused.message}, status=404))
    return _private(_asked(request, follow_up, Channel.LINK, {}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def own_page(request: PersonRequest) -> HttpResponse:
    """Of somebody signed in by phone: today's form, and what they answered."""
    follow_ups = list(own_follow_ups(request.person).order_by("until_on"))
    if not follow_ups:
        return render(request, "follow_up/nothing.html")
    follow_up = follow_ups[-1]  # of several cases the longest watch; the answer counts for all
    reports = follow_up.reports.all()[:LAST_SHOWN]
    shown = [(report, symptom_words(report.symptoms.split())) for report in reports]
    return _asked(request, follow_up, Channel.SIGNED_IN, {"reports": shown}, follow_ups)


def _asked(
    request: HttpRequest,
    follow_up: FollowUp,
    channel: str,
    more: dict[str, object],
    together: list[FollowUp] | None = None,
) -> HttpResponse:
    form = SymptomForm(request.POST if request.method == "POST" else None, rule=follow_up.rule)
    if form.is_valid():
        try:
            for one in together or [follow_up]:
                keep_answer(one, form.answer(), channel)
        except FollowUpRefused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect(reverse("follow_up:done") + ("" if form.answer().is_well else "?ill=1"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "today": timezone.localdate(), "is_link": channel == Channel.LINK, **more}
    if channel == Channel.SIGNED_IN:
        context["follow_up"] = follow_up
    return render(request, "follow_up/own.html", context, status=status)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What to do now; the same page for everybody."""
    return render(request, "follow_up/done.html", {"is_ill": "ill" in request.GET})


def _private(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it, and no page that is left for tells where one came from."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
