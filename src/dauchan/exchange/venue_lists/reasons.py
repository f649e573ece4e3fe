"""What is wrong with a row, or remarkable about it: a closed list, each with its sentence in the reader's language."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Fault(StrEnum):
    """Why a row cannot be kept."""

    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_WITHOUT_LETTERS = "name_without_letters"
    ADDRESS_MISSING = "address_missing"
    ADDRESS_TOO_LONG = "address_too_long"
    COMMUNE_MISSING = "commune_missing"
    COMMUNE_UNKNOWN = "commune_unknown"
    COMMUNE_UNCLEAR = "commune_unclear"
    COMMUNE_OUTSIDE = "commune_outside"
    KIND_MISSING = "kind_missing"
    KIND_UNKNOWN = "kind_unknown"


class Remark(StrEnum):
    """What was understood otherwise than it is written, or left out; the row is kept."""

    COMMUNE_OF_EARLIER_MAP = "commune_of_earlier_map"
    COMMUNE_FROM_GROUP = "commune_from_group"
    KIND_BY_NAME = "kind_by_name"
    KIND_AS_CHOSEN = "kind_as_chosen"
    PHONE_LEFT_OUT = "phone_left_out"
    OWNER_PHONE_LEFT_OUT = "owner_phone_left_out"
    HOURS_LEFT_OUT = "hours_left_out"
    CAPACITY_LEFT_OUT = "capacity_left_out"
    POINT_LEFT_OUT = "point_left_out"
    DESCRIPTION_CUT = "description_cut"


SENTENCES: dict[str, StrOrPromise] = {
    Fault.NAME_MISSING: _("Thiếu tên địa điểm."),
    Fault.NAME_TOO_LONG: _("Tên dài quá 120 ký tự."),
    Fault.NAME_WITHOUT_LETTERS: _("Tên «%(text)s» không có chữ nào."),
    Fault.ADDRESS_MISSING: _("Thiếu địa chỉ: số nhà, đường, thôn hoặc tổ dân phố."),
    Fault.ADDRESS_TOO_LONG: _("Địa chỉ dài quá 200 ký tự."),
    Fault.COMMUNE_MISSING: _("Không biết thuộc phường, xã nào."),
    Fault.COMMUNE_UNKNOWN: _("Không có phường, xã nào tên «%(text)s»."),
    Fault.COMMUNE_UNCLEAR: _(
        "«%(text)s» có thể là %(units)s. Hãy ghi rõ loại đơn vị, dấu hoặc huyện, hay chọn bản đồ của danh sách."
    ),
    Fault.COMMUNE_OUTSIDE: _("%(units)s không thuộc địa bàn của bạn."),
    Fault.KIND_MISSING: _("Thiếu loại hình."),
    Fault.KIND_UNKNOWN: _("Không hiểu loại hình «%(text)s»."),
    Remark.COMMUNE_OF_EARLIER_MAP: _("%(text)s nay thuộc %(units)s."),
    Remark.COMMUNE_FROM_GROUP: _("Phường, xã lấy từ dòng tiêu đề «%(text)s»: %(units)s."),
    Remark.KIND_BY_NAME: _("Loại hình đoán theo tên: %(text)s."),
    Remark.KIND_AS_CHOSEN: _("Không hiểu loại hình «%(text)s», dùng loại hình đã chọn cho cả danh sách."),
    Remark.PHONE_LEFT_OUT: _("Không lấy điện thoại «%(text)s»: không phải số dùng được."),
    Remark.OWNER_PHONE_LEFT_OUT: _("Không lấy điện thoại chủ «%(text)s»: phải là số di động dùng được."),
    Remark.HOURS_LEFT_OUT: _("Không lấy giờ mở cửa «%(text)s»; viết như 7:00-21:00."),
    Remark.CAPACITY_LEFT_OUT: _("Không lấy sức chứa «%(text)s»: phải là số từ 1 đến 100.000."),
    Remark.POINT_LEFT_OUT: _("Không lấy tọa độ «%(text)s»: ngoài lãnh thổ hoặc quá xa phường, xã này."),
    Remark.DESCRIPTION_CUT: _("Phần giới thiệu dài quá 2.000 ký tự nên không lấy."),
}

#: A reason as it is kept: its code and what its sentence names.
Reason = tuple[str, dict[str, str]]


def reason(code: Fault | Remark, text: str = "", units: str = "") -> Reason:
    return str(code), {name: value[:200] for name, value in (("text", text), ("units", units)) if value}


def sentence_of(kept: Reason) -> str:
    """The sentence in the reader's language."""
    code, named = kept
    return str(SENTENCES[code]) % {"text": "", "units": "", **named}
