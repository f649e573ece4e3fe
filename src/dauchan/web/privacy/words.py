"""How clocks of requests and breaches are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.privacy.breaches.breach_models import BreachState
from dauchan.privacy.rights.request_models import Right, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from dauchan.privacy.breaches.breach_models import Breach
    from dauchan.privacy.rights.request_models import PersonRequest

HOUR, DAY = 3600, 86_400
SOON = 2 * DAY
STATE_TONES = {
    State.RECEIVED: "info",
    State.ACCEPTED: "accent",
    State.GRANTED: "good",
    State.HELD: "caution",
    State.REFUSED: "neutral",
    State.CALLED_OFF: "neutral",
}
BREACH_TONES = {
    BreachState.OPEN: "critical",
    BreachState.NOTIFIED: "info",
    BreachState.NOT_DUE: "neutral",
    BreachState.CLOSED: "good",
}
ICONS = {
    Right.VIEW: "eye",
    Right.CORRECT: "pencil",
    Right.PROVIDE: "download",
    Right.RESTRICT: "lock",
    Right.OBJECT: "ban",
    Right.DELETE: "trash-2",
    Right.WITHDRAW: "log-out",
}


@dataclass(frozen=True)
class RequestRow:
    """One request as a list or a page shows it: its clock in words and a tone."""

    request: PersonRequest
    clock: str
    tone: str

    @property
    def state_tone(self) -> str:
        return STATE_TONES[State(self.request.state)]

    @property
    def icon(self) -> str:
        return ICONS[Right(self.request.right)]


@dataclass(frozen=True)
class BreachRow:
    breach: Breach
    clock: str
    tone: str

    @property
    def state_tone(self) -> str:
        return BREACH_TONES[BreachState(self.breach.state)]


def request_rows(requests: Iterable[PersonRequest], now: dt.datetime | None = None) -> list[RequestRow]:
    now = now or timezone.now()
    return [_request_row(request, now) for request in requests]


def breach_rows(breaches: Iterable[Breach], now: dt.datetime | None = None) -> list[BreachRow]:
    now = now or timezone.now()
    return [_breach_row(breach, now) for breach in breaches]


def time_left(seconds: float) -> str:
    """'còn 3 ngày', 'còn 5 giờ', 'quá hạn 2 ngày', 'quá hạn 4 giờ'."""
    days, hours = int(abs(seconds) // DAY), int(abs(seconds) // HOUR)
    if seconds >= 0:
        if days:
            return ngettext("còn %(n)s ngày", "còn %(n)s ngày", days) % {"n": days}
        return ngettext("còn %(n)s giờ", "còn %(n)s giờ", hours) % {"n": hours}
    if days:
        return ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", days) % {"n": days}
    return ngettext("quá hạn %(n)s giờ", "quá hạn %(n)s giờ", hours) % {"n": hours}


def _request_row(request: PersonRequest, now: dt.datetime) -> RequestRow:
    if not request.is_running:
        ended = request.ended_at
        if ended is None:
            return RequestRow(request, _("chờ ca bệnh kết thúc"), "caution")
        in_time = ended <= request.act_by_at
        return RequestRow(
            request, _("xong đúng hạn") if in_time else _("xong trễ hạn"), "good" if in_time else "caution"
        )
    seconds = (request.due_at - now).total_seconds()
    return RequestRow(
        request, time_left(seconds), "critical" if seconds < 0 else "caution" if seconds < SOON else "neutral"
    )


def _breach_row(breach: Breach, now: dt.datetime) -> BreachRow:
    if not breach.is_running:
        told = breach.notified_at
        if told is None:
            return BreachRow(breach, _("không phải thông báo"), "neutral")
        in_time = told <= breach.due_at
        return BreachRow(
            breach,
            _("đã thông báo trong 72 giờ") if in_time else _("đã thông báo sau 72 giờ"),
            "good" if in_time else "caution",
        )
    seconds = (breach.due_at - now).total_seconds()
    hours = int(abs(seconds) // HOUR)
    if seconds < 0:
        return BreachRow(
            breach, ngettext("quá 72 giờ: %(n)s giờ", "quá 72 giờ: %(n)s giờ", hours) % {"n": hours}, "critical"
        )
    words = ngettext("còn %(n)s giờ để thông báo", "còn %(n)s giờ để thông báo", hours) % {"n": hours}
    return BreachRow(breach, words, "serious" if seconds < DAY else "caution")
