"""Days on disk: the same traces as from arrays, nothing lost by an interruption, damage seen, nothing left of a dropped day."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.epi import (
    Damage,
    EpiError,
    SegmentDamaged,
    VisitColumns,
    VisitIndex,
    VisitsRefused,
    drop_segment,
    open_segment,
    segment_files,
    segment_folders,
    trace,
    write_segment,
)
from tests.epi import oracle
from tests.epi.segment_cases import columns_of, segmented
from tests.epi.test_trace import (
    HOUR,
    MIDNIGHT,
    as_policy,
    case,
    cases_of,
    crowded_days,
    policies,
    rows_of,
    some_rules,
    some_visits,
)

DAY = date(2021, 8, 1)
PERSON = 0x1122334455667788


def at(hours: int) -> int:
    return MIDNIGHT + hours * HOUR


VISITS = VisitColumns(*np.array([[PERSON, 7, MIDNIGHT, MIDNIGHT + 60], [2, 7, MIDNIGHT + 9, MIDNIGHT + 99]]).T)


def assert_segments_agree(
    visits: list[oracle.Visit], cases: list[oracle.Case], rules: oracle.Policy, chance: np.random.Generator
) -> None:
    in_tail = (chance.random(len(visits)) < chance.choice([0, 0.3, 1])).tolist()
    ends_later = np.where(chance.random(len(visits)) < 0.3, chance.integers(0, 9000, len(visits)), 0).tolist()
    days_before = [None, 0, 1, 9][chance.integers(4)]
    with TemporaryDirectory() as folder:
        index = segmented(Path(folder), visits, rules.stay, in_tail, ends_later, days_before)
        found = trace(index, cases_of(cases), as_policy(rules))
    rows, notices = oracle.trace(visits, cases, rules)
    assert rows_of(found.contacts) == rows
    listed = [(row["index_id"], row["venue_id"], row["day"], row["visits"]) for row in found.notices.to_pylist()]
    assert listed == sorted(notices)
    assert found.imputed == sum(row.left is None for row in visits)


@settings(max_examples=150, deadline=None)
@given(some_visits(), st.lists(case(), max_size=3), policies, st.integers(0, 2**32))
def test_segments_tail_and_changes_agree_with_the_oracle(
    visits: list[oracle.Visit], cases: list[oracle.Case], rules: oracle.Policy, seed: int
) -> None:
    assert_segments_agree(visits, cases, rules, np.random.default_rng(seed))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_segments_agree_where_many_meet(seed: int) -> None:
    chance = np.random.default_rng(seed)
    visits, cases = crowded_days(chance)
    assert_segments_agree(visits, cases, some_rules(chance), chance)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_segment(tmp_path / "2021-08-01", DAY, VISITS, {"sealed": 1})
    return tmp_path / "2021-08-01"


def rows(folder: Path) -> list[tuple[int, ...]]:
    columns = open_segment(folder, verify=True).pack.columns()
    table = zip(*(getattr(columns, name).tolist() for name in ("person", "venue", "entered", "left")), strict=True)
    return sorted(table)


def test_what_was_written_is_read(folder: Path) -> None:
    segment = open_segment(folder)
    assert (segment.day, segment.about, len(segment)) == (DAY, {"sealed": 1}, 2)
    assert rows(folder) == [(2, 7, MIDNIGHT + 9, MIDNIGHT + 99), (PERSON, 7, MIDNIGHT, MIDNIGHT + 60)]


def test_a_day_without_visits_is_a_segment(tmp_path: Path) -> None:
    write_segment(tmp_path / "day", DAY, columns_of([]), {})
    index = VisitIndex.from_segments([open_segment(tmp_path / "day", verify=True)])
    assert len(index) == 0
    assert trace(index, cases_of([oracle.Case(1, 0, MIDNIGHT)])).contacts.num_rows == 0


def test_a_visit_of_another_local_day_is_refused(tmp_path: Path) -> None:
    late = columns_of([oracle.Stay(1, 7, MIDNIGHT + 24 * HOUR, MIDNIGHT + 25 * HOUR)])
    with pytest.raises(VisitsRefused, match="2021-08-01"):
        write_segment(tmp_path / "day", DAY, late, {})
    assert segment_folders(tmp_path) == []


def test_a_changed_visit_that_no_segment_holds_is_refused(folder: Path) -> None:
    other = columns_of([oracle.Stay(3, 7, MIDNIGHT, MIDNIGHT + 60)])
    with pytest.raises(VisitsRefused, match="in no segment"):
        VisitIndex.from_segments([open_segment(folder)], changed=other)


def test_what_is_known_of_the_days_is_taken_over_with_a_new_tail(folder: Path) -> None:
    days = [open_segment(folder)]
    before = VisitIndex.from_segments(days, columns_of([oracle.Stay(5, 7, MIDNIGHT, MIDNIGHT + 60)]))
    after = VisitIndex.from_segments(days, columns_of([oracle.Stay(1, 7, MIDNIGHT, MIDNIGHT + 60)]), before=before)
    assert after.people_of_days is before.people_of_days
    assert sorted(after.person_ids.tolist()) == [1, 2, PERSON]


def test_nobody_outlives_the_days_of_an_earlier_index(folder: Path) -> None:
    write_segment(folder.parent / "2021-08-02", date(2021, 8, 2), columns_of([oracle.Stay(9, 7, at(24), at(25))]), {})
    before = VisitIndex.from_segments([open_segment(each) for each in segment_folders(folder.parent)])
    after = VisitIndex.from_segments([open_segment(folder)], before=before)
    assert (before.person_ids.tolist(), after.person_ids.tolist()) == ([2, 9, PERSON], [2, PERSON])


def test_a_day_twice_is_refused(folder: Path) -> None:
    with pytest.raises(VisitsRefused, match="twice"):
        VisitIndex.from_segments([open_segment(folder)] * 2)


class Interrupted(Exception):
    """What happens in the middle of writing."""


def interrupted(step: Callable[..., object], steps: Iterator[int]) -> Callable[..., object]:
    """The step, as long as there are steps left."""

    def stopped(*arguments: object) -> object:
        if next(steps, None) is None:
            raise Interrupted
        return step(*arguments)

    return stopped


def stops(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Write the day anew, interrupted at the first, second, … step that touches the disk, at last not at all."""
    for stop in range(100):
        steps = iter(range(stop))
        with monkeypatch.context() as patch:
            for name in ("_write_synced", "_sync_folder", "_remove_all_but"):
                patch.setattr(segment_files, name, interrupted(getattr(segment_files, name), steps))
            try:
                write_segment(folder, DAY, columns_of([oracle.Stay(5, 7, MIDNIGHT, MIDNIGHT + 60)]), {})
            except Interrupted:
                yield stop
            else:
                return


