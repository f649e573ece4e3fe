"""From the spreadsheets people have to venues, and back again."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from dauchan.exchange.national.models import SentVenue
from dauchan.exchange.venue_lists.copies import copy_of
from dauchan.exchange.venue_lists.deciding import decide, decide_all
from dauchan.exchange.venue_lists.errors import NothingToKeep, NotReadable, NotThisStep
from dauchan.exchange.venue_lists.jobs import forget_files
from dauchan.exchange.venue_lists.keeping import begin_keeping, keep
from dauchan.exchange.venue_lists.models import RowState, State, VenueList
from dauchan.exchange.venue_lists.taking_in import Options, glances_of, hand_in
from dauchan.exchange.venue_lists.undoing import undo
from dauchan.helpdesk.models import Ticket, Topic
from dauchan.people.models import Person
from dauchan.units.audit import first_broken_entry
from dauchan.units.models import AuditEntry, Unit
from dauchan.venues.actions import approve_venue
from dauchan.venues.models import Category, Poster, Venue, VenueStatus
from tests.exchange.venue_lists import messy
from tests.exchange.venue_lists.conftest import checked, kept, reasons_of

HEAD = ["Tên", "Địa chỉ", "Phường xã", "Loại hình", "Điện thoại"]
SHOP = ["Quán ăn Hương Thử", "12 Lê Thử", "P. Thuận Thử", "quán ăn", "0234 3822 333"]


@pytest.fixture(autouse=True)
def _map(other_commune: Unit, commune: Unit, categories: dict[str, Category]) -> None:
    """Two communes, four kinds."""


def test_a_list_of_a_commune_becomes_venues(province: Unit) -> None:
    done = kept(messy.of_a_commune(), province)
    assert done.counts["registered"] == 3
    assert done.counts["faulty"] == 1
    eatery, pharmacy, grocery = Venue.objects.order_by("pk").select_related("owner__identity", "unit")
    assert (eatery.name, eatery.address, eatery.unit.name, eatery.category.code) == (
        "Quán ăn Hương Thử", "12 Lê Thử", "Thuận Thử", "eatery",
    )  # fmt: skip
    assert eatery.status == VenueStatus.PENDING
    assert eatery.owner is not None
    assert eatery.owner.identity.phone == "+84905111222"
    assert eatery.owner.identity.verified_at is None
    assert (eatery.phone, pharmacy.category.code, grocery.unit.name) == ("", "pharmacy", "Hương Thử")
    assert reasons_of(done) == {
        9: [],
        10: ["kind_by_name"],
        12: ["commune_from_group"],
        13: ["commune_unknown", "owner_phone_left_out"],
    }


def test_old_fonts_and_tabs_are_understood(province: Unit) -> None:
    kept(messy.in_old_fonts(), province)
    assert list(Venue.objects.order_by("pk").values_list("name", "address", "unit__name")) == [
        ("Quán ăn Thảo", "12 đường Lê Thử", "Thuận Thử"),
        ("Cỏ", "14 đường Lê Thử", "Thuận Thử"),
        ("Cửa hàng Tạp Hóa", "Thôn Thử 3", "Hương Thử"),
    ]


def in_vni_times(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = Font(name="VNI-Times")


@pytest.mark.parametrize(
    "content",
    [
        messy.workbook(*messy.in_vni(messy.SHOPS)),
        messy.workbook(*messy.in_vni(messy.SHOPS), dress=in_vni_times),
        messy.as_csv(messy.in_vni(messy.SHOPS), "cp1252"),
        messy.as_csv(messy.in_vni(messy.SHOPS)),
    ],
    ids=["font unnamed", "font named", "text of old Windows", "text in UTF-8"],
)
def test_a_list_in_vni_becomes_the_same_venues_as_in_unicode(province: Unit, content: bytes) -> None:
    def said(taken: VenueList) -> list[object]:
        return [(row.state, row.draft, row.reasons) for row in taken.rows.order_by("position")]

    meant = said(checked(messy.workbook(*messy.SHOPS), province))
    assert len(meant) == 4
    assert said(checked(content, province)) == meant
    kept(content, province)
    assert list(Venue.objects.order_by("pk").values_list("name", "unit__name", "category__code"))[1:] == [
        ("Nhà thuốc Hồng Thử", "Thuận Thử", "pharmacy"),
        ("TẠP HÓA CÔ BẢY", "Hương Thử", "grocery"),
        ("Cá", "Hương Thử", "eatery"),
    ]


def test_a_merge_that_fills_nothing_does_not_keep_the_first_import_from_being_taken_back(province: Unit) -> None:
    first = kept(messy.of_a_commune(), province)
    again = checked(messy.of_a_commune(), province)
    decide_all(again, "merge")
    keep(begin_keeping(again))
    assert undo(first, None).counts["removed"] == 3
    assert not Venue.objects.exists()


def test_only_the_own_area_is_taken(province: Unit, commune: Unit) -> None:
    rows = [HEAD, SHOP, ["Quán ăn Mẫu", "1", "Xã Hương Thử", "quán ăn", ""]]
    done = kept(messy.workbook(*rows), commune)
    assert reasons_of(done) == {2: [], 3: ["commune_outside"]}
    assert Venue.objects.count() == 1


def test_what_is_not_said_is_chosen_for_the_whole_list(commune: Unit) -> None:
    rows = [["Tên", "Địa chỉ"], ["Thứ Nhất", "1 Lê Thử"]]
    faulty = checked(messy.workbook(*rows), commune)
    assert reasons_of(faulty) == {2: ["commune_missing", "kind_missing"]}
    kept(messy.workbook(*rows), commune, Options(unit=commune.pk, kind="eatery", approve=True))
    venue = Venue.objects.get()
    assert (venue.status, venue.unit, venue.category.code) == (VenueStatus.APPROVED, commune, "eatery")
    assert Poster.objects.get(venue=venue).version == 1


@pytest.mark.parametrize(
    ("head", "cell", "field", "value"),
    [
        ("Giờ mở cửa", "6h-21h30", "opening_hours", [["06:00", "21:30"]]),
        ("Giờ mở cửa", "sáng", "opening_hours", None),
        ("Sức chứa", 1200, "capacity", 1200),
        ("Sức chứa", "1.200 người", "capacity", 1200),
        ("Sức chứa", "nhiều", "capacity", None),
        ("Tọa độ", "16,4601 107,5902", "lat", 16.4601),
        ("Tọa độ", "107.5902, 16.4601", "lat", 16.4601),
        ("Tọa độ", "21.03, 105.85", "lat", None),
    ],
)
def test_other_facts(commune: Unit, head: str, cell: object, field: str, value: object) -> None:
    kept(messy.workbook([*HEAD, head], [*SHOP, cell]), commune)
    stored = getattr(Venue.objects.get(), field)
    assert (stored.get("mon") if isinstance(stored, dict) else stored) == value


def test_twins_are_a_persons_to_decide(commune: Unit) -> None:
    known = Venue.objects.create(
        name="Quan An HUONG THU", address="12 Lê Thử", unit=commune, category=Category.objects.get(code="eatery")
    )
    other_house = ["Quán ăn Hương Thử", "99 Lê Thử", "P. Thuận Thử", "quán ăn", ""]
    rows = [
        HEAD,
        SHOP,
        other_house,
        ["Nhà thuốc A", "1 Lê Thử", "Thuận Thử", "", ""],
        ["nhà thuốc a", "1, Lê Thử", "Thuận Thử", "", "0905111222"],
    ]
    taken = checked(messy.workbook(*rows), commune)
    asks = list(taken.rows.filter(state=RowState.ASKS))
    assert [(row.number, row.alike, row.twin) for row in asks] == [(2, [known.pk], None), (5, [], 3)]
    assert decide(taken, {1: "merge-999", 2: "skip", 4: "guess"}) == 0
    assert decide(taken, {1: f"merge-{known.pk}", 4: "merge"}) == 2
    done = keep(begin_keeping(taken))
    known.refresh_from_db()
    assert (known.name, known.phone, known.revision) == ("Quan An HUONG THU", "+842343822333", 2)
    assert Venue.objects.get(name="Nhà thuốc A").phone == "+84905111222"
    assert (done.counts["registered"], done.counts["merged"]) == (2, 2)
    undone = undo(done, None)
    known.refresh_from_db()
    assert known.phone == ""
    assert Venue.objects.count() == 1
    assert undone.counts["removed"] == 4


def test_nothing_is_decided_by_itself(commune: Unit) -> None:
    taken = checked(messy.workbook(HEAD, SHOP, SHOP), commune)
    done = keep(begin_keeping(taken))
    assert (done.counts["registered"], done.counts["left_out"]) == (1, 1)
    again = checked(messy.workbook(HEAD, SHOP, SHOP), commune)
    with pytest.raises(NothingToKeep):
        begin_keeping(again)
    assert decide_all(again, "skip") == 2
    with pytest.raises(NothingToKeep):
        begin_keeping(again)


def test_a_list_is_kept_once_and_undone_once(commune: Unit) -> None:
    done = kept(messy.workbook(HEAD, SHOP), commune)
    with pytest.raises(NotThisStep):
        begin_keeping(done)
    with pytest.raises(NotThisStep):
        keep(done)
    undo(done, None)
    with pytest.raises(NotThisStep):
        undo(done, None)


def test_undo_leaves_what_others_built_on(commune: Unit, officer: object) -> None:
    names = ["Quán ăn A", "Quán ăn B", "Quán ăn C", "Quán ăn D"]
    rows = [[name, f"{at} Lê Thử", "Thuận Thử", "", f"090511122{at}"] for at, name in enumerate(names)]
    head = ["Tên", "Địa chỉ", "Phường xã", "Loại hình", "SĐT chủ cơ sở"]
    done = kept(messy.workbook(head, *rows), commune)
    first, second, third, _fourth = Venue.objects.order_by("pk")
    approve_venue(first, officer)  # type: ignore[arg-type]
    Ticket.objects.create(venue=second, topic=Topic.values[0], code="T-1", opened_at=timezone.now())
    SentVenue.objects.create(receiver="thu", venue_id=third.pk, revision=1, content=b"")
    undone = undo(done, None)
    told = dict(undone.rows.values_list("position", "why"))
    assert told == {1: "changed", 2: "used", 3: "sent", 4: ""}
    third.refresh_from_db()
    assert third.status == VenueStatus.CLOSED
    assert (undone.counts["stays"], undone.counts["closed"], undone.counts["removed"]) == (2, 1, 1)
    assert Person.objects.count() == 3
    assert first_broken_entry() is None
    assert AuditEntry.objects.filter(action="venue.imported").count() == 4


def test_the_copy_is_their_own_file_with_a_word_beside_each_row(province: Unit) -> None:
    taken = checked(messy.of_a_commune(), province)
    content, ending = copy_of(taken, None)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert ending == "xlsx"
    assert sheet["I6"].value == "Kết quả nhập"
    assert "Xã Đâu Đâu" in str(sheet["I13"].value)
    assert str(sheet["I13"].fill.fgColor.rgb).endswith("F8CBAD")
    assert sheet["I14"].value is None
    assert sheet.column_dimensions["B"].width == 33
    assert sheet["B9"].font.b
    assert "C5:E5" in {str(area) for area in sheet.merged_cells.ranges}
    again = checked(content, province)
    assert again.counts == taken.counts
    assert load_workbook(io.BytesIO(copy_of(again, None)[0])).worksheets[0].max_column == 9


def test_the_copy_runs_nothing(commune: Unit) -> None:
    """CASES 1: formulas become what they showed, texts that look like one stay texts."""
    content = messy.workbook(HEAD, ['=HYPERLINK("http://thu.example")', "=1+1", "P. Thuận Thử", "@x", "+84905111222"])
    csv_content = messy.as_csv([HEAD, ["=cmd|'/c calc'!A1", "\t=1+1", "P. Thuận Thử", "-1", "@SUM"]])
    for own in (content, csv_content):
        copy, ending = copy_of(checked(own, commune), None)
        if ending == "xlsx":
            cells = [cell for row in load_workbook(io.BytesIO(copy)).worksheets[0].iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f"]
        else:
            assert b";=" not in copy
            assert b"\n=" not in copy
            assert b"'=cmd" in copy


def test_files_and_rows_are_sealed_and_forgotten(commune: Unit) -> None:
    done = kept(messy.workbook([*HEAD, "Họ tên chủ", "Di động"], [*SHOP, "Trần Thị Bí Mật", "0905999888"]), commune)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(encode(said, 'escape'), '') FROM venue_lists_venuerow")
        assert "999888" not in str(cursor.fetchone())
    assert forget_files(timezone.now()) == 0
    assert forget_files(timezone.now() + dt.timedelta(days=31)) == 1
    assert VenueList.objects.get().counts["registered"] == 1
    with pytest.raises(NotThisStep):
        undo(done, None)
    with pytest.raises(NotThisStep):
        copy_of(VenueList.objects.get(), None)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xd0\xcf\x11\xe0\x00\x00"]
)
def test_what_is_no_list_is_refused(commune: Unit, content: bytes) -> None:
    with pytest.raises(NotReadable):
        hand_in(content, "x.xlsx", None, commune)


def test_columns_are_shown_with_what_stands_in_them(commune: Unit) -> None:
    taken = hand_in(messy.in_old_fonts(), "x.xlsx", None, commune)
    first, second = glances_of(taken)
    assert first.title == "P. Thuận Thử"
    assert first.samples[1] == ["Quán ăn Thảo", "Cỏ"]
    assert second.layout.columns["name"] == 1
    assert taken.state == State.READ
