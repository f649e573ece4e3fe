"""Loading the administrative map from files."""

import datetime as dt
from pathlib import Path

import pytest

from dauchan.units.actions import load_units
from dauchan.units.errors import ReferenceRefused
from dauchan.units.models import Successor, Unit
from dauchan.units.queries import communes_matching
from dauchan.units.reference_rows import Loaded

pytestmark = pytest.mark.django_db

HEAD = "code,parent_code,level,name,full_name,name_en,valid_from,valid_to,lat,lon,point_source"
MAP = f"""{HEAD}
90001,901,commune,Hương Phong,Xã Hương Phong,Huong Phong,2021-07-01,2025-07-01,16.5,107.5,x
901,90,district,Sông Thử,Huyện Sông Thử,Song Thu,2021-07-01,2025-07-01,,,
90,,province,Thử,Tỉnh Thử,Thu,2021-07-01,2025-07-01,16.4,107.6,x
90002,902,commune,Hương Phong,Xã Hương Phong,Huong Phong,2021-07-01,2025-07-01,,,
902,90,district,Núi Thử,Huyện Núi Thử,Nui Thu,2021-07-01,2025-07-01,,,
90,,province,Thử,Thành phố Thử,Thu,2025-07-01,,16.4,107.6,x
90001,90,commune,Đông Thủy,Phường Đông Thủy,Dong Thuy,2025-07-01,,16.5,107.5,x
"""


def written(path: Path, text: str = MAP) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    return written(tmp_path / "units.csv")


def test_every_unit_hangs_below_the_parent_of_its_own_period(map_file: Path) -> None:
    assert load_units(map_file) == Loaded(added=7)
    old, new = Unit.objects.filter(code="90001").order_by("valid_from")
    assert old.parent is not None
    assert old.parent.code == "901"
    assert old.parent.parent is not None
    assert old.path == f"{old.parent.parent_id}.{old.parent_id}.{old.pk}"
    assert new.parent is not None
    assert new.parent.full_name == "Thành phố Thử"
    assert old.parent.parent != new.parent


def test_loading_again_changes_nothing(map_file: Path) -> None:
    load_units(map_file)
    before = list(Unit.objects.order_by("pk").values())
    assert load_units(map_file) == Loaded(unchanged=7)
    assert list(Unit.objects.order_by("pk").values()) == before


def test_a_changed_name_changes_one_row_and_keeps_its_id(map_file: Path) -> None:
    load_units(map_file)
    unit = Unit.objects.get(full_name="Phường Đông Thủy")
    written(map_file, MAP.replace("Phường Đông Thủy", "Phường Đông Thuỷ Mới"))
    assert load_units(map_file) == Loaded(changed=1, unchanged=6)
    unit.refresh_from_db()
    assert unit.search_key == "phuong dong thuy moi"


def test_units_below_a_moved_one_move_with_it(map_file: Path) -> None:
    load_units(map_file)
    moved = written(
        map_file.with_name("moved.csv"),
        f"{HEAD}\n902,901,district,Núi Thử,Huyện Núi Thử,Nui Thu,2021-07-01,2025-07-01,,,\n",
    )
    assert load_units(moved) == Loaded(changed=1)
    commune = Unit.objects.get(code="90002")
    district = Unit.objects.get(code="902")
    assert commune.path == f"{district.path}.{commune.pk}"
    assert Unit.objects.within(Unit.objects.get(code="901")).count() == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MAP.replace("90,,province,Thử,Tỉnh", "91,,province,Thử,Tỉnh"), "cấp trên 90 "),
        (MAP.replace("16.5", "north"), "dòng 2: lat"),
        (MAP.replace("commune", "hamlet"), "dòng 2: level"),
        (MAP.replace("2025-07-01,16.5", "2025-02-30,16.5"), "dòng 2: valid_to"),
        (MAP.replace("2021-07-01,2025-07-01,16.5", "2021-07-01,2021-07-01,16.5"), "valid_to phải sau"),
        (MAP.replace("parent_code", "parent"), "thiếu cột: parent_code"),
        (MAP + "90009,90,commune\n", "dòng 9: số ô"),
        (MAP + MAP.splitlines()[1] + "\n", "hai dòng cùng ngày"),
        (MAP.replace("2021-07-01,2025-07-01,16.4", "2021-07-01,,16.4"), "chồng nhau"),
        (MAP.replace("90,,province,Thử,Tỉnh", "90,901,province,Thử,Tỉnh"), "cấp trên của chính nó"),
        ('code,"a\n', "không phải tệp CSV"),
        ("", "thiếu cột"),
    ],
)
def test_a_faulty_file_is_refused_with_line_and_fault_and_nothing_is_kept(map_file: Path, text: str, told: str) -> None:
    written(map_file, text)
    with pytest.raises(ReferenceRefused) as refusal:
        load_units(map_file)
    assert told in refusal.value.message
    assert not Unit.objects.exists()


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(MAP.encode("utf-16"))
    with pytest.raises(ReferenceRefused, match="UTF-8"):
        load_units(file)