def test_an_interruption_leaves_the_last_good_state(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = rows(folder), [(5, 7, MIDNIGHT, MIDNIGHT + 60)]
    seen = [rows(folder) for _ in stops(folder, monkeypatch)]
    assert len(seen) > 10
    assert all(state in (old, new) for state in seen)
    assert seen[0] == old
    assert rows(folder) == new
    assert len(list(folder.iterdir())) == 2


def damaged(folder: Path, damage: str) -> None:
    by_person = next(folder.glob("*/by_person"))
    if damage == "checksum":
        content = bytearray(by_person.read_bytes())
        content[3] ^= 1
        by_person.write_bytes(content)
    elif damage == "size":
        by_person.write_bytes(by_person.read_bytes()[:-1])
    elif damage == "array_absent":
        by_person.unlink()
    elif damage == "absent":
        shutil.rmtree(folder)
    else:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        written = json.dumps(manifest | {"version": 0}) if damage == "version" else "{"
        (folder / "manifest.json").write_text(written, encoding="utf-8")


@pytest.mark.parametrize("damage", list(Damage))
def test_damage_is_seen_and_named(folder: Path, damage: Damage) -> None:
    damaged(folder, damage)
    with pytest.raises(SegmentDamaged) as refusal:
        open_segment(folder, verify=True)
    assert refusal.value.damage is damage
    assert refusal.value.folder == folder
    assert isinstance(refusal.value, EpiError)
    assert refusal.value.vietnamese


def test_nothing_of_a_dropped_day_remains(folder: Path) -> None:
    holds = [path for path in folder.rglob("*") if path.is_file() and PERSON.to_bytes(8, "little") in path.read_bytes()]
    assert [path.name for path in holds] == ["person_ids"]
    drop_segment(folder)
    drop_segment(folder)
    assert list(folder.parent.iterdir()) == []


def test_an_interrupted_drop_leaves_no_segment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", interrupted(shutil.rmtree, iter(())))
        with pytest.raises(Interrupted):
            drop_segment(folder)
    assert segment_folders(folder.parent) == []
    drop_segment(folder)
    assert not folder.exists()
