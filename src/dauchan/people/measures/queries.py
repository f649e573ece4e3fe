"""Counts of measures for whoever stands above: by unit and week, and small ones are not told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.db.models.functions import TruncWeek

from dauchan.people.measures.models import Measure
from dauchan.units.jurisdiction import in_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.units.models import Unit

#: A unit's week with fewer people is told to nobody above, and stands in no sum: what is left of a total would tell of them.
FEWEST_TOLD = 10
_DAY = dt.timedelta(days=1)


def measure_counts(units: Sequence[Unit], first: dt.date, last: dt.date) -> list[tuple[str, int]]:
    """How many people measures were taken with: a row for each unit (by its path) and each whole week from *first* to *last*.

    Weeks begin on Monday. Parts of weeks are left out, so that two periods a day apart do not differ by that day.
    """
    monday = first + _DAY * (-first.weekday() % 7)
    after = last + _DAY - _DAY * ((last + _DAY).weekday() % 7)
    taken = Measure.objects.filter(in_area(units, "agency__unit"), taken_on__gte=monday, taken_on__lt=after)
    counting: Any = taken.filter(withdraws=None, withdrawn_by=None).order_by()
    cells = counting.annotate(week=TruncWeek("taken_on")).values("agency__unit__path", "week").annotate(n=Sum("people"))
    return [(cell["agency__unit__path"], cell["n"]) for cell in cells]
