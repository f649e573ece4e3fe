"""What has happened to a venue, from the audit log, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dauchan.units.models import AuditEntry

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrOrPromise

    from dauchan.venues.models import Venue

MOST_EVENTS = 30

SENTENCES: dict[str, tuple[StrOrPromise, str]] = {
    "venue.registered": (_("Chủ địa điểm đăng ký"), ""),
    "venue.changed": (_("Chủ địa điểm sửa"), ""),
    "venue.approved": (_("Đã duyệt"), "good"),
    "venue.sent_back": (_("Đã yêu cầu bổ sung"), "caution"),
    "venue.send_back_undone": (_("Đã rút lại yêu cầu bổ sung"), ""),
    "venue.imported": (_("Nhập từ danh sách"), ""),
    "venue.filled_from_list": (_("Bổ sung từ danh sách"), ""),
    "venue.import_undone": (_("Đóng khi hoàn tác lần nhập từ danh sách"), "caution"),
    "venue.closed": (_("Chủ địa điểm đóng"), "caution"),
    "venue.reopened": (_("Chủ địa điểm mở lại"), ""),
    "poster.reissued": (_("Cấp bảng mã mới"), ""),
    "venue.referral_handed": (_("Chuyển đơn vị phụ trách xử lý"), "caution"),
    "venue.referral_closed": (_("Kết thúc việc chuyển xử lý"), "good"),
    "venue.sanction_issued": (_("Xử lý vi phạm: ban hành"), "caution"),
    "venue.sanction_approved": (_("Xử lý vi phạm: phê duyệt, có hiệu lực"), "critical"),
    "venue.sanction_lifted": (_("Gỡ bỏ tạm đình chỉ"), "good"),
    "venue.sanction_expired": (_("Hết thời hạn tạm đình chỉ"), "good"),
    "venue.sanction_revoked": (_("Hủy bỏ quyết định xử lý"), "good"),
    "venue.sanction_replaced": (_("Thay quyết định xử lý"), ""),
    "poster.photo_read": (_("Đọc bảng mã từ ảnh"), ""),
    "poster.reading_kept": (_("Ghi kết quả xem bảng mã"), ""),
}

FIELD_NAMES: dict[str, StrOrPromise] = {
    "name": _("tên"),
    "address": _("địa chỉ"),
    "category_id": _("loại hình"),
    "unit_id": _("phường, xã"),
    "lat": _("vị trí"),
    "lon": _("vị trí"),
    "opening_hours": _("giờ mở cửa"),
    "phone": _("điện thoại"),
    "description": _("giới thiệu"),
    "sensitive": _("việc hiện công khai"),
    "capacity": _("sức chứa"),
    "owner_id": _("chủ"),
}


@dataclass(frozen=True)
class Event:
    """One line of a venue's history; `kind` is the tone of the timeline."""

    at: dt.datetime
    who: str
    what: StrOrPromise
    more: str
    kind: str


def events_of(venue: Venue) -> list[Event]:
    """The latest events, the newest first."""
    entries = (
        AuditEntry.objects.filter(subject=f"venue:{venue.pk}").select_related("actor", "in_place_of").order_by("-id")
    )
    return [event_of(entry) for entry in entries[:MOST_EVENTS]]


def event_of(entry: AuditEntry) -> Event:
    what, kind = SENTENCES.get(entry.action, (entry.action, ""))
    if entry.action in {"venue.changed", "venue.filled_from_list"}:
        names = dict.fromkeys(str(FIELD_NAMES.get(field, field)) for field in entry.detail.get("fields", []))
        what = format_lazy("{what}: {names}", what=what, names=", ".join(names)) if names else what
    return Event(entry.at, entry.done_by(), what, entry.detail.get("note", ""), kind)
