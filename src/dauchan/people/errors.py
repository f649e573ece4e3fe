"""Why signing in by phone did not work, or an act on a card. `message` is for the person who tried, in their language.

PhoneSignInRefused
├── CodeNotAccepted   wrong, expired, used, guessed too often or never sent: always the same answer
└── TooManyCodes      a limit of messages is reached; `retry_after` says in how many seconds to come back

CardRefused
├── AlreadyRevoked    the card was revoked before
├── AlreadyReplaced   another card took its place
├── HolderForgotten   nobody knows any more whose card it was
├── HolderRestricted  the holder asked that their data be kept and not used
└── TooLateToUndo     the revocation stands
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class PhoneSignInRefused(Exception):
    message = _("Không đăng nhập được.")


class CodeNotAccepted(PhoneSignInRefused):
    message = _("Mã không đúng hoặc đã hết hiệu lực. Kiểm tra lại tin nhắn, hoặc yêu cầu gửi mã mới.")


class TooManyCodes(PhoneSignInRefused):
    message = _("Đã gửi quá nhiều mã. Hãy thử lại sau khoảng 15 phút, hoặc gọi đường dây nóng để được giúp.")

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class CardRefused(Exception):
    message = _("Không thực hiện được.")


class AlreadyRevoked(CardRefused):
    message = _("Thẻ này đã bị thu hồi từ trước.")


class AlreadyReplaced(CardRefused):
    message = _("Thẻ này đã được cấp lại. Hãy mở thẻ mới.")


class HolderForgotten(CardRefused):
    message = _("Thông tin của người giữ thẻ này đã được xóa. Hãy cấp thẻ mới.")


class HolderRestricted(CardRefused):
    message = _("Người giữ thẻ đã yêu cầu hạn chế xử lý dữ liệu; chỉ cán bộ truy vết mở được, khi có ca bệnh.")


class TooLateToUndo(CardRefused):
    message = _("Không hoàn tác được nữa. Nếu thu hồi nhầm, hãy cấp lại thẻ.")
