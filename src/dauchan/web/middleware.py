"""What happens to every request of the console, in the order of `settings.MIDDLEWARE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from dauchan.exchange.programs.problems import Code, Refused
from dauchan.people.models import Person
from dauchan.people.phones.actions import adopt_phone
from dauchan.people.phones.queries import signed_in_on
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.web.layout.errors import bad_request, forbidden, not_found
from dauchan.web.open_api.telling import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answer = Callable[[HttpRequest], HttpResponse]

PERSON_KEY = "person_id"
#: The row of `OwnPhone` that this session is; absent in sessions of older releases.
PHONE_KEY = "phone_id"
NUL = "\0"
METHODS = ("GET", "HEAD", "POST")
OF_PROGRAMS = "/api/"


class RealAddress:
    """Behind the door's Unix socket the client's address is the last one the door wrote; elsewhere it is the peer's.

    A header from a peer on a network address is never believed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.META.get("REMOTE_ADDR"):
            forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
            request.META["REMOTE_ADDR"] = forwarded.rpartition(",")[2].strip() or "127.0.0.1"
        return self.get_response(request)


class PlainRequests:
    """Turns away what no page of ours ever sends, before a view has to think of it.

    A NUL character, which no text of ours has and no database takes, is a bad request and not a broken page; in forms
    Django's fields refuse it with a sentence, this is for addresses and cookies. Pages are read and forms are sent: other
    methods are not allowed anywhere; to programs their own addresses say so in their own form.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS and not request.path_info.startswith(OF_PROGRAMS):
            return HttpResponseNotAllowed(METHODS)
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        if NUL in request.path_info or any(
            NUL in text for name, texts in request.GET.lists() for text in (name, *texts)
        ):
            is_program = request.path_info.startswith(OF_PROGRAMS)
            return problem(Refused(Code.BAD_PARAMETER)) if is_program else bad_request(request)
        return self.get_response(request)


class PrivatePages:
    """What is shown to a browser with a session stays in no cache: the next one at that machine would see it.

    A view that knows better says so itself.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class PersonSession:
    """`request.person`: the visitor or owner who signed in by phone, or None. Read only when asked for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _person_of(request: HttpRequest) -> Person | None:
    """Whose identity was erased, or whose phone was signed out from elsewhere, is nobody any more, whatever a browser holds."""
    person_id = request.session.get(PERSON_KEY)
    if not person_id:
        return None
    if phone_id := request.session.get(PHONE_KEY):
        return signed_in_on(person_id, phone_id)
    person = Person.objects.select_related("identity").filter(pk=person_id, identity__isnull=False).first()
    phone = adopt_phone(person, request.headers.get("User-Agent", "")) if person else None
    if phone is None:
        return None
    request.session[PHONE_KEY] = phone.pk
    return person


class SecondFactor:
    """Tracers, approvers and operators see nothing until they have set up a second factor."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            messages.info(
                request, _("Vai trò của bạn bắt buộc có lớp xác thực thứ hai. Hãy thiết lập trước khi tiếp tục.")
            )
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        officer = request.user
        if not request.path_info.startswith(("/officer/", "/tracer/")) or not officer.is_authenticated:
            return False
        return officer.needs_second_factor() and not is_mfa_enabled(officer)


class AccessRefusals:
    """Turns what an access function raised into a page: 404 outside one's area, 403 for a missing role."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NoSuchThing):
            return not_found(request, exception)
        if isinstance(exception, RoleMissing):
            return forbidden(request, exception)
        return None
