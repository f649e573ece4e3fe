"""The rule and the places of the listed outbreak, for tests of the domain and of the screens."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from dauchan.simulation.example_outbreak import load_example_outbreak
from dauchan.tracing.models import Disease, DoctrineRule
from dauchan.units.models import Unit
from dauchan.venues.models import Category, Venue


def make_disease() -> Disease:
    disease = Disease.objects.create(code="covid-19-thu", name_vi="COVID-19 (thử)", name_en="COVID-19 (trial)")
    DoctrineRule.objects.create(
        disease=disease, valid_from=dt.date(2022, 4, 15), instrument="Quy định thử", days_before_onset=2,
        days_before_sample=2, days_after=10, min_overlap_minutes=15, tail_minutes=30, latent_period_hours=24,
        note_vi="Ghi chú của quy định thử", note_en="Note of the trial rule",
    )  # fmt: skip
    return disease


def make_places(commune: Unit) -> dict[str, Venue]:
    """The listed outbreak, days counted from today; the places by key."""
    for position, (code, stay) in enumerate({"cafe": 60, "market": 45, "office": 60}.items()):
        Category.objects.update_or_create(
            code=code,
            defaults={
                "name_vi": code, "name_en": code, "setting": "indoor", "default_stay_minutes": stay,
                "position": position, "sensitive": False,
            },
        )  # fmt: skip
    return load_example_outbreak(commune, timezone.localdate())
