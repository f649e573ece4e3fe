"""Why the tracing team was refused something; `message` is for the officer who asked.

TracingRefused
├── NobodyWithThisPhone   no one who checks in has verified this number
├── NoRuleInForce         no dated rule covers this disease on this day
├── PeriodEmpty           the dates given leave no infectious period
├── CaseWithdrawn         the case is no longer confirmed, so nothing may be traced from it
├── SecondPersonNeeded    who asks for personal details cannot approve them
├── AlreadyAsked          the officer has a request for this run that waits for its decision
├── AlreadyDecided        the request was approved or declined before
└── NothingToUndo         the verdicts are no longer those that were to be taken back
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class TracingRefused(Exception):
    message = _("Không thực hiện được.")


class NobodyWithThisPhone(TracingRefused):
    message = _(
        "Không có người nào đã xác thực số điện thoại này trong hệ thống. Hãy kiểm tra lại số, hoặc hỏi ca bệnh về số khác."
    )


class NoRuleInForce(TracingRefused):
    message = _("Chưa có quy định truy vết nào áp dụng cho bệnh này vào ngày lấy mẫu.")


class PeriodEmpty(TracingRefused):
    message = _(
        "Các mốc thời gian không tạo thành giai đoạn lây nhiễm: thời điểm cách ly đứng trước ngày bắt đầu có khả năng lây."
    )


class CaseWithdrawn(TracingRefused):
    message = _("Ca bệnh đã được rút lại.")


class SecondPersonNeeded(TracingRefused):
    message = _("Người đề nghị không được tự phê duyệt. Cần một người phê duyệt khác.")


class AlreadyAsked(TracingRefused):
    message = _("Bạn đã có một đề nghị cho danh sách này đang chờ phê duyệt.")


class AlreadyDecided(TracingRefused):
    message = _("Đề nghị này đã có quyết định trước đó.")


class NothingToUndo(TracingRefused):
    message = _("Không còn gì để hoàn tác: kết quả đã được ghi lại sau đó.")
