"""Why something was refused about a notice; `message` is for the officer who asked.

NoticeRefused
├── NotThisVersion       nothing of this notice is in the state that the act needs
├── ChangedMeanwhile     somebody else changed the draft since it was read
├── SecondPersonNeeded   who wrote or submitted it cannot approve it
├── OutsidePeriod        the hours are not within the infectious period of the case, nor on a day that the trace proposed
├── HoursInverted        the end is not after the beginning
├── TooLong              one notice covers at most a day
├── StillToCome          the hours lie in the future
├── WatchIsOver          the days of watching one's health after it are over
├── CaseNotConfirmed     the case was withdrawn
├── ReasonNeeded         fewer than ten people: an approver must say why it is made public all the same
├── TooFewPeople         even the whole commune's day has too few people: they are called instead
└── TooManyPublished     the feed is full
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class NoticeRefused(Exception):
    message = _("Không thực hiện được.")


class NotThisVersion(NoticeRefused):
    message = _("Thông báo đã sang trạng thái khác. Hãy tải lại trang.")


class ChangedMeanwhile(NoticeRefused):
    message = _("Bản nháp này vừa được người khác sửa. Chưa lưu gì: hãy xem bản mới nhất rồi ghi lại nếu vẫn đúng.")


class SecondPersonNeeded(NoticeRefused):
    message = _("Người soạn hoặc gửi thông báo không được tự phê duyệt. Cần một người phê duyệt khác.")


class OutsidePeriod(NoticeRefused):
    message = _(
        "Khung giờ nằm ngoài giai đoạn lây nhiễm của ca bệnh và không thuộc nơi đông người mà lần truy vết đã nêu."
    )


class HoursInverted(NoticeRefused):
    message = _("Giờ kết thúc phải sau giờ bắt đầu.")


class TooLong(NoticeRefused):
    message = _("Một thông báo dài nhất 24 giờ. Hãy tách thành nhiều thông báo.")


class StillToCome(NoticeRefused):
    message = _("Khung giờ nằm ở tương lai.")


class WatchIsOver(NoticeRefused):
    message = _("Thời gian theo dõi sức khỏe sau khung giờ này đã qua, thông báo không còn tác dụng.")


class CaseNotConfirmed(NoticeRefused):
    message = _("Ca bệnh đã được rút lại, không ra thông báo được.")


class ReasonNeeded(NoticeRefused):
    message = _(
        "Có ít hơn 10 người ở nơi này trong khung giờ, hoặc trong phần chênh với một thông báo khác: hãy gọi điện cho từng "
        "người. Nếu vẫn cần công bố, hãy ghi lý do; khi đó chỉ nêu phường, xã và khung giờ cố định."
    )


class TooFewPeople(NoticeRefused):
    message = _("Cả phường, xã trong ngày cũng có ít hơn 10 người: không công bố được. Hãy gọi điện cho từng người.")


class TooManyPublished(NoticeRefused):
    message = _("Đang có quá nhiều thông báo. Hãy thu hồi những thông báo không còn cần trước khi công bố thêm.")
