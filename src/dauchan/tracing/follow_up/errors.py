"""Why follow-up or an order was refused; `message` is for whoever asked.

FollowUpRefused (a TracingRefused)
├── FollowUpOver          nobody is watched any more, so nothing is reported or entered
├── LinkNotGood           a link that was never sent, or ended
├── TooManyReports        more reports in a day than a person has to tell
├── NotSampled            a result without a sample
├── ResultKnown           the test has its result already
├── ContactNotConfirmed   an order about somebody whose contact nobody confirmed
├── NoExposure            an order that states no exposure
├── NoLegalBasis          an order that rests on nothing
├── BasisNotInForce       a legal basis or way to appeal that is not in force on that day
├── OwnDraft              who drafted an order cannot sign it
├── NotWaiting            the order is not a draft any more
├── NotInForce            the order is not signed, or was revoked or ended
├── OrderExists           the contact has an order that waits or is in force
├── NothingToIsolate      a schedule without quarantine
├── AppealAnswered        the appeal has its answer
└── PersonForgotten       the contact's personal details were erased
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dauchan.tracing.errors import TracingRefused


class FollowUpRefused(TracingRefused):
    message = _("Không thực hiện được.")


class FollowUpOver(FollowUpRefused):
    message = _("Việc theo dõi người này đã kết thúc.")


class LinkNotGood(FollowUpRefused):
    message = _("Liên kết này không đúng hoặc đã hết hạn. Hãy gọi đường dây nóng nếu bạn cần khai báo sức khỏe.")


class TooManyReports(FollowUpRefused):
    message = _("Hôm nay đã nhận nhiều lần khai báo từ liên kết này. Nếu cần giúp, hãy gọi đường dây nóng.")


class NotSampled(FollowUpRefused):
    message = _("Chưa ghi lấy mẫu nên chưa nhập được kết quả.")


class ResultKnown(FollowUpRefused):
    message = _("Xét nghiệm này đã có kết quả.")


class ContactNotConfirmed(FollowUpRefused):
    message = _("Chỉ soạn quyết định cho người đã xác minh tiếp xúc.")


class NoExposure(FollowUpRefused):
    message = _("Không soạn được quyết định: không có lần tiếp xúc nào với nơi, ngày và thời lượng để nêu.")


class NoLegalBasis(FollowUpRefused):
    message = _("Hãy chọn ít nhất một căn cứ pháp lý.")


class BasisNotInForce(FollowUpRefused):
    message = _("Căn cứ pháp lý hoặc quy định khiếu nại đã chọn không có hiệu lực vào hôm nay.")


class OwnDraft(FollowUpRefused):
    message = _("Người soạn không được tự ký. Cần một người phê duyệt khác.")


class NotWaiting(FollowUpRefused):
    message = _("Quyết định này không còn chờ ký.")


class NotInForce(FollowUpRefused):
    message = _("Quyết định này không còn hiệu lực.")


class OrderExists(FollowUpRefused):
    message = _("Người này đã có một quyết định đang chờ ký hoặc đang có hiệu lực.")


class NothingToIsolate(FollowUpRefused):
    message = _("Quy định áp dụng cho người này không có cách ly, nên không soạn quyết định.")


class AppealAnswered(FollowUpRefused):
    message = _("Khiếu nại này đã được trả lời.")


class PersonForgotten(FollowUpRefused):
    message = _("Thông tin cá nhân của người này đã được xóa nên không ký được quyết định.")
