"""A listed outbreak, officers to trace it, and the rule they work under."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_phone, load_example_outbreak
from dauchan.tracing.actions import CaseReport, register_case
from dauchan.tracing.models import Case, Disease, DoctrineRule
from dauchan.units.models import Appointment, Officer, Role, Unit
from dauchan.venues.models import Category, Venue


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
    disease = Disease.objects.create(code="covid-19-thu", name_vi="COVID-19 (thử)", name_en="COVID-19 (trial)")
    DoctrineRule.objects.create(
        disease=disease, valid_from=dt.date(2022, 4, 15), instrument="Quy định thử", days_before_onset=2,
        days_before_sample=2, days_after=10, min_overlap_minutes=15, tail_minutes=30, latent_period_hours=24,
    )  # fmt: skip
    return disease


@pytest.fixture
def places(commune: Unit) -> dict[str, Venue]:
    for position, (code, stay) in enumerate({"cafe": 60, "market": 45, "office": 60}.items()):
        Category.objects.update_or_create(
            code=code,
            defaults={
                "name_vi": code, "name_en": code, "setting": "indoor", "default_stay_minutes": stay,
                "position": position, "sensitive": False,
            },
        )  # fmt: skip
    return load_example_outbreak(commune, timezone.localdate())


@pytest.fixture
def case(places: dict[str, Venue], tracer: Officer, province: Unit, disease: Disease) -> Case:
    sampled_on = timezone.localdate() - dt.timedelta(days=1)
    return register_case(CaseReport(example_phone("A"), disease, province, sampled_on), tracer)
