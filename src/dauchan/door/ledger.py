"""The door's way into the database: a small pool, a few functions, nothing else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dauchan.door.asking import value_of
from dauchan.door.errors import Unavailable
from dauchan.door.grouping import LANES
from dauchan.door.phones import PhoneRow, SignedOutPhones
from dauchan.door.room import Room
from dauchan.door.rows import Leaving, Scan, Scans, packed_leavings, packed_scans
from dauchan.door.venues import BY_VENUE, KnownVenues, VenueRow

log = logging.getLogger(__name__)

REJECTED = (psycopg.DataError, psycopg.IntegrityError)

RECORDED, REPEATED, REFUSED = 1, 2, 3

_TRIES = LANES + 1  # each of the connections may be dead
_CONNECT_SECONDS = 5
# A database behind a network that is cut sends no end: without these a group would wait for it for hours.
_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
# The pool doubles its pause between attempts, and after an outage of minutes would sleep for minutes more. It gives up at once
# instead: whoever asks next, a scan or the second's look for changed venues, lets it try anew.
_GIVE_UP_SECONDS = 1.0
_REFRESH_SECONDS, _NOT_GRANTED_SECONDS = 1.0, 60.0

_Connection = psycopg.AsyncConnection[tuple[Any, ...]]
_Result = TypeVar("_Result")


class ScanVerdict(NamedTuple):
    """What became of a scan; where it was refused only `reason`, an AttemptReason, is set."""

    outcome: int
    venue_id: int | None
    entered_at: datetime | None
    received_at: datetime | None
    labels: int | None
    reason: int | None


class LeavingVerdict(NamedTuple):
    """What became of a check-out; `reason` is 1 for somebody else's visit, 2 for a time before the entry."""

    outcome: int
    left_at: datetime | None
    received_at: datetime | None
    labels: int | None
    reason: int | None


class _Packed(bytes):
    __slots__ = ()


class _PackedDumper(Dumper):
    """Sends packed rows as they are; the database knows their type from the function they go to."""

    format = Format.BINARY

    def dump(self, obj: bytes) -> bytes:
        return obj


