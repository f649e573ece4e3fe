"""Why an act on a roster was refused. `message` is for the person who tried, in their language.

RosterRefused
├── NameTaken        the unit has an agency of that name
├── NumberTaken      the agency has a member of that number
├── NothingToKeep    no row of the list can be taken
└── NothingToUndo    the list was taken back before, or too long ago
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class RosterRefused(Exception):
    message = _("Không thực hiện được.")


class NameTaken(RosterRefused):
    message = _("Đơn vị đã có cơ quan mang tên này.")


class NumberTaken(RosterRefused):
    message = _("Mã nhân viên này đã có trong danh sách.")


class NothingToKeep(RosterRefused):
    message = _("Không có dòng nào ghi nhận được.")


class NothingToUndo(RosterRefused):
    message = _("Lần nhập này đã được hoàn tác, hoặc đã quá 30 ngày.")
