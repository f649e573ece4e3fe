"""Why a step on a referral was refused; `message` is for the officer who tried.

ReferralRefused
├── AlreadyReferred     the same suspicion about this venue is open already
├── NothingToRefer      the venue is not in use: nobody can scan there
├── ChangedMeanwhile    somebody else took a step after the page was opened
├── NotAtThisPoint      the step does not follow the state it is in
├── NotBelow            the unit to pass it to is none of the units below
└── SecondPersonNeeded  who answered cannot judge the answer
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ReferralRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class AlreadyReferred(ReferralRefused):
    message = _("Địa điểm này đang có một phiếu chuyển cùng nội dung chưa kết thúc.")


class NothingToRefer(ReferralRefused):
    message = _("Địa điểm chưa được duyệt hoặc đã đóng, nên chưa có gì để chuyển xử lý.")


class ChangedMeanwhile(ReferralRefused):
    message = _(
        "Phiếu vừa được người khác cập nhật. Nội dung bạn nhập chưa được ghi; hãy xem diễn biến mới rồi gửi lại."
    )


class NotAtThisPoint(ReferralRefused):
    message = _("Phiếu không còn ở bước này.")


class NotBelow(ReferralRefused):
    message = _("Chỉ giao được cho đơn vị trực thuộc còn hiệu lực.")


class SecondPersonNeeded(ReferralRefused):
    message = _("Người trả lời không tự kết luận được. Cần một cán bộ giám sát khác.")
