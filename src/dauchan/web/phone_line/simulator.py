"""A telephone to try the line with, in demonstrations only: texts and keys go through the very interface of a gateway."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import uuid_utils
from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dauchan.venues.line_codes import line_code_of
from dauchan.venues.models import Poster, VenueStatus
from dauchan.vietnamese import show_phone
from dauchan.web.phone_line.gateway import PATHS, PATIENCE_SECONDS, post_signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

CONVERSATION = "phone_line_conversation"
LONGEST_CONVERSATION = 40
PLACES = 5
#: Numbers of one block, all invented; the first one belongs to the demonstration's visitor.
NUMBERS = ("+84900000002", "+84900009101", "+84900009102", "+84900009103")


class SimulatorForm(forms.Form):
    sender = forms.ChoiceField(label=gettext_lazy("Gọi và nhắn từ số"), choices=[(n, show_phone(n)) for n in NUMBERS])
    text = forms.CharField(
        label=gettext_lazy("Tin nhắn"), max_length=300, widget=forms.TextInput({"autocomplete": "off"})
    )
    keys = forms.RegexField(
        "^[0-9*#]*$",
        label=gettext_lazy("Phím đã bấm"),
        required=False,
        help_text=gettext_lazy("Để trống: cuộc gọi mới bắt đầu."),
        max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["text"].required = "call" not in self.data


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def simulator(request: HttpRequest) -> HttpResponse:
    if not settings.DEMONSTRATION or not settings.PHONE_LINE:
        raise Http404
    form = SimulatorForm(request.POST if request.method == "POST" else None, initial={"sender": _last_sender(request)})
    if form.is_valid():
        _talk(request, form.cleaned_data)
        return redirect("phone_line:simulator")
    context = {
        "form": form,
        "line": settings.PHONE_LINE,
        "places": _places(),
        "conversation": request.session.get(CONVERSATION, [])[::-1],
        "pad": "123456789*0#",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "phone_line/simulator.html", context, status=status)


def _last_sender(request: HttpRequest) -> str:
    said = request.session.get(CONVERSATION, [])
    return said[-1]["sender"] if said else NUMBERS[1]


def _talk(request: HttpRequest, asked: dict[str, Any]) -> None:
    """Post what was typed, and keep both sides of the conversation in this browser's session."""
    way = "call" if "call" in request.POST else "text"
    typed = asked["keys"] if way == "call" else asked["text"]
    said = {
        "message_id": str(uuid_utils.uuid7()),
        "from": asked["sender"],
        "received_at": timezone.now().isoformat(),
        **({"keys": typed} if way == "call" else {"text": typed}),
    }
    answer = _posted(way, said)
    line = {"way": way, "sender": asked["sender"], "number": show_phone(asked["sender"]), "said": typed, **answer}
    kept = [*request.session.get(CONVERSATION, []), line]
    request.session[CONVERSATION] = kept[-LONGEST_CONVERSATION:]


def _posted(way: str, said: dict[str, str]) -> dict[str, Any]:
    secrets = settings.PHONE_LINE_SECRETS
    try:
        with _console() as (client, address):
            answer = post_signed(client, address + PATHS[way], said, secrets[max(secrets)])
        answer.raise_for_status()
    except httpx.HTTPError as error:
        return {"outcome": type(error).__name__, "reply": {"text": _("Tổng đài không trả lời."), "plain": ""}}
    told: dict[str, Any] = answer.json()
    return {"outcome": told["outcome"], "reply": told["reply"], "status": answer.status_code}


@contextmanager
def _console() -> Iterator[tuple[httpx.Client, str]]:
    """By the console's own socket: the address that the world uses may not lead back to this machine."""
    socket = Path(settings.CONSOLE_SOCKET)
    if not socket.exists():
        with httpx.Client(timeout=PATIENCE_SECONDS) as client:
            yield client, settings.BASE_URL
        return
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(socket)), timeout=PATIENCE_SECONDS) as client:
        yield client, f"http://{urlsplit(settings.BASE_URL).netloc}"


def _places() -> list[dict[str, str]]:
    """Some places to try, with both their codes."""
    posters = Poster.objects.filter(withdrawn_at=None, venue__status=VenueStatus.APPROVED, venue__sensitive=False)
    found = posters.filter(venue__category__sensitive=False).select_related("venue").order_by("venue_id")[:PLACES]
    return [
        {"name": poster.venue.name, "short_code": poster.short_code, "line_code": line_code_of(poster.venue_id)}
        for poster in found
    ]
