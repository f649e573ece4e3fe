"""Accountability through its pages: the table with its denominators, the league, a head's signed explanation, weekly reports."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from pytest_django import Settings

from dauchan.compliance.models import CountedDay, UnitDay, VenueDay
from dauchan.compliance.referrals.actions import answer
from dauchan.compliance.referrals.handing import Suspicion, refer
from dauchan.compliance.referrals.models import Referral
from dauchan.compliance.referrals.reference import load_referral_rules
from dauchan.oversight.accountability.columns import Figure, Window
from dauchan.oversight.accountability.models import ExplainedItem, Explanation, WeeklyReport
from dauchan.oversight.accountability.queries import lines_of
from dauchan.oversight.accountability.weekly import make_due_reports
from dauchan.oversight.models import Report
from dauchan.people.measures.actions import record_measure
from dauchan.people.roster.actions import keep_agency
from dauchan.people.roster.models import Agency, Member
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.units.working_days import load_holidays
from dauchan.venues.models import Venue
from tests.web.conftest import PASSWORD, MakeOfficer, MakeVenue, SignIn, make_unit

pytestmark = pytest.mark.django_db
LOCAL = dt.timezone(dt.timedelta(hours=7))
#: A Wednesday in a week without holidays; the week told of is 9 to 15 November.
NOW = dt.datetime(2026, 11, 18, 9, tzinfo=LOCAL)
MONDAY = dt.date(2026, 11, 9)
HOME, OVERDUE = "/officer/accountability/", "/officer/accountability/overdue/"
SAID = {"words": "Hai cán bộ phụ trách đang tham gia chống lũ từ ngày 2.", "remedy": "Cử người thay từ ngày mai."}


@pytest.fixture(autouse=True)
def _in_november(settings: Settings, tmp_path: object) -> object:
    settings.MEDIA_ROOT = str(tmp_path)
    load_holidays()
    load_referral_rules()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def head(make_officer: MakeOfficer, commune: Unit) -> Officer:
    return make_officer(Role.HEAD, commune, "truong")


@pytest.fixture
def leader(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.LEADER, province, "lanhdao")


@pytest.fixture
def monitor(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.MONITOR, province, "giamsat")


@pytest.fixture
def referred(commune: Unit, make_venue: MakeVenue, monitor: Officer) -> list[Referral]:
    """Twelve whose deadline fell into the week: nine answered in time, one late, two not at all."""
    found = []
    for number in range(12):
        at = dt.datetime(2026, 11, 2, 10, tzinfo=LOCAL)
        with time_machine.travel(at, tick=False):
            venue = make_venue(commune, f"Quán số {number}")
            found.append(refer(venue, monitor, Suspicion("observation", evidence="Không thấy bảng mã"), at=at))
    for number, one in enumerate(found[:10]):
        with time_machine.travel(dt.datetime(2026, 11, 13 if number == 9 else 4, 10, tzinfo=LOCAL), tick=False):
            answer(one, monitor, one.revision, "mended", "Đã dán lại bảng mã")
    return found


def count_days(unit: Unit, first: dt.date, active: int, registered: int = 20) -> None:
    for back in range(7):
        day = first + dt.timedelta(days=back)
        CountedDay.objects.get_or_create(day=day, defaults={"seen": "1:1:", "home": "", "counted_at": timezone.now()})
        figures = {"registered": registered, "new": 0, "active": active, "scans": 90, "people": 80, "failed": 0}
        UnitDay.objects.create(unit=unit, day=day, **figures)


def text(client: Client, address: str, status: int = 200) -> str:
    answered = client.get(address)
    assert answered.status_code == status
    return " ".join(answered.content.decode().split())


def paper(pdf: bytes) -> str:
    document = PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_silent_places_are_counted_in_each_week_among_those_approved_by_its_end(
    province: Unit, commune: Unit, other_commune: Unit, make_venue: MakeVenue
) -> None:
    approved = {2: ("Chỉ tuần này", "Chỉ tuần trước", "Không tuần nào"), 10: ("Duyệt tuần này",), 17: ("Duyệt sau",)}
    venues: dict[str, Venue] = {}
    for day, names in approved.items():
        with time_machine.travel(dt.datetime(2026, 11, day, 10, tzinfo=LOCAL), tick=False):
            venues |= {name: make_venue(commune, name) for name in names}
    for name, on in (("Chỉ tuần này", MONDAY), ("Chỉ tuần này", MONDAY + dt.timedelta(days=6))):
        VenueDay.objects.create(venue=venues[name], day=on, scans=5, people=4, failed=0)
    VenueDay.objects.create(
        venue=venues["Chỉ tuần trước"], day=MONDAY - dt.timedelta(days=1), scans=5, people=4, failed=0
    )
    VenueDay.objects.create(venue=venues["Không tuần nào"], day=MONDAY, scans=0, people=0, failed=9)
    lines = lines_of([province, commune, other_commune], Window.of_week(MONDAY, timezone.now()))
    told = [(line.figures["silent"], line.before["silent"]) for line in lines]
    assert told == [(Figure(3, 4), Figure(2, 3)), (Figure(3, 4), Figure(2, 3)), (Figure(0, 0), Figure(0, 0))]


def test_every_figure_has_its_meaning_its_denominator_and_the_week_before(
    referred: list[Referral], leader: Officer, province: Unit, commune: Unit, head: Officer, signed_in: SignIn
) -> None:
    for unit in (province, commune):
        count_days(unit, MONDAY, 10)
        count_days(unit, MONDAY - dt.timedelta(days=7), 5)
    page = text(signed_in(leader), HOME)
    assert "Từ 09/11/2026 đến hết 15/11/2026" in page
    assert "so với 02/11/2026 đến hết 08/11/2026" in page
    assert "50,0%" in page
    assert "+25,0 điểm" in page
    assert "10,0/20,0" in page
    assert "75,0%" in page  # nine of twelve in time
    assert "9/12" in page
    assert "phiếu đến hạn trong kỳ" in page
    assert "trước hạn, trên số phiếu có hạn trong kỳ" in page
    group = text(signed_in(leader), f"{HOME}?group=follow_up")
    assert head.full_name in group
    assert f"unit={commune.pk}" in group
    below = text(signed_in(head), HOME)
    assert "Trách nhiệm: Phường Thuận Thử" in below
    assert "2/2" in below  # overdue of what was not answered


def test_periods_are_weeks_months_and_own_days(leader: Officer, province: Unit, signed_in: SignIn) -> None:
    client = signed_in(leader)
    assert "Từ 01/10/2026 đến hết 31/10/2026" in text(client, f"{HOME}?period=month&last=2026-10-20")
    assert "so với 01/09/2026 đến hết 30/09/2026" in text(client, f"{HOME}?period=month&last=2026-10-20")
    assert "Từ 01/11/2026 đến hết 17/11/2026" in text(client, f"{HOME}?period=month&last=2026-11-18")
    own = text(client, f"{HOME}?period=own&first=2026-11-03&last=2026-11-05")
    assert "Từ 03/11/2026 đến hết 05/11/2026" in own
    assert "so với 31/10/2026 đến hết 02/11/2026" in own
    assert "Ngày này ở tương lai." in text(client, f"{HOME}?period=week&last=2027-01-01")


def test_a_league_is_for_the_leader_and_for_units_that_are_large_enough(
    referred: list[Referral], leader: Officer, monitor: Officer, commune: Unit, other_commune: Unit, signed_in: SignIn
) -> None:
    league = f"{HOME}league/?by=in_time"
    for other in (monitor,):
        assert signed_in(other).get(league).status_code == 403
    count_days(other_commune, MONDAY, 3, registered=5)
    count_days(commune, MONDAY, 10)
    page = text(signed_in(leader), league)
    ranked, _, small = page.partition("Không xếp hạng vì mẫu số quá nhỏ")
    assert commune.full_name in ranked.partition("<tbody>")[2]
    assert other_commune.full_name in small
    assert "9/12" in ranked
    assert "không cộng các chỉ số thành điểm" in page
    by_use = text(signed_in(leader), f"{HOME}league/?by=active")
    assert other_commune.full_name in by_use.partition("Không xếp hạng vì mẫu số quá nhỏ")[2]


def test_files_hold_numbers_denominators_and_no_formula(
    referred: list[Referral], leader: Officer, commune: Unit, head: Officer, signed_in: SignIn
) -> None:
    Officer.objects.filter(pk=head.pk).update(full_name="=1+1 Nguyễn")
    client = signed_in(leader)
    content = b"".join(client.get(f"{HOME}units.csv"))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    own = next(row for row in rows if row["Đơn vị"] == commune.full_name)
    assert own["Người đứng đầu"] == "'=1+1 Nguyễn"
    assert (own["Trả lời đúng hạn"], own["Trả lời đúng hạn, trên tổng số"]) == ("9.0", "12.0")
    assert own["Trả lời đúng hạn, tỷ lệ"] == "0.75"
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{HOME}units.xlsx"))))
    assert book.worksheets[0].max_row == len(rows) + 1
    assert client.get(f"{HOME}units.pdf").status_code == 404
    assert AuditEntry.objects.filter(action="accountability.exported", actor=leader).count() == 2


def test_a_page_costs_as_many_queries_however_many_units_there_are(
    leader: Officer, province: Unit, commune: Unit, signed_in: SignIn
) -> None:
    client, costs = signed_in(leader), []
    for more in range(2):
        for number in range(3 * more):
            count_days(make_unit(f"9010{number}", "commune", f"Xã Thứ {number}", province), MONDAY, 5)
        client.get(HOME)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(HOME).status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1] <= 40


def test_nobody_sees_another_area(
    referred: list[Referral],
    make_officer: MakeOfficer,
    other_commune: Unit,
    commune: Unit,
    head: Officer,
    signed_in: SignIn,
) -> None:
    signed_in(head).post(OVERDUE, form(referred[10:]))
    explanation = Explanation.objects.get()
    stranger = signed_in(make_officer(Role.HEAD, other_commune, "la"))
    for address in (
        f"{HOME}?unit={commune.pk}",
        f"{HOME}explanations/{explanation.pk}/",
        f"{HOME}explanations/{explanation.pk}.pdf",
    ):
        assert stranger.get(address).status_code == 404
    assert "Chưa có giải trình nào" in text(stranger, f"{HOME}explanations/")
    assert signed_in(make_officer(Role.TRACER, commune)).get(HOME).status_code == 403
    assert signed_in(make_officer(Role.OFFICER, commune)).get(OVERDUE).status_code == 403


def form(referrals: list[Referral], **changed: object) -> dict[str, object]:
    items = [f"referral:{one.pk}" for one in referrals]
    return {**SAID, "item": items, "promised_on": "2026-11-25", "secret": PASSWORD, **changed}


def test_a_head_explains_and_signs_and_the_clock_goes_on(
    referred: list[Referral], head: Officer, leader: Officer, commune: Unit, signed_in: SignIn
) -> None:
    client = signed_in(head)
    first = text(client, "/officer/")
    assert "2 việc quá hạn tại địa bàn của bạn" in first
    assert first.index("việc quá hạn") < first.index("chờ bạn duyệt")
    page = text(client, OVERDUE)
    assert page.count("chưa giải trình") == 2
    before = Referral.objects.get(pk=referred[10].pk).due_at

    wrong = client.post(OVERDUE, form(referred[10:], secret="sai-mat-khau"))
    assert wrong.status_code == 422
    assert "Mật khẩu không đúng." in wrong.content.decode()
    assert "sai-mat-khau" not in wrong.content.decode()
    assert SAID["words"] in wrong.content.decode()
    for day in ("2026-11-18", "2027-06-01"):
        assert client.post(OVERDUE, form(referred[10:], promised_on=day)).status_code == 422
    nothing = client.post(OVERDUE, form(referred[:2]))
    assert "không cần giải trình nữa" in nothing.content.decode()
    assert not Explanation.objects.exists()

    signed = client.post(OVERDUE, form(referred[10:]))
    explanation = Explanation.objects.get()
    assert signed["Location"] == f"{HOME}explanations/{explanation.pk}/"
    assert (explanation.unit, explanation.signed_by) == (commune, "password")
    referral = Referral.objects.get(pk=referred[10].pk)
    assert (referral.due_at, referral.state) == (before, "handed")
    assert "hứa hoàn thành trước 25/11/2026. Hạn không thay đổi." in referral.events.last().words  # type: ignore[union-attr]
    assert "2 việc quá hạn" in text(client, "/officer/")

    above = signed_in(leader)
    listed = text(above, f"{HOME}explanations/")
    assert "Chưa đến ngày hứa" in listed
    own = text(above, f"{HOME}explanations/{explanation.pk}/")
    assert "nguyên vẹn" in own
    pdf = above.get(f"{HOME}explanations/{explanation.pk}.pdf")
    written = paper(pdf.content)
    assert "BÁO CÁO GIẢI TRÌNH" in written
    assert "chống lũ" in written
    assert "trước ngày 25/11/2026" in written
    assert explanation.digest[:16] in written
    with time_machine.travel(dt.datetime(2026, 11, 26, 9, tzinfo=LOCAL)):
        assert "Không giữ lời hứa" in text(signed_in(leader), f"{HOME}explanations/")
        assert "đã qua ngày hứa" in text(signed_in(head), OVERDUE)


def test_who_has_a_second_factor_signs_with_it(referred: list[Referral], head: Officer, signed_in: SignIn) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(head, secret)
    client = signed_in(head)
    assert client.post(OVERDUE, form(referred[10:])).status_code == 422
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post(OVERDUE, form(referred[10:], secret=code)).status_code == 302
    assert Explanation.objects.get().signed_by == "code"


def test_what_was_signed_cannot_be_changed(referred: list[Referral], head: Officer, signed_in: SignIn) -> None:
    signed_in(head).post(OVERDUE, form(referred[10:]))
    for change in (
        lambda: Explanation.objects.update(words="Khác"),
        lambda: ExplainedItem.objects.all().delete(),
        lambda: Explanation.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert ExplainedItem.objects.count() == 2


def test_the_weekly_report_is_made_once_kept_and_announced(
    referred: list[Referral], head: Officer, leader: Officer, province: Unit, commune: Unit, signed_in: SignIn
) -> None:
    for unit in (province, commune):
        count_days(unit, MONDAY, 10)
    early = dt.datetime(2026, 11, 16, 4, 30, tzinfo=LOCAL)
    assert make_due_reports(early) == []
    (report,) = make_due_reports(NOW)
    assert report.first_on == MONDAY
    assert make_due_reports(NOW) == []
    assert WeeklyReport.objects.count() == 1

    client = signed_in(leader)
    assert "Đã có báo cáo tuần 46" in text(client, "/officer/")
    assert "chưa xem" in text(client, f"{HOME}weekly/")
    answered = client.get(f"{HOME}weekly/{report.pk}.pdf")
    written = paper(b"".join(answered))
    assert "BÁO CÁO TUẦN" in written
    assert "từ 09/11/2026 đến hết 15/11/2026" in written
    assert "9/12" in written
    assert head.full_name in written
    assert "chưa có lượt quét nào trong các ngày còn lưu" in written
    assert "Trong tuần không có ca bệnh nào" in written
    assert "Đã có báo cáo tuần" not in text(client, "/officer/")
    assert signed_in(head).get(f"{HOME}weekly/{report.pk}.pdf").status_code == 403
    with report.file.open("ab") as kept:
        kept.write(b" ")
    assert client.get(f"{HOME}weekly/{report.pk}.pdf").status_code == 302


def test_measures_with_few_staff_are_told_to_nobody_above(
    leader: Officer, head: Officer, commune: Unit, signed_in: SignIn
) -> None:
    agency = keep_agency(Agency(name="UBND phường", unit=commune), [], None)
    members = Member.objects.bulk_create(
        Member(agency=agency, employee_number=f"NV{n}", full_name="Trần Văn Thử") for n in range(12)
    )
    heads = f"{HOME}?group=heads"
    record_measure(agency, members[:9], "reminded", MONDAY, "Nhắc nhở tại giao ban", head)
    told = re.compile(r">\s*dưới 10\s*<")
    assert told.search(text(signed_in(leader), heads).partition('id="below"')[2])
    record_measure(agency, members[9:], "reminded", MONDAY + dt.timedelta(days=1), "Nhắc nhở", head)
    table = text(signed_in(leader), heads).partition('id="below"')[2].partition("<tbody>")[2]
    assert "> 12 <" in table
    # A period that ends a day earlier holds no whole week, so nobody learns what was done on that day.
    partly = text(signed_in(leader), f"{heads}&period=own&first=2026-11-09&last=2026-11-14")
    assert not told.search(partly)


def test_a_citizens_report_that_is_overdue_is_answered_for_too(
    head: Officer, commune: Unit, make_venue: MakeVenue, signed_in: SignIn
) -> None:
    due = NOW - dt.timedelta(days=2)
    facts = {"unit": commune, "finding": "no_qr_posted", "address_hash": b"x", "reported_at": due, "due_at": due}
    report = Report.objects.create(code="ABCD-1234", venue=make_venue(commune), **facts)
    client = signed_in(head)
    page = text(client, OVERDUE)
    assert "Phản ánh: Không đặt, dán bảng mã QR" in page
    assert f"/officer/reports/{report.pk}/" in page
    assert client.post(OVERDUE, {**form([]), "item": [f"report:{report.pk}"]}).status_code == 302
    assert "Hạn không thay đổi." in report.events.get(kind="explained").words
    explanation = Explanation.objects.get()
    own = text(client, f"{HOME}explanations/{explanation.pk}/")
    assert "nguyên vẹn" in own
    assert "Chưa đến ngày hứa" in own
    assert "0/1" in text(client, f"{HOME}?period=own&first=2026-11-16&last=2026-11-18")
