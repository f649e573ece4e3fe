"""The state of an exchange in a word and a tone; reasons of records that were set aside, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dauchan.exchange.national import errors
from dauchan.exchange.national.queries import State

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrOrPromise

    from dauchan.exchange.national.queries import Situation

FAILURES: dict[str, StrOrPromise] = {
    kind.code: kind.message
    for kind in (
        errors.Unreachable,
        errors.CertificateBad,
        errors.ClientRefused,
        errors.Busy,
        errors.Nonsense,
        errors.StreamsApart,
        errors.NoCommonSchema,
        errors.LinkFailed,
    )
}
_REASONS: dict[str, StrOrPromise] = {
    "missing": gettext_lazy("thiếu dữ liệu"),
    "impossible_time": gettext_lazy("thời điểm không thể có"),
    "out_of_range": gettext_lazy("giá trị ngoài giới hạn"),
    "too_long": gettext_lazy("quá dài"),
    "control_character": gettext_lazy("có ký tự điều khiển"),
    "left_before_entered": gettext_lazy("giờ ra trước giờ vào"),
}


@dataclass(frozen=True)
class Face:
    """How it stands at a glance."""

    word: str
    tone: str
    detail: str = ""


def face_of(situation: Situation) -> Face:
    if situation.state is State.FAILING:
        why = FAILURES.get(situation.standing.failure, errors.LinkFailed.message)
        return Face(_("Chưa gửi được"), "critical", str(why))
    return _FACES[situation.state]()


_FACES = {
    State.PAUSED: lambda: Face(_("Đang tạm dừng"), "caution"),
    State.NOT_BEGUN: lambda: Face(_("Chưa bắt đầu"), "info"),
    State.LATE: lambda: Face(_("Gửi chậm"), "caution"),
    State.SENDING: lambda: Face(_("Đang gửi"), "info"),
    State.IN_ORDER: lambda: Face(_("Đã gửi hết"), "good"),
}


@dataclass(frozen=True)
class Wait:
    """How long something has waited, as a figure and its unit."""

    figure: int
    unit: str


def wait_of(lag: dt.timedelta | None) -> Wait:
    """In the largest unit of which there are at least two."""
    seconds = int(lag.total_seconds()) if lag else 0
    for length, unit in ((86_400, _("ngày")), (3_600, _("giờ")), (60, _("phút"))):
        if seconds >= 2 * length:
            return Wait(seconds // length, unit)
    return Wait(seconds, _("giây"))


def reason_in_words(reason: str) -> str:
    """Of our closed list in words, with the field; a receiver's own as it stands."""
    code, _colon, field = reason.partition(":")
    said = _REASONS.get(code)
    if said is None:
        return reason
    return f"{said} ({field})" if field else str(said)
