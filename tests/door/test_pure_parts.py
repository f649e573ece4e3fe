"""Times, packed rows, groups, peers and settings, without a server."""

import asyncio
import base64
import uuid
from collections.abc import Sequence

import numpy as np
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.door.clock import DAY, ONLINE, TOLERATED_SKEW, is_past_retention, timing
from dauchan.door.config import Config
from dauchan.door.errors import BadConfiguration, Refused
from dauchan.door.grouping import MOST_SECONDS_AWAY, Grouping, row_by_row
from dauchan.door.ledger import _Packed, _PackedDumper
from dauchan.door.pace import PERSON_SCANS, VENUE_SPAN, Pace, Window, _keys
from dauchan.door.rows import NOWHERE, Leaving, Scan, Scans, packed_leavings, packed_scans
from dauchan.door.testing import uuid7
from dauchan.visits.registry import Label, label_names

NOW = 1_800_000_000_000_000
instants = st.integers(NOW - 4000 * DAY, NOW + 4000 * DAY)


@given(instants, st.none() | instants)
def test_the_time_that_counts_is_never_in_the_future(device_at: int, sent_at: int | None) -> None:
    assert timing(device_at, sent_at, NOW).at <= NOW


@given(st.integers(0, 20 * DAY), st.integers(-3000 * DAY, 3000 * DAY))
def test_a_device_whose_clock_is_wrong_by_any_amount_gets_its_times_right(waited: int, wrong_by: int) -> None:
    at, labels = timing(NOW - waited + wrong_by, NOW + wrong_by, NOW)
    skewed = abs(wrong_by) > TOLERATED_SKEW
    assert bool(labels & Label.CLOCK_SKEW) is skewed
    assert abs(at - (NOW - waited)) <= (0 if skewed else TOLERATED_SKEW)


@given(st.integers(0, 30 * DAY))
def test_how_long_a_scan_waited_decides_its_labels(waited: int) -> None:
    at, labels = timing(NOW - waited, NOW, NOW)
    assert bool(labels & Label.OFFLINE) is (waited > ONLINE)
    assert bool(labels & Label.LATE) is (waited > DAY)
    assert is_past_retention(at, NOW) is (waited > 21 * DAY)


def test_label_names_are_those_of_the_registry() -> None:
    assert label_names(0) == ()
    assert label_names(Label.OFFLINE | Label.UNMATCHED) == ("offline", "unmatched")


reals = st.none() | st.floats(-180, 180, width=32)
ids = st.none() | st.integers(-(2**63), 2**63 - 1)


@pytest.mark.django_db
def test_packed_rows_are_what_the_database_reads(ledger_urls: tuple[str, str]) -> None:
    with psycopg.connect(ledger_urls[0], autocommit=True) as connection:
        connection.adapters.register_dumper(_Packed, _PackedDumper)
        (scans, leavings) = connection.execute(
            "SELECT 'door_scan'::regtype::oid, 'door_leaving'::regtype::oid"
        ).fetchone() or (0, 0)

        @given(ids, reals, reals, st.integers(-(2**63), 2**63 - 1), st.integers(0, NOW))
        def check(device: int | None, lat: float | None, lon: float | None, code_hash: int, at: int) -> None:
            scan = Scan(
                uuid.uuid4(), 2**62, 7, at, at + 1, at + 2, 3, 4, 5, 2, 20, 8, code_hash, device, lat, lon, None
            )
            row = connection.execute(SCANS, [_Packed(packed_scans([scan], scans))], binary=True)
            assert row.fetchall() == [tuple(scan)]
            numbers = [np.array([value, 1], np.int64) for value in scan[1:7] + scan[11:13]]
            together = Scans(
                [scan.check_in_id, uuid.uuid4()],
                *(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]),
                *([4, 1], [5, 1], [20, 1], numbers[6], numbers[7]),
                None if lat is None and lon is None else [(lat, lon, None), NOWHERE],
            )
            row = connection.execute(SCANS, [_Packed(packed_scans(together, scans))], binary=True)
            assert row.fetchall() == [tuple(each) for each in together.rows()]
            assert together.rows()[0] == scan._replace(device_id=None)
            leaving = Leaving(uuid.uuid4(), uuid.uuid4(), device, None, at, at + 1, at + 2, 64, 1, device)
            row = connection.execute(LEAVINGS, [_Packed(packed_leavings([leaving] * 2, leavings))], binary=True)
            assert row.fetchall() == [tuple(leaving)] * 2

        check()


