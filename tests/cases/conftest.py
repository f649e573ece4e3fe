"""Cases at the door run against a real one, in a process of its own over a ledger of its own; others through the pages."""

from dauchan.project.door_fixtures import door, ledger, ledger_urls, running_door
from tests.cases.production import demonstration_database, production
from tests.exchange.national.conftest import centre_database, ends, exchange_venues, running_receiver, visiting
from tests.web.conftest import (
    category,
    commune,
    make_officer,
    make_venue,
    officer,
    other_commune,
    owner,
    province,
    signed_in,
)

__all__ = [
    "category",
    "centre_database",
    "commune",
    "demonstration_database",
    "door",
    "ends",
    "exchange_venues",
    "ledger",
    "ledger_urls",
    "make_officer",
    "make_venue",
    "officer",
    "other_commune",
    "owner",
    "production",
    "province",
    "running_door",
    "running_receiver",
    "signed_in",
    "visiting",
]
