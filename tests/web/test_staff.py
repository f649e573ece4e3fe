"""Rosters and participation through their pages: who sees names, what a head does, what is shown above."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import numpy as np
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from dauchan.compliance.participation.keeping import keep_turnout
from dauchan.exchange.workbooks import rows_of_list
from dauchan.people.actions import person_for_phone
from dauchan.people.measures.actions import forget_names
from dauchan.people.measures.models import Measure, MeasuredMember
from dauchan.people.measures.queries import measure_counts
from dauchan.people.roster.actions import keep_agency
from dauchan.people.roster.importing import keep_roster
from dauchan.people.roster.models import Agency, Leave, Member
from dauchan.people.roster.patterns import PatternUnreadable, read_clock, read_weekdays, weekdays_written
from dauchan.people.roster.roster_list import read_roster
from dauchan.units.models import AuditEntry, Role, Unit
from dauchan.venues.models import Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING
from tests.exchange.venue_lists import messy
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn

HEAD = (
    "Mã nhân viên\tHọ và tên\tĐiện thoại\tBộ phận\tNgày làm việc\tGiờ bắt đầu\tGiờ kết thúc\tLàm ngày lễ\tNgày vào làm"
)
#: On duty on every day, whatever the day of the test.
ALWAYS = "T2-CN\t00:00\t00:00\tx\t01/01/2020"


def table(*rows: str) -> str:
    return "\n".join([HEAD, *rows])


ROSTER = table(
    f"NV1\tTrần Thị Chăm\t0905 111 001\tVăn thư\t{ALWAYS}",
    f"NV2\tLê Văn Lười\t0905 111 002\tVăn thư\t{ALWAYS}",
    f"NV3\tĐỗ Không Máy\t\tBảo vệ\t{ALWAYS}",
)


@pytest.fixture
def office(commune: Unit, make_venue: MakeVenue) -> Venue:
    return make_venue(commune, "Trụ sở UBND")


@pytest.fixture
def agency(office: Venue) -> Agency:
    agency = keep_agency(Agency(name="UBND phường Thuận Thử", unit=office.unit), [office.pk], None)
    rows = read_roster([line.split("\t") for line in ROSTER.splitlines()], timezone.localdate())
    assert rows
    keep_roster(agency, rows, None)
    return agency


@pytest.fixture
def head(commune: Unit, make_officer: MakeOfficer, signed_in: SignIn) -> Client:
    return signed_in(make_officer(Role.HEAD, commune, "truong"))


def scan(phone: str, at: Venue, when: dt.datetime) -> None:
    person = person_for_phone(phone, "Ai đó")
    load_visits(*(np.array([value], np.int64) for value in (person.pk, at.pk, int(when.timestamp()), MISSING)))


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def opened(client: Client, agency: Agency) -> None:
    answer = client.post(f"/officer/staff/{agency.pk}/open/", {"usual": "remind"})
    assert answer.status_code == 302


def test_a_head_founds_an_agency_and_imports_its_roster(head: Client, office: Venue) -> None:
    [suggested] = head.get("/officer/staff/venues/?q=tru so").json()
    answer = head.post(
        "/officer/staff/new/", {"name": "Trạm y tế", "unit": office.unit_id, "building_0": suggested["value"]}
    )
    agency = Agency.objects.get()
    assert answer["Location"] == f"/officer/staff/{agency.pk}/import/"
    again = head.post("/officer/staff/new/", {"name": "TRẠM Y TẾ", "unit": office.unit_id, "building_0": office.pk})
    assert again.status_code == 422
    broken = f"{ROSTER}\nNV1\tTrùng Mã\t\t\t{ALWAYS}\n\tThiếu Mã\t12\t\tT9\t7h\t\t\t32/13/2020"
    checked = head.post(answer["Location"], {"text": broken})
    assert checked.status_code == 422
    assert "Trùng mã nhân viên với dòng 2." in checked.content.decode()
    assert "Thiếu mã nhân viên." in checked.content.decode()
    assert not Member.objects.exists()  # a dry run
    head.post(answer["Location"], {"text": broken, "keep": "1"})
    assert sorted(Member.objects.values_list("employee_number", flat=True)) == ["NV1", "NV2", "NV3"]
    head.post(answer["Location"], {"text": ROSTER.rsplit("\n", 1)[0], "keep": "1", "others_left": "on"})
    assert Member.objects.get(employee_number="NV3").left_on == timezone.localdate()
    stored = str(list(Member.objects.values()))
    assert "0905111001" not in stored.replace(" ", "")


def test_a_roster_in_an_old_font_under_merged_headings_is_read_and_comes_back_with_remarks(
    head: Client, office: Venue
) -> None:
    agency = Agency.objects.create(name="Trạm y tế", unit=office.unit)
    rows: list[list[Any]] = [
        ["DANH S¸CH"],
        ["M· NV", "Hä vµ tªn", "Ca lµm viÖc", None],
        [None, None, "B¾t ®Çu", "KÕt thóc"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["NV1", "NguyÔn V¨n Thö", "7:30", "17:00"],
        ["NV1", "TrÇn ThÞ MÉu", "", ""],
    ]

    def dress(sheet: Any) -> None:  # noqa: ANN401 - of openpyxl
        for area in ("A2:A3", "B2:B3", "C2:D2"):
            sheet.merge_cells(area)

    content = messy.workbook(*rows, dress=dress)
    address = f"/officer/staff/{agency.pk}/import/"
    copy = head.post(address, {"file": SimpleUploadedFile("ds.xlsx", content), "copy": "1"})
    sheet = load_workbook(io.BytesIO(copy.content)).worksheets[0]
    assert [sheet.cell(row, 5).value for row in (4, 5, 6)] == [
        "Kết quả nhập",
        "Người mới.",
        "Trùng mã nhân viên với dòng 5.",
    ]
    assert not Member.objects.exists()
    checked = head.post(address, {"file": SimpleUploadedFile("ds.xlsx", content)})
    head.post(address, {"text": checked.context["form"].data["text"], "keep": "1"})
    member = Member.objects.get()
    assert (member.full_name, str(member.shifts.get())) == ("Nguyễn Văn Thử", "07:30–17:00")


def test_a_whole_list_is_taken_back_but_for_what_was_done_since(head: Client, agency: Agency) -> None:
    before = {member.employee_number: (member.full_name, member.left_on) for member in agency.members.all()}
    address = f"/officer/staff/{agency.pk}/import/"
    rows = f"{HEAD}\nNV1\tTên Khác\t\t\t{ALWAYS}\nNV8\tNgười Mới\t\t\t{ALWAYS}\nNV9\tCó Phép\t\t\t{ALWAYS}"
    head.post(address, {"text": rows, "keep": "1", "others_left": "on"})
    assert agency.members.filter(left_on=None).count() == 3
    day = timezone.localdate()
    Leave.objects.create(
        member=agency.members.get(employee_number="NV9"), kind="annual", first_on=day, until_on=day + dt.timedelta(1)
    )
    page = head.get(address).content.decode()
    undo = re.search(rf"{address}\d+/undo/", page)
    assert undo
    said = head.post(undo[0], follow=True).content.decode()
    assert "Đã hoàn tác: bỏ 1 người" in said
    assert "1 người đã có thay đổi khác" in said
    now = {member.employee_number: (member.full_name, member.left_on) for member in agency.members.all()}
    assert now == before | {"NV9": ("Có Phép", None)}
    assert "đã được hoàn tác" in head.post(undo[0], follow=True).content.decode()


def test_names_open_for_a_purpose_and_the_look_is_logged(head: Client, agency: Agency, office: Venue) -> None:
    yesterday = timezone.now() - dt.timedelta(days=1)
    scan("+84905111001", office, yesterday)
    address = f"/officer/staff/{agency.pk}/?period=month"
    assert "Lê Văn Lười" not in text(head, address)
    assert head.post(f"/officer/staff/{agency.pk}/open/", {"usual": ""}).status_code == 422
    assert "Lê Văn Lười" not in text(head, f"/officer/staff/{agency.pk}/members/")
    assert head.get(f"/officer/staff/{agency.pk}/missed.csv").status_code == 302
    opened(head, agency)
    shown = text(head, address)
    assert "Lê Văn Lười" in shown
    assert "Đỗ Không Máy" in shown  # apart, as nobody can verify it
    assert shown.index("Lê Văn Lười") < shown.index("1 người không xác minh được")
    look = AuditEntry.objects.filter(action="roster.seen").latest("id")
    assert (look.purpose, look.detail["members"]) == ("Nhắc nhở người chưa quét mã", 3)
    file = head.get(f"/officer/staff/{agency.pk}/missed.csv?period=month").content.decode("utf-8-sig")
    assert "Không xác minh được" in file
    book = load_workbook(io.BytesIO(head.get(f"/officer/staff/{agency.pk}/roster.xlsx").content))
    assert {row[1].value for row in book.active.iter_rows(min_row=2)} == {  # type: ignore[union-attr]
        "Trần Thị Chăm", "Lê Văn Lười", "Đỗ Không Máy",
    }  # fmt: skip


def test_nobody_else_reaches_a_roster(
    agency: Agency, province: Unit, commune: Unit, other_commune: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    """The head of the province stands above and sees shares; so do monitor and leader."""
    for role, unit, roster, shares in (
        (Role.HEAD, province, 404, 200),
        (Role.HEAD, other_commune, 404, 200),
        (Role.LEADER, province, 403, 200),
        (Role.MONITOR, province, 403, 200),
        (Role.OFFICER, commune, 403, 403),
    ):
        client = signed_in(make_officer(role, unit, f"{role}-{unit.code}"))
        for page in ("", "members/", "import/", "missed.csv", "roster.xlsx", "edit/"):
            assert client.get(f"/officer/staff/{agency.pk}/{page}").status_code == roster, (role, page)
        assert client.get("/officer/staff/shares/").status_code == shares


def test_a_member_has_shifts_and_leave(head: Client, agency: Agency) -> None:
    opened(head, agency)
    member = Member.objects.get(employee_number="NV2")
    address = f"/officer/staff/{agency.pk}/members/{member.pk}/"
    facts = {"employee_number": "NV2", "full_name": "Lê Văn Siêng", "department": "Tổ đêm", "joined_on": "2020-01-01"}
    forms = {
        "shift-TOTAL_FORMS": "2", "shift-INITIAL_FORMS": "1",
        "shift-0-weekdays": ["0", "1"], "shift-0-starts": "07:30", "shift-0-ends": "17:00",
        "shift-1-weekdays": ["4"], "shift-1-starts": "22:00", "shift-1-ends": "06:00", "shift-1-on_holidays": "on",
    }  # fmt: skip
    assert head.post(address, {**facts, **forms, "employee_number": "NV1"}).status_code == 422
    assert head.post(address, {**facts, **forms}).status_code == 302
    member.refresh_from_db()
    day, night = member.shifts.all()
    assert (day.days, night.days, night.goes_past_midnight, night.on_holidays) == ([0, 1], [4], True, True)
    assert member.phone_hash is not None  # an empty field leaves it
    today = timezone.localdate()
    head.post(f"{address}leave/", {"kind": "annual", "first_on": today, "last_on": today})
    leave = Leave.objects.get()
    assert leave.until_on == today + dt.timedelta(days=1)
    assert "Nghỉ phép năm" in text(head, f"/officer/staff/{agency.pk}/members/?q=le sieng")
    assert "Không có ai khớp" in text(head, f"/officer/staff/{agency.pk}/members/?q=khong ai")
    head.post(f"{address}leave/{leave.pk}/")
    assert not Leave.objects.exists()
    head.post(f"{address}remove/")
    assert not Member.objects.filter(pk=member.pk).exists()


def test_of_two_who_edit_at_once_the_second_is_told(head: Client, agency: Agency) -> None:
    """Both have opened the page before either sends it."""
    opened(head, agency)
    member = agency.members.order_by("pk").first()
    assert member is not None
    pages = {
        f"/officer/staff/{agency.pk}/edit/": {"name": "Tên mới", "unit": agency.unit_id, "building_0": agency.venues.get().pk},
        f"/officer/staff/{agency.pk}/members/{member.pk}/": {
            "employee_number": member.employee_number, "full_name": "Tên Mới", "joined_on": member.joined_on,
            "shift-TOTAL_FORMS": 0, "shift-INITIAL_FORMS": 0,
        },
    }  # fmt: skip
    for address, typed in pages.items():
        mark = re.search(r'name="seen" value="(\w+)"', text(head, address))
        assert mark, address
        assert head.post(address, {**typed, "seen": mark[1]}).status_code == 302
        late = head.post(address, {**typed, "seen": mark[1]})
        assert late.status_code == 422
        assert "Người khác vừa sửa trang này" in late.content.decode()


def test_above_only_shares_of_agencies_large_enough_are_shown(
    agency: Agency, office: Venue, province: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    large = keep_agency(Agency(name="Bệnh viện Thử", unit=office.unit), [office.pk], None)
    lines = [f"BV{n}\tNgười Số {n}\t09051130{n:02d}\t\t{ALWAYS}".split("\t") for n in range(20)]
    rows = read_roster([HEAD.split("\t"), *lines], timezone.localdate())
    assert rows
    keep_roster(large, rows, None)
    yesterday = timezone.now() - dt.timedelta(days=1)
    for n in range(5):
        scan(f"+8490511300{n}", office, yesterday)
    keep_turnout(timezone.now())
    leader = signed_in(make_officer(Role.LEADER, province, "lanhdao"))
    shown = text(leader, "/officer/staff/shares/")
    assert "Dưới 10 người" in shown
    assert shown.index("Bệnh viện Thử") < shown.index("UBND phường Thuận Thử")
    assert "140" in shown  # staff days of a week, of the large one alone
    assert "Người Số" not in shown
    assert "Bệnh viện" not in text(leader, "/officer/staff/shares/?q=uy ban")
    file = b"".join(leader.get("/officer/staff/shares/?as=csv")).decode("utf-8-sig")
    assert "UBND phường Thuận Thử,Phường Thuận Thử,,,," in file


def test_the_template_can_be_imported(head: Client) -> None:
    rows = read_roster(rows_of_list(head.get("/officer/staff/template.xlsx").content, 10), timezone.localdate())
    assert rows
    assert [row.faults for row in rows] == [[], []]
    guard = rows[1].entry
    assert guard
    assert guard.pattern
    assert (guard.pattern.weekdays, guard.pattern.on_holidays) == (0b1111111, True)


@pytest.mark.parametrize(
    ("written", "bits"),
    [("T2-T6", 31), ("thứ 2 đến thứ 6", 31), ("2,4,6", 0b10101), ("Thứ Bảy, CN", 0b1100000), ("T6-T2", 0b1110001),
     ("hằng ngày", 127), ("Mon-Fri", 31)],
)  # fmt: skip
def test_weekdays_are_read_as_they_are_written(written: str, bits: int) -> None:
    assert read_weekdays(written) == bits
    assert read_weekdays(weekdays_written(bits)) == bits


def test_times_are_read_as_they_are_written() -> None:
    half_past_seven = dt.time(7, 30)
    assert [read_clock(text) for text in ("7:30", "07h30", "7 giờ 30", "7g30")] == [half_past_seven] * 4
    assert read_clock("24:00") == dt.time()
    for wrong in ("", "25:00", "sáng", "7:99"):
        with pytest.raises(PatternUnreadable):
            read_clock(wrong)
    with pytest.raises(PatternUnreadable):
        read_weekdays("T9")


def test_a_head_records_measures_that_stay_and_are_counted_above(
    agency: Agency, head: Client, make_officer: MakeOfficer, province: Unit, signed_in: SignIn
) -> None:
    """Chosen from those who did not scan, recorded with names in cipher, withdrawn without being removed."""
    page = f"/officer/staff/{agency.pk}/"
    measures = f"{page}measures/"
    lazy = Member.objects.get(employee_number="NV2")
    assert "Mục đích" in text(head, f"{measures}new/")
    head.post(f"{page}open/", {"usual": "remind", "words": ""})
    assert 'name="member"' in text(head, f"{page}?period=week")
    form = text(head, f"{measures}new/?member={lazy.pk}")
    assert form.count("checked") >= 1
    today = timezone.localdate()
    said = {"kind": "reminded", "taken_on": today.isoformat(), "words": "Ba ngày không quét, đã nhắc"}
    assert head.post(f"{measures}new/", {**said, "who": "chosen"}).status_code == 422
    future = {**said, "who": "everybody", "taken_on": "2999-01-01"}
    assert head.post(f"{measures}new/", future).status_code == 422
    assert head.post(f"{measures}new/", {**said, "who": "chosen", "members": [lazy.pk]}).status_code == 302
    assert head.post(f"{measures}new/", {**said, "who": "department:Văn thư"}).status_code == 302

    measure = Measure.objects.get(people=1)
    assert "Lê Văn Lười" not in text(head, measures)
    assert "Lê Văn Lười" in text(head, f"{measures}{measure.pk}/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name FROM measures_measuredmember UNION SELECT words FROM measures_measure")
        assert all("Lười".encode() not in bytes(row[0]) for row in cursor.fetchall())
    for change in (lambda: Measure.objects.update(people=2), lambda: MeasuredMember.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    head.post(f"{measures}{measure.pk}/withdraw/", {"words": "Ghi nhầm người"})
    assert "đã rút" in text(head, measures)
    week = today - dt.timedelta(days=today.weekday())
    assert measure_counts([agency.unit], week, week + dt.timedelta(days=6)) == [(agency.unit.path, 2)]
    assert forget_names(timezone.now()) == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        assert MeasuredMember.objects.filter(kept_until__lt=timezone.localdate()).count() == 3

    above = signed_in(make_officer(Role.HEAD, province, "tinh"))
    for address in (measures, f"{measures}{measure.pk}/", f"{measures}new/"):
        assert above.get(address).status_code == 404
