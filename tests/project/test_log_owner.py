"""The log changes hands: to a role of its own, and back for a migration that changes its table."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dauchan.project.environment import AUDIT_URL, Kind, environment
from dauchan.project.errors import CannotStart
from dauchan.project.log_owner import LogOwner, check_log_owner
from dauchan.project.programs import console
from tests.cases.production import new_database

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(database_url: str, audit_database_url: str) -> Iterator[LogOwner]:
    """An installation whose log is apart."""
    template = str(conninfo_to_dict(database_url)["dbname"])
    with new_database(database_url, template) as url:
        yield LogOwner(url, make_conninfo(audit_database_url, dbname=str(conninfo_to_dict(url)["dbname"])))


def add_a_line(owner: LogOwner) -> None:
    with psycopg.connect(owner.writer_url) as connection:
        connection.execute(
            "INSERT INTO units_auditentry (at, action, subject, purpose, detail, previous_digest, digest)"
            " VALUES (now(), 'a', 'b', '', '{}', '', gen_random_uuid())"
        )
        connection.execute("CREATE TABLE made_beside_it ()")
        connection.execute("DROP TABLE made_beside_it")


def test_the_log_changes_hands_and_lines_are_added_all_the_while(owner: LogOwner) -> None:
    production = dataclasses.replace(
        environment(), env=Kind.PRODUCTION, database_url=owner.writer_url, database_audit_url=owner.owner_url
    )
    owner.give_back()
    assert not owner.is_apart()
    add_a_line(owner)
    with pytest.raises(CannotStart, match=AUDIT_URL):
        check_log_owner(production)
    owner.keep_apart()
    owner.keep_apart()
    assert owner.is_apart()
    add_a_line(owner)
    check_log_owner(production)


def test_a_role_that_may_not_own_it_is_told_so(owner: LogOwner) -> None:
    stranger = LogOwner(owner.owner_url, owner.writer_url)
    with pytest.raises(CannotStart, match=AUDIT_URL):
        stranger.keep_apart()


def test_the_programs_are_not_told_who_owns_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUDIT_URL, "postgresql://dauchan_audit@db/dauchan")
    assert AUDIT_URL not in console(environment()).environ
