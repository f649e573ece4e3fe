"""Why a ticket was not taken or not answered.

HelpdeskRefused
├── TooManyTickets    one address has sent more than a person would
└── AlreadyAnswered   a colleague was faster
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class HelpdeskRefused(Exception):
    message = _("Không thực hiện được.")


class TooManyTickets(HelpdeskRefused):
    message = _("Bạn đã gửi nhiều yêu cầu trong một giờ. Vui lòng gọi đường dây nóng 19001075.")


class AlreadyAnswered(HelpdeskRefused):
    message = _("Yêu cầu này đã được trả lời.")
