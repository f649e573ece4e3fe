"""Why a measure was not recorded; `message` is for the head who tried.

MeasureRefused
├── NobodyChosen        no member of the agency was chosen
└── AlreadyWithdrawn    it was withdrawn before, or is itself a withdrawal
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class MeasureRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class NobodyChosen(MeasureRefused):
    message = _("Chưa chọn ai.")


class AlreadyWithdrawn(MeasureRefused):
    message = _("Biện pháp này đã được rút.")
