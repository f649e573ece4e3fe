"""What columns and outcomes are called on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.exchange.venue_lists.models import Outcome, RowState, State

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: In the order in which they are offered.
FACTS: dict[str, StrOrPromise] = {
    "name": _("Tên địa điểm"),
    "category": _("Loại hình"),
    "address": _("Địa chỉ"),
    "house": _("Số nhà"),
    "street": _("Đường"),
    "hamlet": _("Thôn, tổ dân phố"),
    "commune": _("Phường, xã"),
    "district": _("Huyện (bản đồ cũ)"),
    "phone": _("Điện thoại của địa điểm (công khai)"),
    "owner_name": _("Họ tên chủ (không công khai)"),
    "owner_phone": _("Điện thoại của chủ (không công khai)"),
    "hours": _("Giờ mở cửa"),
    "capacity": _("Sức chứa"),
    "point": _("Tọa độ"),
    "lat": _("Vĩ độ"),
    "lon": _("Kinh độ"),
    "description": _("Giới thiệu"),
}

#: Why an import could not be undone there.
REASONS: dict[str, StrOrPromise] = {
    "scanned": _("đã có lượt quét"),
    "used": _("đã có hồ sơ khác gắn với địa điểm"),
    "changed": _("đã được duyệt hoặc sửa sau khi nhập"),
    "sent": _("đã gửi về trung tâm quốc gia nên được đóng thay vì xóa"),
    "gone": _("nơi được chọn để bổ sung không còn"),
}

TONES = {
    State.READ: "neutral",
    State.CHECKING: "info",
    State.CHECKED: "caution",
    State.KEEPING: "info",
    State.KEPT: "good",
    State.UNDONE: "neutral",
    State.FAILED: "critical",
}
ROW_TONES = {
    RowState.GOOD: "good",
    RowState.ASKS: "caution",
    RowState.FAULTY: "critical",
    Outcome.REGISTERED: "good",
    Outcome.MERGED: "good",
    Outcome.SKIPPED: "neutral",
    Outcome.LEFT_OUT: "caution",
    Outcome.REMOVED: "neutral",
    Outcome.CLOSED: "neutral",
    Outcome.STAYS: "caution",
}
STEPS = (_("Tệp"), _("Cột"), _("Xem trước"), _("Ghi vào hệ thống"))
