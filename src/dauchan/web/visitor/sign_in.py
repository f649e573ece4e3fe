"""Signing in by phone, the first time and later: number, code, and for newcomers the privacy notice and a name.

Nothing before the code tells whether a number is known here, and every wrong code gets the same answer.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dauchan.people.actions import (
    NOTICE_VERSION,
    admit_person,
    has_consented,
    person_with_phone,
)
from dauchan.people.errors import CodeNotAccepted, TooManyCodes
from dauchan.people.phone_codes import accept_code, send_code
from dauchan.units.languages import reads_english
from dauchan.vietnamese import show_phone
from dauchan.web.visitor.forms import ConsentForm, OneTimeCodeForm, PhoneForm
from dauchan.web.visitor.session import (
    SignIn,
    is_known_browser,
    keep_sign_in,
    kept_sign_in,
    own_address,
    remember_browser,
    sign_in_person,
    sign_out_person,
)

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise

    from dauchan.people.models import Person
    from dauchan.web.requests import PersonRequest

PURPOSE = "sign-in"
log = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: PersonRequest) -> HttpResponse:
    """The phone number."""
    back = own_address(request, request.GET.get("next", ""))
    if request.method != "POST":
        return _already_here(request, back) if request.person else _page(request, "phone", PhoneForm())
    form = PhoneForm(request.POST)
    if form.is_valid():
        refusal = _send(request, form.cleaned_data["phone"], back)
        if refusal is None:
            return redirect("visitor:enter_code")
        form.add_error("phone", refusal)
    return _page(request, "phone", form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: PersonRequest) -> HttpResponse:
    """The code that came by message."""
    under_way = kept_sign_in(request)
    if under_way is None:
        return redirect("visitor:sign_in")
    if under_way.is_verified:
        return redirect("visitor:consent")
    form = OneTimeCodeForm(_sent_form(request))
    if form.is_valid():
        try:
            accept_code(under_way.phone, PURPOSE, form.cleaned_data["code"])
        except CodeNotAccepted as refused:
            form.add_error("code", refused.message)
        else:
            return _verified(request, under_way)
    shown = {"phone": show_phone(under_way.phone), "shown_code": under_way.shown_code}
    return _page(request, "code", form, **shown)


@never_cache
@require_POST
def send_again(request: PersonRequest) -> HttpResponse:
    """A new code to the same number; the one before no longer counts."""
    under_way = kept_sign_in(request)
    if under_way is None:
        return redirect("visitor:sign_in")
    refusal = _send(request, under_way.phone, under_way.next)
    if refusal is None:
        messages.success(request, _("Đã gửi mã mới."))
    else:
        messages.error(request, refusal)
    return redirect("visitor:enter_code")


def must_be_named(known: Person, under_way: SignIn) -> bool:
    """A number may have changed hands: who comes from a browser nobody knows says the name that was given with it.

    Not where nobody has proved the number yet, or no name was given: there is nobody to take for somebody else.
    """
    identity = known.identity
    return not under_way.is_named and identity.verified_at is not None and bool(identity.full_name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: PersonRequest) -> HttpResponse:
    """The privacy notice and the name: at first use, and again when the notice has changed."""
    under_way = kept_sign_in(request)
    if under_way is None or not under_way.is_verified:
        return redirect("visitor:sign_in")
    known = person_with_phone(under_way.phone)
    if known is not None and must_be_named(known, under_way):
        return redirect("visitor:who")
    # The name of whoever had this number before is shown to nobody who has not said it.
    shown_name = known.identity.full_name if known and under_way.is_named else ""
    form = ConsentForm(_sent_form(request), initial={"full_name": shown_name})
    if form.is_valid():
        person = admit_person(under_way.phone, form.cleaned_data["full_name"], translation.get_language() or "vi")
        return sign_in_and_go(request, person, under_way.next)
    return _page(request, "consent", form, notice=notice_template())


@require_POST
def sign_out(request: PersonRequest) -> HttpResponse:
    sign_out_person(request)
    messages.success(request, _("Bạn đã đăng xuất trên thiết bị này."))
    return redirect("public:home")


@require_safe
def notice(request: PersonRequest) -> HttpResponse:
    """The privacy notice on a page of its own."""
    return render(request, "visitor/notice.html", {"notice": notice_template(), "version": NOTICE_VERSION})


def notice_template() -> str:
    """The notice in force, in the language of the interface. Files of older versions stay: people agreed to them."""
    language = "en" if reads_english() else "vi"
    return f"visitor/notice/{NOTICE_VERSION}.{language}.html"


def _sent_form(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _already_here(request: PersonRequest, back: str) -> HttpResponse:
    """Somebody signed in has nothing to do here, unless the privacy notice has changed since they agreed."""
    if has_consented(request.person):
        return redirect(back)
    if request.person.identity.phone_hash is None:  # the number is another's now: it may not sign them in as that one
        sign_out_person(request)
        return redirect("visitor:sign_in")
    now = int(timezone.now().timestamp())
    keep_sign_in(request, SignIn(request.person.identity.phone, back, now, is_verified=True, is_named=True))
    return redirect("visitor:consent")


def _send(request: PersonRequest, phone: str, back: str) -> StrOrPromise | None:
    """Send a code and remember to which number; or the sentence that says why it was not sent."""
    try:
        sent = send_code(phone, PURPOSE, request.META["REMOTE_ADDR"])
    except TooManyCodes as refused:
        return refused.message
    except httpx.HTTPError as error:
        log.warning("the gateway of text messages did not take a message: %s", type(error).__name__)
        return _("Chưa gửi được tin nhắn. Hãy thử lại sau ít phút, hoặc gọi đường dây nóng.")
    keep_sign_in(request, SignIn(phone, back, int(timezone.now().timestamp()), sent.shown_code))
    return None


def _verified(request: PersonRequest, under_way: SignIn) -> HttpResponse:
    """The number is theirs. Who has been here before is signed in; others still have to agree."""
    person = person_with_phone(under_way.phone)
    is_known = person is not None and is_known_browser(request, person)
    if person is not None and is_known and person.identity.full_name and has_consented(person):
        return sign_in_and_go(request, person, under_way.next)
    request.session.cycle_key()
    keep_sign_in(request, replace(under_way, is_verified=True, is_named=is_known, shown_code=None))
    return redirect("visitor:consent")


def sign_in_and_go(request: PersonRequest, person: Person, back: str) -> HttpResponse:
    sign_in_person(request, person)
    answer = redirect(back)
    remember_browser(request, answer)
    return answer


def _page(request: PersonRequest, step: str, form: Form, **more: object) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, f"visitor/sign_in_{step}.html", {"form": form, **more}, status=status)
