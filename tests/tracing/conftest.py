"""A listed outbreak, officers to trace it, and the rule they work under."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, register_case
from dauchan.tracing.models import Case, Disease
from dauchan.units.models import Appointment, Officer, Role, Unit
from dauchan.venues.models import Venue
from tests.tracing.outbreak import make_disease, make_places


@pytest.fixture
def province(db: None) -> Unit:
    return Unit.objects.create(
        code="46", level="province", name="Huế", full_name="Thành phố Huế", name_en="Hue City", path="1",
        valid_from=dt.date(2025, 7, 1), lat=16.46, lon=107.59, search_key="hue", sort_key="hue",
    )  # fmt: skip


@pytest.fixture
def commune(province: Unit) -> Unit:
    return Unit.objects.create(
        code="19789", level="commune", name="Thuận Hóa", full_name="Phường Thuận Hóa", name_en="Thuan Hoa Ward",
        path="1.2", parent=province, valid_from=dt.date(2025, 7, 1), lat=16.46, lon=107.59, search_key="thuan hoa",
        sort_key="thuan hoa",
    )  # fmt: skip


def appointed(username: str, role: str, unit: Unit) -> Officer:
    officer = Officer.objects.create(username=username, full_name=f"Cán bộ {username}")
    Appointment.objects.create(officer=officer, role=role, unit=unit)
    return officer


@pytest.fixture
def tracer(province: Unit) -> Officer:
    return appointed("truyvet", Role.TRACER, province)


@pytest.fixture
def approver(province: Unit) -> Officer:
    return appointed("pheduyet", Role.APPROVER, province)


@pytest.fixture
def disease(db: None) -> Disease:
    return make_disease()


@pytest.fixture
def places(commune: Unit) -> dict[str, Venue]:
    return make_places(commune)


@pytest.fixture
def case(places: dict[str, Venue], tracer: Officer, province: Unit, disease: Disease) -> Case:
    sampled_on = timezone.localdate() - dt.timedelta(days=1)
    return register_case(CaseReport(example_phone("A"), disease, province, sampled_on), tracer)
