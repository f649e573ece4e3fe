"""Venues to visit, and visits put into the ledger without a door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest

from dauchan.units.models import Unit
from dauchan.venues.models import Category, Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING

STAY = 45


@pytest.fixture
def venues(db: None) -> list[Venue]:
    """Two venues of a category with a usual stay of 45 minutes."""
    unit = Unit.objects.create(
        code="99998", level="commune", name="Thử", full_name="Xã Thử", name_en="Thu", path="900",
        valid_from=dt.date(2021, 7, 1), search_key="thu", sort_key="thu",
    )  # fmt: skip
    category = Category.objects.create(
        code="visits-test", name_vi="Quán", name_en="Café", setting="indoor", default_stay_minutes=STAY, position=998
    )
    return [
        Venue.objects.create(name=f"Quán {n}", category=category, address="1 Lê Lợi", unit=unit, status="approved")
        for n in range(2)
    ]


@pytest.fixture
def visiting(venues: list[Venue]) -> Callable[..., int]:
    """Visits one by one."""

    def visit(person: int, venue: int, entered: dt.datetime, left: dt.datetime | None = None) -> int:
        end = MISSING if left is None else int(left.timestamp())
        columns = (np.array([number]) for number in (person, venue, int(entered.timestamp()), end))
        return load_visits(*columns)

    return visit
