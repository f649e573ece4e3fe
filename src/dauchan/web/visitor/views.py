"""The visitor's pages: the camera, the diary, one visit, the person's own details."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from dauchan.people.actions import NOTICE_VERSION, withdraw_consent
from dauchan.people.phones.actions import sign_out_phones
from dauchan.people.phones.models import Ending
from dauchan.qr import make_person_token
from dauchan.tracing.follow_up.access import own_follow_ups
from dauchan.venues.holds import holds_on
from dauchan.venues.models import VenueStatus
from dauchan.venues.modes import mode_of
from dauchan.vietnamese import mask_phone
from dauchan.visits.retention import RETENTION_DAYS
from dauchan.web.middleware import PHONE_KEY
from dauchan.web.public.codes import ScanRefused, read_scan
from dauchan.web.public.page import door_face, door_facts, shown_phone, why_suspended
from dauchan.web.visitor.diary import access_own_visit, as_file, days_of, entry_of
from dauchan.web.visitor.forms import NameForm, TypedCodeForm
from dauchan.web.visitor.phone import own_hosts
from dauchan.web.visitor.session import is_signed_in, mark_of, person_required, render_with_mark, sign_out_person

if TYPE_CHECKING:
    from uuid import UUID

    from dauchan.web.requests import PersonRequest

#: A phone goes out of the network with as much; it asks for a new one on every day with a network.
TOKEN_SECONDS = 14 * 86_400


@never_cache
@require_safe
def scan(request: PersonRequest) -> HttpResponse:
    """The camera, and the field for the code below the QR. Without script the field leads to the place's page."""
    form = TypedCodeForm(request.GET if "text" in request.GET else None)
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            return redirect("public:code", read_scan(form.cleaned_data["text"], request.META["REMOTE_ADDR"]).code)
        except ScanRefused as refused:
            form.add_error("text", str(refused.sentence))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render_with_mark(request, "visitor/scan.html", {"form": form, "hosts": own_hosts()}, status)


@csrf_exempt  # it only reads, and says the same to everybody who holds the code
@never_cache
@require_POST
def venue(request: PersonRequest) -> JsonResponse:
    """What a scanned text stands for: name, address and state of the place, or the reason why not (problem+json).

    By POST, though it only reads: the text may be somebody's identity card, which must not stand in an address or a log.
    """
    try:
        found = read_scan(request.POST.get("code", ""), request.META["REMOTE_ADDR"])
    except ScanRefused as refused:
        return _problem(refused.reason, str(refused.sentence), attempt=refused.attempt)
    face = door_face(found.venue)
    return JsonResponse(
        {
            "code": found.code,
            "name": face.name,
            "address": face.address,
            "category": face.category,
            "status": face.status,
            "mode": mode_of(found.venue, timezone.localdate()),
            "is_outdated": found.is_outdated,
            **door_facts(found.venue),
            **({"why": why_suspended(holds_on(found.venue))} if face.status == VenueStatus.SUSPENDED else {}),
        }
    )


@never_cache
@require_GET
def token(request: PersonRequest) -> JsonResponse:
    """The bearer token with which this phone writes at the door. It opens nothing: what is read needs the session."""
    if not is_signed_in(request):
        return _problem("unauthorized", _("Cần đăng nhập trên điện thoại này."), HTTPStatus.UNAUTHORIZED)
    expires_at = int(timezone.now().timestamp()) + TOKEN_SECONDS
    phone_id = request.session[PHONE_KEY]
    made = make_person_token(request.person.pk, expires_at, settings.PERSON_TOKEN_KEYS, phone_id)
    return JsonResponse({"token": made, "expires_at": expires_at, "mark": mark_of(request.person)})


@never_cache
@require_safe
@person_required
def diary(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    context = {"days": days_of(request.person.pk, now), "keep_days": RETENTION_DAYS, "today": now}
    context["is_watched"] = own_follow_ups(request.person).exists()
    return render_with_mark(request, "visitor/diary.html", context)


@never_cache
@require_safe
@person_required
def diary_file(request: PersonRequest) -> JsonResponse:
    """The diary to take away, as the system has it."""
    answer = JsonResponse(as_file(request.person.pk, timezone.now()), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="dau-chan.json"'
    return answer


@never_cache
@require_safe
@person_required
def visit(request: PersonRequest, check_in_id: UUID) -> HttpResponse:
    entry = entry_of(access_own_visit(request.person.pk, check_in_id), timezone.now())
    phone, phone_href = shown_phone(entry.visit.venue.phone)
    return render_with_mark(request, "visitor/visit.html", {"entry": entry, "phone": phone, "phone_href": phone_href})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def account(request: PersonRequest) -> HttpResponse:
    """What is kept about the person: seen and corrected."""
    identity = request.person.identity
    sent = request.POST if request.method == "POST" else None
    form = NameForm(sent, initial={"full_name": identity.full_name})
    if form.is_valid():
        identity.full_name = form.cleaned_data["full_name"]
        identity.save(update_fields=["full_name"])
        messages.success(request, _("Đã lưu."))
        return redirect("visitor:account")
    context = {
        "form": form,
        "phone": mask_phone(identity.phone),
        "number_is_gone": identity.phone_hash is None,
        "consent": request.person.consents.filter(withdrawn_at=None, notice_version=NOTICE_VERSION).latest("given_at"),
        "version": NOTICE_VERSION,
        "keep_days": RETENTION_DAYS,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "visitor/account.html", context, status=status)


@require_POST
@person_required
def withdraw(request: PersonRequest) -> HttpResponse:
    """Consent is taken back: nothing new is recorded until it is given again."""
    withdraw_consent(request.person)
    sign_out_phones(request.person, Ending.WITHDRAWN)
    sign_out_person(request)
    messages.success(request, _("Đã rút lại đồng ý. Từ nay không ghi nhận thêm lượt vào nào của bạn."))
    return redirect("public:home")


def _problem(
    reason: str, sentence: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY, *, attempt: str = ""
) -> JsonResponse:
    """A refusal as problem+json; *attempt* is how the ledger calls this failed scan, empty if it is none."""
    said = {"type": f"urn:dauchan:{reason}", "title": sentence, "status": status.value, "reason": reason}
    return JsonResponse({**said, "attempt": attempt}, status=status, content_type="application/problem+json")
