"""An invented province with a data protection officer, and somebody who was seen somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from django.utils import timezone

from dauchan.privacy.reference import load_request_clocks
from dauchan.units.models import Officer, Role
from tests.web.conftest import (
    appointed,
    category,
    commune,
    make_person,
    other_commune,
    province,
    registered,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from dauchan.people.models import Person
    from dauchan.units.models import Unit
    from dauchan.venues.models import Category, Venue

__all__ = ["category", "commune", "other_commune", "province"]


@pytest.fixture(autouse=True)
def _own_places(settings: Settings, tmp_path: Path) -> None:
    settings.ERASURE_LIST = str(tmp_path / "erasures.jsonl")
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    settings.LOG_ROOT = str(tmp_path / "log")
    settings.SEGMENTS_ROOT = str(tmp_path / "segments")


@pytest.fixture
def clocks(db: None) -> None:
    load_request_clocks()


@pytest.fixture
def protector(province: Unit) -> Officer:
    return appointed(Role.PRIVACY, province, "baove")


@pytest.fixture
def visitor(db: None) -> Person:
    return make_person("+84905000077", "Lê Văn Thử")


@pytest.fixture
def venue(category: Category, commune: Unit) -> Venue:
    return registered(make_person("+84905000002", "Trần Thị Chủ"), category, commune)


def seen_at(person: Person, venue: Venue, hours_ago: int = 2) -> None:
    from dauchan.visits.actions import load_visits

    entered = int(timezone.now().timestamp()) - hours_ago * 3600
    load_visits(*(np.array([value], np.int64) for value in (person.pk, venue.pk, entered, entered + 1800)))