class Ledger:
    """The three functions of the door, each durable when it returns.

    Args:
        database_url: the address, as the role `dauchan_door`.
        room: what is known of the room on the database's disk.
        lanes: how many connections.

    Attributes:
        venues, phones: what it knows of them.
    """

    def __init__(self, database_url: str, room: Room, lanes: int = LANES) -> None:
        self._pool = AsyncConnectionPool(
            database_url,
            connection_class=psycopg.AsyncConnection[tuple[Any, ...]],
            min_size=lanes,
            max_size=lanes,
            open=False,
            timeout=_CONNECT_SECONDS,
            reconnect_timeout=_GIVE_UP_SECONDS,
            configure=self._configure,
            kwargs={
                "autocommit": True,
                "application_name": "dauchan door",
                "connect_timeout": _CONNECT_SECONDS,
                **_ALIVE,
            },
        )
        self._scan_type = self._leaving_type = 0
        self._room = room
        self.venues = KnownVenues()
        self.phones = SignedOutPhones()

    async def open(self) -> None:
        """Start connecting; does not wait for the database."""
        await self._pool.open(wait=False)

    async def close(self) -> None:
        await self._pool.close()

    async def is_reachable(self) -> bool:
        """Whether the database answers now."""
        try:
            async with self._pool.connection(timeout=2) as connection:
                await connection.execute("SELECT 1")
        except (psycopg.Error, PoolTimeout):
            return False
        return True

    async def check_in(self, scans: Scans, known: str | None) -> Sequence[ScanVerdict] | None:
        """Record scans in one commit; None where all were recorded just as they are.

        Args:
            scans: the rows.
            known: as of when the door knew the venues by which it judged, if it could.

        Raises:
            Unavailable: the database does not answer; nothing may be acknowledged.
            psycopg.DataError, psycopg.IntegrityError: a row cannot be written.
        """
        if known is not None and await self._is_recorded_as_sent(scans, known):
            self._room.wrote()
            return None
        scans = scans._replace(labels=scans.labels & ~BY_VENUE)  # the database judges by the venue itself
        packed = packed_scans(scans, self._scan_type)
        rows = await self._with_connection(lambda connection: rows_of(connection, _CHECK_IN, packed))
        verdicts = [ScanVerdict(*row) for row in rows] if rows else [recorded(scan) for scan in scans.rows()]
        self._note_written(verdicts)
        return verdicts

    async def _is_recorded_as_sent(self, scans: Scans, known: str) -> bool:
        """The short way, good for nearly all groups: False where nothing was written and the database must look closer."""
        values, formats = (packed_scans(scans, self._scan_type), known.encode()), (Format.BINARY, Format.TEXT)
        done = await self._with_connection(
            lambda connection: value_of(connection.pgconn, _CHECK_IN_KNOWN, values, formats)
        )
        return done == _TRUE

    async def keep_venues_fresh(self) -> None:
        """Learn every second which venues have changed; until it is cancelled."""
        await self._every_second(self._learn_venues, "venues are looked up for every scan", self.venues.forget)

    async def keep_phones_fresh(self) -> None:
        """Learn every second which phones were signed out from afar; until it is cancelled. What is known counts in an outage too."""
        await self._every_second(self._learn_phones, "scans of lost phones are not marked", lambda: None)

    async def _learn_venues(self, connection: _Connection) -> None:
        cursor = await connection.execute(_VENUES, [self.venues.known], prepare=True, binary=True)
        self.venues.learn(map(VenueRow._make, await cursor.fetchall()))

    async def _learn_phones(self, connection: _Connection) -> None:
        since = self.phones.since(datetime.now(UTC))
        cursor = await connection.execute(_SIGNED_OUT, [since], prepare=True, binary=True)
        self.phones.learn(map(PhoneRow._make, await cursor.fetchall()))

    async def _every_second(
        self, learn: Callable[[_Connection], Awaitable[None]], without: str, lost: Callable[[], None]
    ) -> None:
        """Learn again and again; `without` says what is amiss where the role may not ask, `lost` is called where nobody answers."""
        while True:
            pause = _REFRESH_SECONDS
            try:
                async with self._pool.connection() as connection:
                    await learn(connection)
            except psycopg.ProgrammingError as error:
                log.warning("%s, see docs/door.md: %s", without, error)
                pause = _NOT_GRANTED_SECONDS
            except (psycopg.Error, PoolTimeout):
                lost()
            await asyncio.sleep(pause)

    async def check_out(self, leavings: Sequence[Leaving]) -> Sequence[LeavingVerdict]:
        """Record check-outs in one commit; raises as `check_in`."""
        rows = await self._with_connection(
            lambda connection: rows_of(connection, _CHECK_OUT, packed_leavings(leavings, self._leaving_type))
        )
        verdicts = [LeavingVerdict(*row) for row in rows]
        self._note_written(verdicts)
        return verdicts

    async def keep_attempts(self, scans: Sequence[Scan]) -> Sequence[None]:
        """Keep failed scans in one commit; raises as `check_in`."""
        await self._with_connection(
            lambda connection: rows_of(connection, _SCAN_ATTEMPT, packed_scans(scans, self._scan_type))
        )
        self._room.wrote()
        return [None] * len(scans)

    async def _with_connection(self, ask: Callable[[_Connection], Awaitable[_Result]]) -> _Result:
        """Ask, and ask again where the connection broke: every function of the door may be repeated without harm."""
        for _ in range(_TRIES):
            try:
                async with self._pool.connection() as connection:
                    return await ask(connection)
            except PoolTimeout:
                break
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                log.warning("the ledger did not answer: %s", error)
                self._room.refused(error)
                self.venues.forget()  # it may be another database that answers next
        raise Unavailable

    def _note_written(self, verdicts: Sequence[ScanVerdict] | Sequence[LeavingVerdict]) -> None:
        if any(verdict.outcome == RECORDED for verdict in verdicts):
            self._room.wrote()

    async def _configure(self, connection: _Connection) -> None:
        connection.adapters.register_dumper(_Packed, _PackedDumper)
        # The plans inside the functions fit every group; planning them anew would cost more than running them.
        await connection.execute(
            "SET timezone TO 'UTC'; SET statement_timeout TO '10s'; SET plan_cache_mode TO force_generic_plan"
        )
        await connection.execute(_PREPARE_CHECK_IN_KNOWN)
        cursor = await connection.execute(_WHO_AM_I)
        found = await cursor.fetchone()
        self._scan_type, self._leaving_type, may_read = found or (0, 0, False)
        if may_read:
            log.warning("the door's database role may do more than record scans: see docs/door.md")


_CHECK_IN = "SELECT outcome, venue_id, entered_at, received_at, labels, reason FROM door_check_in(%s)"
_CHECK_OUT = "SELECT outcome, left_at, received_at, labels, reason FROM door_check_out(%s)"
_CHECK_IN_KNOWN = b"door_check_in_known"
_PREPARE_CHECK_IN_KNOWN = "PREPARE door_check_in_known (door_scan[], pg_snapshot) AS SELECT door_check_in_known($1, $2)"
_TRUE = b"\x01"
_VENUES = "SELECT * FROM door_venues(%s::pg_snapshot)"
_SIGNED_OUT = "SELECT phone_id, ended_at FROM door_signed_out(%s)"
_SCAN_ATTEMPT = "SELECT door_scan_attempt(%s)"
_WHO_AM_I = "SELECT 'door_scan'::regtype::oid, 'door_leaving'::regtype::oid, has_table_privilege('check_in', 'SELECT')"


async def rows_of(connection: _Connection, question: str, packed: bytes, *more: bytes | str) -> list[tuple[Any, ...]]:
    """What a function of the door answers to packed rows."""
    cursor = await connection.execute(question, [_Packed(packed), *more], prepare=True, binary=True)
    return await cursor.fetchall()


def recorded(scan: Scan) -> ScanVerdict:
    """The verdict on a scan that was recorded as it is."""
    return ScanVerdict(RECORDED, scan.venue_id, instant(scan.entered_at), instant(scan.received_at), scan.labels, None)


def instant(microseconds: int) -> datetime:
    """Of microseconds since the epoch."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)
