"""Why a count was not taken. `message` is for the inspector, in their language.

CountRefused
├── TooShort       less than a minute was counted
├── TooLong        more than half a day, or pauses longer than the count
├── NotOfThisTime  in the future, or too long ago
└── NotPlausible   more scanned than entered, or more entered than a door lets through
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class CountRefused(Exception):
    message = _("Không nhận được lượt đếm này.")


class TooShort(CountRefused):
    message = _("Lượt đếm chưa đủ một phút.")


class TooLong(CountRefused):
    message = _("Lượt đếm dài quá 12 giờ, hoặc thời gian đếm dài hơn thời gian đứng ở cửa.")


class NotOfThisTime(CountRefused):
    message = _("Giờ của lượt đếm ở tương lai hoặc đã quá 30 ngày. Hãy kiểm tra đồng hồ của máy.")


class NotPlausible(CountRefused):
    message = _("Số người không hợp lý.")
