"""The officers' screen of control cards: issued in one form, found without diacritics, opened for a purpose, revoked."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from dauchan.people.cards import issue_card, issue_cards
from dauchan.people.holders import Holder
from dauchan.people.models import ControlCard
from dauchan.units.models import AuditEntry, Role

if TYPE_CHECKING:
    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeOfficer, SignIn

HOLDER = Holder("Trần Thị Thử", 1950, "+84905111222", "Tổ 3")
TYPED = {"full_name": "  Trần  Thị Thử ", "birth_year": "1950", "phone": "0905 111 222", "address": "Tổ 3"}


def form(**changes: str) -> dict[str, str]:
    return TYPED | {"last_on": f"{timezone.localdate() + dt.timedelta(days=30):%Y-%m-%d}"} | changes


@pytest.fixture
def card(commune: Unit, officer: Officer) -> ControlCard:
    return issue_card(commune, officer, HOLDER)


def test_a_card_is_issued_and_its_file_comes_by_itself(officer_client: Client, commune: Unit) -> None:
    assert officer_client.get("/officer/cards/new/").status_code == 200
    answer = officer_client.post("/officer/cards/new/", form(print="1"), follow=True)
    card = ControlCard.objects.get()
    page = answer.content.decode()
    assert card.serial in page
    assert f'content="0;url=/officer/cards/{card.pk}/card.pdf' in page
    assert "refresh" not in officer_client.get("/officer/cards/new/").content.decode()
    identity = card.person.identity
    assert (identity.full_name, identity.birth_year, identity.phone) == ("Trần Thị Thử", "1950", "+84905111222")
    assert (card.unit, (card.last_on - timezone.localdate()).days) == (commune, 30)
    assert AuditEntry.objects.filter(action="card.issued", subject=f"card:{card.serial}").exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("full_name", " ", "Hãy nhập họ và tên"),
        ("birth_year", "50", "bốn chữ số"),
        ("birth_year", "1850", "Năm sinh phải từ 1880"),
        ("birth_year", "2999", "Năm sinh phải từ 1880"),
        ("phone", "090512", "thiếu chữ số"),
        ("last_on", "2020-01-01", "từ hôm nay"),
        ("last_on", "2999-01-01", "năm năm sau"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(officer_client: Client, field: str, value: str, words: str) -> None:
    answer = officer_client.post("/officer/cards/new/", form(**{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ControlCard.objects.exists()


def test_only_the_name_is_needed_and_a_landline_will_do(officer_client: Client) -> None:
    empty = {"birth_year": "", "phone": "", "address": ""}
    assert officer_client.post("/officer/cards/new/", form(**empty)).status_code == 302
    assert (
        officer_client.post("/officer/cards/new/", form(full_name="Lê Thử", phone="0234 3825 999")).status_code == 302
    )
    assert ControlCard.objects.count() == 2


def test_a_namesake_of_the_same_year_is_shown_masked_before_a_second_card(
    officer_client: Client, card: ControlCard
) -> None:
    answer = officer_client.post("/officer/cards/new/", form(full_name="tran thi thu"))
    page = answer.content.decode()
    assert (answer.status_code, ControlCard.objects.count()) == (422, 1)
    assert card.serial in page
    assert "T••• T••• Thử" in page
    confirmed = "tran thi thu|1950"
    assert f'value="{confirmed}"' in page
    other = officer_client.post(
        "/officer/cards/new/", form(full_name="Trần Thị Thử", birth_year="", confirmed=confirmed)
    )
    assert other.status_code == 422  # another question than the one that was confirmed
    assert officer_client.post("/officer/cards/new/", form(confirmed=confirmed)).status_code == 302
    assert ControlCard.objects.count() == 2


@pytest.mark.parametrize("text", ["tran thi thu", "Trần Thị Thử 1950", "0905111222"])
def test_a_card_is_found_and_its_holder_stays_masked(officer_client: Client, card: ControlCard, text: str) -> None:
    page = officer_client.post("/officer/cards/", {"q": text}).content.decode()
    assert card.serial in page
    assert "T••• T••• Thử" in page
    assert "Trần Thị Thử" not in page.replace(f'value="{text}"', "")
    assert "Không có thẻ nào khớp" in officer_client.post("/officer/cards/", {"q": "Trần Thị"}).content.decode()


def test_a_name_never_stands_in_an_address(officer_client: Client, card: ControlCard) -> None:
    page = officer_client.get("/officer/cards/", {"q": "không có ai"}).content.decode()
    assert card.serial in page  # what stands in the address searches for nothing


def test_the_list_tells_the_states_and_turns_its_pages(officer_client: Client, commune: Unit, officer: Officer) -> None:
    assert "Chưa cấp thẻ nào" in officer_client.get("/officer/cards/").content.decode()
    cards = issue_cards(commune, officer, [Holder(f"Lê Thử {n}") for n in range(27)])
    first, second = (officer_client.get("/officer/cards/", {"page": n}).content.decode() for n in (1, 2))
    assert (first.count('name="card"'), second.count('name="card"')) == (25, 2)
    officer_client.post(f"/officer/cards/{cards[0].pk}/revoke/", {"reason": "lost"})
    with time_machine.travel(timezone.now() + dt.timedelta(days=366)):
        officer_client.force_login(officer)
        counts = {
            state: officer_client.get("/officer/cards/", {"state": state}).content.decode().count('name="card"')
            for state in ("revoked", "expired", "good", "unprinted")
        }
    assert counts == {"revoked": 1, "expired": 25, "good": 0, "unprinted": 0}


def test_details_open_for_a_purpose_only_and_only_this_once(officer_client: Client, card: ControlCard) -> None:
    address = f"/officer/cards/{card.pk}/"
    masked = officer_client.get(address).content.decode()
    refused = officer_client.post(address, {"usual": "other", "words": "ngắn"})
    assert refused.status_code == 422
    for page in (masked, refused.content.decode()):
        assert "Trần Thị Thử" not in page
        assert "0905 111 222" not in page
    assert not AuditEntry.objects.filter(action="card.opened").exists()
    opened = officer_client.post(address, {"usual": "contact", "words": "Báo con gái đến đón"}).content.decode()
    assert "Trần Thị Thử" in opened
    assert "0905 111 222" in opened
    entry = AuditEntry.objects.get(action="card.opened")
    assert entry.purpose == "Liên hệ người giữ thẻ hoặc người thân. Báo con gái đến đón"
    assert "Trần Thị Thử" not in officer_client.get(address).content.decode()


def test_a_card_is_revoked_undone_and_replaced(officer_client: Client, card: ControlCard) -> None:
    address = f"/officer/cards/{card.pk}/"
    officer_client.post(f"{address}revoke/", {"reason": "no-such"})
    card.refresh_from_db()
    assert card.revoked_at is None
    page = officer_client.post(f"{address}revoke/", {"reason": "lost"}, follow=True).content.decode()
    assert "Hoàn tác thu hồi" in page
    assert "Bị mất" in page
    page = officer_client.post(f"{address}undo/", follow=True).content.decode()
    assert "lại có hiệu lực" in page
    page = officer_client.post(f"{address}replace/", {"reason": "damaged"}, follow=True).content.decode()
    new = ControlCard.objects.exclude(pk=card.pk).get()
    assert new.serial in page
    assert "Thay cho thẻ" in page
    page = officer_client.post(f"{address}undo/", follow=True).content.decode()
    assert "Không hoàn tác được nữa" in page


def test_an_officer_of_several_communes_chooses_one(
    province: Unit, commune: Unit, other_commune: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    client = signed_in(make_officer(Role.OFFICER, province))
    assert client.post("/officer/cards/new/", form()).status_code == 422
    assert client.post("/officer/cards/new/", form(unit=str(other_commune.pk))).status_code == 302
    issued = ControlCard.objects.get()
    assert issued.unit == other_commune
    assert issued.serial in client.get("/officer/cards/", {"unit": other_commune.code}).content.decode()
    assert issued.serial not in client.get("/officer/cards/", {"unit": commune.code}).content.decode()


def test_an_officer_cannot_issue_for_another_commune(officer_client: Client, other_commune: Unit) -> None:
    officer_client.post("/officer/cards/new/", form(unit=str(other_commune.pk)))
    assert ControlCard.objects.get().unit.full_name == "Phường Thuận Thử"


LIST = """Danh sách thôn Thử
STT\tHọ và tên\tNăm sinh\tSố điện thoại\tĐịa chỉ
1\tTrần Thị Thử\t02/09/1950\t905111222\tXóm 1
2\tLê Văn Mẫu\t\t\t
3\t\t1960\t\t
4\tPhạm Thị Sai\t19x0\t\t
5\tHồ Văn Số\t1948\t12\t
6\ttran thi thu\t1950\t\t

