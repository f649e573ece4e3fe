"""Why something about screening was refused; `message` is for the officer who asked.

SignsRefused
├── DayNotOver         only days that are over can be screened
├── DayTooOld          of that day nothing is kept any more
├── OneUnderWay        a screening waits or runs already
├── SignGone           the sign is not of the latest screening: a newer one has found it again, or not at all
├── SetAsideAlready    somebody has set the sign aside
├── TooLong            a sign is set aside for three months at most, and not into the past
└── NothingToWithdraw  what set the sign aside has ended
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class SignsRefused(Exception):
    message = _("Không thực hiện được.")


class DayNotOver(SignsRefused):
    message = _("Chỉ rà soát được những ngày đã kết thúc. Hãy chọn từ hôm qua trở về trước.")


class DayTooOld(SignsRefused):
    message = _("Ngày này đã quá thời hạn lưu giữ, không còn lượt quét nào để rà soát.")


class OneUnderWay(SignsRefused):
    message = _("Đang có một lần rà soát chạy hoặc chờ chạy. Hãy đợi lần đó xong.")


class SignGone(SignsRefused):
    message = _("Dấu hiệu này không thuộc lần rà soát mới nhất. Hãy xem lại trang của địa điểm.")


class SetAsideAlready(SignsRefused):
    message = _("Dấu hiệu này đã được bỏ qua trước đó.")


class TooLong(SignsRefused):
    message = _("Chỉ bỏ qua được từ hôm nay đến tối đa 90 ngày. Hãy chọn ngày khác.")


class NothingToWithdraw(SignsRefused):
    message = _("Việc bỏ qua này đã hết hiệu lực.")
