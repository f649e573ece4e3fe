"""The kinds of venues as shipped."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest

import dauchan
from dauchan.units.reference_rows import Loaded
from dauchan.venues.models import Category
from dauchan.venues.reference import load_categories
from dauchan.vietnamese import clean_text

with (Path(dauchan.__file__).parent / "venues/reference/categories.csv").open(encoding="utf-8", newline="") as file:
    CATEGORIES = list(csv.DictReader(file))


def test_codes_names_and_places_are_unique() -> None:
    for column in ("code", "name_vi", "name_en", "position"):
        values = [row[column] for row in CATEGORIES]
        assert len(values) == len(set(values))


@pytest.mark.parametrize("row", CATEGORIES, ids=lambda row: row["code"])
def test_every_category_is_sane(row: dict[str, str]) -> None:
    assert re.fullmatch(r"[a-z][a-z-]{1,39}", row["code"])
    assert row["setting"] in {"indoor", "outdoor", "vehicle"}
    assert row["mode"] in {"poster", "gate", "both"}
    assert row["sensitive"] in {"yes", "no"}
    assert 5 <= int(row["default_stay_minutes"]) <= 24 * 60
    assert all(clean_text(value) == value for value in row.values())
    assert unicodedata.is_normalized("NFC", row["name_vi"])
    assert len(row["name_vi"]) <= 80
    assert len(row["name_en"]) <= 80


def test_places_that_must_stay_hidden_are_marked() -> None:
    assert {row["code"] for row in CATEGORIES if row["sensitive"] == "yes"} == {"quarantine", "shelter", "defence"}


def test_where_somebody_stands_guard_visitors_do_not_scan_themselves() -> None:
    gates = {row["code"] for row in CATEGORIES if row["mode"] == "gate"}
    assert {"hospital", "school", "factory", "checkpoint", "quarantine", "shelter", "defence"} <= gates


def test_something_fits_everyone() -> None:
    assert CATEGORIES[-1]["code"] == "other"
    assert max(CATEGORIES, key=lambda row: int(row["position"]))["code"] == "other"


@pytest.mark.django_db
def test_the_database_takes_them_all_and_finds_them_again() -> None:
    assert load_categories() == Loaded(added=len(CATEGORIES))
    assert load_categories() == Loaded(unchanged=len(CATEGORIES))
    assert Category.objects.get(code="shelter").sensitive
    assert not Category.objects.get(code="market").sensitive
