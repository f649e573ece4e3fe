"""Both ends for real: this installation's ledger, an agreement, and the receiving program with a database of its own."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import numpy as np
import psycopg
import pytest
from django.utils import timezone
from pytest_django import Settings

from dauchan.exchange.contract.manifest import public_key
from dauchan.exchange.national.agreement import Agreement, agreement_of
from dauchan.exchange.national.turns import Turned, forget_receiver, turn
from dauchan.exchange.receiving.running import RunningReceiver, fresh_secret, source_block
from dauchan.project.door_fixtures import drop_database
from dauchan.units.models import Unit
from dauchan.venues.models import Category, Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING

CODE = "national"
FIELDS = """
[fields]
visits = ["person", "venue_id", "entered_at", "left_at", "left_by", "labels", "source", "assurance", "party", "received_at"]
attempts = ["person", "venue_id", "attempted_at", "reason", "source", "labels", "received_at"]
venues = ["name", "category", "address", "unit_code", "lat", "lon", "status", "registered_at", "stay_minutes"]
"""


@dataclass
class Ends:
    """The two ends of one exchange."""

    folder: Path
    receiver: RunningReceiver
    centre: psycopg.Connection

    def agree(self, **more: object) -> Agreement:
        """Write the agreement, with other words where a test has some, and read it."""
        about: dict[str, object] = {
            "code": CODE, "name": "Trung tâm thử", "source": "hue", "client_id": "hue", "url": self.receiver.url,
            "client_secret_file": "secret", "rows": 50_000, "first_on": timezone.localdate() - dt.timedelta(days=5),
        }  # fmt: skip
        tables = str(more.pop("tables", FIELDS))
        lines = [f"{name} = {value if isinstance(value, int | dt.date) else chr(34) + str(value) + chr(34)}"
                 for name, value in (about | more).items()]  # fmt: skip
        (self.folder / f"{CODE}.toml").write_text("\n".join(lines) + "\n" + tables, encoding="utf-8")
        return agreement_of(CODE)

    def there(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        """What the receiver's database says."""
        return self.centre.execute(query, given).fetchall()

    def count(self, table: str = "visits") -> int:
        return int(self.there(f"SELECT count(*) FROM national.{table}")[0][0])  # noqa: S608 - our own words


@pytest.fixture(scope="session")
def centre_database(database_url: str) -> Iterator[str]:
    """A database of its own on the same server."""
    parts = urlsplit(database_url)
    name = f"{parts.path[1:]}_centre_{secrets.token_hex(4)}"  # the cases have theirs beside it
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(database_url, autocommit=True) as connection:
        drop_database(connection, name)


@pytest.fixture(scope="session")
def running_receiver(
    centre_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunningReceiver, str]]:
    """One program for all tests that need nothing special of it."""
    import hmac

    from django.conf import settings

    secret, config = fresh_secret(), tmp_path_factory.mktemp("receiver") / "receiver.toml"
    seed = hmac.digest(settings.LOOKUP_KEY, f"batches for {CODE} 1".encode(), "sha256")
    config.write_text(source_block("hue", secret, public_key(seed)), encoding="utf-8")
    with RunningReceiver(config, centre_database) as receiver:
        yield receiver, secret


@pytest.fixture
def ends(
    committed_ledger: None,
    running_receiver: tuple[RunningReceiver, str],
    centre_database: str,
    settings: Settings,
    tmp_path: Path,
) -> Iterator[Ends]:
    receiver, secret = running_receiver
    folder = tmp_path / "exchange"
    folder.mkdir()
    settings.EXCHANGE_ROOT = str(folder)
    (folder / "secret").write_text(secret, encoding="utf-8")
    with psycopg.connect(centre_database, autocommit=True) as centre:
        centre.execute(
            "TRUNCATE national.visits, national.attempts, national.venues, national.batch, national.stream, national.set_aside"
        )
        yield Ends(folder, receiver, centre)
        forget_receiver(CODE)


@pytest.fixture
def exchange_venues(ends: Ends) -> list[Venue]:
    """Three venues in two communes."""
    category = Category.objects.create(
        code="exchange-test", name_vi="Quán", name_en="Café", setting="indoor", default_stay_minutes=45, position=997
    )
    units = [
        Unit.objects.create(
            code=f"9999{n}", level="commune", name=f"Thử {n}", full_name=f"Xã Thử {n}", name_en="T", path=f"90{n}",
            valid_from=dt.date(2021, 7, 1), search_key="thu", sort_key=f"thu{n}",
        )
        for n in range(2)
    ]  # fmt: skip
    return [
        Venue.objects.create(
            name=f"Quán {n}", category=category, address="1 Lê Lợi", unit=units[n % 2], status="approved"
        )
        for n in range(3)
    ]


Visiting = Callable[..., int]


@pytest.fixture
def visiting(exchange_venues: list[Venue]) -> Visiting:
    """Many visits at once, spread over the venues: `visiting(1000, days_ago=1)`."""

    def visit(count: int, *, days_ago: float = 1, first_person: int = 1, ends: bool = True) -> int:
        noon = timezone.localtime(timezone.now() - dt.timedelta(days=days_ago)).replace(hour=12, minute=0, second=0)
        start = int(noon.timestamp())
        number = np.arange(count, dtype=np.int64)
        entered = start + number % 7200
        left = entered + 600 if ends else np.full(count, MISSING)
        venue = np.array([each.pk for each in exchange_venues], np.int64)[number % len(exchange_venues)]
        return load_visits(number + first_person, venue, entered, left)

    return visit


def turned(agreement: Agreement, seconds: float = 60) -> Turned:
    """One turn that must have been ours."""
    done = turn(agreement, seconds)
    assert done is not None
    return done
