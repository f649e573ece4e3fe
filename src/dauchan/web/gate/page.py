"""What the gate's page needs to work by itself: every sentence and every limit it may have to use, and its shell.

Each of them exists once, on this side; TypeScript receives them as data with the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dauchan.qr import CodeRefusal
from dauchan.qr.tokens import CLOCK_SKEW_SECONDS, PERSONAL_CODE_SECONDS
from dauchan.units.languages import reads_english
from dauchan.vietnamese import PhoneRefusal
from dauchan.visits.registry import AttemptReason
from dauchan.visits.rules import TOLERATED_SKEW_SECONDS, UTC_OFFSET_MINUTES
from dauchan.web.gate import reading
from dauchan.web.gate.rules import NEARLY_FULL, RULES, SAME_ENTRY, UNDO_WITHIN

if TYPE_CHECKING:
    from django.http import HttpRequest

LANGUAGES = ("vi", "en")
#: Reasons of `reading` that a device can come to without a server, and one of the device itself.
_OWN_REASONS = (
    reading.UNKNOWN_PERSON,
    reading.CARD_UNKNOWN,
    reading.CARD_REVOKED,
    reading.CARD_EXPIRED,
    reading.NOT_INSIDE,
    reading.VENUE_CLOSED,
    reading.NOTHING_TO_UNDO,
)


def page_facts() -> dict[str, Any]:
    """Limits, words, the sentence of every refusal, and as which failed scan the ledger keeps it; in today's language."""
    limits = {
        "personal_code_seconds": PERSONAL_CODE_SECONDS,
        "clock_skew_seconds": CLOCK_SKEW_SECONDS,
        "utc_offset_minutes": UTC_OFFSET_MINUTES,
        "same_entry_seconds": int(SAME_ENTRY.total_seconds()),
        "undo_seconds": int(UNDO_WITHIN.total_seconds()),
        "nearly_full": NEARLY_FULL,
        "clock_shown_seconds": TOLERATED_SKEW_SECONDS,
        "patience_ms": RULES["online_patience_ms"],
    }
    return {"limits": limits, "words": _words(), "reasons": _reasons(), "attempts": _attempts()}


def _words() -> dict[str, str]:
    return {
        "in": _("Mời vào"),
        "out": _("Đã ra"),
        "refused": _("Không nhận"),
        "already_inside": _("Đã ở trong"),
        "already_inside_sentence": _("Khách này đã vào và chưa ra."),
        "undone": _("Đã lấy lại"),
        "undone_sentence": _("Lượt vừa rồi không còn tính."),
        "not_recorded": _("Chưa ghi được"),
        "storage_full": _("Máy hết chỗ nhớ"),
        "not_recorded_sentence": _("Lượt này CHƯA được ghi. Hãy quét lại khi có mạng, hoặc ghi ra giấy."),
        "taken_personal_code": _("Mã cá nhân đúng và còn hạn. Tên chỉ hiện khi có mạng."),
        "taken_control_card": _("Thẻ kiểm soát đúng. Tên chỉ hiện khi có mạng."),
        "nothing_waits": _("Không có lượt nào chờ gửi."),
        "waits": _("{count} lượt chờ gửi, từ {since}."),
        "synced": _("Đồng bộ lần cuối: {at}."),
        "never_synced": _("Máy này chưa đồng bộ lần nào."),
        "clock_slow": _("Đồng hồ máy này chậm {minutes} phút. Giờ được chỉnh khi gửi; hãy đặt lại đồng hồ."),
        "clock_fast": _("Đồng hồ máy này nhanh {minutes} phút. Giờ được chỉnh khi gửi; hãy đặt lại đồng hồ."),
        "shift_span": _("Từ {since} đến {now}"),
    }


def _reasons() -> dict[str, str]:
    is_english = reads_english()
    phones = {reason.value: reason.en if is_english else reason.vi for reason in PhoneRefusal}
    codes = {reason.value: reason.sentence_en if is_english else reason.sentence_vi for reason in CodeRefusal}
    own = {reason: str(sentence) for reason, sentence, *_rest in _OWN_REASONS}
    device = {
        "unknown_device": _("Thiết bị này đã bị thu hồi hoặc chưa ghi danh."),
        "no_key": _("Máy chưa đồng bộ lần nào nên chưa ghi được khi không có mạng."),
        "storage_full": _("Máy hết chỗ nhớ"),
        "not_kept": _("Không ghi được vào bộ nhớ của máy."),
    }
    return {**phones, **codes, **own, **device}


def _attempts() -> dict[str, str]:
    """Only what is kept: a mistyped number or an empty code is nothing to report."""
    codes = {reason.value: reading.attempt_of(reason) for reason in CodeRefusal}
    own = {
        reading.CARD_REVOKED[0]: AttemptReason.CARD_REVOKED,
        reading.CARD_EXPIRED[0]: AttemptReason.EXPIRED,
        reading.NOT_INSIDE[0]: AttemptReason.NOT_INSIDE,
    }
    return {reason: kept.name.lower() for reason, kept in {**codes, **own}.items() if kept is not None}


def shell_text(language: str) -> str:
    """The gate's page as the service worker shows it without a network; rendered without a request."""
    with translation.override(language):
        known = {"facts": page_facts(), "hotline": settings.HOTLINE, "is_demonstration": settings.DEMONSTRATION}
        return render_to_string("gate/shell.html", known)


@cache_control(no_cache=True, public=True)
@require_safe
def shell(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001 - a view
    if language not in LANGUAGES:
        raise Http404
    return HttpResponse(shell_text(language), headers={"X-Robots-Tag": "noindex"})
