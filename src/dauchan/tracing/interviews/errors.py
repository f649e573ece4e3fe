"""Why something a case or a contact told could not be kept; `message` is for the officer who wrote it down.

TracingRefused
├── OutsidePeriod     nothing of it lies in the infectious period, beyond which nothing is traced
├── NowhereSaid       neither a venue nor words say where
├── NobodySaid        neither name nor number say who
├── IsTheCase         the number is the case's own
└── NamedBefore       this case has named that person already
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dauchan.tracing.errors import TracingRefused


class OutsidePeriod(TracingRefused):
    message = _("Thời gian này nằm ngoài giai đoạn lây nhiễm của ca bệnh, nên không dùng để truy vết.")


class NowhereSaid(TracingRefused):
    message = _("Hãy chọn một địa điểm, hoặc ghi nơi đó bằng lời.")


class NobodySaid(TracingRefused):
    message = _("Hãy nhập họ tên hoặc số điện thoại.")


class IsTheCase(TracingRefused):
    message = _(
        "Số điện thoại này là của chính ca bệnh. Nếu là người nhà dùng chung số, hãy đánh dấu ô «Số của người khác»."
    )


class NamedBefore(TracingRefused):
    message = _("Người này đã có trong danh sách ca bệnh kể.")
