"""Why an officer's act on a program or a webhook was refused; `message` is for the officer.

ProgramRefused
├── ChangedMeanwhile     somebody else saved it since the page was opened
├── HasEnded             it was ended; nothing more happens to it
├── OwnProgram           whoever entered a program does not also consent to it
├── NothingToConsentTo   it asks for nothing sensitive, or has consent already
├── TooManyTokens        more than a program could need at once
└── AddressRefused       events may not be sent there
    ├── NotAnAddress     not an address of the web, or with a password in it
    ├── NotEncrypted     not https
    ├── NotFound         no machine has this name
    └── NotPublic        a machine of an inner network that is not on the operator's list
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ProgramRefused(Exception):
    code = "refused"
    message: StrOrPromise = _("Không thực hiện được.")


class ChangedMeanwhile(ProgramRefused):
    message = _("Có người khác vừa sửa hệ thống kết nối này. Hãy tải lại trang rồi sửa lần nữa.")


class HasEnded(ProgramRefused):
    message = _("Kết nối này đã chấm dứt.")


class OwnProgram(ProgramRefused):
    message = _("Người lập hồ sơ kết nối không được tự phê duyệt. Cần một người phê duyệt khác.")


class NothingToConsentTo(ProgramRefused):
    message = _("Kết nối này không có gì chờ phê duyệt.")


class TooManyTokens(ProgramRefused):
    message = _("Hệ thống này đã có quá nhiều mã còn hiệu lực. Hãy thu hồi mã không dùng nữa.")


class AddressRefused(ProgramRefused):
    code = "address"


class NotAnAddress(AddressRefused):
    code = "not_an_address"
    message = _("Địa chỉ không hợp lệ. Ví dụ đúng: https://api.example.vn/su-kien")


class NotEncrypted(AddressRefused):
    code = "not_encrypted"
    message = _("Chỉ gửi qua kết nối mã hóa: địa chỉ phải bắt đầu bằng https://")


class NotFound(AddressRefused):
    code = "not_found"
    message = _("Không tìm thấy máy chủ có tên này.")


class NotPublic(AddressRefused):
    code = "not_public"
    message = _("Đây là địa chỉ mạng nội bộ. Người vận hành phải cho phép mạng này trước.")
