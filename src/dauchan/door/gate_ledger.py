"""The door's way to the one function for gates, over a connection of its own: a gate's queue never delays a visitor's scan."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import psycopg

from dauchan.door.gate_rows import packed_items
from dauchan.door.ledger import Ledger, rows_of
from dauchan.door.room import Room
from dauchan.people.sealing import seal_text
from dauchan.qr.signing import Keyring
from dauchan.visits.gate_items import GateItem

RECORDED, REPEATED, REFUSED, SET_ASIDE = 1, 2, 3, 4

_GATE_SCAN = "SELECT outcome, labels, reason FROM door_gate_scan(%s, %s)"


class GateVerdict(NamedTuple):
    """What became of a gate's scan; `reason` is an AttemptReason where it was refused, a Quarantine where it was set aside."""

    outcome: int
    labels: int
    reason: int


class GateLedger(Ledger):
    """Records what gates hand in.

    Args:
        database_url: the address, as the role `dauchan_door`.
        room: what is known of the room on the database's disk.
        personal_keys: encrypt the name, still empty, of somebody new.
    """

    def __init__(self, database_url: str, room: Room, personal_keys: Keyring) -> None:
        super().__init__(database_url, room, lanes=1)
        self._nameless = seal_text("", personal_keys)
        self._item_type = 0

    async def gate_scan(self, items: Sequence[GateItem]) -> Sequence[GateVerdict]:
        """Record scans in one commit.

        Raises:
            Unavailable: the database does not answer; nothing may be acknowledged.
            psycopg.DataError, psycopg.IntegrityError: a row cannot be written.
        """
        rows = await self._with_connection(
            lambda connection: rows_of(connection, _GATE_SCAN, packed_items(items, self._item_type), self._nameless)
        )
        verdicts = [GateVerdict(*row) for row in rows]
        if any(verdict.outcome in {RECORDED, SET_ASIDE} for verdict in verdicts):
            self._room.wrote()
        return verdicts

    async def _configure(self, connection: psycopg.AsyncConnection[tuple[Any, ...]]) -> None:
        await super()._configure(connection)
        # Where PostgreSQL has a compiler, it would take seconds for plans over all partitions that run for milliseconds.
        await connection.execute("SET jit TO off")
        cursor = await connection.execute("SELECT 'door_gate_item'::regtype::oid")
        found = await cursor.fetchone()
        (self._item_type,) = found or (0,)
