"""Why a step on a request was refused; `message` is for whoever tried.

RightsRefused
├── AlreadyAsked      the same request is open already
├── ChangedMeanwhile  somebody else took a step after the page was opened
├── NotAtThisPoint    the step does not follow the state it is in
├── NothingToChange   a correction that changes nothing
├── ExtendedBefore    the one extension was given, or the law gives none
├── HeldByCase        data that a case needs is not erased before it ends
└── NobodyFound       what was shown leads to nobody
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class RightsRefused(Exception):
    message = _("Không thực hiện được.")


class AlreadyAsked(RightsRefused):
    message = _("Yêu cầu này đang được xử lý. Hãy theo dõi ở danh sách bên dưới.")


class ChangedMeanwhile(RightsRefused):
    message = _("Yêu cầu vừa được người khác cập nhật. Hãy xem diễn biến mới rồi làm lại.")


class NotAtThisPoint(RightsRefused):
    message = _("Yêu cầu không còn ở bước này.")


class NothingToChange(RightsRefused):
    message = _("Thông tin mới giống thông tin đang được giữ.")


class ExtendedBefore(RightsRefused):
    message = _("Luật chỉ cho gia hạn một lần.")


class HeldByCase(RightsRefused):
    message = _("Dữ liệu thuộc một ca bệnh đang được xử lý nên chưa xóa được.")


class NobodyFound(RightsRefused):
    message = _("Không tìm thấy ai với thông tin này. Hãy kiểm tra lại, hoặc dùng cách xác minh khác.")
