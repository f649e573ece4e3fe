"""Why a list of cases was not kept or taken back; `message` is for the officer who asked.

TracingRefused
├── NothingToKeep     no row of the list is to be kept
└── WithdrawnBefore   every case of the import has been withdrawn already
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dauchan.tracing.errors import TracingRefused


class NothingToKeep(TracingRefused):
    message = _("Không có dòng nào để ghi nhận.")


class WithdrawnBefore(TracingRefused):
    message = _("Mọi ca của lần nhập này đã được rút lại.")
