"""Why an explanation was not taken; `message` is for the head who tried.

AccountabilityRefused
├── NothingChosen      no item was chosen, or none of them is overdue any longer
└── NotOneUnit         the items belong to several units that the head answers for separately
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class AccountabilityRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class NothingChosen(AccountabilityRefused):
    message = _("Chưa chọn việc nào đang quá hạn; việc đã trả lời thì không cần giải trình nữa.")


class NotOneUnit(AccountabilityRefused):
    message = _("Các việc đã chọn thuộc nhiều đơn vị. Hãy giải trình riêng cho từng đơn vị.")
