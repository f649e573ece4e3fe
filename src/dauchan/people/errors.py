"""Why signing in by phone did not work. `message` is for the person who tried, in the language of the interface.

PhoneSignInRefused
├── CodeNotAccepted   wrong, expired, used, guessed too often or never sent: always the same answer
└── TooManyCodes      a limit of messages is reached; `retry_after` says in how many seconds to come back
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
