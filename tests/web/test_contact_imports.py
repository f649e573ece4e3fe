"""Contacts of other systems for a case: each row is told what becomes of it, nothing is kept before somebody says so, all of it goes back."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from click import ClickException
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dauchan.exchange.interop.records import ContactTold, PersonTold
from dauchan.exchange.interop.taking_contacts import relation_of
from dauchan.exchange.interop.writing import godata_contacts, sormas_contact_columns
from dauchan.exchange.tables import csv_chunks
from dauchan.project.contact_files import _imported
from dauchan.tracing.actions import CaseReport, register_case
from dauchan.tracing.interviews.models import NamedPerson, Relation
from dauchan.tracing.models import Case
from dauchan.units.models import AuditEntry, Officer, Unit
from tests.exchange.venue_lists import messy
from tests.tracing.outbreak import make_disease
from tests.web.conftest import SignIn

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client


@pytest.fixture
def case(tracer: Officer, province: Unit) -> Case:
    day = timezone.localdate() - dt.timedelta(days=1)
    return register_case(CaseReport("", make_disease(), province, day, full_name="Ca Thử"), tracer)


@pytest.fixture
def client(tracer: Officer, signed_in: SignIn) -> Client:
    return signed_in(tracer)


def contacts(case: Case) -> list[ContactTold]:
    near, far = (
        timezone.localdate(case.infectious_from),
        timezone.localdate(case.infectious_from) - dt.timedelta(days=9),
    )
    return [
        ContactTold("", PersonTold("Trần Thị Thử", "1980", "female", "0905777001"), "C-1", "GD-1", relation="same_household", last_on=near),
        ContactTold("", PersonTold("=Lê Văn Mẫu"), "C-2", "GD-1", last_on=near),
        ContactTold("", PersonTold("Người Cũ", phone="0905777002"), "C-3", "GD-1", last_on=far),
        ContactTold("", PersonTold("Số Sai", phone="12"), "C-4", "GD-1", last_on=near),
        ContactTold("", PersonTold("Của Ca Khác"), "C-5", "GD-2", last_on=near),
    ]  # fmt: skip


def send(client: Client, case: Case, content: bytes, name: str, **more: str) -> str:
    answer = client.post(
        reverse("tracer:import_contacts", args=[case.pk]), {"file": SimpleUploadedFile(name, content), **more}
    )
    return " ".join(answer.content.decode().split())


def shown_text(client: Client, case: Case, content: bytes, **more: str) -> str:
    answer = client.post(
        reverse("tracer:import_contacts", args=[case.pk]), {"file": SimpleUploadedFile("x", content), **more}
    )
    text: str = answer.context["form"].data["text"]
    return text


def test_a_file_of_godata_is_checked_kept_and_taken_back(client: Client, case: Case) -> None:
    people = godata_contacts(contacts(case))
    ids = {
        one["relationships"][0]["persons"][0]["visualId"]: one["relationships"][0]["persons"][0]["id"] for one in people
    }
    cases = [
        {"id": uid, "visualId": number, "type": "LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE"}
        for number, uid in ids.items()
    ]
    content = json.dumps({"cases": cases, "contacts": people}).encode()
    said = send(client, case, content, "contacts.json", of_case="GD-1")
    assert "nằm ngoài thời kỳ lây nhiễm" in said
    assert "Số điện thoại «12»" in said
    assert "Ghi 2 người tiếp xúc" in said
    assert not NamedPerson.objects.exists()
    address = reverse("tracer:import_contacts", args=[case.pk])
    sent = {"text": shown_text(client, case, content, of_case="GD-1"), "of_case": "GD-1", "keep": "1"}
    assert client.post(address, sent).headers["Location"] == reverse("tracer:interview", args=[case.pk])
    assert {one.relation for one in NamedPerson.objects.all()} == {Relation.OTHER}
    assert NamedPerson.objects.count() == 2
    client.post(address, sent)
    assert NamedPerson.objects.filter(person__identity__phone_hash__isnull=False).count() <= 1
    assert "Nhập 2 người tiếp xúc từ tệp." in client.get(reverse("tracer:log", args=[case.pk])).content.decode()
    for entry in AuditEntry.objects.filter(action="interview.contacts_imported"):
        client.post(reverse("tracer:undo_contacts", args=[case.pk, entry.pk]))
    assert not NamedPerson.objects.exists()


def test_tables_of_sormas_of_godata_and_of_people_are_read(client: Client, case: Case) -> None:
    near = f"{timezone.localdate(case.infectious_from):%d/%m/%Y}"
    sormas = b"".join(csv_chunks(sormas_contact_columns(), contacts(case)[:2]))
    assert "Ghi 2 người tiếp xúc" in send(client, case, sormas, "contacts.csv")
    godata = messy.workbook(
        ["Visual ID", "Last Name", "First Name", "Date of last contact", "Addresses Phone number [1]", "Risk level"],
        ["C-9", "Trần", "Thử", near, 905777009, "high"],
        ["C-10", "", "", near, "", ""],
    )
    said = send(client, case, godata, "contacts.xlsx")
    assert "Ghi 1 người tiếp xúc" in said
    assert "Risk level" in said
    assert "không có họ tên" in said
    own = f"Họ và tên;Số điện thoại;Quan hệ;Ngày tiếp xúc\nLê Mẫu;0905 777 010;Hàng xóm;{near}\n".encode()
    assert "Ghi 1 người tiếp xúc" in send(client, case, own, "own.csv")
    assert "Không thấy dòng tiêu đề" in send(client, case, b"a;b\n1;2\n", "none.csv")


def test_a_row_keeps_its_number_of_the_file_until_it_is_kept(client: Client, case: Case) -> None:
    near = f"{timezone.localdate(case.infectious_from):%d/%m/%Y}"
    content = (
        f"Họ và tên;Số điện thoại;Ngày tiếp xúc\n;;{near}\n\nSố Sai;12;{near}\nLê Mẫu;0905 777 011;{near}\n".encode()
    )
    assert '<th scope="row" class="nowrap">Dòng 4</th>' in send(client, case, content, "own.csv")
    sent = {"text": shown_text(client, case, content), "of_case": "", "keep": "1"}
    kept = client.post(reverse("tracer:import_contacts", args=[case.pk]), sent, follow=True)
    assert "Dòng 4: Số điện thoại «12»" in kept.content.decode()


def test_the_command_reports_row_by_row_and_keeps_nothing_in_a_dry_run(
    case: Case, tracer: Officer, tmp_path: Path
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_bytes(b"".join(csv_chunks(sormas_contact_columns(), contacts(case))))
    report = _imported(file, case, tracer, "GD-1", dry_run=True)
    assert report.counts == {"contacts": 5, "taken": 2, "refused": 2, "of_other_cases": 1, "faults": 0}
    assert len(report.lines) == 2
    assert not NamedPerson.objects.exists()
    assert _imported(file, case, tracer, "GD-1", dry_run=False).counts["taken"] == NamedPerson.objects.count() == 2


def test_the_same_file_again_names_nobody_twice_and_people_of_one_name_stay_two(
    case: Case, tracer: Officer, tmp_path: Path
) -> None:
    near = f"{timezone.localdate(case.infectious_from):%d/%m/%Y}"
    file = tmp_path / "contacts.csv"
    rows = ["Lê Mẫu;", "Lê Mẫu;", "Trần Thị Thử;0905777020"]
    file.write_text("\n".join(["Họ tên;Điện thoại;Ngày tiếp xúc", *(f"{row};{near}" for row in rows)]))
    assert _imported(file, case, tracer, "", dry_run=False).counts["taken"] == 3
    again = _imported(file, case, tracer, "", dry_run=False)
    assert (again.counts["taken"], len(again.lines)) == (0, 3)
    file.write_text(f"{file.read_text()}\nLê Mẫu;;{near}")
    assert _imported(file, case, tracer, "", dry_run=False).counts["taken"] == 1, "a third of that name"
    assert NamedPerson.objects.filter(case=case).count() == 4


def test_the_command_tells_each_row_once_in_the_order_of_the_file_and_what_it_did_not_take(
    case: Case, tracer: Officer, tmp_path: Path
) -> None:
    near = f"{timezone.localdate(case.infectious_from):%d/%m/%Y}"
    file = tmp_path / "contacts.csv"
    file.write_text(
        f"Họ tên;Điện thoại;Ngày tiếp xúc;Nhóm máu\nSố Sai;12;{near};O\nNgười Năm;;hôm kia;\n;;{near};\nLê Mẫu;;{near};\n"
    )
    report = _imported(file, case, tracer, "", dry_run=True)
    assert [line.partition(":")[0] for line in report.lines] == ["Dòng 2", "Dòng 3", "Dòng 4"]
    assert report.lines[1] == "Dòng 3: Ngày tiếp xúc «hôm kia»: không phải là ngày. Thiếu ngày tiếp xúc lần cuối."
    assert "Có nội dung nhưng không được lấy: Nhóm máu" in report.remarks
    assert report.remarks[-1] == "Chạy thử: chưa ghi gì."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "contacts.csv là tệp trống"),
        ("Họ tên;Ngày tiếp xúc\n", "không có người tiếp xúc nào dưới dòng tiêu đề"),
        ("a;b\n1;2\n", "không có dòng tiêu đề"),
        ("disease;caseClassification;person.lastName;reportDate\nX;CONFIRMED;Lê;03.08.2021\n", "có 1 ca bệnh"),
    ],
)
def test_a_file_without_contacts_is_refused_in_a_sentence(
    case: Case, tracer: Officer, tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(text)
    with pytest.raises(ClickException, match=words):
        _imported(file, case, tracer, "", dry_run=False)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("SAME_HOUSEHOLD", Relation.HOUSEHOLD),
        ("FAMILY_MEMBER_OR_FRIEND", Relation.RELATIVE),
        ("Đồng nghiệp", Relation.COLLEAGUE),
        ("", Relation.OTHER),
    ],
)
def test_relations_in_others_words(text: str, relation: Relation) -> None:
    assert relation_of(text) is relation