7\t'=Đặng Thị An\t1941\t\tXóm 2
"""


def test_a_list_is_checked_row_by_row_and_then_issued(officer_client: Client) -> None:
    sent = form(text=LIST)
    checked = officer_client.post("/officer/cards/many/", sent)
    page = checked.content.decode()
    assert (checked.status_code, ControlCard.objects.count()) == (422, 0)
    for words in ("Thiếu họ và tên", "bốn chữ số", "thiếu chữ số", "Trùng họ tên và năm sinh với dòng 3"):
        assert words in page
    assert "Cấp 3 thẻ" in page
    answer = officer_client.post("/officer/cards/many/", sent | {"issue": "1"}, follow=True)
    assert answer.redirect_chain == [("/officer/cards/?state=unprinted", 302)]
    assert "Chưa cấp cho các dòng có lỗi: 5, 6, 7, 8" in answer.content.decode()
    people = {card.person.identity.full_name: card.person.identity for card in ControlCard.objects.all()}
    assert set(people) == {"Trần Thị Thử", "Lê Văn Mẫu", "=Đặng Thị An"}
    first = people["Trần Thị Thử"]
    assert (first.birth_year, first.phone, first.address) == ("1950", "+84905111222", "Xóm 1")


def test_a_list_without_headings_and_a_list_with_commas(officer_client: Client) -> None:
    pasted = "1\tTrần Thị Thử\t1950\n2\tLê Văn Mẫu\t1961\t0905111222\n"
    assert "Cấp 2 thẻ" in officer_client.post("/officer/cards/many/", form(text=pasted)).content.decode()
    commas = 'Họ tên,Ngày sinh,SĐT\n"Trần, Thị Thử",1950-01-02,0905.111.222\n'
    officer_client.post("/officer/cards/many/", form(text=commas, issue="1"))
    assert ControlCard.objects.get().person.identity.full_name == "Trần, Thị Thử"


def workbook(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append([*row])
    with io.BytesIO() as written:
        book.save(written)
        return SimpleUploadedFile("danh sách.xlsx", written.getvalue())


def test_a_workbook_stands_in_the_text_to_be_mended(officer_client: Client, card: ControlCard) -> None:
    born = dt.datetime(1950, 9, 2)  # noqa: DTZ001 - a spreadsheet's days have no zone
    file = workbook(("Họ tên", "Năm sinh", "Điện thoại"), ("Trần Thị Thử", born, 905111222), ("Lê Văn Mẫu", 1961, None))
    answer = officer_client.post("/officer/cards/many/", {**form(issue="1"), "file": file})
    page = answer.content.decode()
    assert ControlCard.objects.count() == 1  # an upload is always shown first
    assert "Trần Thị Thử\t02/09/1950\t905111222" in page
    assert "Cấp 2 thẻ" in page
    assert "Dòng 2:" in page
    assert card.serial in page


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04broken", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\xff", b"\xd0\xcf\x11\xe0"]
)
def test_a_file_that_is_no_list_is_refused(officer_client: Client, content: bytes) -> None:
    file = SimpleUploadedFile("x.xlsx", content)
    answer = officer_client.post("/officer/cards/many/", {**form(), "file": file})
    assert answer.status_code == 422
    assert not ControlCard.objects.exists()


def test_a_list_too_long_is_not_cut_in_silence(officer_client: Client) -> None:
    text = "\n".join(f"Lê Thử Số{n}\t1950" for n in range(1001))
    answer = officer_client.post("/officer/cards/many/", form(text=text, issue="1"))
    assert "Danh sách dài quá 1.000 người" in answer.content.decode()
    assert not ControlCard.objects.exists()


def test_cards_stand_in_the_navigation_of_those_who_issue_them(
    officer_client: Client, commune: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    assert 'href="/officer/cards/"' in officer_client.get("/officer/").content.decode()
    monitor = signed_in(make_officer(Role.MONITOR, commune))
    assert 'href="/officer/cards/"' not in monitor.get("/officer/").content.decode()
    assert monitor.get("/officer/cards/").status_code == 403
    assert "/accounts/login/" in Client().get("/officer/cards/")["Location"]
