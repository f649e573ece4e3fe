"""Loading which unit of a later map took over the area of an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dauchan.units.models import Successor, Unit
from dauchan.units.reference_rows import Loaded, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from dauchan.units.reference_rows import Row

COLUMNS = ("old_code", "old_valid_from", "new_code", "new_valid_from", "whole")


def load_successors(file: Path) -> Loaded:
    """Load which unit of a later map took over an earlier one's area.

    Raises: ReferenceRefused for a unit that is not loaded.
    """
    ids = {(code, str(day)): pk for pk, code, day in Unit.objects.values_list("pk", "code", "valid_from")}
    known = {(s.earlier_id, s.later_id): s for s in Successor.objects.all()}
    added, changed, unchanged = [], [], 0
    for row in read_rows(file, COLUMNS):
        pair = (_successor_end(row, ids, "old"), _successor_end(row, ids, "new"))
        whole = row.says("whole")
        same = known.get(pair)
        if same is None:
            added.append(Successor(earlier_id=pair[0], later_id=pair[1], whole=whole))
        elif same.whole != whole:
            same.whole = whole
            changed.append(same)
        else:
            unchanged += 1
    Successor.objects.bulk_create(added)
    Successor.objects.bulk_update(changed, ["whole"])
    return Loaded(len(added), len(changed), unchanged)


def _successor_end(row: Row, ids: dict[tuple[str, str], int], end: str) -> int:
    code, day = row[f"{end}_code"], row[f"{end}_valid_from"]
    if (code, day) not in ids:
        raise row.refused(_("không có đơn vị %(code)s bắt đầu từ ngày %(day)s") % {"code": code, "day": day})
    return ids[code, day]
