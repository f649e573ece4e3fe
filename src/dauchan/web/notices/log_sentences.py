"""What the log of a case says of its notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

Detail = dict[str, Any]


def _approved(detail: Detail) -> str:
    if detail["is_small"]:
        return _("Phê duyệt và công bố một thông báo địa điểm dù có ít hơn 10 người, chỉ nêu phường, xã và khung giờ.")
    if detail["shape"] == "unnamed":
        return _("Phê duyệt và công bố một thông báo địa điểm, không nêu tên.")
    return _("Phê duyệt và công bố một thông báo địa điểm.")


NOTICE_SENTENCES: dict[str, Callable[[Detail], str]] = {
    "notice.drafted": lambda _detail: _("Soạn một thông báo địa điểm."),
    "notice.changed": lambda _detail: _("Sửa bản nháp của một thông báo địa điểm."),
    "notice.correction_drafted": lambda _detail: _("Soạn đính chính cho một thông báo địa điểm."),
    "notice.submitted": lambda _detail: _("Gửi phê duyệt một thông báo địa điểm."),
    "notice.approved": _approved,
    "notice.returned": lambda detail: _("Trả lại một thông báo địa điểm để sửa: %(note)s") % detail,
    "notice.discarded": lambda _detail: _("Hủy bản nháp của một thông báo địa điểm."),
    "notice.withdrawn": lambda _detail: _("Thu hồi một thông báo địa điểm."),
}
