"""The administrative units of province 46 as shipped: complete, dated, consistent."""

import csv
import datetime as dt
import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import dauchan
from dauchan.units.actions import load_units
from dauchan.units.models import Unit
from dauchan.units.reference import make_maps
from dauchan.units.reference_rows import Loaded

PACKAGE = Path(dauchan.__file__).parent
REFERENCE = PACKAGE / "units/reference"
MAPS = PACKAGE / "web/layout/static/maps"
OPEN_END = "9999-12-31"


def read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = read("units.csv")
SUCCESSORS = read("successors.csv")


def in_force(day: str) -> list[dict[str, str]]:
    return [row for row in UNITS if row["valid_from"] <= day < (row["valid_to"] or OPEN_END)]


def full_names(code: str) -> list[str]:
    return [row["full_name"] for row in UNITS if row["code"] == code]


@pytest.mark.parametrize(
    ("day", "districts", "communes", "province"),
    [
        ("2021-07-01", 9, 141, "Tỉnh Thừa Thiên Huế"),
        ("2021-08-24", 9, 141, "Tỉnh Thừa Thiên Huế"),
        ("2024-12-31", 9, 141, "Tỉnh Thừa Thiên Huế"),
        ("2025-01-01", 9, 133, "Thành phố Huế"),
        ("2025-06-30", 9, 133, "Thành phố Huế"),
        ("2025-07-01", 0, 40, "Thành phố Huế"),
        ("2026-11-22", 0, 40, "Thành phố Huế"),
    ],
)
def test_every_day_has_one_complete_map(day: str, districts: int, communes: int, province: str) -> None:
    rows = in_force(day)
    levels = Counter(row["level"] for row in rows)
    assert (levels["district"], levels["commune"]) == (districts, communes)
    assert [row["full_name"] for row in rows if row["level"] == "province"] == [province]
    codes = Counter(row["code"] for row in rows)
    assert codes.most_common(1)[0][1] == 1


def test_code_and_first_day_are_a_key() -> None:
    keys = [(row["code"], row["valid_from"]) for row in UNITS]
    assert len(keys) == len(set(keys)) == 334


def test_codes_keep_their_leading_zeros_and_width() -> None:
    widths = {"province": 2, "district": 3, "commune": 5}
    assert all(row["code"].isdecimal() and len(row["code"]) == widths[row["level"]] for row in UNITS)


def test_a_period_ends_after_it_begins() -> None:
    assert all(row["valid_from"] < (row["valid_to"] or OPEN_END) for row in UNITS)


def test_every_parent_is_in_force_for_the_whole_period() -> None:
    def covers(parent: dict[str, str], row: dict[str, str]) -> bool:
        return (
            parent["code"] == row["parent_code"]
            and parent["valid_from"] <= row["valid_from"]
            and (parent["valid_to"] or OPEN_END) >= (row["valid_to"] or OPEN_END)
        )

    orphans = [row for row in UNITS if row["parent_code"] and sum(covers(parent, row) for parent in UNITS) != 1]
    assert orphans == []
    assert all(row["parent_code"] or row["level"] == "province" for row in UNITS)


def test_every_point_lies_in_the_province() -> None:
    outside = [
        row["full_name"]
        for row in UNITS
        if not (15.98 < float(row["lat"]) < 16.76 and 107.0 < float(row["lon"]) < 108.22)
    ]
    assert outside == []
    assert {row["point_source"] for row in UNITS} == {"vietnamadminunits", "estimate", "mean_of_children"}


def test_no_two_communes_of_a_map_share_a_point() -> None:
    points = Counter((row["valid_from"], row["lat"], row["lon"]) for row in UNITS if row["level"] == "commune")
    assert points.most_common(1)[0][1] == 1


def test_text_is_nfc_and_trimmed_and_in_one_spelling() -> None:
    for row in UNITS:
        for value in row.values():
            assert value == unicodedata.normalize("NFC", value).strip()
        assert "uỷ" not in row["full_name"]
        assert row["full_name"].endswith(f" {row['name']}")
        assert row["name_en"].startswith(f"{row['name']} ")


def test_codes_are_reused_with_a_new_meaning() -> None:
    assert full_names("19789") == ["Phường Phú Nhuận", "Phường Phú Nhuận", "Phường Thuận Hóa"]
    assert full_names("474") == ["Thành phố Huế", "Quận Thuận Hóa"]


