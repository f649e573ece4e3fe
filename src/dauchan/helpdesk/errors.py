"""Why a ticket was not taken or a step on it refused; `message` is for whoever tried.

HelpdeskRefused
├── TooManyTickets     one address or person has sent more than a person would
├── AlreadyAnswered    the step does not follow: it was answered meanwhile, or is not answered yet
├── ChangedMeanwhile   somebody else took a step after the page was opened
├── NotAnAgent         it can only be handed to an agent of the hotline
└── ReopenedOften      asked again so often that a call is the better way
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.units.hotline import with_hotline

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class HelpdeskRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class TooManyTickets(HelpdeskRefused):
    message = with_hotline(
        _("Bạn đã gửi nhiều yêu cầu trong một giờ. Vui lòng gọi đường dây nóng %(hotline)s."),
        _("Bạn đã gửi nhiều yêu cầu trong một giờ. Vui lòng thử lại sau."),
    )


class AlreadyAnswered(HelpdeskRefused):
    message = _("Yêu cầu này không còn ở bước đó: đã được trả lời, hoặc chưa có trả lời.")


class ChangedMeanwhile(HelpdeskRefused):
    message = _(
        "Yêu cầu vừa được người khác cập nhật. Nội dung bạn nhập còn ở dưới; hãy xem diễn biến mới rồi gửi lại."
    )


class NotAnAgent(HelpdeskRefused):
    message = _("Chỉ giao được cho điện thoại viên đang làm việc.")


class ReopenedOften(HelpdeskRefused):
    message = _("Bạn đã hỏi lại nhiều lần. Vui lòng gọi đường dây nóng để được giúp trực tiếp.")
