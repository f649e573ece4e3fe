"""A new number for somebody who is signed in: a code to the new one, and everything goes along."""

from __future__ import annotations

import base64
import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dauchan.people.encryption import decrypt, encrypt
from dauchan.people.errors import CodeNotAccepted, TooManyCodes
from dauchan.people.phone_codes import accept_code, send_code
from dauchan.people.phones.actions import change_number
from dauchan.vietnamese import mask_phone, show_phone
from dauchan.web.visitor.forms import OneTimeCodeForm, PhoneForm
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import PersonRequest

PURPOSE = "new-number"
KEY = "new_number"
SECONDS = 30 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def new_number(request: PersonRequest) -> HttpResponse:
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            sent = send_code(phone, PURPOSE, request.META["REMOTE_ADDR"])
        except TooManyCodes as refused:
            form.add_error("phone", refused.message)
        except httpx.HTTPError:
            form.add_error("phone", _("Chưa gửi được tin nhắn. Hãy thử lại sau ít phút, hoặc gọi đường dây nóng."))
        else:
            kept = {"phone": phone, "code": sent.shown_code, "at": int(timezone.now().timestamp())}
            request.session[KEY] = base64.b64encode(encrypt(json.dumps(kept))).decode()
            return redirect("visitor:number_code")
    context = {"form": form, "phone": mask_phone(request.person.identity.phone)}
    return _page(request, "visitor/number.html", context, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def enter_code(request: PersonRequest) -> HttpResponse:
    sealed = request.session.get(KEY)
    kept = json.loads(decrypt(base64.b64decode(sealed))) if sealed else None
    if kept is None or kept["at"] + SECONDS < timezone.now().timestamp():
        return redirect("visitor:new_number")
    form = OneTimeCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            accept_code(kept["phone"], PURPOSE, form.cleaned_data["code"])
        except CodeNotAccepted as refused:
            form.add_error("code", refused.message)
        else:
            change_number(request.person, kept["phone"])
            del request.session[KEY]
            messages.success(request, _("Đã đổi số điện thoại."))
            return redirect("visitor:account")
    context = {"form": form, "phone": show_phone(kept["phone"]), "shown_code": kept["code"]}
    return _page(request, "visitor/number_code.html", context, form)


def _page(
    request: PersonRequest, template: str, context: dict[str, object], form: PhoneForm | OneTimeCodeForm
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, context, status=status)