def test_the_namesakes_are_kept_apart() -> None:
    on_2021 = in_force("2021-08-24")
    phong = {row["code"]: row["parent_code"] for row in on_2021 if row["name"] == "Hương Phong"}
    xuan = {row["code"]: row["parent_code"] for row in on_2021 if row["name"] == "Hương Xuân"}
    assert phong == {"20002": "474", "20080": "481"}
    assert xuan == {"20017": "480", "20179": "483"}
    assert full_names("19780") == ["Phường Phường Đúc"] * 2
    assert {row["name"] for row in on_2021 if row["code"] == "19780"} == {"Phường Đúc"}
    assert (full_names("20008")[0], full_names("20011")[0]) == ("Phường Hương Vân", "Phường Hương Văn")


@pytest.mark.parametrize(
    ("earlier", "later", "count"),
    [("2021-07-01", "2025-01-01", 141), ("2021-07-01", "2025-07-01", 141), ("2025-01-01", "2025-07-01", 133)],
)
def test_every_old_commune_has_its_successor_on_every_later_map(earlier: str, later: str, count: int) -> None:
    step = [row for row in SUCCESSORS if (row["old_valid_from"], row["new_valid_from"]) == (earlier, later)]

    def communes(first_day: str) -> set[str]:
        return {row["code"] for row in UNITS if (row["level"], row["valid_from"]) == ("commune", first_day)}

    assert {row["old_code"] for row in step} == communes(earlier)
    assert {row["new_code"] for row in step} == communes(later)
    assert len(step) == count
    assert {row["whole"] for row in step} == {"yes"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("19789", "Phường Thuận Hóa"),
        ("20002", "Phường Hóa Châu"),
        ("20080", "Xã A Lưới 4"),
        ("20017", "Phường Kim Trà"),
        ("20179", "Xã Nam Đông"),
        ("20008", "Phường Hương Trà"),
        ("20011", "Phường Hương Trà"),
        ("19999", "Phường Thuận An"),
        ("20032", "Phường Kim Long"),
        ("19762", "Phường Phú Xuân"),
    ],
)
def test_where_communes_of_2021_went(old: str, new: str) -> None:
    found = [
        row["new_code"]
        for row in SUCCESSORS
        if (row["old_code"], row["old_valid_from"], row["new_valid_from"]) == (old, "2021-07-01", "2025-07-01")
    ]
    names = [row["full_name"] for row in UNITS if row["code"] in found and row["valid_from"] == "2025-07-01"]
    assert names == [new]


def test_the_labels_of_the_map_follow_from_the_units() -> None:
    expected = make_maps.label_files()
    assert {name: (MAPS / name).read_text(encoding="utf-8") for name in expected} == expected
    counts = {name: len(json.loads(text)["features"]) for name, text in expected.items()}
    assert counts == {"places.geojson": 40, "2025-01-01/places.geojson": 133, "2021-07-01/places.geojson": 141}


def test_the_base_map_is_small_and_whole() -> None:
    assert sum(file.stat().st_size for file in MAPS.rglob("*.geojson")) < 300_000
    kinds = {
        name: [
            (feature["properties"]["kind"], feature["geometry"]["type"])
            for feature in json.loads((MAPS / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        ]
        for name in ("land", "rivers", "boundaries")
    }
    assert kinds == {
        "land": [("land", "MultiPolygon")],
        "rivers": [("river", "MultiLineString")],
        "boundaries": [("country", "MultiLineString"), ("province", "MultiLineString")],
    }


@pytest.mark.django_db
def test_the_database_takes_them_all_and_finds_them_again() -> None:
    assert load_units() == Loaded(added=len(UNITS) + len(SUCCESSORS))
    assert load_units() == Loaded(unchanged=len(UNITS) + len(SUCCESSORS))
    city = Unit.objects.get(code="46", valid_to=None)
    assert Unit.objects.within(city).valid_on(dt.date(2026, 11, 22)).count() == 41
    communes = Unit.objects.filter(level="commune").valid_on(dt.date(2025, 7, 1))
    assert [unit.name for unit in communes][:6] == [
        "A Lưới 1",
        "A Lưới 2",
        "A Lưới 3",
        "A Lưới 4",
        "A Lưới 5",
        "An Cựu",
    ]
