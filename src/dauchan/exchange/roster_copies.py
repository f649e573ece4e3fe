"""The copy of a head's own file in which every row says what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dauchan.exchange.marked_copies import Mark, MarkedSheet, marked_copy
from dauchan.exchange.workbooks import in_unicode, sheets_of_file
from dauchan.people.roster.roster_list import head_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dauchan.people.roster.importing import Outcome
    from dauchan.people.roster.roster_list import RosterRow


def roster_copy(content: bytes, read: Sequence[RosterRow], outcome: Outcome) -> tuple[bytes, str]:
    """The copy, and the ending of its name. Raises: SheetUnreadable."""
    sheet = sheets_of_file(content, max((row.number for row in read), default=0))[0]
    marks = {row.number: _mark(row, outcome.added, outcome.changed) for row in read}
    head = head_of(in_unicode(sheet.rows))
    return marked_copy(content, _("Kết quả nhập"), {sheet.title: MarkedSheet(head, None, marks)})


def _mark(row: RosterRow, added: Collection[int], changed: Collection[int]) -> Mark:
    if row.faults:
        return Mark(" ".join(row.faults), "bad")
    done = _("Người mới") if row.number in added else _("Có thay đổi") if row.number in changed else _("Như cũ")
    return Mark(
        ". ".join([done, *(remark.rstrip(".") for remark in row.remarks)]) + ".", "caution" if row.remarks else "good"
    )
