"""A citizen's report: routed, answered once, merged, passed, reopened, forgotten; its history stays."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from dauchan.oversight.access import access_report, access_reports
from dauchan.oversight.actions import accept, answer_report, merge, pass_on
from dauchan.oversight.errors import (
    AlreadyAnswered,
    CannotMerge,
    ChangedMeanwhile,
    OutsideArea,
    PhotoGone,
    PlaceMissing,
    TooLate,
    TooManyReports,
    UnitUnknown,
)
from dauchan.oversight.filing import REPORTS_AN_HOUR, REPORTS_OF_A_VENUE_A_DAY, Told, file_report
from dauchan.oversight.following import rate, reopen
from dauchan.oversight.forgetting import forget
from dauchan.oversight.models import Finding, Outcome, Report, ReportEvent
from dauchan.oversight.photos import original_of
from dauchan.oversight.queries import ReportCounts, alike, report_counts, reports_of
from dauchan.oversight.reference import load_report_rules
from dauchan.oversight.reminding import keep_clocks
from dauchan.oversight.writing import standing_report
from dauchan.units.errors import NoSuchThing
from dauchan.units.models import Appointment, AuditEntry, Officer, Successor, Unit
from dauchan.units.working_days import load_holidays
from dauchan.venues.models import Category, Venue

#: In the middle of Phường Thuận Hóa (19789).
THUAN_HOA = (16.4637, 107.5857)
FILED = "2026-04-01T02:00:00Z"


def unit(name: str, path: str, code: str = "", first: dt.date = dt.date(2025, 7, 1)) -> Unit:
    return Unit.objects.create(
        code=code or path, level="commune", name=name, full_name=name, name_en=name, path=path,
        valid_from=first, search_key=name, sort_key=name,
    )  # fmt: skip


def officer(username: str, at: Unit, role: str = "officer") -> Officer:
    made = Officer.objects.create(username=username, full_name=username)
    Appointment.objects.create(officer=made, role=role, unit=at)
    return made


@pytest.fixture(autouse=True)
def _world(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    load_holidays()
    load_report_rules()
    Unit.objects.create(
        code="46", level="province", name="Tỉnh", full_name="Tỉnh", name_en="Province", path="909", id=909,
        valid_from=dt.date(2020, 1, 1), search_key="tinh", sort_key="tinh",
    )  # fmt: skip


@pytest.fixture
def _in_april() -> Iterator[None]:
    with time_machine.travel(FILED, tick=False):
        yield


@pytest.fixture
def venue(db: None) -> Venue:
    category = Category.objects.create(
        code="thu", name_vi="Thử", name_en="Trial", setting="indoor", default_stay_minutes=60, position=1
    )
    return Venue.objects.create(
        name="Quán Thử", category=category, address="1", unit=unit("Đông", "909.91"), status="approved"
    )


def filed(
    venue: Venue | None, address: str = "192.0.2.1", finding: str = Finding.NO_QR_POSTED, **told: object
) -> Report:
    return file_report(Told(finding, venue=venue, **told), address)  # type: ignore[arg-type]


def jpeg() -> bytes:
    with io.BytesIO() as written:
        Image.new("RGB", (300, 220), "grey").save(written, "JPEG")
        return written.getvalue()


def test_a_report_reaches_the_officer_of_the_commune_and_no_other(venue: Venue) -> None:
    report = filed(venue)
    own, foreign = officer("dong", venue.unit), officer("tay", unit("Tây", "909.92"))
    assert access_report(own, report.pk) == report
    assert not access_reports(foreign).exists()
    with pytest.raises(NoSuchThing):
        access_report(foreign, report.pk)
    leader = officer("lanhdao", venue.unit, "leader")
    assert access_report(leader, report.pk) == report
    with pytest.raises(NoSuchThing):
        access_report(leader, report.pk, "officer", "head")


def test_an_answer_is_given_once(venue: Venue) -> None:
    report, own = filed(venue), officer("dong", venue.unit)
    answer_report(report, own, 1, Outcome.MENDED, "Đã in lại bảng mã mới.")
    kept = Report.objects.get(pk=report.pk)
    assert (kept.status, kept.answer, kept.answered_by) == ("answered", "Đã in lại bảng mã mới.", own)
    with pytest.raises(AlreadyAnswered):
        answer_report(report, own, 1, Outcome.MENDED, "Lần hai")
    with pytest.raises(AlreadyAnswered):
        answer_report(kept, own, kept.revision, Outcome.MENDED, "Lần ba")


def test_of_two_officers_who_act_at_once_the_second_is_told(venue: Venue) -> None:
    report, own = filed(venue), officer("dong", venue.unit)
    accept(report, own, 1)
    with pytest.raises(ChangedMeanwhile):
        answer_report(report, own, 1, Outcome.MENDED, "Đã dán lại bảng mã")


def test_neither_an_address_nor_a_place_can_be_flooded(venue: Venue) -> None:
    for _ in range(REPORTS_OF_A_VENUE_A_DAY):
        filed(venue)
    with pytest.raises(TooManyReports):
        filed(venue)
    for _ in range(REPORTS_AN_HOUR - REPORTS_OF_A_VENUE_A_DAY):
        filed(None, commune=venue.unit, place="Đầu chợ")
    with pytest.raises(TooManyReports):
        filed(None, commune=venue.unit, place="Đầu chợ")
    assert filed(venue, "192.0.2.2").code


def test_a_point_goes_to_the_commune_that_holds_it_on_the_map_of_the_day() -> None:
    thuan_hoa, phu_xuan = unit("Thuận Hóa", "909.1", "19789"), unit("Phú Xuân", "909.2", "19753")
    assert filed(None, point=THUAN_HOA).unit == thuan_hoa
    assert phu_xuan != thuan_hoa
    with pytest.raises(OutsideArea):
        filed(None, point=(10.77, 106.7))
    assert filed(None, point=(10.77, 106.7), commune=phu_xuan).unit == phu_xuan
    with pytest.raises(PlaceMissing):
        filed(None)


def test_before_areas_were_known_the_nearest_known_place_tells_the_commune(venue: Venue) -> None:
    old, other = unit("Cũ", "909.3", first=dt.date(2021, 7, 1)), unit("Xa", "909.4", first=dt.date(2021, 7, 1))
    Unit.objects.filter(pk=old.pk).update(lat=16.5, lon=107.5)
    Unit.objects.filter(pk=other.pk).update(lat=16.46, lon=107.59)
    near = Venue.objects.create(name="Gần", category=venue.category, address="2", unit=old, status="approved")
    with time_machine.travel("2021-08-20T02:00:00Z", tick=False):
        assert filed(None, point=(16.461, 107.591)).unit == other
        Venue.objects.filter(pk=near.pk).update(lat=16.461, lon=107.592)
        assert filed(None, point=(16.461, 107.591)).unit == old
        with pytest.raises(OutsideArea):
            filed(None, point=(10.77, 106.7))


def test_a_venue_of_an_earlier_map_is_answered_by_who_took_over(venue: Venue) -> None:
    heir = unit("Mới", "909.5", first=dt.date(2026, 1, 1))
    Unit.objects.filter(pk=venue.unit_id).update(valid_to=dt.date(2026, 1, 1))
    Successor.objects.create(earlier=venue.unit, later=heir, whole=True)
    assert filed(Venue.objects.get(pk=venue.pk)).unit == heir


@pytest.mark.usefixtures("_in_april")
def test_the_clock_is_anew_at_the_first_passing_only(venue: Venue) -> None:
    report, own, other = filed(venue), officer("dong", venue.unit), unit("Tây", "909.92")
    with time_machine.travel("2026-04-03T02:00:00Z", tick=False):
        passed = pass_on(report, own, 1, other, "Thuộc xã bên")
    assert report.due_at is not None
    assert passed.due_at is not None
    assert passed.due_at > report.due_at
    with time_machine.travel("2026-04-06T02:00:00Z", tick=False):
        back = pass_on(passed, own, passed.revision, venue.unit, "Vẫn thuộc phường mình")
        assert back.due_at == passed.due_at
        with pytest.raises(UnitUnknown):
            pass_on(back, own, back.revision, Unit.objects.get(code="46"), "Lên tỉnh")


def test_merged_reports_share_an_answer_and_keep_their_codes(venue: Venue) -> None:
    own = officer("dong", venue.unit)
    one, two, three = filed(venue), filed(venue, "192.0.2.2"), filed(venue, "192.0.2.3")
    assert {report.pk for report in alike(one, access_reports(own))} == {two.pk, three.pk}
    two = merge(two, own, 1, three)
    merge(three, own, 1, one)
    assert one.events.get(kind="joined").words == three.code
    with pytest.raises(CannotMerge):
        merge(one, own, 1, Report.objects.get(pk=two.pk))
    assert {standing_report(report) for report in Report.objects.select_related("merged_into")} == {one}
    answer_report(one, own, 1, Outcome.WARNED, "Đã nhắc nhở chủ quán")
    rate(Report.objects.select_related("merged_into").get(pk=two.pk), 4)
    again = reopen(Report.objects.select_related("merged_into__clock").get(pk=three.pk), "Vẫn chưa có bảng mã")
    assert (again.pk, again.status) == (one.pk, "reopened")
    with pytest.raises(TooLate):
        reopen(Report.objects.select_related("clock").get(pk=one.pk), "Lần nữa")
    assert list(reports_of(venue)) == [three, two, one]
    today = timezone.localdate()
    counts = report_counts([venue.unit_id], today, today + dt.timedelta(days=1))[venue.unit_id]
    assert counts == ReportCounts(received=1, reopened=1, ratings=1, mean_rating=4)


def test_it_may_be_reopened_within_the_days_of_the_rule(venue: Venue) -> None:
    with time_machine.travel(FILED, tick=False):
        report = answer_report(filed(venue), officer("dong", venue.unit), 1, Outcome.UNFOUNDED, "Bảng mã vẫn ở đó")
    with time_machine.travel("2026-04-11T02:00:00Z", tick=False), pytest.raises(TooLate):
        reopen(report, "Không đúng như vậy")
    with time_machine.travel("2026-04-11T01:59:00Z", tick=False):
        assert reopen(report, "Không đúng như vậy").status == "reopened"


def test_overdue_reports_are_reminded_of_and_told_above(venue: Venue) -> None:
    with time_machine.travel(FILED, tick=False):
        report = filed(venue)
    for day in range(2, 31):
        with time_machine.travel(f"2026-04-{day:02}T02:00:00Z", tick=False):
            keep_clocks(timezone.now())
            keep_clocks(timezone.now())
    report.refresh_from_db()
    assert report.escalated_to == Unit.objects.get(code="46")
    kinds = list(report.events.values_list("kind", flat=True))
    assert kinds[:2] == ["filed", "reminded"]
    assert kinds.count("escalated") == 1
    assert report.reminders == kinds.count("reminded") > 3
    first = report_counts([report.unit_id], dt.date(2026, 4, 1), dt.date(2026, 4, 2))[report.unit_id]
    assert (first.received, first.overdue, first.in_time) == (1, 1, 0)
    assert report_counts([report.unit_id], dt.date(2026, 4, 2), dt.date(2026, 5, 1))[report.unit_id] == ReportCounts()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE oversight_reportevent SET words = 'x'",
        "DELETE FROM oversight_reportevent",
        "DELETE FROM oversight_report",
    ],
)
def test_the_database_refuses_to_rewrite_the_history(venue: Venue, change: str) -> None:
    filed(venue)
    with pytest.raises(ProgrammingError, match="stays as it is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert ReportEvent.objects.count() == 1


def test_what_is_no_longer_needed_is_forgotten(venue: Venue, tmp_path: Path) -> None:
    with time_machine.travel(FILED, tick=False):
        told = Told(Finding.NO_QR_POSTED, "Anh Tư ở quầy không cho quét", venue)
        report = file_report(told, "192.0.2.1", photos=[jpeg()])
        Report.objects.filter(pk=report.pk).update(phone="+84905000001")
        answer_report(report, officer("dong", venue.unit), 1, Outcome.WARNED, "Đã nhắc nhở chủ quán")
    photo = report.photos.get()
    assert original_of(photo).startswith(b"\xff\xd8")
    (file,) = tmp_path.rglob("*.sealed")
    assert b"JFIF" not in file.read_bytes()
    for day, left in (("2026-04-05", 4), ("2026-04-09", 3), ("2026-04-12", 2), ("2026-07-01", 0)):
        with time_machine.travel(f"{day}T03:00:00Z", tick=False):
            forget(timezone.now())
            assert forget(timezone.now()) == type(forget(timezone.now()))()
        report.refresh_from_db()
        kept = [bytes(report.address_hash), report.phone, report.words, list(tmp_path.rglob("*.sealed"))]
        assert sum(map(bool, kept)) == left, day
    photo.refresh_from_db()
    with pytest.raises(PhotoGone):
        original_of(photo)
    assert report.events.count() == 2
    assert AuditEntry.objects.filter(action="reports.purged").count() == 3
