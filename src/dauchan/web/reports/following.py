"""What became of a report, for whoever holds its code; the page tells nothing of who sent it or where they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight import following
from dauchan.oversight.access import followed_report
from dauchan.oversight.errors import OversightRefused
from dauchan.oversight.history_models import TOLD
from dauchan.oversight.writing import standing_report
from dauchan.people.errors import CodeNotAccepted, TooManyCodes
from dauchan.units.errors import NoSuchThing
from dauchan.web.desk.follow import MISSES
from dauchan.web.reports.public_forms import PhoneCodeForm, PhoneForm, RatingForm, ReopenForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpResponse

    from dauchan.oversight.models import Report
    from dauchan.web.requests import PersonRequest

#: The phone that waits for its code, in the session, by report.
WAITING = "report_phone"


@never_cache
@require_safe
def page(request: PersonRequest, code: str) -> HttpResponse:
    return _shown(request, _report(request, code), {})


@require_POST
def reopen(request: PersonRequest, code: str) -> HttpResponse:
    report, form = _report(request, code), ReopenForm(request.POST)
    if not form.is_valid():
        return _shown(request, report, {"reopen": form}, status=422)
    return _done(request, report, following.reopen, form.cleaned_data["words"], _("Đã gửi yêu cầu xem lại."))


@require_POST
def rate(request: PersonRequest, code: str) -> HttpResponse:
    report, form = _report(request, code), RatingForm(request.POST)
    if not form.is_valid():
        return _shown(request, report, {"rating": form}, status=422)
    return _done(request, report, following.rate, form.cleaned_data["stars"], _("Cảm ơn bạn đã chấm điểm."))


def _done(
    request: PersonRequest, report: Report, act: Callable[[Report, Any], object], said: object, thanks: str
) -> HttpResponse:
    try:
        act(report, said)
    except OversightRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, thanks)
    return redirect("reports:follow", report.code)


@require_POST
def phone(request: PersonRequest, code: str) -> HttpResponse:
    """First the number, to which a code is sent; then the code, which proves that it is the reporter's."""
    report = _report(request, code)
    if "code" in request.POST:
        return _proved(request, report)
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _shown(request, report, {"phone": form}, status=422)
    try:
        sent = following.offer_phone(report, form.cleaned_data["phone"], request.META["REMOTE_ADDR"])
    except (TooManyCodes, httpx.HTTPError):
        form.add_error("phone", _("Chưa gửi được mã. Hãy thử lại sau, hoặc xem kết quả bằng mã theo dõi."))
        return _shown(request, report, {"phone": form}, status=429)
    request.session[WAITING] = [report.pk, form.cleaned_data["phone"]]
    if sent.shown_code:
        messages.info(request, _("Bản trình diễn không gửi tin nhắn. Mã là %(code)s.") % {"code": sent.shown_code})
    return redirect("reports:follow", report.code)


def _proved(request: PersonRequest, report: Report) -> HttpResponse:
    form = PhoneCodeForm(request.POST)
    number = _waiting(request, report)
    if not form.is_valid() or not number:
        return _shown(request, report, {"code": form}, status=422)
    try:
        following.prove_phone(report, number, form.cleaned_data["code"])
    except CodeNotAccepted:
        form.add_error("code", _("Mã không đúng hoặc đã hết hạn."))
        return _shown(request, report, {"code": form}, status=422)
    del request.session[WAITING]
    messages.success(request, _("Kết quả sẽ được nhắn tới số điện thoại của bạn."))
    return redirect("reports:follow", report.code)


def _report(request: PersonRequest, code: str) -> Report:
    """A wrong code and too many of them look alike, whether or not the code is one. Raises: Http404."""
    address = request.META["REMOTE_ADDR"]
    if MISSES.are_too_many(address):
        raise Http404
    try:
        return followed_report(code.upper())
    except NoSuchThing:
        MISSES.count(address)
        raise Http404 from None


def _waiting(request: PersonRequest, report: Report) -> str:
    pk, number = request.session.get(WAITING) or (0, "")
    return number if pk == report.pk else ""


def _shown(request: PersonRequest, report: Report, sent: dict[str, forms.Form], *, status: int = 200) -> HttpResponse:
    standing = standing_report(report)
    now = timezone.now()
    shown: dict[str, Any] = {}
    if following.may_reopen(report, now):
        shown["reopen"] = sent.get("reopen") or ReopenForm()
    if standing.is_answered and report.stars is None:
        shown["rating"] = sent.get("rating") or RatingForm()
    if standing.is_running and not report.phone:
        waits = bool(_waiting(request, report))
        kind, name = (PhoneCodeForm, "code") if waits else (PhoneForm, "phone")
        shown[name] = sent.get(name) or kind()
    context = {
        "report": report,
        "standing": standing,
        "events": standing.events.filter(kind__in=TOLD).select_related("unit"),
        "own_photos": report.photos.filter(of_answer=False).count(),
        "photos": standing.photos.filter(of_answer=True).exclude(published=""),
        "forms": shown,
        "refused": next(iter(sent), ""),
    }
    answer = render(request, "reports/follow.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