def _columns(row: type[Scan | Leaving]) -> str:
    names = (
        f"(extract(epoch FROM {name}) * 1000000)::bigint" if name.endswith("_at") else name for name in row._fields
    )
    return ", ".join(names)


SCANS = f"SELECT {_columns(Scan)} FROM unnest(%s::door_scan[])"  # noqa: S608 names of our own types
LEAVINGS = f"SELECT {_columns(Leaving)} FROM unnest(%s::door_leaving[])"  # noqa: S608 names of our own types


class Ledger:
    """Counts groups; refuses those with a negative row, fails on those with a zero."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []

    async def commit(self, rows: Sequence[int]) -> Sequence[int]:
        await asyncio.sleep(0)
        if 0 in rows:
            raise ConnectionError
        if min(rows) < 0:
            raise ValueError(min(rows))
        self.groups.append(list(rows))
        return [row * 2 for row in rows]


@given(st.lists(st.lists(st.integers(-3, 9).filter(bool), min_size=1, max_size=5), min_size=1, max_size=30))
def test_every_request_gets_its_own_answers_and_bad_rows_fail_alone(requests: list[list[int]]) -> None:
    async def submit_all() -> list[object]:
        ledger = Ledger()
        group = Grouping(row_by_row(ledger.commit), rejected=(ValueError,), group_limit=7)
        answers = await asyncio.gather(*map(group.submit, requests), return_exceptions=True)
        await group.finish()
        assert group.waiting == 0
        assert all(len(rows) <= 7 for rows in ledger.groups)
        return list(answers)

    for request, answer in zip(requests, asyncio.run(submit_all()), strict=True):
        if min(request) < 0:
            assert isinstance(answer, ValueError)
        else:
            assert answer == [row * 2 for row in request]


def test_rows_that_arrive_together_are_committed_together() -> None:
    async def submit_all() -> int:
        ledger = Ledger()
        group = Grouping(row_by_row(ledger.commit), lanes=1)
        await asyncio.gather(*(group.submit([n]) for n in range(1, 101)))
        return len(ledger.groups)

    assert asyncio.run(submit_all()) <= 2


@pytest.mark.parametrize(("waiting", "at_a_time"), [(31, 1), (32, 2)])
def test_a_further_commit_begins_only_where_enough_waits(waiting: int, at_a_time: int) -> None:
    async def submit_all() -> int:
        under_way, most, may_end = 0, 0, asyncio.Event()

        async def commit(rows: Sequence[int]) -> Sequence[int]:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            await may_end.wait()
            under_way -= 1
            return rows

        group = Grouping(row_by_row(commit))
        submitted = [asyncio.create_task(group.submit([1]))]
        await asyncio.sleep(0.01)
        submitted += [asyncio.create_task(group.submit([n])) for n in range(waiting)]
        await asyncio.sleep(0.01)
        may_end.set()
        assert await asyncio.gather(*submitted) == [[1], *([n] for n in range(waiting))]
        return most

    assert asyncio.run(submit_all()) == at_a_time


def test_when_the_ledger_is_away_every_request_of_the_group_hears_it_and_the_next_group_is_served() -> None:
    async def submit_all() -> list[object]:
        group = Grouping(row_by_row(Ledger().commit), lanes=1)
        first = await asyncio.gather(group.submit([1, 0]), group.submit([2]), return_exceptions=True)
        return [*first, await group.submit([3])]

    failed, other, served = asyncio.run(submit_all())
    assert isinstance(failed, ConnectionError)
    assert isinstance(other, ConnectionError)
    assert served == [6]


def test_more_than_may_wait_is_turned_away_and_nothing_else_is() -> None:
    async def submit_all() -> list[object]:
        group = Grouping(row_by_row(Ledger().commit), waiting_limit=10)
        first = asyncio.create_task(_collected(group, [1] * 8))
        await asyncio.sleep(0)
        turned_away = await asyncio.gather(group.submit([1] * 3), return_exceptions=True)
        return [*turned_away, await group.submit([5]), await first]

    refused, fits, first = asyncio.run(submit_all())
    assert isinstance(refused, Refused)
    assert refused.reason == "busy"
    assert 1 <= refused.retry_after <= MOST_SECONDS_AWAY
    assert (fits, first) == ([10], [2] * 8)


async def _collected(group: Grouping[Sequence[int], int], rows: list[int]) -> list[int]:
    return list(await group.submit(rows))


def test_a_window_counts_and_forgets() -> None:
    window = Window(60)
    assert [window.add("a", 2, 1_000), window.add("a", 1, 1_010), window.add("b", 1, 1_010)] == [2, 3, 1]
    assert window.ends_in(1_010) == 10
    assert window.add("a", 1, 1_021) == 1


def test_pace_marks_a_person_by_the_times_the_scans_claim() -> None:
    pace = Pace()
    at = NOW - DAY
    venues = np.arange(PERSON_SCANS + 2)
    labels = pace.labels(np.ones_like(venues), venues, at + venues, NOW)
    assert labels.tolist() == [0] * PERSON_SCANS + [Label.PACE] * 2

    def labelled(person: int, at: int) -> int:
        (label,) = pace.labels(np.array([person]), np.array([1]), np.array([at]), NOW).tolist()
        return int(label)

    assert labelled(1, at + 3600 * 1_000_000) == 0
    assert labelled(2, at) == 0
    assert labelled(1, at) == Label.PACE
    for venue in range(4):
        pace.take_back(1, venue, at)
    assert labelled(1, at) == 0


@given(st.integers(1, 1 << 31), st.integers(0, 1 << 31), st.integers(-(1 << 24), 1 << 24))
def test_two_venues_are_never_counted_as_one(venue: int, further: int, spans: int) -> None:
    """Each venue and span has a number of its own, however far apart the venues and, up to centuries, the spans are."""
    one, other = np.array([venue, venue + further]), np.array([0, spans]) * VENUE_SPAN
    first, second = _keys(one, other, VENUE_SPAN)
    assert (first == second) == (further == 0 and spans == 0)


KEY = f"1:{base64.urlsafe_b64encode(bytes(range(32))).decode()}"
GIVEN = {
    "DAUCHAN_DATABASE_DOOR_URL": "postgresql:///x",
    "DAUCHAN_VENUE_CODE_KEYS": KEY,
    "DAUCHAN_PERSON_TOKEN_KEYS": KEY,
    "DAUCHAN_CARD_KEYS": KEY,
    "DAUCHAN_GATE_QUEUE_KEYS": KEY,
    "DAUCHAN_PERSONAL_DATA_KEYS": KEY,
    "DAUCHAN_LOOKUP_KEY": KEY[2:],
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAUCHAN_DATABASE_DOOR_URL", ""),
        ("DAUCHAN_VENUE_CODE_KEYS", "1:c2hvcnQ="),
        ("DAUCHAN_VENUE_CODE_KEYS", "key"),
        ("DAUCHAN_PERSON_TOKEN_KEYS", ""),
        ("DAUCHAN_GATE_QUEUE_KEYS", ""),
        ("DAUCHAN_GATE_QUEUE_KEYS", f"{KEY[:-4]}AAAA===="),
        ("DAUCHAN_CARD_KEYS", "1:c2hvcnQ="),
        ("DAUCHAN_LOOKUP_KEY", ""),
        ("DAUCHAN_TRUSTED_PROXIES", "everybody"),
        ("DAUCHAN_DOOR_QUEUE", "-1"),
    ],
)
def test_a_setting_that_can_not_be_understood_is_named_and_never_shown(name: str, value: str) -> None:
    with pytest.raises(BadConfiguration, match=name) as caught:
        Config.read(GIVEN | {name: value})
    assert not value or name != "DAUCHAN_VENUE_CODE_KEYS" or value not in str(caught.value).replace("key pairs", "")


def test_hosts_come_from_the_base_address_and_the_list() -> None:
    config = Config.read(GIVEN | {"DAUCHAN_BASE_URL": "https://Hue.example:8443/", "DAUCHAN_HOSTS": "qr.example, "})
    assert config.hosts == {"hue.example:8443", "qr.example"}


def test_an_identifier_made_here_is_of_version_7() -> None:
    assert uuid.UUID(uuid7()).version == 7
