"""What the line sends back or speaks: a closed list of outcomes, each with its sentence. Nothing of the caller's text is in it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from dauchan.visits.retention import RETENTION_DAYS
from dauchan.web.phone_line.schemas import Words

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrOrPromise

#: One text message on any phone.
LONGEST = 160
_STROKES = str.maketrans({"đ": "d", "Đ": "D", "–": "-", "—": "-", "…": "..", "’": "'", "“": '"', "”": '"'})


class Outcome(StrEnum):
    RECORDED = "recorded"
    RECORDED_SUSPENDED = "recorded_suspended"
    RECORDED_CLOSED = "recorded_closed"
    LEFT = "left"
    NOT_INSIDE = "not_inside"
    MISTYPED = "mistyped"
    VENUE_UNKNOWN = "venue_unknown"
    VENUE_NOT_OPEN = "venue_not_open"
    TOO_OLD = "too_old"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    HELP = "help"
    GREETING = "greeting"
    UNCLEAR = "unclear"
    TOO_MANY = "too_many"
    NO_NUMBER = "no_number"


ENTERED = _("Đã ghi lượt vào%(place)s lúc %(time)s.")
ENTERED_TOGETHER = _("Đã ghi lượt vào%(place)s lúc %(time)s, %(party)d người.")
FIRST_USE = _("Lượt này giữ %(days)d ngày, xem %(address)s")
LEAVE_BY_CALL = _("Khi về, gọi lại và bấm 0 thăng.")
#: What follows where the entry was recorded.
RECORDED: dict[Outcome, StrOrPromise] = {
    Outcome.RECORDED: _("Khi về nhắn RA."),
    Outcome.RECORDED_SUSPENDED: _("Nơi này đang bị tạm đình chỉ."),
    Outcome.RECORDED_CLOSED: _("Nơi này đã đăng ký ngừng hoạt động."),
}
SENTENCES: dict[Outcome, StrOrPromise] = {
    Outcome.LEFT: _("Đã ghi giờ ra%(place)s lúc %(time)s."),
    Outcome.NOT_INSIDE: _(
        "Hôm nay và hôm qua số này chưa có lượt vào nào bằng tin nhắn hay cuộc gọi, nên chưa ghi giờ ra."
    ),
    Outcome.MISTYPED: _("Mã chưa đúng. Hãy xem lại mã trên bảng ở cửa. Hỗ trợ: %(hotline)s."),
    Outcome.VENUE_UNKNOWN: _("Không có địa điểm nào mang mã này. Hỗ trợ: %(hotline)s."),
    Outcome.VENUE_NOT_OPEN: _("Địa điểm này chưa được duyệt nên chưa ghi được lượt vào."),
    Outcome.TOO_OLD: _("Tin đến quá muộn nên không ghi được."),
    Outcome.CONSENT_WITHDRAWN: _(
        "Bạn đã rút lại đồng ý nên không ghi lượt nào. Muốn dùng lại, đăng nhập tại %(site)s."
    ),
    Outcome.HELP: _(
        "Nhắn VAO và mã ở cửa, thêm số người nếu đi cùng: VAO 12345678 3. Ra về nhắn RA. Hỗ trợ: %(hotline)s."
    ),
    Outcome.UNCLEAR: _("Chưa rõ ý bạn. Nhắn VAO và mã ở cửa để ghi lượt vào, RA khi ra về. Hỗ trợ: %(hotline)s."),
    Outcome.GREETING: _(
        "Dấu Chân. Bấm mã của địa điểm rồi bấm thăng. Ra về thì bấm 0 rồi thăng. Trợ giúp: bấm sao rồi thăng."
    ),
    Outcome.TOO_MANY: _("Số này gửi quá nhiều lần. Hãy thử lại sau một giờ."),
    Outcome.NO_NUMBER: _("Cuộc gọi không hiện số nên không ghi được. Hãy cho hiện số rồi gọi lại."),
}
#: Where a caller with keys is told something else than the writer of a message.
BY_CALL: dict[Outcome, StrOrPromise] = {
    Outcome.HELP: _(
        "Bấm tám số của mã rồi thăng; đi cùng thì thêm sao và số người. Ra về bấm 0 thăng. Hỗ trợ: %(hotline)s."
    ),
    Outcome.UNCLEAR: _("Chưa rõ. Bấm tám số của mã rồi thăng. Ra về thì bấm 0 rồi thăng."),
}


@dataclass(frozen=True)
class Told:
    """What an answer speaks of.

    Attributes:
        place: the venue's name; empty where it is not to be said.
        is_first: the caller uses the line for the first time and is told of the privacy notice.
        by_call: spoken, with keys to press; else written.
    """

    place: str = ""
    at: dt.datetime | None = None
    party: int = 1
    is_first: bool = False
    by_call: bool = False
    language: str = "vi"


def words_for(outcome: Outcome, told: Told) -> Words:
    """The sentences in both spellings; the name of the place is cut until they fit into one text message."""
    with translation.override(told.language):
        fixed = _sentences(outcome, told, "")
        place = _cut(told.place, LONGEST - len(fixed))
        text = _sentences(outcome, told, place) if place else fixed
    return Words(text=text, plain=plain(text))


def plain(text: str) -> str:
    """The text in ASCII, letter by letter, never longer."""
    bare = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(letter for letter in bare if " " <= letter <= "~")


def notice_address() -> str:
    """Where the privacy notice stands, short enough to be typed."""
    return urlsplit(settings.BASE_URL).netloc + reverse("visitor:notice")


def _sentences(outcome: Outcome, told: Told, place: str) -> str:
    facts = {
        "place": f" {place}" if place else "",
        "time": f"{timezone.localtime(told.at):%H:%M}" if told.at else "",
        "party": told.party,
        "hotline": settings.HOTLINE,
        "site": urlsplit(settings.BASE_URL).netloc,
        "days": RETENTION_DAYS,
        "address": notice_address(),
    }
    said = [str(sentence) % facts for sentence in _templates(outcome, told)]
    if (
        sum(map(len, said)) + len(said) - 1 > LONGEST
    ):  # at a very long address the privacy notice goes before the remark
        said = [said[0], *said[2:]]
    return " ".join(said)[:LONGEST]


def _templates(outcome: Outcome, told: Told) -> list[StrOrPromise]:
    """The sentences of an answer, one after the other."""
    if outcome not in RECORDED:
        spoken = BY_CALL.get(outcome) if told.by_call else None
        return [spoken or SENTENCES[outcome]]
    entered = ENTERED if told.party == 1 else ENTERED_TOGETHER
    remark = LEAVE_BY_CALL if outcome is Outcome.RECORDED and told.by_call else RECORDED[outcome]
    return [entered, remark, *([FIRST_USE] if told.is_first else [])]


def _cut(name: str, room: int) -> str:
    """The name, or as much of it as says something; nothing where there is no room for that."""
    if len(name) + 1 <= room:
        return name
    return f"{name[: room - 2].rstrip()}…" if room > len("Chợ Thử…") else ""
