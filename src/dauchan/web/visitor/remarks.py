"""What is remarkable about a visit, said to the visitor: only labels that concern them, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.visits.registry import Label

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS = {
    Label.OFFLINE: _("Quét lúc không có mạng, máy gửi sau."),
    Label.LATE: _("Máy gửi lên sau hơn một ngày."),
    Label.CLOCK_SKEW: _("Đồng hồ trên máy sai nên giờ đã được chỉnh lại."),
    Label.CLAMPED: _("Giờ máy gửi ở tương lai nên được tính là lúc nhận."),
    Label.OUT_OF_HOURS: _("Lúc đó nơi này thường đóng cửa."),
    Label.REMOTE: _("Khi quét, máy ở xa nơi này."),
    Label.IMPOSSIBLE_TRAVEL: _(
        "Quá xa một lượt khác của bạn so với thời gian giữa hai lượt: có lượt nào không phải của bạn?"
    ),
    Label.VENUE_SUSPENDED: _("Lúc đó nơi này đang bị tạm đình chỉ."),
    Label.VENUE_CLOSED: _("Lúc đó nơi này đã ngừng hoạt động."),
    Label.LONG_STAY: _("Giờ ra sau giờ vào hơn một ngày."),
    Label.BESIDE_GATE: _("Bạn tự ghi nhận ở nơi người kiểm soát quét khách."),
    Label.REVOKED_CARD: _("Quét bằng thẻ đã bị thu hồi."),
    Label.SIGNED_OUT: _("Do điện thoại đã bị đăng xuất từ xa gửi lên: có lượt nào không phải của bạn?"),
}


def plain_remarks(labels: int) -> list[StrOrPromise]:
    """One sentence for each label that concerns the visitor; later than a day says more than later."""
    if labels & Label.LATE:
        labels &= ~Label.OFFLINE
    return [words for label, words in WORDS.items() if labels & label]
