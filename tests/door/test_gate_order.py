"""Whatever the order in which gates hand in, and however often: the ledger shows what happened."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dauchan.door.testing import APPROVED
from dauchan.door.testing_ids import uuid7
from dauchan.visits.gate_items import Direction, GateItem, Subject
from tests.door.gate_devices import BACK, FRONT, Gates, gates

__all__ = ["gates"]
pytestmark = pytest.mark.django_db

PEOPLE = (501, 502)
BEGAN = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 22:00 in Viet Nam: midnight lies among the scans
PLACES = ", ".join(["%s"] * len(GateItem._fields))
#: Across two local midnights, so that some exits are too late for their entries.
MINUTES = st.integers(0, 3 * 1440)


class Fact(NamedTuple):
    """What a gate saw; `undoes` is the place of the scan that it takes back."""

    minute: int
    person: int
    direction: Direction
    device: int
    is_odd: bool
    undoes: int | None = None


facts = st.lists(
    st.builds(
        Fact,
        MINUTES,
        st.sampled_from(PEOPLE),
        st.sampled_from((Direction.IN, Direction.OUT)),
        st.sampled_from((FRONT, BACK)),
        st.booleans(),
        st.none(),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda fact: fact.minute,
)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[GateItem], list[list[int]]]:
    """Scans as they happened, and batches of them in any order, each scan in one of them at least."""
    seen = sorted(draw(facts))
    for place in draw(st.lists(st.integers(0, len(seen) - 1), max_size=2, unique=True)):
        undone = seen[place]
        seen.append(undone._replace(minute=undone.minute, direction=Direction.UNDO, undoes=place))
    items = [item_of(fact, []) for fact in seen]
    items = [item_of(fact, items) for fact in seen]
    order = draw(st.permutations(range(len(items))))
    again = draw(st.lists(st.sampled_from(order), max_size=4))
    told = [*order, *again]
    cuts = sorted(draw(st.lists(st.integers(0, len(told)), max_size=3)))
    batches = [told[start:end] for start, end in zip([0, *cuts], [*cuts, len(told)], strict=True)]
    return items, [batch for batch in batches if batch]


def item_of(fact: Fact, made: Sequence[GateItem]) -> GateItem:
    """Identifiers stay the same however often this is called; those of an odd fact lie about their day."""
    at = BEGAN + timedelta(minutes=fact.minute, seconds=30 if fact.direction is Direction.UNDO else 0)
    number = (fact.minute << 8) + fact.person % 256 + (1 << 40 if fact.direction is Direction.UNDO else 0)
    claimed = at - timedelta(days=9) if fact.is_odd else at
    scan_id = uuid.UUID(int=uuid.UUID(uuid7(claimed)).int >> 76 << 76 | number & (1 << 62) - 1 | 0b10 << 62)
    undoes = made[fact.undoes].scan_id if made and fact.undoes is not None else None
    who: tuple[int, int, int, int, int] = (
        (0, 0, 0, 0, 0) if fact.direction is Direction.UNDO else (int(Subject.PERSON), 3, 0, 0, fact.person)
    )
    row = (scan_id, fact.device, APPROVED, at, at, at, 0, int(fact.direction), *who, 1, None, None, None, undoes, None)
    return GateItem._make(row)


def tell(ledger: psycopg.Connection[Any], items: Sequence[GateItem]) -> list[int]:
    rows = ", ".join([f"ROW({PLACES})::door_gate_item"] * len(items))
    cursor = psycopg.ClientCursor(ledger)
    question = f"SELECT outcome FROM door_gate_scan(ARRAY[{rows}], ''::bytea)"  # noqa: S608 only places
    cursor.execute(question, [value for item in items for value in item])
    return [outcome for (outcome,) in cursor.fetchall()]


def view_of(ledger: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    question = "SELECT person_id, venue_id, check_in_id, entered_at, left_at, ended_at, left_by FROM visit ORDER BY entered_at, 3"
    return ledger.execute(question).fetchall()


def expected(items: Sequence[GateItem]) -> list[tuple[Any, ...]]:
    """The visits, worked out without a database: (person, entry, entered_at, left_at)."""
    undone = {item.undoes for item in items if item.direction == Direction.UNDO}
    made = {item.scan_id: item for item in items}
    entries = [item for item in items if item.direction == Direction.IN]
    exits = [item for item in items if item.direction == Direction.OUT]
    people = {item.scan_id: item.subject_number for item in entries}
    for undo in items:
        if undo.direction == Direction.UNDO and made[undo.undoes].direction == Direction.OUT:  # type: ignore[index]
            entries.append(undo)
            people[undo.scan_id] = made[undo.undoes].subject_number  # type: ignore[index]
    visits = []
    for entry in entries:
        person = people[entry.scan_id]
        at = _instant(entry)
        later = [_instant(e) for e in entries if people[e.scan_id] == person and _instant(e) > at]
        after = [_instant(e) for e in exits if e.subject_number == person and _instant(e) >= at]
        left = min((moment for moment in [*later, *after] if _fits(at, moment)), default=None)
        visits.append((person, entry.scan_id, at, at if entry.scan_id in undone else left))
    return sorted(visits, key=lambda visit: visit[2])


def _instant(item: GateItem) -> datetime:
    return cast("datetime", item.at)


def _fits(entered: datetime, left: datetime) -> bool:
    """An exit ends an entry of its local day or of the day before."""
    here = timedelta(hours=7)
    return (left + here).date() - (entered + here).date() <= timedelta(days=1)


@given(stories())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_order_and_any_repetition_leave_the_same_visits(
    gates: Gates, story: tuple[list[GateItem], list[list[int]]]
) -> None:
    items, batches = story
    ledger = gates.ledger
    views = []
    for told in ([[place] for place in range(len(items))], batches):
        with ledger.transaction(force_rollback=True):
            for person in PEOPLE:
                ledger.execute("INSERT INTO people_person (id, created_at) VALUES (%s, now())", [person])
            first = [outcome for batch in told for outcome in tell(ledger, [items[place] for place in batch])]
            assert set(first) <= {1, 2, 4}
            views.append(view_of(ledger))
            assert set(tell(ledger, items)) <= {2}
            assert view_of(ledger) == views[-1]
            aside = "SELECT count(*) FROM gate_quarantine WHERE scan_id = ANY(%s)"  # others' tests share the ledger
            assert ledger.execute(aside, [[item.scan_id for item in items]]).fetchone() == (0,)
    assert views[0] == views[1]
    assert [(person, entry, entered, left) for person, _, entry, entered, left, *_ in views[0]] == expected(items)
