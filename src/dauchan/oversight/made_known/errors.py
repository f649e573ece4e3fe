"""Why nothing was sent; `message` is for the officer who tried.

SendingRefused
├── NotCounted         a day of the week was not counted, so nobody knows which places were silent
├── NobodyToTell       no owner is left to whom a message may go
├── AlreadyDecided     the round was confirmed, called off or is over
└── OneAtATime         the unit has a round that is not over
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SendingRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class NotCounted(SendingRefused):
    message = _("Chưa đủ số liệu của bảy ngày qua, nên chưa biết địa điểm nào thật sự không có lượt quét.")


class NobodyToTell(SendingRefused):
    message = _("Không còn chủ địa điểm nào có thể nhắn tin.")


class AlreadyDecided(SendingRefused):
    message = _("Đợt gửi này đã được quyết định hoặc đã kết thúc.")


class OneAtATime(SendingRefused):
    message = _("Đơn vị đang có một đợt gửi chưa xong. Hãy hủy hoặc đợi đợt ấy kết thúc.")
