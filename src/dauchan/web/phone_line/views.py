"""What the telephone company's gateway calls: signed, bounded, answered once."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

import msgspec
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dauchan.people.encryption import keyed_hash
from dauchan.vietnamese import read_phone
from dauchan.vietnamese.phones import PhoneRefused
from dauchan.visits.registry import Source
from dauchan.web.phone_line.answering import Incoming, judge
from dauchan.web.phone_line.asked import Asked, read_keys, read_text
from dauchan.web.phone_line.limits import Admission, admit, count_wrong_code
from dauchan.web.phone_line.openapi import document
from dauchan.web.phone_line.schemas import Answer, Call, Problem, TextMessage, Words
from dauchan.web.phone_line.signatures import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_signed
from dauchan.web.phone_line.words import Outcome, Told, words_for

if TYPE_CHECKING:
    from django.http import HttpRequest

Body = TypeVar("Body", TextMessage, Call)

BODY_LIMIT = 8192
#: How long a repetition gets the very same words; after that the ledger still takes it for what it is.
REPEATED_WITHIN = 2 * 86_400
#: After these a caller may press keys again.
LISTENS = frozenset({Outcome.GREETING, Outcome.HELP, Outcome.UNCLEAR, Outcome.MISTYPED, Outcome.VENUE_UNKNOWN})
WRONG = frozenset({Outcome.MISTYPED, Outcome.VENUE_UNKNOWN, Outcome.VENUE_NOT_OPEN})


class Refused(Exception):
    """The request is not taken; the gateway sends it again only for a status of 5xx."""

    def __init__(self, status: HTTPStatus, reason: str, title: str) -> None:
        super().__init__(reason)
        self.problem = Problem(f"urn:dauchan:{reason}", title, status.value, reason)


@csrf_exempt  # a program with a signature, no browser with a cookie
@never_cache
@require_POST
def messages(request: HttpRequest) -> HttpResponse:
    """A text message came in."""
    try:
        message = _read(request, TextMessage)
    except Refused as refused:
        return _said(refused.problem, refused.problem.status)
    return _said(_answered(message, Source.TEXT, read_text(message.text)))


@csrf_exempt
@never_cache
@require_POST
def calls(request: HttpRequest) -> HttpResponse:
    """Somebody called, or pressed keys."""
    try:
        call = _read(request, Call)
    except Refused as refused:
        return _said(refused.problem, refused.problem.status)
    return _said(_answered(call, Source.CALL, read_keys(call.keys)))


@csrf_exempt  # it only reads; a program that sends something is told the method
@require_safe
def description(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """This interface as OpenAPI 3.1."""
    return HttpResponse(document(), content_type="application/json")


def _read(request: HttpRequest, kind: type[Body]) -> Body:
    """The body, once it is proved to be the gateway's.

    Raises: Refused; Http404 where this installation has no line.
    """
    if not settings.PHONE_LINE:
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > BODY_LIMIT:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", f"A message has {BODY_LIMIT} bytes at most.")
    body, headers = request.body, request.headers
    timestamp, signature = headers.get(TIMESTAMP_HEADER, ""), headers.get(SIGNATURE_HEADER, "")
    now = int(timezone.now().timestamp())
    if not is_signed(body, timestamp, signature, settings.PHONE_LINE_SECRETS.values(), now):
        raise Refused(HTTPStatus.UNAUTHORIZED, "bad_signature", "No valid signature of the last five minutes.")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:  # says where and what was expected, not what was sent
        raise Refused(HTTPStatus.BAD_REQUEST, "bad_request", str(error)) from None


def _answered(message: TextMessage | Call, source: Source, asked: Asked) -> Answer:
    key = f"phone-line-answer:{keyed_hash(message.message_id, 'phone-line-answer').hex()}"
    kept = cache.get(key)
    if kept is not None:
        return msgspec.convert(kept, Answer)
    answer = _answer(message, source, asked)
    cache.set(key, msgspec.to_builtins(answer), REPEATED_WITHIN)
    return answer


def _answer(message: TextMessage | Call, source: Source, asked: Asked) -> Answer:
    told = Told(by_call=source is Source.CALL, language=asked.language)
    try:
        phone = read_phone(message.sender, landline=source is Source.CALL)
    except PhoneRefused:  # hidden, foreign or a machine's: nobody is answered who cannot be told apart
        reply = words_for(Outcome.NO_NUMBER, told) if source is Source.CALL else None
        return _made(message, Outcome.NO_NUMBER, reply)
    now = timezone.now()
    admission = admit(phone, now.timestamp())
    if admission is not Admission.ADMITTED:
        is_first = admission is Admission.FIRST_TOO_MANY
        return _made(message, Outcome.TOO_MANY, words_for(Outcome.TOO_MANY, told) if is_first else None)
    outcome, told = judge(Incoming(message.message_id, phone, source, asked, message.received_at, now))
    if outcome in WRONG:
        count_wrong_code(phone, now.timestamp())
    return _made(message, outcome, words_for(outcome, told))


def _made(message: TextMessage | Call, outcome: Outcome, reply: Words | None) -> Answer:
    listens = isinstance(message, Call) and reply is not None and outcome in LISTENS
    return Answer(message.message_id, outcome.value, reply, "listen" if listens else "hang_up")


def _said(said: Answer | Problem, status: int = HTTPStatus.OK) -> HttpResponse:
    kind = "application/problem+json" if isinstance(said, Problem) else "application/json"
    return HttpResponse(msgspec.json.encode(said), content_type=kind, status=status)
