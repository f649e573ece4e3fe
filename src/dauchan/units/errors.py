"""Refusals of the access functions, of handing on roles, and of reference data.

AccessRefused
├── NoSuchThing      answered with 404: outside one's area a thing does not exist
└── RoleMissing      answered with 403: the thing is in sight, the act is not allowed
GrantRefused
├── NotForOneself       nobody hands a role to themselves, or confirms what they proposed
├── NotGrantedByYou     the role or the area goes beyond one's own
├── LongerThanOwn       the period goes beyond one's own
├── RoleHeldAlready     they hold it in that period, or it is proposed already
├── AlreadyDecided      somebody else was faster
├── SubstituteRefused   a substitute holds a role in the unit, with an account in use
├── PeriodRefused       a substitution begins today or later and lasts three months at most
└── NoSubstitution      one acts for nobody without a substitution in force
ReferenceRefused     a file of units, categories or doctrine does not say what it must
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrOrPromise


class AccessRefused(Exception):
    """Truy cập bị từ chối."""


class NoSuchThing(AccessRefused):
    """Không tìm thấy trong phạm vi phụ trách của bạn."""


class RoleMissing(AccessRefused):
    """Tài khoản của bạn không có quyền thực hiện việc này."""


class GrantRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class NotForOneself(GrantRefused):
    message = _("Không ai tự giao vai trò cho mình hay tự xác nhận điều mình đề nghị. Cần một người khác.")


class NotGrantedByYou(GrantRefused):
    message = _("Vai trò hoặc địa bàn này vượt quá quyền của bạn.")


class LongerThanOwn(GrantRefused):
    def __init__(self, last_on: dt.date) -> None:
        super().__init__()
        self.message = _("Không giao được lâu hơn vai trò gốc, có hiệu lực đến hết ngày %(day)s.") % {
            "day": f"{last_on:%d/%m/%Y}"
        }


class RoleHeldAlready(GrantRefused):
    message = _("Người này đã có, hoặc đang được đề nghị giao, vai trò đó tại đơn vị này trong thời gian đã chọn.")


class AlreadyDecided(GrantRefused):
    message = _("Việc này vừa được người khác giải quyết. Hãy xem lại trang.")


class SubstituteRefused(GrantRefused):
    message = _("Người thay phải có tài khoản đang dùng và vai trò tại đơn vị này hoặc đơn vị trực thuộc.")


class PeriodRefused(GrantRefused):
    message = _("Thời gian thay bắt đầu từ hôm nay trở đi và không quá ba tháng.")


class NoSubstitution(GrantRefused):
    message = _("Bạn không được cử thay người này, hoặc thời gian thay đã hết.")


class ReferenceRefused(Exception):
    """A file of reference data cannot be taken; nothing of it was kept. `message` names the file, the line and the fault."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
