"""How the doors are used, as officers see it: units at every level, venues, periods, files."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dauchan.compliance.models import CountedDay, UnitDay, VenueDay
from dauchan.units.models import Unit
from dauchan.venues.models import Venue
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn

ONE_DAY = dt.timedelta(days=1)


def last_day() -> dt.date:
    return timezone.localdate() - ONE_DAY


def count(back: int, **figures: tuple[Unit | Venue, int, int]) -> None:
    """Figures of the day so many days before yesterday: (unit or venue, scans, people); 20 venues registered in each unit."""
    day = last_day() - back * ONE_DAY
    CountedDay.objects.get_or_create(day=day, defaults={"seen": "1:1:", "home": "", "counted_at": timezone.now()})
    for subject, scans, people in figures.values():
        if isinstance(subject, Venue):
            VenueDay.objects.create(venue=subject, day=day, scans=scans, people=people, failed=0)
        else:
            UnitDay.objects.create(
                unit=subject, day=day, registered=20, new=1, active=min(scans, 5), scans=scans, people=people, failed=2
            )


@pytest.fixture
def monitor(make_officer: MakeOfficer, province: Unit, signed_in: SignIn) -> Client:
    return signed_in(make_officer("monitor", province))


@pytest.fixture
def counted(province: Unit, commune: Unit, other_commune: Unit) -> None:
    for back in range(14):
        scans = 1200 if back < 7 else 1000
        count(back, a=(province, scans, 900), b=(commune, scans, 900), c=(other_commune, 0 if back < 3 else 4, 0))


def page_of(client: Client, name: str = "dashboards:units", **asked: str | int) -> str:
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_indicators_are_defined_compared_and_never_confused(
    counted: None, monitor: Client, commune: Unit, other_commune: Unit
) -> None:
    page = page_of(monitor)
    assert "1.200" in page
    assert "900" in page
    assert "+20,0%" in page  # 1,200 a day after 1,000
    assert "một người vào ba nơi là ba lượt" in page
    assert "số người không bao giờ lớn hơn số lượt quét" in page
    assert "25,0%" in page  # 5 of 20 venues
    assert "1 phường, xã không có lượt quét nào" in page
    assert "3 ngày liền" in page
    assert f"unit={commune.pk}" in page
    assert "đến " + timezone.localtime(CountedDay.objects.get(day=last_day()).counted_at).strftime("%H:%M") in page


def test_small_units_are_not_ranked(counted: None, monitor: Client, commune: Unit, other_commune: Unit) -> None:
    UnitDay.objects.filter(unit=commune).update(registered=9)
    table = page_of(monitor, sort="scans").partition("So sánh các đơn vị")[2].partition("<tbody>")[2]
    assert table.index(other_commune.full_name) < table.index(commune.full_name)
    assert table.count("Không xếp hạng") == 1
    by_name = page_of(monitor, sort="name").partition("So sánh các đơn vị")[2].partition("<tbody>")[2]
    assert by_name.count("Không xếp hạng") == 1


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({}, 7),
        ({"length": "28"}, 28),
        ({"length": "own", "first": "2026-01-02", "last": "2026-01-04"}, 3),
        ({"length": "own", "first": "2026-01-05", "last": "2026-01-04"}, 7),
        ({"length": "own", "first": "2020-01-05", "last": "2026-01-04"}, 7),
        ({"length": "x", "last": "0000-00-00"}, 7),
        ({"last": "2999-01-01"}, 7),
    ],
)
def test_a_period_that_makes_no_sense_is_the_usual_one(monitor: Client, asked: dict[str, str], days: int) -> None:
    page = page_of(monitor, **asked)
    assert f"{days} ngày, từ " in page
    assert "Chưa có số liệu của khoảng thời gian này" in page


def test_days_that_were_not_counted_are_said_and_left_out(monitor: Client, province: Unit, commune: Unit) -> None:
    count(0, a=(province, 100, 80), b=(commune, 100, 80))
    count(2, a=(province, 200, 80), b=(commune, 200, 80))
    page = page_of(monitor)
    assert "5 trong 7 ngày không có số liệu" in page
    assert "150,0" in page


def test_an_officer_stays_in_the_own_area(
    counted: None,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    make_officer: MakeOfficer,
    make_venue: MakeVenue,
    signed_in: SignIn,
) -> None:
    elsewhere = make_venue(other_commune)
    officer = signed_in(make_officer("officer", commune))
    assert commune.full_name in page_of(officer)
    for name in ("dashboards:units", "dashboards:venues"):
        for unit in (province, other_commune):
            assert officer.get(reverse(name), {"unit": unit.pk}).status_code == 404
    assert officer.get(reverse("dashboards:venue", args=[elsewhere.pk])).status_code == 404
    export = reverse("dashboards:export", args=["venues", "csv"])
    assert officer.get(export, {"unit": other_commune.pk}).status_code == 404
    for role, status in (("approver", 200), ("leader", 200), ("head", 200), ("tracer", 403), ("agent", 403)):
        own = signed_in(make_officer(role, province))
        assert own.get(reverse("dashboards:units")).status_code == status


@pytest.fixture
def shops(counted: None, commune: Unit, other_commune: Unit, make_venue: MakeVenue) -> dict[str, Venue]:
    names = {"busy": "Chợ Đông Ba", "quiet": "Quán Vắng", "silent": "Tiệm Im Lặng"}
    found = {key: make_venue(commune, name) for key, name in names.items()}
    for back in range(7):
        day = last_day() - back * ONE_DAY
        VenueDay.objects.create(venue=found["busy"], day=day, scans=50 + back, people=40, failed=3)
    VenueDay.objects.create(venue=found["quiet"], day=last_day(), scans=7, people=7, failed=0)
    VenueDay.objects.create(venue=found["silent"], day=last_day() - 20 * ONE_DAY, scans=9, people=9, failed=0)
    make_venue(other_commune, "Nơi Khác")
    return found


def rows_of(page: str) -> str:
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_venues_are_found_ordered_and_narrowed(shops: dict[str, Venue], monitor: Client, commune: Unit) -> None:
    name = "dashboards:venues"
    most = rows_of(page_of(monitor, name, sort="most"))
    assert most.index("Chợ Đông Ba") < most.index("Quán Vắng") < most.index("Tiệm Im Lặng")
    fewest = rows_of(page_of(monitor, name, sort="fewest", unit=commune.pk))
    assert fewest.index("Tiệm Im Lặng") < fewest.index("Quán Vắng") < fewest.index("Chợ Đông Ba")
    assert "Nơi Khác" not in fewest
    assert rows_of(page_of(monitor, name, sort="failed")).index("Chợ Đông Ba") < 400
    silent = rows_of(page_of(monitor, name, use="silent", unit=commune.pk))
    assert "Tiệm Im Lặng" in silent
    assert (last_day() - 20 * ONE_DAY).strftime("%d/%m/%Y") in silent
    assert "Quán Vắng" not in silent
    found = rows_of(page_of(monitor, name, q="cho dong ba"))
    assert "Chợ Đông Ba" in found
    assert "Quán Vắng" not in found
    assert "53,0" in found  # the mean of 50 to 56
    assert found.partition("<path")[2].partition("/>")[0].count("z") == 7
    assert "Không có địa điểm nào khớp" in page_of(monitor, name, q="không có nơi này")


def test_one_venue_day_by_day(shops: dict[str, Venue], monitor: Client) -> None:
    answer = monitor.get(reverse("dashboards:venue", args=[shops["busy"].pk]))
    page = " ".join(answer.content.decode().split())
    assert "53,0" in page
    assert "40,0" in page
    assert "data-chart" in page
    assert "Quét không thành trong kỳ" in page


def test_files_hold_what_the_screen_shows(shops: dict[str, Venue], monitor: Client, commune: Unit) -> None:
    def sheet(table: str, **asked: str | int) -> list[list[object]]:
        answer = monitor.get(reverse("dashboards:export", args=[table, "xlsx"]), asked)
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]

    heading, whole, *parts = sheet("units")
    assert len(parts) == 2
    assert dict(zip(heading, whole, strict=True))["Lượt quét (lượt vào), trung bình mỗi ngày"] == 1200
    assert len(sheet("days", unit=commune.pk)) == 8
    venues = sheet("venues", unit=commune.pk, sort="most")
    assert [row[1] for row in venues[1:]] == ["Chợ Đông Ba", "Quán Vắng", "Tiệm Im Lặng"]
    text = monitor.get(reverse("dashboards:export", args=["venues", "csv"]), {"q": "vang"})
    lines = b"".join(text.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    for wrong in (("venues", "parquet"), ("people", "csv")):
        assert monitor.get(reverse("dashboards:export", args=wrong)).status_code == 404


@pytest.mark.parametrize(
    ("name", "asked", "most"),
    [
        ("dashboards:units", {}, 14),
        ("dashboards:venues", {}, 12),
        ("dashboards:venues", {"sort": "most", "use": "silent"}, 13),
    ],
)
def test_questions_to_the_database_do_not_grow_with_rows(
    shops: dict[str, Venue],
    monitor: Client,
    province: Unit,
    make_venue: MakeVenue,
    name: str,
    asked: dict[str, str],
    most: int,
) -> None:
    page_of(monitor, name, **asked)
    with CaptureQueriesContext(connection) as few:
        page_of(monitor, name, **asked)
    unit = Unit.objects.filter(parent=province).first()
    assert unit
    for n in range(10):
        make_venue(unit, f"Quán thêm {n}")
    with CaptureQueriesContext(connection) as many:
        page_of(monitor, name, **asked)
    assert len(many) == len(few) <= most
