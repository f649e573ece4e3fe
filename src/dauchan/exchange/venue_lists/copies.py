"""The copy of the own file in which every row says what becomes or became of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dauchan.exchange.marked_copies import Mark, MarkedSheet, marked_copy
from dauchan.exchange.venue_lists.layout import result_column
from dauchan.exchange.venue_lists.models import Outcome, RowState, VenueRow
from dauchan.exchange.venue_lists.reasons import sentence_of
from dauchan.exchange.venue_lists.taking_in import file_of, read
from dauchan.units import audit
from dauchan.venues.models import Venue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.exchange.venue_lists.models import VenueList
    from dauchan.units.models import Officer

_GOOD = {Outcome.REGISTERED, Outcome.MERGED, Outcome.REMOVED, Outcome.CLOSED}


def copy_of(venue_list: VenueList, officer: Officer | None) -> tuple[bytes, str]:
    """The copy, and the ending of its name. The look is logged: owners' names stand in it. Raises: NotThisStep, SheetUnreadable."""
    rows = list(venue_list.rows.all())
    names = names_of(rows)
    numbers = {row.position: row.number for row in rows}
    marks: dict[int, dict[int, Mark]] = defaultdict(dict)
    for row in rows:
        marks[row.sheet][row.number] = mark_of(row, names, numbers)
    sheets = {}
    for at, one in enumerate(venue_list.layout):
        layout = read(one)
        sheets[one["title"]] = MarkedSheet(layout.titled, result_column(layout), marks[at])
    audit.record(officer, "venue_list.copied", f"venue_list:{venue_list.pk}", detail={"rows": len(rows)})
    # Translators: the heading is recognised again, see headings.toml
    return marked_copy(file_of(venue_list), _("Kết quả nhập"), sheets)


def names_of(rows: Iterable[VenueRow]) -> dict[int, str]:
    """Names and addresses of the venues that rows are like; one query."""
    ids = {pk for row in rows for pk in row.alike}
    venues = Venue.objects.filter(pk__in=ids).select_related("unit")
    return {venue.pk: f"{venue.name} ({venue.full_address})" for venue in venues}


def mark_of(row: VenueRow, names: dict[int, str], numbers: dict[int, int]) -> Mark:
    told = " ".join(sentence_of(reason) for reason in row.reasons)
    if row.state == RowState.FAULTY:
        return Mark(told, "bad")
    said = [str(row.get_outcome_display())] if row.outcome else []
    if row.state == RowState.ASKS and row.outcome in {"", Outcome.LEFT_OUT}:
        said.append(likeness_told(row, names, numbers))
    if not row.outcome and row.state == RowState.GOOD:
        said.append(_("Ghi được"))
    text = ". ".join(part.rstrip(".") for part in (*said, told) if part) + "."
    return Mark(text, "good" if row.outcome in _GOOD or row.state == RowState.GOOD else "caution")


def likeness_told(row: VenueRow, names: dict[int, str], numbers: dict[int, int]) -> str:
    """What the row may be the same as, in words."""
    same = [names[pk] for pk in row.alike if pk in names]
    if row.twin:
        same.append(_("dòng %(number)s của danh sách này") % {"number": numbers.get(row.twin, row.twin)})
    return _("Có thể trùng với: %(same)s") % {"same": "; ".join(same)}
