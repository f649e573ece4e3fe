"""Names in lists lead to the commune of today's map that they mean, or are told to be unclear."""

from __future__ import annotations

import datetime as dt

import pytest

from dauchan.units.actions import load_units
from dauchan.units.commune_names import CommuneNames
from dauchan.vietnamese import fold

TODAY = dt.date(2026, 11, 28)
OF_2021 = dt.date(2021, 9, 1)


@pytest.fixture(scope="module")
def names(django_db_setup: None, django_db_blocker: object) -> CommuneNames:
    """Read once: the index holds no connection."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_units()
        found = CommuneNames(TODAY)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    ("written", "full_name"),
    [
        ("Phường Thuận Hóa", "Phường Thuận Hóa"),
        ("P. Thuận Hoá", "Phường Thuận Hóa"),
        ("p.thuận hòa", "Phường Phú Xuân"),
        ("Thuận Hòa", "Phường Phú Xuân"),
        ("PHƯỜNG VĨNH NINH", "Phường Thuận Hóa"),
        ("vinh ninh", "Phường Thuận Hóa"),
        ("Phường Đúc", "Phường Thuận Hóa"),
        ("P. Phường Đúc", "Phường Thuận Hóa"),
        ("TT. Thuận An", "Phường Thuận An"),
        ("Vỹ Dạ Ward", "Phường Vỹ Dạ"),
        ("Phú Xuân (P)", None),
        ("Phường Phú Xuân", "Phường Phú Xuân"),
        ("Xã Phú Xuân", "Xã Phú Hồ"),
        ("19753", "Phường Phú Xuân"),
        ("Xã Đâu Đâu", None),
        ("", None),
    ],
)
def test_a_name_alone(names: CommuneNames, written: str, full_name: str | None) -> None:
    meant = names.meant(written)
    assert (meant.unit and meant.unit.full_name) == full_name


def test_a_name_of_an_earlier_map_says_which(names: CommuneNames) -> None:
    meant = names.meant("Phường Vĩnh Ninh")
    assert meant.was is not None
    assert meant.was.full_name == "Phường Vĩnh Ninh"
    assert names.meant("Phường Thuận Hóa").was is None


@pytest.mark.parametrize("written", ["Thuan Hoa", "Phú Xuân", "Hương Phong", "phu vinh"])
def test_what_could_be_two_is_told(names: CommuneNames, written: str) -> None:
    meant = names.meant(written)
    assert meant.unit is None
    assert len(meant.could_be) > 1


@pytest.mark.parametrize(
    ("written", "district", "full_name"),
    [
        ("Hương Phong", "A Lưới", "Xã A Lưới 4"),
        ("Hương Phong", "TP. Huế", "Phường Hóa Châu"),
        ("Huong Xuan", "huyen Nam Dong", "Xã Nam Đông"),
        ("Phú Vinh", "H. A Lưới", "Xã A Lưới 3"),
    ],
)
def test_the_district_settles_it(names: CommuneNames, written: str, district: str, full_name: str) -> None:
    meant = names.meant(written, district)
    assert meant.unit is not None
    assert meant.unit.full_name == full_name


def test_the_map_of_the_list_settles_it(names: CommuneNames) -> None:
    old = names.map_of(["Vĩnh Ninh", "Phú Hội", "Tây Lộc", "Thuan Hoa", "Phú Xuân"])
    assert old is not None
    assert old < dt.date(2025, 7, 1)
    assert names.meant("Phú Xuân", map_on=old).unit == names.meant("Xã Phú Xuân").unit
    new = names.map_of(["Phú Xuân", "Thuận Hóa", "Hóa Châu", "Vỹ Dạ", "Phú Vinh"])
    assert new == dt.date(2025, 7, 1)
    assert names.meant("Phú Vinh", map_on=new).was is None
    assert names.map_of(["Vỹ Dạ"]) == new
    assert names.map_of([]) is None


@pytest.mark.parametrize(
    ("address", "full_name", "rest"),
    [
        ("12 Lê Lợi, P. Vĩnh Ninh, TP Huế", "Phường Thuận Hóa", "12 Lê Lợi"),
        ("12 Lê Lợi - Vĩnh Ninh - Huế", "Phường Thuận Hóa", "12 Lê Lợi"),
        ("Thôn 1, Hồng Hạ, A Lưới", "Xã A Lưới 5", "Thôn 1"),
        ("Chợ A Lưới, A Lưới", "Xã A Lưới 2", "Chợ A Lưới"),
        ("Số 5, thôn Đông, xã Hương Phong, huyện A Lưới, tỉnh Thừa Thiên Huế", "Xã A Lưới 4", "Số 5, thôn Đông"),
        ("12 Lê Lợi", None, "12 Lê Lợi"),
    ],
)
def test_in_an_address(names: CommuneNames, address: str, full_name: str | None, rest: str) -> None:
    meant, before = names.in_address(address)
    assert (meant.unit and meant.unit.full_name) == full_name
    assert before == rest


def test_every_name_of_every_map_is_known_without_diacritics_too(names: CommuneNames) -> None:
    known = [one for several in names._by_name.values() for one in several]
    assert len(known) > 300
    for one in known:
        for written in (one.unit.full_name, fold(one.unit.full_name), one.unit.name):
            meant = names.meant(written, one.district, one.unit.valid_from)
            assert meant.unit == one.today or one.today in meant.could_be, written
