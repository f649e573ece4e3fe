"""Why a step on a breach was refused; `message` is for the officer who tried.

BreachRefused
├── ChangedMeanwhile  somebody else changed it after the page was opened
├── NotAtThisPoint    the step does not follow the state it is in
└── Incomplete        the notification lacks something the law asks for
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class BreachRefused(Exception):
    message = _("Không thực hiện được.")


class ChangedMeanwhile(BreachRefused):
    message = _("Hồ sơ vừa được người khác cập nhật. Hãy xem lại rồi gửi lại.")


class NotAtThisPoint(BreachRefused):
    message = _("Hồ sơ không còn ở bước này.")


class Incomplete(BreachRefused):
    message = _("Thông báo phải nêu hậu quả có thể xảy ra và biện pháp. Hãy bổ sung hồ sơ trước.")
