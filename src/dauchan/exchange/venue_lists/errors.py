"""Why a list of venues was not taken, kept or undone; `message` is for the person who asked.

ListRefused
├── NotReadable      the file is no spreadsheet that can be read, or a bomb
├── TooLong          it has more rows than one import takes
├── NoTable          no sheet has headings, and none were chosen
├── NothingToKeep    no row is to be kept
└── NotThisStep      the list stands at another step
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ListRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class NotReadable(ListRefused):
    message = _(
        "Không đọc được tệp này. Hãy lưu lại thành XLSX hoặc CSV; tệp XLS cũ thì mở ra rồi chọn «Lưu thành» XLSX."
    )


class TooLong(ListRefused):
    message = _("Danh sách dài quá 30.000 dòng. Hãy chia thành nhiều tệp.")


class NoTable(ListRefused):
    message = _("Chưa biết cột nào là tên địa điểm. Hãy chọn cột cho ít nhất một trang tính.")


class NothingToKeep(ListRefused):
    message = _("Không có dòng nào để ghi.")


class NotThisStep(ListRefused):
    message = _("Danh sách này đã sang bước khác. Hãy tải lại trang.")
