"""Importing venues over HTTP: hand in, columns, decisions, keep, copy, undo; only within one's own area."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from dauchan.exchange.venue_lists import keeping
from dauchan.exchange.venue_lists.jobs import check_list, keep_list
from dauchan.exchange.venue_lists.keeping import keep
from dauchan.exchange.venue_lists.models import State, VenueList
from dauchan.exchange.venue_lists.progress import tell, told
from dauchan.units import audit
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Category, Venue
from tests.exchange.venue_lists import messy
from tests.exchange.venue_lists.conftest import categories

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.web.conftest import MakeOfficer, SignIn

__all__ = ["categories"]
HEAD = ["Tên", "Địa chỉ", "Phường xã", "Loại hình", "Điện thoại"]
SHOP = ["Quán ăn Hương Thử", "12 Lê Thử", "P. Thuận Thử", "quán ăn", "0234 3822 333"]
BAD = ["Quán không nơi", "1", "Xã Đâu Đâu", "quán ăn", ""]


@pytest.fixture
def browser(officer: Officer, signed_in: SignIn, categories: dict[str, Category]) -> Client:
    return signed_in(officer)


def hand_in(browser: Client, content: bytes, unit: Unit, name: str = "quán ăn.xlsx") -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("venue_lists:all"), {"unit": unit.pk, "file": file})  # type: ignore[return-value]


def at(name: str, found: VenueList) -> str:
    return reverse(f"venue_lists:{name}", args=[found.pk])


def chosen(browser: Client, found: VenueList, **options: str) -> dict[str, str]:
    """The form of columns as it is shown."""
    page = browser.get(at("columns", found)).content.decode()
    columns = {}
    for name, choices in re.findall(r'<select[^>]*name="(c-\d+-\d+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        picked = re.search(r'value="(\w+)"\s+selected', choices)
        columns[name] = picked[1] if picked else ""
    return {**columns, **options}


def test_the_whole_way(browser: Client, commune: Unit) -> None:
    Venue.objects.create(
        name="Nhà thuốc A", address="1 Lê Thử", unit=commune, category=Category.objects.get(code="pharmacy")
    )
    rows = [HEAD, SHOP, BAD, ["NHA THUOC A", "1, Lê Thử", "Thuận Thử", "", "0234 3822 444"]]
    answer = hand_in(browser, messy.workbook(*rows), commune)
    found = VenueList.objects.get()
    assert answer.headers["Location"] == at("columns", found)
    sent = chosen(browser, found)
    assert sent["c-0-0"] == "name"
    assert browser.post(at("columns", found), sent).headers["Location"] == at("one", found)
    assert browser.get(at("progress", found)).headers.get("HX-Refresh") is None
    check_list(found.pk)
    assert browser.get(at("progress", found)).headers["HX-Refresh"] == "true"
    page = browser.get(at("one", found)).content.decode()
    assert "Ghi 1 dòng" in page
    asks = browser.get(at("one", found), {"tab": "asks"}).content.decode()
    assert "Nhà thuốc A (1 Lê Thử, Phường Thuận Thử)" in asks
    assert "Xã Đâu Đâu" in browser.get(at("one", found), {"tab": "faulty"}).content.decode()
    row = found.rows.get(state="asks")
    browser.post(at("decide", found), {f"row-{row.position}": f"merge-{row.alike[0]}"})
    assert "Ghi 2 dòng" in browser.get(at("one", found)).content.decode()
    browser.post(at("keep", found))
    keep_list(found.pk)
    assert set(Venue.objects.values_list("name", "phone")) == {
        ("Nhà thuốc A", "+842343822444"), ("Quán ăn Hương Thử", "+842343822333"),
    }  # fmt: skip
    copy = browser.get(at("copy", found))
    assert copy.headers["Content-Disposition"] == 'attachment; filename="quan-an-ket-qua.xlsx"'
    sheet = load_workbook(io.BytesIO(copy.content)).worksheets[0]
    assert str(sheet["F2"].value).startswith("Đã đăng ký mới")
    assert "không có phường, xã nào tên «xã đâu đâu»" in str(sheet["F3"].value).lower()
    venue = Venue.objects.get(name="Quán ăn Hương Thử")
    assert "Nhập từ danh sách" in browser.get(reverse("officer:venue", args=[venue.pk])).content.decode()
    browser.post(at("undo", found))
    assert list(Venue.objects.values_list("name", "phone")) == [("Nhà thuốc A", "")]
    assert "Đã hoàn tác 2 dòng" in browser.get(at("one", found)).content.decode()
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert actions >= {
        "venue_list.handed_in",
        "venue_list.kept",
        "venue_list.copied",
        "venue_list.undone",
        "venue.imported",
    }


def test_columns_chosen_by_hand_count(browser: Client, commune: Unit) -> None:
    hand_in(browser, messy.workbook(["A", "B"], ["Quán ăn Mẫu", "1 Lê Thử"]), commune)
    found = VenueList.objects.get()
    refused = browser.post(at("columns", found), chosen(browser, found))
    assert refused.status_code == 422
    assert "Chưa biết cột nào là tên" in refused.content.decode()
    browser.post(at("columns", found), {"c-0-0": "name", "c-0-1": "address", "c-9-9": "name", "unit": commune.pk})
    check_list(found.pk)
    found.refresh_from_db()
    assert found.counts["good"] == 1


def test_all_twins_at_once_and_the_step_before(browser: Client, commune: Unit) -> None:
    hand_in(browser, messy.workbook(HEAD, SHOP, SHOP, SHOP), commune)
    found = VenueList.objects.get()
    browser.post(at("columns", found), chosen(browser, found, map_on=""))
    check_list(found.pk)
    browser.post(at("decide", found), {"all": "skip", "page": "1"})
    assert found.rows.filter(decision="skip").count() == 2
    again = browser.post(at("columns", found), chosen(browser, found, approve="on"))
    assert again.status_code == 302
    check_list(found.pk)
    assert found.rows.filter(decision="").count() == 3


def test_what_is_no_list_is_told(browser: Client, commune: Unit) -> None:
    assert "Không đọc được tệp này" in hand_in(browser, b"PK\x03\x04 no", commune).content.decode()
    assert "Hãy chọn tệp" in hand_in(browser, b"", commune).content.decode()
    assert not VenueList.objects.exists()


def test_a_failed_check_is_told_and_can_be_tried_again(
    browser: Client, commune: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(browser, messy.workbook(HEAD, SHOP), commune)
    found = VenueList.objects.get()
    browser.post(at("columns", found), chosen(browser, found))
    with monkeypatch.context() as broken:
        broken.setattr("dauchan.exchange.venue_lists.checking.readers_of", None)
        check_list(found.pk)
    assert VenueList.objects.get().state == State.FAILED
    assert browser.get(at("one", found), follow=True).status_code == 200
    assert browser.post(at("columns", found), chosen(browser, found)).status_code == 302
    check_list(found.pk)
    assert VenueList.objects.get().state == State.CHECKED


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MONITOR, Role.TRACER])
def test_lists_belong_to_the_area(
    browser: Client, commune: Unit, other_commune: Unit, role: str, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    hand_in(browser, messy.workbook(HEAD, SHOP), commune)
    found = VenueList.objects.get()
    other = signed_in(make_officer(role, other_commune, "khac"))
    expected = 404 if role == Role.OFFICER else 403
    for name in ("one", "columns", "progress", "copy"):
        assert other.get(at(name, found)).status_code == expected
    for name in ("columns", "decide", "keep", "undo"):
        assert other.post(at(name, found)).status_code == expected
    elsewhere = hand_in(other, messy.workbook(HEAD, SHOP), commune)
    assert elsewhere.status_code in {403, 422}
    assert VenueList.objects.count() == 1


def test_a_page_asks_as_often_for_many_rows(
    browser: Client, commune: Unit, django_assert_max_num_queries: object
) -> None:
    rows = [[f"Quán ăn {number:02}", f"{number} Lê Thử", "Thuận Thử", "", ""] for number in range(60)]
    hand_in(browser, messy.workbook(HEAD, *rows), commune)
    found = VenueList.objects.get()
    browser.post(at("columns", found), chosen(browser, found))
    check_list(found.pk)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        page = browser.get(at("one", found)).content.decode()
    assert page.count('<th scope="row">') == 50
    assert browser.get(at("one", found), {"tab": "faulty", "page": "99"}).status_code == 200


def test_the_template_is_read_again(browser: Client, commune: Unit) -> None:
    content = browser.get(reverse("venue_lists:template")).content
    hand_in(browser, content, commune)
    columns = chosen(browser, VenueList.objects.get())
    assert {"name", "category", "address", "commune", "owner_phone", "lat", "lon"} <= set(columns.values())


def test_how_far_the_keeping_is_everybody_sees_while_it_lasts(
    browser: Client, commune: Unit, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a list as long as a district's the page counts up, although nothing of it is committed; when it fails the count is gone."""
    names = ["Hoa Mai", "Sông Xanh", "Bến Ngự", "Đông Ba", "Vỹ Dạ"]
    rows = [[name, f"{number} Đường {name}", *SHOP[2:4], f"0234 3822 33{number}"] for number, name in enumerate(names)]
    hand_in(browser, messy.workbook(HEAD, *rows), commune)
    found = VenueList.objects.get()
    browser.post(at("columns", found), chosen(browser, found))
    check_list(found.pk)
    browser.post(at("keep", found))
    shown: list[str] = []
    seen: list[tuple[int, int] | None] = []

    def tell_and_look(list_id: int, done: int, in_all: int) -> None:
        tell(list_id, done, in_all)
        with connection.cursor() as cursor:  # within one transaction a session looks only once
            cursor.execute("SELECT pg_stat_clear_snapshot()")
        shown.append(browser.get(at("progress", found)).content.decode())
        seen.append(told(list_id))
        sessions = elsewhere.execute("SELECT application_name FROM pg_stat_activity").fetchall()
        assert (f"dauchan list {list_id}: {done}/{in_all}",) in sessions

    monkeypatch.setattr(keeping, "tell", tell_and_look)
    monkeypatch.setattr(keeping, "ROWS_AT_ONCE", 2)
    with psycopg.connect(database_url, autocommit=True) as elsewhere:
        with monkeypatch.context() as failing:
            failing.setattr(audit, "record", unwritten)
            with pytest.raises(OSError, match="full"):
                keep(found)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_stat_clear_snapshot()")
            assert told(found.pk) is None
            assert not Venue.objects.exists()
        del seen[:], shown[:]
        keep(found)
    assert seen == [(0, 5), (1, 5), (2, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    assert "5 trong 5 dòng" in shown[-1]
    assert 'value="3"' in shown[4]
    assert Venue.objects.count() == 5


def unwritten(*_given: object, **_named: object) -> None:
    raise OSError("the disk is full")
