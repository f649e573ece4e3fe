"""A citizen's report goes to the venue's unit, and only there."""

from __future__ import annotations

import datetime as dt

import pytest

from dauchan.oversight.actions import REPORTS_AN_HOUR, access_report, access_reports, answer_report, file_report
from dauchan.oversight.errors import AlreadyAnswered, TooManyReports
from dauchan.oversight.models import Finding, Report
from dauchan.units.errors import NoSuchThing
from dauchan.units.models import Appointment, Officer, Unit
from dauchan.venues.models import Category, Venue


def unit(name: str, path: str) -> Unit:
    return Unit.objects.create(
        code=path, level="commune", name=name, full_name=name, name_en=name, path=path,
        valid_from=dt.date(2025, 7, 1), search_key=name, sort_key=name,
    )  # fmt: skip


def officer(username: str, at: Unit, role: str = "officer") -> Officer:
    made = Officer.objects.create(username=username, full_name=username)
    Appointment.objects.create(officer=made, role=role, unit=at)
    return made


@pytest.fixture
def venue(db: None) -> Venue:
    category = Category.objects.create(
        code="thu", name_vi="Thử", name_en="Trial", setting="indoor", default_stay_minutes=60, position=1
    )
    return Venue.objects.create(
        name="Quán Thử", category=category, address="1", unit=unit("Đông", "91"), status="approved"
    )


def test_a_report_reaches_the_officer_of_the_commune_and_no_other(venue: Venue) -> None:
    report = file_report(venue, Finding.NO_QR_POSTED, "Cửa không có bảng mã", "192.0.2.1")
    own, foreign = officer("dong", venue.unit), officer("tay", unit("Tây", "92"))
    assert access_report(own, report.pk) == report
    assert not access_reports(foreign).exists()
    with pytest.raises(NoSuchThing):
        access_report(foreign, report.pk)
    leader = officer("lanhdao", venue.unit, "leader")
    assert access_report(leader, report.pk) == report
    with pytest.raises(NoSuchThing):
        access_report(leader, report.pk, "officer", "head")


def test_an_answer_is_given_once(venue: Venue) -> None:
    report = file_report(venue, Finding.UNSCANNABLE, "", "192.0.2.1")
    own = officer("dong", venue.unit)
    answer_report(report, own, "Đã in lại bảng mã mới.")
    kept = Report.objects.get(pk=report.pk)
    assert (kept.status, kept.answer, kept.answered_by) == ("answered", "Đã in lại bảng mã mới.", own)
    with pytest.raises(AlreadyAnswered):
        answer_report(report, own, "Lần hai")


def test_one_address_cannot_flood(venue: Venue) -> None:
    for _ in range(REPORTS_AN_HOUR):
        file_report(venue, Finding.NOT_ENFORCED, "", "192.0.2.1")
    with pytest.raises(TooManyReports):
        file_report(venue, Finding.NOT_ENFORCED, "", "192.0.2.1")
    assert file_report(venue, Finding.NOT_ENFORCED, "", "192.0.2.2").code
