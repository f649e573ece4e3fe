"""The session of a person who signed in by phone: visitors and owners alike.

While somebody is signing in, their phone number waits in the session, encrypted like every other personal field.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from dauchan.people.actions import has_consented
from dauchan.people.encryption import decrypt, encrypt, keyed_hash
from dauchan.people.phones.actions import note_phone, sign_out_phones
from dauchan.people.phones.models import Ending
from dauchan.people.phones.queries import knows
from dauchan.tracing.notices.feed import public_keys
from dauchan.web.layout.once_more import begun_again
from dauchan.web.middleware import PERSON_KEY, PHONE_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from dauchan.people.models import Person
    from dauchan.web.requests import PersonRequest

    More = ParamSpec("More")
    View = Callable[Concatenate[PersonRequest, More], HttpResponse]

SIGNED_IN_SECONDS = 180 * 86_400
#: Tells a browser in which somebody was signed in before from one that only has their number.
KNOWN_COOKIE = "dauchan_known"
KNOWN_SECONDS = 400 * 86_400
MARK_LENGTH = 12
SIGN_IN_KEY = "phone_sign_in"
#: From asking for a code to the last button: a code lives five minutes and may be asked for again.
SIGN_IN_SECONDS = 30 * 60


@dataclass(frozen=True)
class SignIn:
    """Where somebody stands who is signing in.

    Attributes:
        phone: E.164.
        next: where they wanted to go, an address of ours.
        began_at: epoch seconds.
        shown_code: the code itself where no message is sent (demonstrations).
        is_verified: whether the code has been accepted.
        is_named: whether it is known that they are whom the number stood for: a known browser, or the name they gave.
        tries: of that name.
    """

    phone: str
    next: str
    began_at: int
    shown_code: str | None = None
    is_verified: bool = False
    is_named: bool = False
    tries: int = 0


def keep_sign_in(request: PersonRequest, sign_in: SignIn) -> None:
    """Remember it, encrypted. The session of somebody who is nobody yet ends with the sign-in."""
    if not request.person and not request.user.is_authenticated:
        request.session.set_expiry(SIGN_IN_SECONDS)
    request.session[SIGN_IN_KEY] = base64.b64encode(encrypt(json.dumps(asdict(sign_in)))).decode()


def kept_sign_in(request: PersonRequest) -> SignIn | None:
    """The sign-in under way, or None when there is none or it began too long ago."""
    sealed = request.session.get(SIGN_IN_KEY)
    if sealed is None:
        return None
    sign_in = SignIn(**json.loads(decrypt(base64.b64decode(sealed))))
    return sign_in if timezone.now().timestamp() < sign_in.began_at + SIGN_IN_SECONDS else None


def sign_in_person(request: PersonRequest, person: Person) -> None:
    """From now on this browser is *person*'s. The session gets a new key, so that one planted before is worth nothing.

    A browser in which an officer is signed in keeps the officer's short session.
    """
    request.session.pop(SIGN_IN_KEY, None)
    request.session.cycle_key()
    request.session[PERSON_KEY] = person.pk
    request.session[PHONE_KEY] = note_phone(person, request.headers.get("User-Agent", "")).pk
    if not request.user.is_authenticated:
        request.session.set_expiry(SIGNED_IN_SECONDS)


def remember_browser(request: PersonRequest, answer: HttpResponse) -> None:
    """So that the same person is not asked for their name again here, also after signing out."""
    answer.set_signed_cookie(
        KNOWN_COOKIE,
        str(request.session[PHONE_KEY]),
        salt=KNOWN_COOKIE,
        max_age=KNOWN_SECONDS,
        path="/visitor/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known_browser(request: PersonRequest, person: Person) -> bool:
    said = request.get_signed_cookie(KNOWN_COOKIE, "", salt=KNOWN_COOKIE, max_age=KNOWN_SECONDS) or ""
    return said.isdigit() and knows(person, int(said))


def sign_out_person(request: PersonRequest, ending: Ending = Ending.SIGNED_OUT) -> None:
    """This browser is nobody's; *ending* says why in the list of phones."""
    if request.person:
        sign_out_phones(request.person, ending, only=request.session[PHONE_KEY])
    if not request.user.is_authenticated:
        request.session.flush()
        return
    request.session.pop(PERSON_KEY, None)
    request.session.pop(PHONE_KEY, None)
    request.session.cycle_key()


def is_signed_in(request: PersonRequest) -> bool:
    """Whether a person is signed in who agreed to the privacy notice in force."""
    return bool(request.person) and has_consented(request.person)


def person_required(view: View[More]) -> View[More]:
    """For views of a signed-in person; others are led through the sign-in and come back.

    What somebody sent with a form would be lost on the way, so they come back to the form's page.
    """

    @wraps(view)
    def guarded(request: PersonRequest, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        if is_signed_in(request):
            return begun_again(request, lambda: view(request, *args, **kwargs))
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else _own_page_before(request)
        return redirect(sign_in_address(back))

    return cast("View[More]", guarded)


def render_with_mark(
    request: PersonRequest, template: str, context: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """A page whose phone may hold scans that wait for a network; the mark tells whose they are and says nothing else."""
    mark = mark_of(request.person) if request.person else ""
    return render(request, template, {**context, "mark": mark, "notice_keys": public_keys()}, status=status)


def mark_of(person: Person) -> str:
    """Tells one person's scans on a phone from another's."""
    return keyed_hash(str(person.pk), "device-mark").hex()[:MARK_LENGTH]


def sign_in_address(back: str) -> str:
    return f"{reverse('visitor:sign_in')}?{urlencode({'next': back})}"


def _own_page_before(request: PersonRequest) -> str:
    return own_address(request, request.headers.get("Referer", ""))


def own_address(request: PersonRequest, address: str) -> str:
    """*address* if it is one of ours, else the diary: nobody is sent to another site after signing in."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    # Without a slash Django would take it for the name of a view.
    return address if is_ours and "/" in address else reverse("visitor:diary")
