"""A person's rights over their own data: asked for on their phone, followed until they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dauchan.privacy.rights.access import access_own_request, own_requests
from dauchan.privacy.rights.answering import call_off
from dauchan.privacy.rights.asking import ask_by_phone, clock_of
from dauchan.privacy.rights.errors import RightsRefused
from dauchan.privacy.rights.letters import answer_pdf
from dauchan.privacy.rights.refusals import basis_of
from dauchan.privacy.rights.request_models import PersonRequest as DataRequest
from dauchan.privacy.rights.request_models import RequestClock, Right
from dauchan.units.errors import NoSuchThing
from dauchan.web.privacy.forms import WishForm
from dauchan.web.privacy.words import ICONS, request_rows
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from dauchan.web.requests import PersonRequest

#: What needs nobody's decision is not asked for: it is done on the spot.
AT_ONCE = {Right.VIEW: "privacy:own_data", Right.WITHDRAW: "visitor:account"}


@never_cache
@require_safe
@person_required
def rights(request: PersonRequest) -> HttpResponse:
    today = timezone.localdate()
    offered = [(right, ICONS[right], clock_of(right, today), AT_ONCE.get(right, "")) for right in Right]
    context = {"offered": offered, "rows": request_rows(own_requests(request.person)[:50])}
    return render(request, "privacy/rights.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def ask(request: PersonRequest, right: str) -> HttpResponse:
    if right not in Right.values:
        raise NoSuchThing
    form = WishForm(request.POST if request.method == "POST" else None, right=right)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_by_phone(request.person, form.wish())
        except RightsRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Đã gửi yêu cầu. Mã theo dõi: %(code)s.") % {"code": made.code})
            return redirect("privacy:own_request", made.code)
    context = {"form": form, "right": Right(right), "clock": clock_of(right, timezone.localdate())}
    return render(request, "privacy/ask.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@person_required
def request_page(request: PersonRequest, code: str) -> HttpResponse:
    found = access_own_request(request.person, code)
    return render(request, "privacy/own_request.html", _shown(found))


@require_POST
@person_required
def call_off_request(request: PersonRequest, code: str) -> HttpResponse:
    found = access_own_request(request.person, code)
    try:
        call_off(found, found.revision)
    except RightsRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã rút lại yêu cầu."))
    return redirect("privacy:own_request", found.code)


@never_cache
@require_safe
@person_required
def letter(request: PersonRequest, code: str) -> HttpResponse:
    """The answer as a paper; while there is none, a draft that says until when."""
    found = access_own_request(request.person, code)
    pdf = answer_pdf(found, timezone.now(), request.person.identity.full_name)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="tra-loi-{found.code}.pdf"'
    return answer


def _shown(found: DataRequest) -> dict[str, object]:
    clock: RequestClock = found.clock
    return {
        "row": request_rows([found])[0],
        "request_": found,
        "clock": clock,
        "events": found.events.exclude(kind__in=["reminded", "escalated", "recounted", "letter", "fetched"]),
        "basis": basis_of(found.refusal) if found.refusal else None,
        "may_call_off": found.is_running or found.state == "held",
    }
