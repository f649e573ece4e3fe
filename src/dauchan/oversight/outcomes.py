"""What can come of a report: a closed list, so that it can be counted and published without anybody's words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    MENDED = "mended", _("Đúng như phản ánh, đã khắc phục")
    WARNED = "warned", _("Đúng như phản ánh, đã nhắc nhở, hẹn thời hạn khắc phục")
    INSPECTED = "inspected", _("Đúng như phản ánh, đã kiểm tra, lập biên bản")
    REGISTERED = "registered", _("Địa điểm chưa đăng ký, đã hướng dẫn đăng ký")
    UNFOUNDED = "unfounded", _("Đã kiểm tra, không như phản ánh")
    GONE = "gone", _("Địa điểm không còn hoạt động")
    NOT_OURS = "not_ours", _("Không thuộc thẩm quyền, đã chỉ dẫn nơi giải quyết")
    UNCLEAR = "unclear", _("Không đủ thông tin để kiểm tra")
    IDLE = "idle", _("Không phải phản ánh về việc quét mã")


#: The unit found what the citizen saw.
CONFIRMED = (Outcome.MENDED, Outcome.WARNED, Outcome.INSPECTED, Outcome.REGISTERED)
