"""Why an invitation was refused; `message` is for whoever tried.

InvitationRefused
├── LinkNotGood        wrong, used, withdrawn or too old: always the same answer
├── PhoneHasAccount    the number is that of an account which is in use or invited
├── NotYoursToRenew    a new link opens an account with all its roles: only who could grant them all sends one
├── NeedsSecondPerson  what opens the account at another number, or takes its second factor away, one person cannot
├── NotYoursToConfirm  whoever asked, the account's owner, or somebody who could not grant all its roles
├── NothingWaits       withdrawn, answered or too old
├── TooManyLinks       a limit of messages is reached
├── NothingToSend      the account holds no role yet, or is closed
└── MessageNotTaken    the gateway did not take the message; the invitation waits to be sent again
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class InvitationRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class LinkNotGood(InvitationRefused):
    message = _("Liên kết này không đúng, đã dùng hoặc đã hết hạn. Hãy nhờ người đã mời bạn gửi lại.")


class PhoneHasAccount(InvitationRefused):
    message = _("Số điện thoại này đã thuộc một tài khoản khác. Hãy tìm tài khoản đó và giao thêm vai trò.")


class NotYoursToRenew(InvitationRefused):
    message = _("Tài khoản này có vai trò vượt quá quyền của bạn, nên bạn không gửi lại liên kết được.")


class NeedsSecondPerson(InvitationRefused):
    message = _("Gửi tới số khác hoặc gỡ lớp xác thực thứ hai cần người thứ hai đồng ý. Hãy chọn “Mất điện thoại”.")


class NotYoursToConfirm(InvitationRefused):
    message = _(
        "Cần một người khác đồng ý: không phải người đề nghị, không phải chủ tài khoản, và giao được mọi vai trò của tài khoản."
    )


class NothingWaits(InvitationRefused):
    message = _("Đề nghị này đã được giải quyết, đã dừng lại hoặc đã quá hạn. Hãy xem lại trang.")


class TooManyLinks(InvitationRefused):
    message = _("Đã gửi quá nhiều liên kết cho người này. Hãy thử lại ngày mai.")


class NothingToSend(InvitationRefused):
    message = _("Tài khoản chưa có vai trò nào được giao, hoặc đã khóa.")


class MessageNotTaken(InvitationRefused):
    message = _("Chưa gửi được tin nhắn. Mở trang của tài khoản và gửi lại sau ít phút.")
