"""What the clock does to papers that a unit must answer: reminders, telling the level above, deadlines counted anew.

Referrals and citizens' reports are such papers: rows with `unit`, `clock` (a rule), `began_at`, `due_at`, `is_provisional`,
`reminders` and `escalated_to`, and a history of events with `kind`, `mark`, `planned_at`. Every run does all that is due and
was not done: running twice changes nothing, and a worker that was down makes up for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.db.models import F

from dauchan.compliance.referrals.schedule import UP, Strike, Terms, strikes_due
from dauchan.units.deadlines import OfficeCalendar, add_working_days, unknown_years
from dauchan.units.models import Unit
from dauchan.units.working_days import office_calendar
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection

    from django.db.models import Model

ROWS_A_STEP = 200
REMINDED, ESCALATED, RECOUNTED = "reminded", "escalated", "recounted"


class Clocked(Protocol):
    """A paper with a clock on it."""

    pk: Any
    began_at: Any
    due_at: Any
    is_provisional: Any


@dataclass(frozen=True)
class Papers:
    """One kind of paper with a clock.

    Attributes:
        model, events: its rows, and those of its history.
        name: of the field in an event that leads to its row.
        running: the states in which the unit's clock runs.
        tell: adds a line to the history: `tell(row, kind, None, **fields)`.
        days_of: how many working days the clock that runs was given.
    """

    model: type[Model]
    events: type[Model]
    name: str
    running: Collection[str]
    state: str
    tell: Callable[..., object]
    days_of: Callable[[Any], int]


@dataclass
class Done:
    reminded: int = 0
    escalated: int = 0
    recounted: int = 0


def set_clock(paper: Clocked, began_at: dt.datetime, days: int, calendar: OfficeCalendar) -> None:
    """The deadline *days* working days after *began_at*, and whether all holidays till then are known."""
    paper.began_at = began_at
    paper.due_at = add_working_days(began_at, days, calendar)
    first, last = (instant.astimezone(LOCAL).date() for instant in (began_at, paper.due_at))
    paper.is_provisional = bool(unknown_years(first, last, calendar))


def keep_clocks(papers: Papers, now: dt.datetime) -> Done:
    """Everything that is due by *now*, a few rows at a time, each in one piece."""
    calendar, done, after = office_calendar(), Done(), 0
    while step := _step(papers, after, calendar, now, done):
        after = step
    return done


@transaction.atomic
def _step(papers: Papers, after: int, calendar: OfficeCalendar, now: dt.datetime, done: Done) -> int:
    """The next rows by key; returns the last of them, 0 at the end."""
    rows = papers.model._default_manager  # noqa: SLF001 - Django's own name for it
    running = rows.filter(**{f"{papers.state}__in": papers.running}, clock__isnull=False, pk__gt=after).order_by("pk")
    locked: list[Any] = list(
        running.select_for_update(skip_locked=True, of=("self",)).select_related("unit", "clock")[:ROWS_A_STEP]
    )
    struck = _struck(papers, locked)
    above = _units_above(locked)
    for paper in locked:
        if paper.is_provisional and _recount(papers, paper, calendar):
            done.recounted += 1
        ladder = above[paper.pk]
        for strike in _due(paper, len(ladder), calendar, now, struck[paper.pk]):
            _carry_out(papers, paper, strike, ladder, now)
            done.escalated += strike.kind == UP
            done.reminded += strike.kind != UP
    return locked[-1].pk if locked else 0


def _due(
    paper: Any,  # noqa: ANN401 - a row of either kind
    levels: int,
    calendar: OfficeCalendar,
    now: dt.datetime,
    struck: dict[str, dt.datetime],
) -> list[Strike]:
    rule = paper.clock
    terms = Terms(rule.remind_before, rule.remind_every, rule.reminders, levels)
    return strikes_due(paper.began_at, paper.due_at, terms, calendar, now, struck)


def _struck(papers: Papers, locked: Collection[Any]) -> dict[int, dict[str, dt.datetime]]:
    found: dict[int, dict[str, dt.datetime]] = defaultdict(dict)
    events = papers.events._default_manager.filter(**{f"{papers.name}__in": locked})  # noqa: SLF001 - as above
    for row, mark, at in events.exclude(mark="").values_list(f"{papers.name}_id", "mark", "at"):
        found[row][mark] = at
    return found


def _units_above(locked: Collection[Any]) -> dict[int, list[Unit]]:
    """The units above the one that answers, the nearest first."""
    paths = {one.pk: one.unit.path.split(".")[-2::-1] for one in locked}
    units = Unit.objects.in_bulk([int(key) for path in paths.values() for key in path])
    return {pk: [units[int(key)] for key in path] for pk, path in paths.items()}


def _carry_out(papers: Papers, paper: Any, strike: Strike, ladder: list[Unit], now: dt.datetime) -> None:  # noqa: ANN401 - as above
    said = {"mark": strike.mark, "planned_at": strike.planned_at, "at": now}
    row = papers.model._default_manager.filter(pk=paper.pk)  # noqa: SLF001 - as above
    if strike.kind == UP:
        told = ladder[strike.number - 1]
        row.update(escalated_to=told)
        papers.tell(paper, ESCALATED, None, unit=told, **said)
        return
    row.update(reminders=F("reminders") + 1)
    papers.tell(paper, REMINDED, None, **said)


def _recount(papers: Papers, paper: Any, calendar: OfficeCalendar) -> bool:  # noqa: ANN401 - as above
    """The holidays may have been announced since; a deadline only ever moves on the day they become known."""
    before, days = paper.due_at, papers.days_of(paper)
    set_clock(paper, paper.began_at, days, calendar)
    fields = {"due_at": paper.due_at, "is_provisional": paper.is_provisional}
    papers.model._default_manager.filter(pk=paper.pk).update(**fields)  # noqa: SLF001 - as above
    if paper.due_at == before:
        return False
    papers.tell(paper, RECOUNTED, None)
    return True
