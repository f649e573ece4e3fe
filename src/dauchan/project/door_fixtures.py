"""pytest fixtures: a door in its own process over a ledger of its own. tests/door and tests/cases import them."""

import secrets
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dauchan.door.running import RunningDoor
from dauchan.door.testing import STATUSES, Ledger

_VENUES = """
INSERT INTO units_unit (id, code, level, name, full_name, name_en, path, valid_from, search_key, sort_key)
VALUES (900001, '99999', 'commune', 'Thử', 'Xã Thử', 'Thu', '900001', '2021-07-01', 'thu', 'thu');
INSERT INTO venues_category (id, code, name_vi, name_en, setting, default_stay_minutes, mode, sensitive, position)
VALUES (900001, 'door-test', 'Quán thử', 'Test café', 'indoor', 45, 'poster', false, 999);
"""
_VENUE = """
INSERT INTO venues_venue (id, name, category_id, address, unit_id, opening_hours, phone, description, sensitive, status,
                          registered_at, changed_at, decision_note, search_key, revision)
VALUES (%s, %s, 900001, '1 Đường Thử', 900001, '{}', '', '', false, %s, now(), now(), '', '', 1)
"""


def drop_database(server: psycopg.Connection, name: str) -> None:
    """Drop a database with the sessions that are left in it.

    Not `WITH (FORCE)`: it would end PostgreSQL's own vacuum too and is refused to an owner. A plain DROP sends vacuum away itself.
    """
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )
    server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def ledger_urls(database_url: str, door_database_url: str) -> Iterator[tuple[str, str]]:
    """A database of the door's own, as owner and as door: a copy of the test database, so that no test sees another's."""
    from django.db import connection

    connection.close()
    name = f"door_{uuid.uuid4().hex[:12]}"
    template = str(conninfo_to_dict(database_url)["dbname"])
    maintenance = make_conninfo(database_url, dbname=connection.settings_dict["TEST"].get("MAINTENANCE") or "postgres")
    with psycopg.connect(maintenance, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        urls = make_conninfo(database_url, dbname=name), make_conninfo(door_database_url, dbname=name)
        with psycopg.connect(urls[0]) as ledger:
            ledger.execute(_VENUES)
            for venue_id, status in STATUSES.items():
                ledger.execute(_VENUE, [venue_id, f"Địa điểm {venue_id}", status])
        yield urls
        drop_database(server, name)


@pytest.fixture(scope="session")
def running_door(ledger_urls: tuple[str, str]) -> Iterator[RunningDoor]:
    """One door for all tests that do not hurt it; nothing limits how often an address may ask."""
    with RunningDoor(ledger_urls[1], {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": "0"}) as door:
        yield door


@pytest.fixture
def ledger(ledger_urls: tuple[str, str]) -> Iterator[Ledger]:
    """A connection of the owner's to the door's ledger, which is emptied afterwards."""
    with psycopg.connect(ledger_urls[0], autocommit=True) as connection:
        yield connection
        connection.execute("TRUNCATE check_in, check_out, scan_attempt")
        for venue_id, status in STATUSES.items():
            connection.execute("UPDATE venues_venue SET status = %s WHERE id = %s", [status, venue_id])


@pytest.fixture
def door(running_door: RunningDoor, ledger: Ledger) -> RunningDoor:  # noqa: ARG001 emptied afterwards
    """A running door over an empty ledger, and in `someone` a person it has never seen."""
    running_door.someone = 2**40 + secrets.randbelow(2**50)
    return running_door
