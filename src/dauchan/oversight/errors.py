"""Why a report was not taken or not answered.

OversightRefused
├── TooManyReports    one address has sent more than a person would
└── AlreadyAnswered   a colleague was faster
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class OversightRefused(Exception):
    message = _("Không thực hiện được.")


class TooManyReports(OversightRefused):
    message = _("Bạn đã gửi nhiều phản ánh trong một giờ. Vui lòng thử lại sau, hoặc gọi đường dây nóng 19001075.")


class AlreadyAnswered(OversightRefused):
    message = _("Phản ánh này đã được trả lời.")
