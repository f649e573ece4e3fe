"""What a reader of a file met, in the reader's language: the place of a record, and why something of it was not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dauchan.exchange.interop.records import Reason

if TYPE_CHECKING:
    from dauchan.exchange.interop.records import Fault

REASONS = {
    Reason.NOT_A_DAY: gettext_lazy("không phải là ngày"),
    Reason.NO_NAME: gettext_lazy("không có họ tên, cũng không có số điện thoại"),
    Reason.NO_SUCH_PERSON: gettext_lazy("nhắc đến một người không có trong tệp"),
    Reason.TOO_MANY_CELLS: gettext_lazy("nhiều ô hơn dòng tiêu đề"),
    Reason.ENDS_BEFORE_IT_BEGINS: gettext_lazy("ngày cuối trước ngày đầu"),
    Reason.TOO_LONG: gettext_lazy("dài quá 2.000 ký tự, phần sau không được lấy"),
}


def place_of(at: str) -> str:
    """`Dòng 6` for `row 6` or `6`; a place in JSON is said as programs say it."""
    number = at.removeprefix("row ")
    return _("Dòng %(number)s") % {"number": number} if number.isdecimal() else at


def said(fault: Fault) -> str:
    """In the reader's language: `birthDate «31/02/2020»: không phải là ngày`."""
    name = "" if fault.reason is Reason.NO_NAME else fault.name
    what = " ".join(filter(None, [name, f"«{fault.text}»" if fault.text else ""]))
    return f"{what}: {REASONS[fault.reason]}" if what else str(REASONS[fault.reason])
