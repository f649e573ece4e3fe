"""The database of a test run; `dauchan.project.testing` has set the environment before."""

import os
import sys
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from django.test.utils import override_settings, setup_databases, teardown_databases
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from dauchan.project.database import database_child
from dauchan.project.embedded_postgres import CARELESS, PATIENCE_SECONDS, EmbeddedPostgres
from dauchan.project.environment import AUDIT_ROLE, DOOR_ROLE, OWNER_ROLE, database_password, environment
from dauchan.project.log_owner import LogOwner
from dauchan.project.testing import OWN_SERVER

# A slow machine fails no property: how fast things are is what `make bench` tells.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # it has no types
    """A file of tests runs in one process, for it shares what it made; all of `browser` do, for their installation is dear."""

    def _split_scope(self, nodeid: str) -> str:
        of_browser = "tests/browser/"
        return of_browser if nodeid.startswith(of_browser) else nodeid.split("::", 1)[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Of the processes that pytest-xdist starts."""
    return ByFile(config, log)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Argon2 is slow by intent, and nearly every test makes officers; installations of tests hash as in earnest."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """The database server of this test process, started when the first test needs it."""
    if OWN_SERVER not in os.environ:
        yield
        return
    here = environment()
    # Nobody else commits while a test is within its transaction, not even the database itself: a ledger's snapshot taken there would
    # count what the test writes later as seen.
    small = {**CARELESS, "shared_buffers": "64MB", "autovacuum": "off"}
    postgres = EmbeddedPostgres(
        here.var / "postgres", here.run, here.var / "database.log", here.keys, small, owner_rights="CREATEDB"
    )
    postgres.create()
    server = database_child(postgres)
    server.start()
    try:
        server.wait_until_ready(PATIENCE_SECONDS)
        yield
    finally:
        server.stop()


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: None,
    django_test_environment: None,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The migrated test database. Unlike pytest-django's own it is made for tests without Django too: the door's."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    if OWN_SERVER in os.environ:
        # The log is out of reach as in production; but tests that commit empty all tables afterwards.
        owner = LogOwner(_test_database_url(OWNER_ROLE), _test_database_url(AUDIT_ROLE))
        owner.keep_apart()
        with psycopg.connect(owner.owner_url) as connection:
            connection.execute(f"GRANT TRUNCATE ON units_auditentry TO {OWNER_ROLE}")
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def database_url(django_db_setup: None) -> str:
    """The test database, as the role that owns the tables."""
    return _test_database_url(OWNER_ROLE)


@pytest.fixture(scope="session")
def door_database_url(django_db_setup: None) -> str:
    """The test database, as the door's role; of an external server, as the owner."""
    return _test_database_url(DOOR_ROLE)


@pytest.fixture(scope="session")
def audit_database_url(django_db_setup: None) -> str:
    """The test database, as the role that owns the log; an external server has none."""
    if OWN_SERVER not in os.environ:
        pytest.skip("the server of DATABASE_URL has no role for the log")
    return _test_database_url(AUDIT_ROLE)


def _test_database_url(role: str) -> str:
    from django.db import connection

    at = connection.settings_dict
    user, password = at["USER"], at["PASSWORD"]
    if OWN_SERVER in os.environ:
        user, password = role, database_password(role, environment().keys)
    return (
        f"postgresql://{quote(user)}:{quote(password)}@{quote(at['HOST'], safe='')}:{at['PORT'] or 5432}/{at['NAME']}"
    )


@pytest.fixture(autouse=True)
def _no_index_of_another_test() -> Iterator[None]:
    """What a process knows of the ledger outlives no test: its rows are rolled back or removed behind the ledger's back."""
    yield
    if current := sys.modules.get("dauchan.visits.segments.current"):
        current.CURRENT.forget()


@pytest.fixture(autouse=True)
def _no_language_of_another_test() -> Iterator[None]:
    """A request in English leaves its thread in English; the next test begins in Vietnamese."""
    yield
    if translation := sys.modules.get("django.utils.translation"):
        translation.deactivate()


@pytest.fixture
def committed_ledger(transactional_db: None) -> Iterator[None]:
    """For tests that commit: what they put into the ledger is gone afterwards, as Django sees to for its own tables."""
    from django.db import connection

    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE check_in, check_out, scan_attempt")
