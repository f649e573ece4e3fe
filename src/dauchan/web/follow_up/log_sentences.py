"""What the log of a case says of follow-up and orders, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dauchan.tracing.follow_up.order_models import OrderKind
from dauchan.tracing.intake.models import LabOutcome

if TYPE_CHECKING:
    from collections.abc import Callable

Detail = dict[str, Any]


def _begun(detail: Detail) -> str:
    said = {"count": len(detail["numbers"]), "rule": detail["rule"]}
    return _("Bắt đầu theo dõi %(count)s người, theo %(rule)s.") % said


def _result(detail: Detail) -> str:
    said = {"number": detail["number"], "result": LabOutcome(detail["result"]).label}
    return _("Ghi kết quả xét nghiệm của người số %(number)s: %(result)s.") % said


def _order(sentence: str) -> Callable[[Detail], str]:
    """*sentence* is found again by its Vietnamese words when it is said."""

    def said(detail: Detail) -> str:
        kind = OrderKind(detail["kind"]).label
        return _(sentence) % {
            "kind": kind,
            "number": detail["contact"],
            "sign": detail.get("number") or detail["order"],
        }

    return said


FOLLOW_UP_SENTENCES: dict[str, Callable[[Detail], str]] = {
    "follow_up.begun": _begun,
    "follow_up.stopped": lambda detail: _("Dừng theo dõi %(stopped)s người.") % detail,
    "follow_up.ended": lambda detail: _("Kết thúc theo dõi người số %(number)s.") % detail,
    "follow_up.reported": lambda detail: _("Ghi khai báo qua điện thoại của người số %(number)s.") % detail,
    "follow_up.seen": lambda detail: _("Xem khai báo sức khỏe của người số %(number)s.") % detail,
    "follow_up.sampled": lambda detail: _("Ghi lấy mẫu của người số %(number)s.") % detail,
    "follow_up.test_added": lambda detail: _("Thêm ngày xét nghiệm của người số %(number)s.") % detail,
    "follow_up.result": _result,
    "follow_up.became_case": lambda detail: _("Theo dõi người số %(number)s chuyển thành ca bệnh %(code)s.") % detail,
    "follow_up.escalated": lambda _detail: _("Báo lên về người lỡ khai báo."),
    "follow_up.settled": lambda detail: _("Xử lý việc lỡ khai báo của người số %(number)s.") % detail,
    "order.drafted": _order(gettext_noop("Soạn %(kind)s cho người số %(number)s.")),
    "order.signed": _order(gettext_noop("Ký %(kind)s số %(sign)s cho người số %(number)s.")),
    "order.returned": _order(gettext_noop("Trả lại dự thảo %(kind)s của người số %(number)s.")),
    "order.delivered": _order(gettext_noop("Giao %(kind)s cho người số %(number)s.")),
    "order.revoked": _order(gettext_noop("Thu hồi %(kind)s của người số %(number)s.")),
    "order.holder_seen": _order(gettext_noop("Xem họ tên trong %(kind)s của người số %(number)s.")),
}
