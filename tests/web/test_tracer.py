"""The tracing team's screens, through HTTP, over the outbreak that was traced by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from dauchan.exchange.tables import csv_value_read, xlsx_text_read
from dauchan.simulation.example_outbreak import example_person, example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.models import Case, Contact, Disclosure, Disease, TraceRun
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Venue
from dauchan.visits.registry import Assurance, Label, Source
from tests.tracing.outbreak import make_disease
from tests.web.conftest import MakeOfficer, SignIn

#: who, together with, overlap and what of it was after the other had left, how often, where longest, by example-outbreak.md
ON_THE_PAGE = [
    ("Người 1", "Ca bệnh (F0)", "1 giờ 30 phút sau khi rời đi", "1", "Cà phê Diễn Tập"),
    ("Người 2", "Ca bệnh (F0)", "30 phút", "1", "Chợ Mẫu"),
    ("Người 3", "Ca bệnh (F0)", "25 phút 20 phút sau khi rời đi", "2", "Trụ sở Ví Dụ"),
    ("Người 4", "Người 1", "1 giờ 30 phút sau khi rời đi", "1", "Chợ Mẫu"),
    ("Người 5", "Người 2", "25 phút 25 phút sau khi rời đi", "1", "Chợ Mẫu"),
]
NAMES = ["Thử Nghiệm B", "Thử Nghiệm F", "Thử Nghiệm C", "Thử Nghiệm G", "Thử Nghiệm I"]


@pytest.fixture
def disease(db: None) -> Disease:
    return make_disease()


@pytest.fixture
def approver(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.APPROVER, province, "pheduyet")


@pytest.fixture
def client(tracer: Officer, signed_in: SignIn) -> Client:
    return signed_in(tracer)


@pytest.fixture
def approving(approver: Officer, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def case(places: dict[str, Venue], tracer: Officer, province: Unit, disease: Disease) -> Case:
    sampled_on = timezone.localdate() - dt.timedelta(days=1)
    return register_case(CaseReport(example_phone("A"), disease, province, sampled_on), tracer)


@pytest.fixture
def run(case: Case, tracer: Officer) -> TraceRun:
    return run_trace(case, tracer, policy_for(case, crowd_limit=150))


def report(disease: Disease, area: Unit, **changes: str) -> dict[str, str]:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    typed = {
        "phone": "0900.009.001", "disease": str(disease.pk), "sampled_on": str(yesterday), "onset_on": "",
        "isolated_at": "", "unit": str(area.pk), "note": "Ghi chú riêng",
    }  # fmt: skip
    return typed | changes


def text_of(html: str) -> str:
    """What is seen on the page: tags away, spaces one, without what only screen readers say."""
    html = re.sub(r'<span class="visually-hidden">.*?</span>', "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def cells_of(html: str, heading: str) -> list[list[str]]:
    """The cells of all tables whose first headings include *heading*."""
    tables = [table for table in re.findall(r"<table.*?</table>", html, re.DOTALL) if heading in text_of(table)]
    rows = [row for table in tables for row in re.findall(r"<tr>.*?</tr>", table.partition("<tbody>")[2], re.DOTALL)]
    cells = [[text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]
    return [row for row in cells if len(row) > 1]


def place_of(cell: str) -> str:
    """The place of a cell that goes on with from when to when."""
    return re.split(r" \d\d:\d\d ", cell)[0]


def address(name: str, *args: object) -> str:
    return reverse(f"tracer:{name}", args=args)


def reading_of(html: str) -> str:
    found = re.search(r'name="reading"\s+value="(\w+)"', html)
    assert found, "no preview on the page"
    return found[1]


# Registering


def test_a_case_is_shown_before_it_is_kept(
    client: Client, places: dict[str, Venue], disease: Disease, province: Unit
) -> None:
    typed = report(disease, province)
    looked = client.post(address("new_case"), typed)
    page = looked.content.decode()
    assert "T••• N••• A" in page
    assert "090•••••01" in page
    assert "Thử Nghiệm A" not in page
    assert "Quy định thử" in page
    assert "Ghi chú của quy định thử" in page
    first = timezone.localdate() - dt.timedelta(days=3)
    assert f"00:00 {first:%d/%m/%Y}" in page
    assert not Case.objects.exists()
    kept = client.post(address("new_case"), typed | {"reading": reading_of(page)})
    case = Case.objects.get()
    assert kept.headers["Location"] == address("case", case.pk)
    assert (case.person_id, case.note) == (example_person("A"), "Ghi chú riêng")
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["case.previewed", "case.registered"]


def test_a_changed_value_is_shown_again(
    client: Client, places: dict[str, Venue], disease: Disease, province: Unit
) -> None:
    typed = report(disease, province)
    reading = reading_of(client.post(address("new_case"), typed).content.decode())
    changed = client.post(address("new_case"), typed | {"phone": "0900 009 002", "reading": reading})
    assert "T••• N••• B" in changed.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("phone", ["0900009001", "+84 900 009 001", "84900009001", "0084900009001", "900 009 001"])
def test_a_phone_is_taken_as_people_write_it(
    client: Client, places: dict[str, Venue], disease: Disease, province: Unit, phone: str
) -> None:
    assert "T••• N••• A" in client.post(address("new_case"), report(disease, province, phone=phone)).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"phone": "0900 009 999"}, "Không có người nào đã xác thực số điện thoại này"),
        ({"phone": "12"}, "Số điện thoại thiếu chữ số"),
        ({"sampled_on": "2999-01-01"}, "Ngày này ở tương lai"),
        ({"sampled_on": "2001-01-01"}, "Chưa có quy định truy vết nào áp dụng"),
        ({"isolated_at": "2022-05-01T08:00"}, "không tạo thành giai đoạn lây nhiễm"),
        ({"sampled_on": "hôm qua"}, "ngày"),
        ({"unit": ""}, "Trường này là bắt buộc"),
    ],
)
def test_a_refusal_says_why_and_loses_nothing(
    client: Client, places: dict[str, Venue], disease: Disease, province: Unit, changes: dict[str, str], sentence: str
) -> None:
    typed = report(disease, province, **changes)
    answer = client.post(address("new_case"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in text_of(page)
    for name in ("phone", "sampled_on", "isolated_at"):
        assert not typed[name] or f'value="{typed[name]}"' in page
    assert "Ghi chú riêng" in page
    assert not Case.objects.exists()


def test_a_case_who_never_scanned_is_made_known_by_name(client: Client, disease: Disease, province: Unit) -> None:
    typed = report(disease, province, phone="0900 009 999", full_name="Người Chưa Quét")
    page = client.post(address("new_case"), typed).content.decode()
    assert "một người mới sẽ được ghi" in text_of(page)
    assert not Case.objects.exists()
    client.post(address("new_case"), typed | {"reading": reading_of(page)})
    identity = Case.objects.get().person.identity
    assert (identity.full_name, identity.phone, identity.verified_at) == ("Người Chưa Quét", "+84900009999", None)


def test_a_name_typed_does_not_replace_a_known_one(
    client: Client, places: dict[str, Venue], disease: Disease, province: Unit
) -> None:
    typed = report(disease, province, full_name="Tên Khác")
    page = client.post(address("new_case"), typed).content.decode()
    assert "Đây có phải là cùng một người không?" in page
    client.post(address("new_case"), typed | {"reading": reading_of(page), "who": str(example_person("A"))})
    case = Case.objects.get()
    assert (case.person_id, case.person.identity.full_name) == (example_person("A"), "Thử Nghiệm A")


def test_a_second_case_of_the_same_person_is_noticed(
    client: Client, case: Case, disease: Disease, province: Unit
) -> None:
    assert case.code in client.post(address("new_case"), report(disease, province)).content.decode()


# Tracing


def test_the_example_traced_by_hand_stands_on_the_page(client: Client, case: Case) -> None:
    limit = re.search(r'name="crowd_limit"\s+value="(\d+)"', client.get(address("case", case.pk)).content.decode())
    assert limit
    assert limit[1] == "150"
    answer = client.post(address("trace", case.pk), {"generations": "2", "crowd_limit": limit[1]}, follow=True)
    page = answer.content.decode()
    rows = cells_of(page, "Trùng nhau")
    assert [(*row[:4], place_of(row[4])) for row in rows] == ON_THE_PAGE
    assert {row[5] for row in rows} == {"Tự khai"}
    assert {row[-1] for row in rows} == {"Cần xác minh"}
    assert "Người có mặt cùng thời điểm, cần xác minh." in text_of(page)
    assert not any(name in page for name in NAMES)


def test_the_case_page_shows_stays_and_marks_estimates(client: Client, run: TraceRun) -> None:
    page = client.get(address("case", run.case_id)).content.decode()
    stays = cells_of(page, "Vào Ra")
    assert [row[2].split(" 1 ")[0].split(" 2 ")[0].split(" 3 ")[0] for row in stays] == [
        "Cà phê Diễn Tập",
        "Chợ Mẫu",
        "Trụ sở Ví Dụ",
    ]
    lengths = [(True, "1 giờ"), (True, "45 phút"), (True, "4 giờ")]
    assert [(row[1].endswith(length), length) for row, (_is, length) in zip(stays, lengths, strict=True)] == lengths
    assert ["ước tính" in row[1] for row in stays] == [False, True, False]
    assert address("run", run.pk) in page


def test_a_contact_page_shows_encounters_and_the_chain(client: Client, run: TraceRun) -> None:
    page = client.get(address("contact", run.contacts.get(number=5).pk)).content.decode()
    ((when, place, together, tail),) = cells_of(page, "Cùng lúc")
    known = text_of(page.partition("Căn cứ của từng lần")[2].partition("Các mức xác thực")[0])
    assert known == f"{when.partition(' giờ ra')[0]}, Chợ Mẫu Người 5 Tự khai Nhập từ tệp Người 2 Tự khai Nhập từ tệp"
    assert (place, together, tail) == ("Chợ Mẫu 2 Đường Minh Họa, Phường Thuận Thử", "–", "25 phút")
    assert when.startswith("11:20 – 11:45")
    text = text_of(page)
    assert text.index("Người 5 F2") < text.index("Người 2 F1") < text.index(f"{run.case.code} F0")
    twice = client.get(address("contact", run.contacts.get(number=3).pk)).content.decode()
    assert [row[2:4] for row in cells_of(twice, "Cùng lúc")] == [["–", "10 phút"], ["5 phút", "10 phút"]]


def test_a_list_outlives_its_visits(client: Client, run: TraceRun) -> None:
    from dauchan.visits.retention import purge

    purge(timezone.now() + dt.timedelta(days=40))
    page = text_of(client.get(address("contact", run.contacts.get(number=3).pk)).content.decode())
    assert "2 lần có mặt cùng Ca bệnh (F0), tổng 25 phút" in page
    assert "Không còn lượt vào để xem lại" in page
    assert (
        "Không có lượt vào nào trong giai đoạn lây nhiễm" in client.get(address("case", run.case_id)).content.decode()
    )


def test_before_tracing_the_page_says_what_each_limit_would_give(client: Client, case: Case) -> None:
    assert 'id="trade-off"' in client.get(address("case", case.pk)).content.decode()
    page = client.post(address("estimate", case.pk)).content.decode()
    rows = cells_of(page, "Số người sẽ có trong danh sách, tính đến lúc này; chưa lưu gì")
    assert [row[1:] for row in rows] == [
        ["3", "2", "95", "105", "0"],
        ["3", "1", "95", "80", "0"],
        ["3", "1", "95", "80", "0"],
    ]
    assert "Tính cả F3" in page
    piece = client.post(
        address("estimate", case.pk), {"generations": "3"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in piece
    assert "F3" in piece
    assert "Tính cả F3" not in piece
    assert not case.runs.exists()
    assert "Xem trước số người đến vòng F3" in client.get(address("log", case.pk)).content.decode()


def test_encounters_beyond_the_crowd_limit_are_told(client: Client, case: Case, tracer: Officer) -> None:
    run = run_trace(case, tracer, policy_for(case))
    contact = run.contacts.get(number=3)
    Contact.objects.filter(pk=contact.pk).update(encounters=1, overlap_seconds=900)
    page = client.get(address("contact", contact.pk)).content.decode()
    assert len(cells_of(page, "Cùng lúc")) == 2
    assert "không tính những lần ở nơi đông người vượt giới hạn" in page


def test_crowds_are_told_with_their_number(client: Client, case: Case, tracer: Officer) -> None:
    run = run_trace(case, tracer, policy_for(case, crowd_limit=3))
    page = client.get(address("run", run.pk)).content.decode()
    assert run.contacts.count() == 3
    assert run.notices.count() == 1
    assert "1 nơi đông người cần thông báo" in text_of(page)
    (row,) = cells_of(page, "Lượt vào trong ngày")
    assert (row[0], row[3]) == ("Chợ Mẫu", "4")
    listed = client.get(address("notices", run.pk))
    assert read_csv(listed.getvalue())[1:][0][1] == "Chợ Mẫu"


def test_a_new_trace_keeps_what_the_team_found_out(client: Client, run: TraceRun, tracer: Officer) -> None:
    client.post(address("judge", run.pk), {"verdict": "ruled_out", "whom": "ticked", "contact": ["2"]})
    again = run_trace(run.case, tracer, policy_for(run.case))
    assert again.contacts.get(person_id=example_person("F")).verdict == "ruled_out"
    assert again.contacts.filter(verdict="to_verify").count() == 4
    assert address("run", again.pk) in client.get(address("run", run.pk)).content.decode()


def test_a_wrong_limit_is_refused_in_words(client: Client, case: Case) -> None:
    answer = client.post(address("trace", case.pk), {"generations": "9", "crowd_limit": "-1"})
    assert answer.status_code == 422
    assert 'value="-1"' in answer.content.decode()
    assert not TraceRun.objects.exists()


def test_withdrawing_asks_for_a_reason(client: Client, case: Case) -> None:
    refused = client.post(address("withdraw", case.pk), {"reason": "nhầm"})
    assert refused.status_code == 422
    assert "data-open-now" in refused.content.decode()
    client.post(address("withdraw", case.pk), {"reason": "Ghi nhầm số điện thoại"})
    page = client.get(address("case", case.pk)).content.decode()
    assert "Đã rút lại" in page
    assert address("trace", case.pk) not in page
    client.post(address("trace", case.pk), {"generations": "2", "crowd_limit": "0"})
    assert not TraceRun.objects.exists()


# Lists


def test_the_list_filters_and_pages(client: Client, run: TraceRun) -> None:
    def shown(**query: str) -> list[str]:
        return [row[0] for row in cells_of(client.get(address("run", run.pk), query).content.decode(), "Trùng nhau")]

    market = Venue.objects.get(name="Chợ Mẫu")
    assert shown(generation="2") == ["Người 4", "Người 5"]
    assert shown(venue=str(market.pk)) == ["Người 2", "Người 4", "Người 5"]
    assert shown(venue=str(market.pk), generation="1") == ["Người 2"]
    assert shown(verdict="confirmed") == []
    assert len(shown(generation="vô nghĩa")) == 5


def test_the_fold_of_the_filters_says_how_many_are_in_use(client: Client, run: TraceRun) -> None:
    def fold(**query: str) -> tuple[bool, str]:
        page = client.get(address("run", run.pk), query).content.decode()
        found = re.search(r'<details class="fold"([^>]*)>\s*<summary class="button">(.*?)</summary>', page, re.DOTALL)
        assert found is not None
        return "open" in found[1], " ".join(re.sub(r"<[^>]+>", "", found[2]).split())

    assert fold() == (False, "Bộ lọc")
    assert fold(sort="risk") == (False, "Bộ lọc")
    assert fold(generation="vô nghĩa", verdict="") == (False, "Bộ lọc")
    assert fold(generation="1") == (True, "Đang lọc theo 1 điều kiện")
    market = Venue.objects.get(name="Chợ Mẫu")
    assert fold(generation="1", venue=str(market.pk), sort="risk") == (True, "Đang lọc theo 2 điều kiện")


def test_a_long_list_has_pages_and_a_whole_print(client: Client, run: TraceRun) -> None:
    add_contacts(run, 120)
    first = client.get(address("run", run.pk)).content.decode()
    assert len(cells_of(first, "Trùng nhau")) == 50
    assert "?all=1" in first
    whole = client.get(address("run", run.pk), {"all": "1"}).content.decode()
    assert len(cells_of(whole, "Trùng nhau")) == 125


def add_contacts(run: TraceRun, count: int) -> None:
    like = run.contacts.get(number=4)
    Contact.objects.bulk_create(
        Contact(
            run=run, number=5 + at, person_id=7 + at, source_id=like.source_id, generation=2, overlap_seconds=1000,
            tail_seconds=0, encounters=1, first_at=like.first_at, last_at=like.last_at, venue_id=like.venue_id,
        )
        for at in range(1, count + 1)
    )  # fmt: skip


@pytest.mark.parametrize("opened", ["", "names open"])
def test_queries_do_not_grow_with_the_list(
    client: Client, run: TraceRun, tracer: Officer, approver: Officer, opened: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if opened:
        open_names(run, tracer, approver)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address("run", run.pk))
        return len(captured)

    queries()
    few = queries()
    add_contacts(run, 40)
    assert queries() == few


# Verdicts


def test_a_verdict_on_the_ticked_and_back(client: Client, run: TraceRun) -> None:
    shown = "generation=1"
    answer = client.post(
        address("judge", run.pk), {"verdict": "confirmed", "whom": "ticked", "contact": ["1", "3"], "shown": shown}
    )
    assert answer.headers["Location"] == f"{address('run', run.pk)}?{shown}"
    assert list(run.contacts.filter(verdict="confirmed").values_list("number", flat=True)) == [1, 3]
    page = client.get(address("run", run.pk)).content.decode()
    assert "Ghi kết quả «Đã xác minh tiếp xúc» cho người số 1, 3." in text_of(page)
    entry = AuditEntry.objects.get(action="contacts.judged")
    client.post(address("undo", run.pk, entry.pk))
    assert not run.contacts.exclude(verdict="to_verify").exists()
    assert address("undo", run.pk, entry.pk) not in client.get(address("run", run.pk)).content.decode()


def test_a_verdict_on_all_that_the_filter_shows_is_one_line_of_the_log(client: Client, run: TraceRun) -> None:
    client.post(address("judge", run.pk), {"verdict": "ruled_out", "whom": "all", "shown": "generation=2"})
    assert list(run.contacts.filter(verdict="ruled_out").values_list("number", flat=True)) == [4, 5]
    assert AuditEntry.objects.filter(action="contacts.judged").count() == 1


def test_undo_leaves_what_was_judged_again_since(client: Client, run: TraceRun) -> None:
    for verdict, contacts in (("confirmed", ["1", "2"]), ("ruled_out", ["2"])):
        client.post(address("judge", run.pk), {"verdict": verdict, "whom": "ticked", "contact": contacts})
    first = AuditEntry.objects.filter(action="contacts.judged").earliest("id")
    client.post(address("undo", run.pk, first.pk))
    assert dict(run.contacts.filter(number__lte=2).values_list("number", "verdict")) == {1: "to_verify", 2: "ruled_out"}


def test_nobody_undoes_a_colleague(
    client: Client, run: TraceRun, make_officer: MakeOfficer, signed_in: SignIn, province: Unit
) -> None:
    colleague = signed_in(make_officer(Role.TRACER, province))
    colleague.post(address("judge", run.pk), {"verdict": "confirmed", "whom": "ticked", "contact": ["1"]})
    client.post(address("undo", run.pk, AuditEntry.objects.get(action="contacts.judged").pk))
    assert run.contacts.get(number=1).verdict == "confirmed"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"verdict": "confirmed", "whom": "ticked"}, "Hãy chọn ít nhất một người trong danh sách."),
        ({"verdict": "", "whom": "ticked", "contact": ["1"]}, "Hãy chọn kết quả xác minh."),
        ({"verdict": "confirmed", "whom": "ticked", "contact": ["99"]}, "Danh sách đã thay đổi. Hãy chọn lại."),
        ({"verdict": "confirmed", "whom": "ticked", "contact": ["x"]}, "Danh sách đã thay đổi. Hãy chọn lại."),
    ],
)
def test_a_verdict_without_sense_is_refused(
    client: Client, run: TraceRun, form: dict[str, object], sentence: str
) -> None:
    answer = client.post(address("judge", run.pk), form, follow=True)
    assert sentence in text_of(answer.content.decode())
    assert not run.contacts.exclude(verdict="to_verify").exists()


@pytest.mark.parametrize(
    "shown", ["https://evil.example/", "//evil.example", "next=https://evil.example&page=2", "\r\nX: y"]
)
def test_the_way_back_leads_nowhere_else(client: Client, run: TraceRun, shown: str) -> None:
    answer = client.post(
        address("judge", run.pk), {"verdict": "confirmed", "whom": "ticked", "contact": ["1"], "shown": shown}
    )
    assert answer.headers["Location"] in {address("run", run.pk), f"{address('run', run.pk)}?page=2"}


def test_one_contact_is_judged_on_its_page(client: Client, run: TraceRun) -> None:
    contact = run.contacts.get(number=2)
    client.post(address("judge_one", contact.pk), {"verdict": "confirmed"})
    contact.refresh_from_db()
    assert contact.verdict == "confirmed"


# Files


def read_csv(content: bytes) -> list[list[str]]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [[csv_value_read(cell) for cell in row] for row in rows]


def read_xlsx(content: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [
        [xlsx_text_read(str("" if cell.value is None else cell.value)) for cell in row] for row in sheet.iter_rows()
    ]


def test_the_files_hold_the_rows_of_the_page(client: Client, run: TraceRun) -> None:
    page = cells_of(client.get(address("run", run.pk)).content.decode(), "Trùng nhau")
    from_csv = read_csv(client.get(address("csv", run.pk)).getvalue())
    from_xlsx = read_xlsx(client.get(address("xlsx", run.pk)).getvalue())
    assert from_csv[0] == from_xlsx[0]
    for on_page, text, cell in zip(page, from_csv[1:], from_xlsx[1:], strict=True):
        assert [float(x) if x.replace(".", "").isdigit() else x for x in text] == [
            float(x) if x.replace(".", "").isdigit() else x for x in cell
        ]
        assert (f"Người {text[1]}", text[3], text[6], text[9], text[11]) == (
            on_page[0], on_page[1], on_page[3], place_of(on_page[4]), on_page[5],
        )  # fmt: skip
    assert [(row[4], row[5]) for row in from_csv[1:]] == [
        ("60.0", "30.0"), ("30.0", "0.0"), ("25.0", "20.0"), ("60.0", "30.0"), ("25.0", "25.0"),
    ]  # fmt: skip
    logged = AuditEntry.objects.filter(action="contacts.exported").values_list("detail__kind", "detail__rows")
    assert list(logged) == [("csv", 5), ("xlsx", 5)]


def test_files_without_permission_are_pseudonymous(client: Client, run: TraceRun) -> None:
    for name in ("csv", "xlsx"):
        content = client.get(address(name, run.pk)).getvalue()
        rows = read_csv(content) if name == "csv" else read_xlsx(content)
        flat = " ".join(cell for row in rows for cell in row)
        assert not any(name in flat for name in NAMES)
        assert "0900 009" not in flat
        assert str(example_person("B")) not in flat


def test_files_with_permission_have_names_and_are_logged(
    client: Client, run: TraceRun, tracer: Officer, approver: Officer
) -> None:
    open_names(run, tracer, approver)
    rows = read_csv(client.get(address("csv", run.pk)).getvalue())
    assert [row[-2] for row in rows[1:]] == NAMES
    assert rows[1][-1] == "0900 009 002"
    assert AuditEntry.objects.filter(action="disclosure.seen", detail__how="csv").count() == 1


def test_rows_set_aside_are_told(client: Client, run: TraceRun, monkeypatch: pytest.MonkeyPatch) -> None:
    from dauchan.web.tracer.contact_table import ContactRow

    def source(row: ContactRow) -> str:
        if row.contact.number == 2:
            raise ValueError("poisoned")
        return "nguồn"

    monkeypatch.setattr(ContactRow, "source", property(source))
    rows = read_csv(client.get(address("csv", run.pk)).getvalue())
    assert [row[1] for row in rows[1:]] == ["1", "3", "4", "5"]
    monkeypatch.undo()
    assert "Tệp vừa xuất thiếu 1 dòng không ghi được: dòng 2." in text_of(client.get(address("cases")).content.decode())
    assert AuditEntry.objects.get(action="contacts.exported").detail["set_aside"] == [2]
    assert "1 dòng không ghi được để riêng" in client.get(address("log", run.case_id)).content.decode()


# Personal details


def open_names(run: TraceRun, tracer: Officer, approver: Officer) -> Disclosure:
    from dauchan.tracing.disclosure_actions import decide_disclosure, request_disclosure

    return decide_disclosure(request_disclosure(run, tracer, "Gọi điện xác minh tiếp xúc"), approver, approve=True)


def test_from_request_to_names_to_the_log(client: Client, approving: Client, run: TraceRun) -> None:
    assert client.post(address("ask_disclosure", run.pk), {"usual": "call", "words": ""}).status_code == 302
    disclosure = Disclosure.objects.get()
    assert disclosure.purpose in approving.get(address("approvals")).content.decode()
    assert '<span class="count">1</span>' in approving.get(address("cases")).content.decode()
    assert "2 F2" in text_of(approving.get(address("decide", disclosure.pk)).content.decode())
    approving.post(address("decide", disclosure.pk), {"decision": "approve", "note": ""})
    page = client.get(address("run", run.pk)).content.decode()
    assert all(name in page for name in NAMES)
    assert "0900 009 002" in page
    assert not any(name in approving.get(address("run", run.pk)).content.decode() for name in NAMES)
    log = text_of(client.get(address("log", run.case_id)).content.decode())
    for sentence in (
        "Ghi nhận ca bệnh", "Truy vết: tìm thấy 5 người", "Đề nghị mở thông tin cá nhân.",
        "Phê duyệt mở thông tin cá nhân.", "Xem họ tên và số điện thoại trên danh sách.",
    ):  # fmt: skip
        assert sentence in log
    assert AuditEntry.objects.filter(action="disclosure.seen", detail__how="page").count() == 1


def test_names_close_when_their_time_is_over(client: Client, run: TraceRun, tracer: Officer, approver: Officer) -> None:
    open_names(run, tracer, approver)
    Disclosure.objects.update(expires_at=timezone.now())
    page = client.get(address("run", run.pk)).content.decode()
    assert not any(name in page for name in NAMES)
    assert "Thông tin cá nhân đã đóng lại khi hết thời hạn." in page


def test_an_erased_person_stays_on_the_list_without_a_name(
    client: Client, run: TraceRun, tracer: Officer, approver: Officer
) -> None:
    from dauchan.people.models import Person

    open_names(run, tracer, approver)
    Person.objects.get(pk=example_person("F")).delete()
    rows = cells_of(client.get(address("run", run.pk)).content.decode(), "Trùng nhau")
    assert [row[1].split(" 0")[0] for row in rows] == [NAMES[0], "không lưu hoặc đã xóa", *NAMES[2:]]


def test_a_purpose_is_needed(client: Client, run: TraceRun) -> None:
    for form in ({}, {"usual": ""}, {"usual": "other", "words": "xem"}):
        answer = client.post(address("ask_disclosure", run.pk), form)
        assert answer.status_code == 422
        assert "data-open-now" in answer.content.decode()
    assert not Disclosure.objects.exists()


def test_declining_needs_a_reason_that_the_tracer_reads(client: Client, approving: Client, run: TraceRun) -> None:
    client.post(address("ask_disclosure", run.pk), {"usual": "test", "words": ""})
    disclosure = Disclosure.objects.get()
    assert approving.post(address("decide", disclosure.pk), {"decision": "decline"}).status_code == 422
    approving.post(address("decide", disclosure.pk), {"decision": "decline", "note": "Chưa đủ căn cứ"})
    assert "Chưa đủ căn cứ" in client.get(address("run", run.pk)).content.decode()
    twice = approving.post(address("decide", disclosure.pk), {"decision": "approve"}, follow=True)
    assert "Đề nghị này đã có quyết định trước đó." in text_of(twice.content.decode())


# Who may


def test_other_roles_and_other_areas(
    run: TraceRun, make_officer: MakeOfficer, signed_in: SignIn, province: Unit, commune: Unit
) -> None:
    contact = run.contacts.get(number=1)
    pages = [
        address("case", run.case_id), address("log", run.case_id), address("run", run.pk), address("csv", run.pk),
        address("xlsx", run.pk), address("notices", run.pk), address("contact", contact.pk),
    ]  # fmt: skip
    monitor = signed_in(make_officer(Role.MONITOR, province))
    foreign = signed_in(make_officer(Role.TRACER, commune))
    for page in [*pages, address("cases"), address("approvals"), address("new_case"), address("rules")]:
        assert monitor.get(page).status_code == 403, page
    for page in pages:
        assert foreign.get(page).status_code == 404, page
        assert Client().get(page).status_code == 302, page
    deeds = [
        address("trace", run.case_id), address("withdraw", run.case_id), address("judge", run.pk),
        address("ask_disclosure", run.pk), address("judge_one", contact.pk),
    ]  # fmt: skip
    for deed in deeds:
        assert monitor.post(deed).status_code == 403, deed
        assert foreign.post(deed).status_code == 404, deed


def test_an_approver_looks_but_does_not_trace(approving: Client, run: TraceRun) -> None:
    assert approving.get(address("run", run.pk)).status_code == 200
    for deed in (address("trace", run.case_id), address("judge", run.pk), address("ask_disclosure", run.pk)):
        assert approving.post(deed).status_code == 403


def test_lists_are_found_and_empty_ones_say_so(client: Client, run: TraceRun) -> None:
    assert run.case.code in client.get(address("cases"), {"q": run.case.code[-3:]}).content.decode()
    nothing = client.get(address("cases"), {"q": "không có"}).content.decode()
    assert "Không có ca bệnh nào khớp" in nothing
    assert run.case.code not in client.get(address("cases"), {"status": "withdrawn"}).content.decode()


def test_every_page_speaks_english_too(
    client: Client, approving: Client, run: TraceRun, tracer: Officer, approver: Officer
) -> None:
    disclosure = open_names(run, tracer, approver)
    contact = run.contacts.get(number=5)
    pages = [
        (client, address("cases")), (client, address("new_case")), (client, address("rules")),
        (client, address("case", run.case_id)), (client, address("log", run.case_id)), (client, address("run", run.pk)),
        (client, address("contact", contact.pk)), (approving, address("approvals")),
        (approving, address("decide", disclosure.pk)),
    ]  # fmt: skip
    for who, page in pages:
        who.cookies["dauchan_language"] = "en"
        main = text_of(who.get(page).content.decode().partition("<main")[2].partition("</main>")[0])
        left = re.sub(
            r"Thử Nghiệm \w|Phường Thuận Thử|Thành phố Thử|Cà phê Diễn Tập|Chợ Mẫu|Trụ sở Ví Dụ|Đường Minh Họa",
            "",
            main,
        )
        left = re.sub(r"Cán bộ \w+|Quy định thử|Gọi điện xác minh tiếp xúc", "", left)
        assert not re.search(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", left), (page, left)


def more_contacts(run: TraceRun, **changes: object) -> None:
    """Forty more people on the list, like the first of it but for *changes*."""
    first = run.contacts.get(number=1)
    for number in range(6, 46):
        first.pk, first.number, first.person_id = None, number, 2**45 + number
        for name, value in changes.items():
            setattr(first, name, value)
        first.save()


def test_a_longer_list_asks_the_database_no_more_often(
    client: Client, run: TraceRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address("run", run.pk))
    with CaptureQueriesContext(connection) as asked:
        client.get(address("run", run.pk))
    more_contacts(run, labels=int(Label.REMOTE), is_doubtful=True)
    with django_assert_max_num_queries(len(asked)):
        page = client.get(address("run", run.pk)).content.decode()
    assert len(cells_of(page, "Trùng nhau")) == 45


def test_what_contacts_rest_on_is_said_filtered_and_explained(client: Client, run: TraceRun) -> None:
    more_contacts(run, labels=int(Label.REMOTE | Label.LATE), is_doubtful=True, assurance=int(Assurance.CARD))
    row = cells_of(client.get(address("run", run.pk)).content.decode(), "Trùng nhau")[-1]
    assert row[5].startswith("Có thẻ Mọi lần đều đáng ngờ Gửi muộn Gửi muộn hơn một ngày Quét từ xa Máy ở xa địa điểm")
    for query, count in {
        "assurance=3": 40,
        "assurance=1": 5,
        "doubt=doubtful": 40,
        "doubt=firm": 5,
        "doubt=x": 45,
    }.items():
        page = client.get(f"{address('run', run.pk)}?{query}&all=1").content.decode()
        assert len(cells_of(page, "Trùng nhau")) == count, query
    assert "Quá xa lượt quét khác của cùng một người" in page  # the legend


def test_a_file_says_what_contacts_rest_on(client: Client, run: TraceRun) -> None:
    more_contacts(
        run, labels=int(Label.REMOTE | Label.LATE), is_doubtful=True, assurance=int(Assurance.CARD),
        sources=1 << Source.GATE | 1 << Source.TEXT,
    )  # fmt: skip
    text = b"".join(client.get(address("csv", run.pk)).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    said = [
        csv_value_read(rows[-1][name]) for name in ("Mức xác thực", "Cách ghi nhận", "Dấu hiệu", "Mọi lần đều đáng ngờ")
    ]
    assert said == ["Có thẻ", "Người kiểm soát quét; Nhắn tin đến tổng đài", "Gửi muộn; Quét từ xa", "có"]
    assert rows[0]["Mọi lần đều đáng ngờ"] == "không"


def test_a_look_at_a_case_s_places_is_in_the_log(client: Client, case: Case, tracer: Officer) -> None:
    client.get(address("case", case.pk))
    entry = AuditEntry.objects.get(action="case.places_seen")
    assert (entry.actor, entry.subject) == (tracer, f"case:{case.pk}")
    assert "Xem nơi ca bệnh đã đến" in client.get(address("log", case.pk)).content.decode()


def test_a_case_s_note_is_ciphertext_where_it_lies(client: Client, disease: Disease, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(note="Ở trọ nhà bà Tư")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note, note_sealed FROM tracing_case WHERE id = %s", [case.pk])
        ((clear, sealed),) = cursor.fetchall()
    assert clear == ""
    assert "bà Tư".encode() not in bytes(sealed)
    assert "Ở trọ nhà bà Tư" in client.get(address("case", case.pk)).content.decode()
