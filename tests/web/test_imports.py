"""A list of cases through HTTP: checked, mended, kept in one step, taken back in one step."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from dauchan.exchange.tables import csv_value_read
from dauchan.people.models import Identity
from dauchan.tracing.intake.models import CaseImport, LabResult
from dauchan.tracing.models import Case, Disease
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from tests.tracing.outbreak import make_disease
from tests.web.conftest import MakeOfficer, SignIn

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

ADDRESS = "/tracer/imports/"
HEAD = "Họ và tên\tNăm sinh\tSĐT\tNgày lấy mẫu\tKết quả\tTriệu chứng\tPhường xã\tGhi chú"


@pytest.fixture
def disease(db: None) -> Disease:
    return make_disease()


@pytest.fixture
def client(tracer: Officer, signed_in: SignIn, disease: Disease, commune: Unit) -> Client:
    return signed_in(tracer)


@pytest.fixture
def today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def send(client: Client, text: str, **more: object) -> HttpResponse:
    unit, disease = Unit.objects.get(level="province"), Disease.objects.get()
    return client.post(ADDRESS, {"text": text, "unit": unit.pk, "disease": disease.pk, **more})  # type: ignore[return-value]


def test_nothing_is_kept_before_it_is_asked_for_and_then_in_one_step(client: Client, today: str, commune: Unit) -> None:
    text = f"{HEAD}\nNguyễn Thị Mỹ\t1980\t905123456\t{today}\tdương tính\tSốt, ho\tThuận Thử\t\nTrần Văn Bé\t\t\t{today}\t(+)\t\t\tx"
    page = send(client, text).content.decode()
    assert "Ghi nhận 2 dòng tốt" in page
    assert not Case.objects.exists()
    answer = send(client, text, keep="1")
    intake = CaseImport.objects.get()
    assert answer.headers["Location"] == reverse("tracer:import", args=[intake.pk])
    first, second = Case.objects.order_by("code")
    assert (first.unit, first.symptoms, first.intake) == (commune, ["fever", "cough"], intake)
    assert first.person.identity.phone == "+84905123456"
    assert (second.person.identity.phone, second.note) == ("", "x")
    assert LabResult.objects.count() == 2
    assert AuditEntry.objects.filter(action="case.registered").count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("\t\t\t{today}\t\t\t\t", "Thiếu cả họ tên và số điện thoại."),
        ("A B\t\t12\t{today}\t\t\t\t", "Số điện thoại «12»"),
        ("A B\t\t\t\t\t\t\t", "Thiếu ngày lấy mẫu."),
        ("A B\t\t\thôm qua\t\t\t\t", "Ngày lấy mẫu «hôm qua» không phải là ngày."),
        ("A B\t\t\t1/1/2099\t\t\t\t", "Ngày lấy mẫu ở tương lai."),
        ("A B\t\t\t{today}\tâm tính\t\t\t", "Kết quả không phải là dương tính"),
        ("A B\t\t\t{today}\tabc\t\t\t", "Không hiểu kết quả «abc»."),
        ("A B\t1700\t\t{today}\t\t\t\t", "Năm sinh «1700» không đúng."),
        ("A B\t\t\t{today}\t\t\tPhường Không Có\t", "Không có phường, xã «Phường Không Có»"),
        ("A B\t\t\t1/1/2019\t\t\t\t", "Chưa có quy định truy vết nào áp dụng"),
    ],
)
def test_a_row_with_an_error_is_named_with_its_number_and_the_reason(
    client: Client, today: str, row: str, reason: str
) -> None:
    page = send(client, f"{HEAD}\n{row.format(today=today)}").content.decode()
    assert reason in page.replace("&amp;", "&")
    assert '<th scope="row" class="number">2</th>' in page
    send(client, f"{HEAD}\n{row.format(today=today)}", keep="1")
    assert not Case.objects.exists()


def test_every_fault_of_a_row_is_told_in_english_too(client: Client) -> None:
    client.cookies["dauchan_language"] = "en"
    page = send(client, f"{HEAD}\nA B\t1700\t\thôm qua\tabc\t\t\t").content.decode()
    for reason in ("year of birth “1700”", "“hôm qua” is not a date", "“abc” is no result we know"):
        assert reason in page


def test_good_rows_are_kept_though_others_are_not(client: Client, today: str) -> None:
    text = f"{HEAD}\nA B\t\t\thôm qua\t\t\t\t\nC D\t\t\t{today}\t\t\t\t\nC D\t1980\t0905123456\t{today}\t\t\t\t\nE F\t1980\t0905123456\t{today}"
    answer = send(client, text, keep="1")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Đã ghi nhận 3 ca bệnh." in page

    assert (
        Identity.objects.exclude(phone_hash=None).count() == 1
    )  # of two people with one number the first is found by it
    assert "dòng chưa được ghi nhận" in page


def test_the_rows_to_be_mended_come_back_with_remarks_and_no_formula(client: Client, today: str) -> None:
    text = f"{HEAD}\n=1+1\t\t\thôm qua\t\t\t\t+84\nC D\t\t\t{today}\t\t\t\t"
    answer = send(client, text, remarks="1")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content)))
    assert [csv_value_read(cell) for cell in rows[0]][1:3] == ["Họ và tên", "Năm sinh"]
    assert rows[1][1] == "'=1+1"
    assert rows[1][0] == "2"
    assert "không phải là ngày" in rows[1][-1]
    assert len(rows) == 2


def test_a_row_like_somebody_known_is_left_out_until_it_is_decided(client: Client, today: str, tracer: Officer) -> None:
    text = f"{HEAD}\nNguyễn Thị Mỹ\t1980\t0905123456\t{today}"
    send(client, text, keep="1")
    known = Case.objects.get()
    again = f"{HEAD}\nMy Nguyen Thi\t1980\t0905123457\t{today}"
    page = send(client, again).content.decode()
    assert known.code in page
    assert "Đây có phải là cùng một người không?" in page
    send(client, again, keep="1")
    assert Case.objects.count() == 1
    send(client, again, keep="1", **{"row-2": str(known.person_id)})
    assert Case.objects.filter(person=known.person).count() == 2
    send(client, again, keep="1", **{"row-2": "another"})
    assert Case.objects.exclude(person=known.person).count() == 1


def test_the_same_list_again_is_recognised(client: Client, today: str) -> None:
    text = f"{HEAD}\nNguyễn Thị Mỹ\t1980\t0905123456\t{today}"
    send(client, text, keep="1")
    page = send(client, text).content.decode()
    assert "Chính danh sách này đã được" in page


def test_a_workbook_is_read_with_its_dates(client: Client, disease: Disease, province: Unit) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Full name", "Phone", "Sample date"])
    sheet.append(["A B", 905123456, timezone.localtime().replace(tzinfo=None, hour=0, minute=0)])
    out = io.BytesIO()
    book.save(out)
    sent = {"file": SimpleUploadedFile("ca.xlsx", out.getvalue()), "unit": province.pk, "disease": disease.pk}
    page = client.post(ADDRESS, sent).content.decode()
    assert "Ghi nhận 1 dòng tốt" in page
    assert "905123456" in page  # stands in the text, to be sent again


@pytest.mark.parametrize("text", ["", "một dòng", "Họ tên\tSĐT\nA B\t0905123456"])
def test_what_is_no_list_of_cases_is_said(client: Client, text: str) -> None:
    assert send(client, text).status_code == 422


def test_too_long_a_list_is_refused_whole(client: Client, today: str) -> None:
    rows = "\n".join(f"Người {number}\t\t\t{today}" for number in range(5_100))
    answer = send(client, f"{HEAD}\n{rows}", keep="1")
    assert answer.status_code == 413
    assert not Case.objects.exists()


def test_an_import_is_taken_back_in_one_step(client: Client, today: str) -> None:
    send(client, f"{HEAD}\nA B\t\t\t{today}\nC D\t\t\t{today}", keep="1")
    intake = CaseImport.objects.get()
    page = client.post(reverse("tracer:undo_import", args=[intake.pk]), {"reason": "Nhập nhầm danh sách"}, follow=True)
    assert "Đã rút lại 2 ca bệnh." in page.content.decode()
    assert set(Case.objects.values_list("status", flat=True)) == {"withdrawn"}
    again = client.post(reverse("tracer:undo_import", args=[intake.pk]), {"reason": "Nhập nhầm danh sách"}, follow=True)
    assert "đã được rút lại" in again.content.decode()


def test_another_area_sees_nothing_of_it(
    client: Client, today: str, make_officer: MakeOfficer, signed_in: SignIn, other_commune: Unit
) -> None:
    send(client, f"{HEAD}\nA B\t\t\t{today}", keep="1")
    intake = CaseImport.objects.get()
    elsewhere = signed_in(make_officer(Role.TRACER, other_commune))
    assert elsewhere.get(reverse("tracer:import", args=[intake.pk])).status_code == 404
    assert (
        elsewhere.post(reverse("tracer:undo_import", args=[intake.pk]), {"reason": "Nhập nhầm rồi"}).status_code == 404
    )


def test_the_sample_file_can_be_read(client: Client) -> None:
    content = client.get(reverse("tracer:import_template")).content.decode("utf-8-sig")
    page = send(
        client, content.replace("28/11/2026 08:30", f"{timezone.localdate():%d/%m/%Y}").replace("26/11/2026", "")
    )
    assert "Ghi nhận 1 dòng tốt" in page.content.decode()


@pytest.mark.slow
def test_a_thousand_rows_are_kept(client: Client, today: str) -> None:
    rows = "\n".join(
        f"Nguyễn Văn Số{number}\t{1950 + number % 60}\t0905{number:06d}\t{today}" for number in range(1_000)
    )
    assert "Ghi nhận 1.000 dòng tốt" in send(client, f"{HEAD}\n{rows}").content.decode()
    send(client, f"{HEAD}\n{rows}", keep="1")
    assert (Case.objects.count(), Identity.objects.filter(phone_hash__isnull=False).count()) == (1_000, 1_000)


SORMAS = """disease;caseClassification;person.firstName;person.lastName;person.birthdateYYYY;reportDate;person.phone;plagueType
DISEASE;CONFIRMED;Thử;Trần Thị;1990;{day:%d/%m/%Y};0905111222;BUBONIC
DISEASE;SUSPECT;Mẫu;Lê;1985;{day:%d/%m/%Y};;
DISEASE;CONFIRMED;;;1985;31/02/2026;;
"""


def test_a_file_of_another_system_becomes_rows_that_are_checked_like_any_other(client: Client) -> None:
    disease, day = Disease.objects.get(), timezone.localdate()
    text = SORMAS.format(day=day).replace("DISEASE;", f"{disease.code.upper()};")
    unit = Unit.objects.get(level="province")
    upload = SimpleUploadedFile("cases.csv", text.encode())
    page = client.post(ADDRESS, {"file": upload, "unit": unit.pk, "disease": disease.pk}).content.decode()
    assert "Tệp của SORMAS: 2 ca bệnh" in page
    assert "plagueType" in page
    assert "không có họ tên, cũng không có số điện thoại" in page
    assert "Ghi nhận 1 dòng tốt" in page
    assert "Kết quả không phải là dương tính" in page
    assert not Case.objects.exists()


def upload_of(client: Client, content: str) -> HttpResponse:
    unit, disease = Unit.objects.get(level="province"), Disease.objects.get()
    sent = {"file": SimpleUploadedFile("cases", content.encode()), "unit": unit.pk, "disease": disease.pk}
    return client.post(ADDRESS, sent)  # type: ignore[return-value]


def rows_told(answer: HttpResponse) -> list[str]:
    return [row.place for row, _remark in answer.context["bad"]]  # type: ignore[attr-defined]


def test_rows_are_counted_as_in_the_file_of_the_other_system_also_once_they_are_sent_again(client: Client) -> None:
    head, sure, doubtful, nameless = SORMAS.format(day=timezone.localdate()).splitlines()
    text = f"## a comment\n{head}\n{nameless}\n{sure}\n{doubtful}\n{sure}"
    first = upload_of(client, text.replace("DISEASE;", f"{Disease.objects.get().code.upper()};"))
    assert [place for place, _words in first.context["other"]["faults"]] == ["Dòng 3", "Dòng 3"]  # type: ignore[attr-defined]
    assert rows_told(first) == ["5", "6"]
    page = first.content.decode()
    assert '<th scope="row" class="number">5</th>' in page
    assert "Trùng với dòng 4." in page
    listed = first.context["form"].data["text"]  # type: ignore[attr-defined]
    assert rows_told(send(client, listed)) == ["5", "6"]
    remarks = b"".join(send(client, listed, remarks="1").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [row[0] for row in csv.reader(io.StringIO(remarks))][1:] == ["5", "6"]


def dhis2_person(uid: str, name: str, *facts: tuple[str, str]) -> dict[str, object]:
    told = [("Full name", name), *facts]
    attributes = [{"attribute": title, "displayName": title, "value": value} for title, value in told]
    return {"trackedEntity": uid, "trackedEntityType": "P", "attributes": attributes}


def test_a_contact_in_a_file_of_dhis2_is_named_as_one_and_is_no_fault(client: Client, today: str) -> None:
    def end(uid: str) -> dict[str, object]:
        return {"trackedEntity": {"trackedEntity": uid}}

    people = [
        dhis2_person("A", "Ca Thử", ("Case classification", "Confirmed"), ("Sample date", today)),
        dhis2_person("B", "Người Gặp", ("Date of last contact", today)),
        dhis2_person("C", "Ca Ngờ", ("Case classification", "Suspected"), ("Sample date", today)),
    ]
    relationships = [{"from": end("A"), "to": end("B")}]
    answer = upload_of(client, json.dumps({"trackedEntities": people, "relationships": relationships}))
    page = " ".join(answer.content.decode().split())
    assert rows_told(answer) == ["trackedEntities[2]"], "only the suspect is refused"
    assert "Ghi nhận 1 dòng tốt" in page
    assert "Người tiếp xúc, không phải ca bệnh" in page
    assert "<td>Người Gặp</td> <td>A</td>" in page
    assert "Nhập người tiếp xúc từ tệp" in page


def test_a_file_with_contacts_only_says_so(client: Client) -> None:
    disease, unit = Disease.objects.get(), Unit.objects.get(level="province")
    upload = SimpleUploadedFile("contacts.csv", "lastContactDate;person.lastName\n03.08.2021;Lê\n".encode())
    answer = client.post(ADDRESS, {"file": upload, "unit": unit.pk, "disease": disease.pk})
    assert answer.status_code == 422
    assert "không có ca bệnh nào (có 1 người tiếp xúc" in answer.content.decode()
    assert "ở trang phỏng vấn của ca bệnh" in answer.content.decode()