def test_a_directory_is_loaded_with_its_successors(tmp_path: Path) -> None:
    written(tmp_path / "units.csv")
    head = "old_code,old_valid_from,new_code,new_valid_from,whole"
    line = "90001,2021-07-01,90001,2025-07-01,1"
    written(tmp_path / "successors.csv", f"{head}\n{line}\n")
    assert load_units(tmp_path) == Loaded(added=8)
    assert load_units(tmp_path) == Loaded(unchanged=8)
    successor = Successor.objects.get()
    assert (successor.earlier.full_name, successor.later.full_name) == ("Xã Hương Phong", "Phường Đông Thủy")
    assert successor.whole
    written(tmp_path / "successors.csv", f"{head}\n{line.replace('90001,2025', '90007,2025')}\n")
    with pytest.raises(ReferenceRefused, match="90007"):
        load_units(tmp_path)


def test_communes_are_found_without_diacritics_by_the_beginnings_of_words(map_file: Path) -> None:
    load_units(map_file)
    day, later = dt.date(2022, 1, 1), dt.date(2025, 7, 1)
    assert [unit.code for unit in communes_matching("huong phong", day)] == ["90001", "90002"]
    assert [unit.code for unit in communes_matching("huong phong nui", day)] == ["90002"]
    assert [unit.full_name for unit in communes_matching("dong THUY", later)] == ["Phường Đông Thủy"]
    # 'huong' does not stand at the beginning of a word in 'Phường Đông Thủy'.
    assert not communes_matching("huong", later)
    assert not communes_matching("dong", day)
    assert len(communes_matching("", day)) == 2


def test_exactly_typed_diacritics_come_first(tmp_path: Path) -> None:
    rows = "".join(
        f"9100{n},90,commune,{name},Xã {name},x,2025-07-01,,,,\n" for n, name in enumerate(["Hoa", "Hòa", "Hóa"])
    )
    load_units(written(tmp_path / "u.csv", MAP + rows))
    day = dt.date(2025, 7, 1)
    assert [unit.name for unit in communes_matching("hóa", day)] == ["Hóa", "Hoa", "Hòa"]
    assert [unit.name for unit in communes_matching("hoa", day)] == ["Hoa", "Hòa", "Hóa"]


def test_the_shipped_map_has_the_units_of_every_day() -> None:
    load_units()
    assert load_units().added == load_units().changed == 0
    levels = ("province", "district", "commune")
    counts = {
        day: tuple(Unit.objects.valid_on(day).filter(level=level).count() for level in levels)
        for day in (dt.date(2021, 8, 9), dt.date(2025, 3, 1), dt.date(2025, 7, 1))
    }
    assert counts == {
        dt.date(2021, 8, 9): (1, 9, 141),
        dt.date(2025, 3, 1): (1, 9, 133),
        dt.date(2025, 7, 1): (1, 0, 40),
    }
    for day in counts:
        (province,) = Unit.objects.valid_on(day).filter(level="province")
        communes = Unit.objects.valid_on(day).filter(level="commune")
        assert communes.within(province).count() == communes.count()
    renamed = Unit.objects.filter(code="19789").order_by("valid_from")
    assert [unit.full_name for unit in renamed] == ["Phường Phú Nhuận", "Phường Phú Nhuận", "Phường Thuận Hóa"]
