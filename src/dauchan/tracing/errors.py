"""Why the tracing team was refused something; `message` is for the officer who asked.

TracingRefused
├── NobodyWithThisPhone   no one who checks in has verified this number
├── WhoIsIt               several people may be meant, and the officer has not said which
├── NotAmongThem          the officer chose somebody who is not among those that were shown
├── NoNameGiven           somebody new is to be kept, without a name
├── NotPositive           a laboratory result that confirms nothing
├── ContactForgotten      the contact's person was erased, so nobody is there to be a case
├── AlreadyACase          the contact has become a case before
├── NoRuleInForce         no dated rule covers this disease on this day
├── PeriodEmpty           the dates given leave no infectious period
├── CaseWithdrawn         the case is no longer confirmed, so nothing may be traced from it
├── SecondPersonNeeded    who asks for personal details cannot approve them
├── AlreadyAsked          the officer has a request for this run that waits for its decision
├── AlreadyDecided        the request was approved or declined before
├── NothingToUndo         the verdicts are no longer those that were to be taken back
├── WrittenMeanwhile      somebody else wrote about this contact since the officer read of them
├── CallStands            not the last call, not the officer's own, or too long ago to be taken back
└── ResultKnown           this laboratory result of the case was written down before
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class TracingRefused(Exception):
    message = _("Không thực hiện được.")


class NobodyWithThisPhone(TracingRefused):
    message = _(
        "Không có người nào đã xác thực số điện thoại này trong hệ thống. Hãy kiểm tra lại số, hoặc hỏi ca bệnh về số khác."
    )


class WhoIsIt(TracingRefused):
    message = _("Có người trong hệ thống giống người này. Hãy cho biết đó là cùng một người hay là người khác.")


class NotAmongThem(TracingRefused):
    message = _("Người đã chọn không còn trong số những người giống. Hãy xem trước lại.")


class NoNameGiven(TracingRefused):
    message = _("Hãy nhập họ và tên: một người mới sẽ được ghi.")


class NotPositive(TracingRefused):
    message = _("Chỉ ghi nhận ca bệnh khi kết quả là dương tính.")


class ContactForgotten(TracingRefused):
    message = _("Người này đã được xóa khỏi hệ thống theo yêu cầu, nên không ghi nhận thành ca bệnh được.")


class AlreadyACase(TracingRefused):
    message = _("Người tiếp xúc này đã được ghi nhận thành ca bệnh.")


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


class WrittenMeanwhile(TracingRefused):
    message = _(
        "Trong lúc đó có người khác đã ghi về người này. Chưa lưu gì: hãy xem bản mới nhất rồi ghi lại nếu vẫn đúng."
    )


class CallStands(TracingRefused):
    message = _("Chỉ rút lại được cuộc gọi gần nhất, do chính bạn ghi, trong vòng 24 giờ.")


class ResultKnown(TracingRefused):
    message = _("Kết quả xét nghiệm này đã được ghi trước đó.")
