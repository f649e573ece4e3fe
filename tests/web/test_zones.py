"""Zones, through HTTP: drafted, approved, shown on any day, exported; what outsiders and owners see."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from dauchan.people.models import ControlCard
from dauchan.simulation.example_outbreak import example_person, example_phone
from dauchan.tracing.actions import CaseReport, register_case
from dauchan.tracing.models import Case, Disease
from dauchan.tracing.zones.models import RiskLevel, Shape, ZoneOrder
from dauchan.tracing.zones.presence_actions import window_of
from dauchan.tracing.zones.reference import load_levels
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Category, Venue, VenueStatus
from tests.tracing.outbreak import make_disease
from tests.tracing.zones.drafts import zone_in_force
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn

pytestmark = pytest.mark.django_db

SQUARE = "16.455, 107.585\n16.455, 107.595\n16.465, 107.595\n16.465, 107.585"


@pytest.fixture
def disease(db: None) -> Disease:
    load_levels()
    return make_disease()


@pytest.fixture
def approver(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.APPROVER, province, "pheduyet")


@pytest.fixture
def case(places: dict[str, Venue], tracer: Officer, province: Unit, disease: Disease) -> Case:
    return register_case(
        CaseReport(example_phone("A"), disease, province, timezone.localdate() - dt.timedelta(days=1)), tracer
    )


def written(unit: Unit, disease: Disease, **changes: object) -> dict[str, Any]:
    now = timezone.localtime()
    said: dict[str, Any] = {
        "unit": unit.pk,
        "disease": disease.pk,
        "name": "Khu chợ Thử",
        "area_words": "Các tổ 3, 4, 5 phường Thuận Thử",
        "shape": Shape.POLYGON,
        "corners": SQUARE,
        "level": RiskLevel.objects.filter(rank=4).latest("valid_from").pk,
        "measures": ["scan_all", "no_gathering"],
        "basis": "Luật Phòng, chống bệnh truyền nhiễm",
        "document_number": "12/QĐ-UBND",
        "begins_at": f"{now:%Y-%m-%dT%H:%M}",
        "ends_at": f"{now + dt.timedelta(days=14):%Y-%m-%dT%H:%M}",
        "effect": "none",
        "reason": "Nhiều ca bệnh cùng đến khu chợ",
    }
    return said | changes


def drafted(client: Client, said: dict[str, Any]) -> ZoneOrder:
    answer = client.post("/tracer/zones/new/", said)
    assert answer.status_code == 302, answer.content.decode()
    return ZoneOrder.objects.latest("pk")


def approve(client: Client, order: ZoneOrder) -> None:
    client.post(
        f"/tracer/zones/orders/{order.pk}/decision/", {"decision": "approve", "seen": order.drafted_at.isoformat()}
    )
    order.refresh_from_db()


def test_a_zone_is_drafted_by_one_and_approved_by_another_and_its_venues_follow(
    tracer: Officer, approver: Officer, signed_in: SignIn, commune: Unit, disease: Disease, make_venue: MakeVenue,
    owner_client: Client,
) -> None:  # fmt: skip
    venue = make_venue(commune, "Chợ Trong Vùng")
    away = make_venue(commune, "Chợ Ở Xa", lat=16.60)
    said = written(commune, disease, effect="suspend", categories=[venue.category.pk])
    order = drafted(signed_in(tracer), said)
    page = signed_in(approver).get(f"/tracer/zones/{order.zone_id}/").content.decode()
    assert "Chờ phê duyệt" in page
    assert "Chợ Trong Vùng" in page
    assert "Chợ Ở Xa" not in page
    assert (
        signed_in(tracer).post(f"/tracer/zones/orders/{order.pk}/decision/", {"decision": "approve"}).status_code == 403
    )
    approve(signed_in(approver), order)
    assert order.approved
    assert Venue.objects.get(pk=venue.pk).status == VenueStatus.SUSPENDED
    assert Venue.objects.get(pk=away.pk).status == VenueStatus.APPROVED
    for shown in (
        owner_client.get(f"/owner/{venue.pk}/"),
        Client().get(f"/places/{venue.pk}/"),
        Client().get(f"/q/{venue.posters.get().short_code}"),
    ):
        text = shown.content.decode()
        assert "Khu chợ Thử" in text
        assert "12/QĐ-UBND" in text
    signed_in(tracer).post(
        f"/tracer/zones/{order.zone_id}/lift/",
        {"document_number": "15/QĐ-UBND", "at": said["begins_at"], "reason": "Đã hết nguy cơ lây lan"},
    )
    approve(signed_in(approver), ZoneOrder.objects.latest("pk"))
    assert Venue.objects.get(pk=venue.pk).status == VenueStatus.APPROVED
    assert "Khu chợ Thử" not in owner_client.get(f"/owner/{venue.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"corners": "16.4, 107.5"}, "ít nhất ba đỉnh"),
        ({"corners": "nhà tôi"}, "Dòng 1"),
        ({"corners": ""}, "Cách khoanh vùng đã chọn cần có phần này"),
        ({"shape": "circle"}, "Cách khoanh vùng đã chọn cần có phần này"),
        ({"shape": "cases", "metres": 200}, "Chưa có nơi nào ca bệnh đã đến"),
        ({"case_codes": "F0-1999-00001"}, "Không có ca bệnh đã xác định nào"),
        ({"effect": "suspend"}, "Hãy chọn những loại hình"),
        ({"effect": "mode"}, "Hãy chọn cách quét"),
        ({"ends_at": "2020-01-01T00:00"}, "phải sau thời điểm bắt đầu"),
        ({"begins_at": "2020-01-01T00:00"}, "ở quá khứ"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_was_written_kept(
    tracer: Officer, signed_in: SignIn, commune: Unit, disease: Disease, change: dict[str, object], words: str
) -> None:
    answer = signed_in(tracer).post("/tracer/zones/new/", written(commune, disease, **change))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "Khu chợ Thử" in text
    assert not ZoneOrder.objects.exists()


def test_a_zone_is_drawn_around_the_places_of_a_case_or_of_whole_communes(
    tracer: Officer, signed_in: SignIn, province: Unit, commune: Unit, disease: Disease, case: Case
) -> None:
    client = signed_in(tracer)
    started = client.get(f"/tracer/zones/new/?case={case.pk}").content.decode()
    assert case.code in started
    common = {"case_codes": case.code}
    circles = drafted(client, written(province, disease, shape="cases", metres=150, **common))
    assert circles.geometry
    assert list(circles.cases.all()) == [case]
    cells = drafted(client, written(province, disease, shape="cells", resolution=9, rings=1, **common))
    assert len(cells.made_from["cells"]) == 7
    communes = drafted(client, written(province, disease, shape="communes", communes=[commune.pk]))
    assert (communes.geometry, list(communes.communes.all())) == (None, [commune])
    point = drafted(
        client, written(province, disease, shape="circle", centre_lat="16,46", centre_lon="107,59", metres=300)
    )
    assert point.made_from == {"metres": 300, "points": [[107.59, 16.46]]}


def test_an_officer_of_a_commune_draws_there_only_and_sees_no_case(
    officer_client: Client, province: Unit, commune: Unit, disease: Disease, case: Case, tracer: Officer,
    approver: Officer,
) -> None:  # fmt: skip
    form = officer_client.get(f"/tracer/zones/new/?case={case.pk}").content.decode()
    assert case.code not in form
    assert "case_codes" not in form
    assert officer_client.post("/tracer/zones/new/", written(province, disease)).status_code == 422
    assert drafted(officer_client, written(commune, disease)).zone.unit == commune
    zone = zone_in_force(province, disease, tracer, approver, cases=[case])
    page = officer_client.get(f"/tracer/zones/{zone.pk}/").content.decode()
    assert case.code not in page
    assert "Người đã có mặt" not in page
    assert officer_client.get(f"/tracer/zones/{zone.pk}/change/").status_code == 403


def test_a_leader_reads_and_others_do_not(
    make_officer: MakeOfficer, signed_in: SignIn, province: Unit, disease: Disease, tracer: Officer, approver: Officer
) -> None:
    zone = zone_in_force(province, disease, tracer, approver)
    leader = signed_in(make_officer(Role.LEADER, province))
    assert leader.get("/tracer/zones/").status_code == 200
    assert leader.get(f"/tracer/zones/{zone.pk}/").status_code == 200
    assert leader.get("/tracer/zones/new/").status_code == 403
    agent = signed_in(make_officer(Role.AGENT, province))
    assert agent.get("/tracer/zones/").status_code == 403


def test_the_list_and_the_map_show_what_held_on_a_day(
    tracer: Officer, approver: Officer, signed_in: SignIn, province: Unit, disease: Disease
) -> None:
    start = timezone.now() - dt.timedelta(days=10)
    with time_machine.travel(start):
        zone_in_force(province, disease, tracer, approver, name="Vùng đã qua", ends_at=start + dt.timedelta(days=3))
    zone_in_force(province, disease, tracer, approver, name="Vùng bây giờ")
    client = signed_in(tracer)

    def drawn(day: dt.date) -> list[str]:
        found = json.loads(client.get(f"/tracer/zones/areas.geojson?on={day}").content)
        return [feature["properties"]["label"] for feature in found["features"]]

    today, then = timezone.localdate(), timezone.localdate(start + dt.timedelta(days=1))
    assert drawn(today) == ["Vùng bây giờ"]
    assert drawn(then) == ["Vùng đã qua"]
    page = client.get(f"/tracer/zones/?on={then}").content.decode()
    assert "Vùng đã qua" in page
    assert "Vùng bây giờ" not in page
    assert "Vùng đã qua" in client.get("/tracer/zones/").content.decode(), "among those that have ended"


def test_the_venues_are_a_file_without_formulas(
    tracer: Officer, approver: Officer, signed_in: SignIn, commune: Unit, disease: Disease, make_venue: MakeVenue
) -> None:
    make_venue(commune, "=HYPERLINK(1)")
    make_venue(commune, "Chợ Thường")
    order = zone_in_force(commune, disease, tracer, approver).orders.get()
    answer = signed_in(tracer).get(f"/tracer/zones/orders/{order.pk}/venues.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    names = [row[0] for row in rows[1:]]
    assert len(names) == 2
    assert not any(name.startswith("=") for name in names)
    answer = signed_in(tracer).get(f"/tracer/zones/orders/{order.pk}/venues.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert AuditEntry.objects.filter(action="zone.exported", subject=f"zone:{order.zone_id}").count() == 2
    part = b"".join(signed_in(tracer).get(f"/tracer/zones/orders/{order.pk}/venues.csv?q=thuong")).decode()
    assert "HYPERLINK" not in part


def test_who_does_not_trace_sees_no_figure_of_fewer_than_ten(
    officer_client: Client, tracer: Officer, approver: Officer, signed_in: SignIn, province: Unit, disease: Disease,
    case: Case,
) -> None:  # fmt: skip
    zone = zone_in_force(province, disease, tracer, approver)
    assert "dưới 10" in officer_client.get(f"/tracer/zones/{zone.pk}/").content.decode()
    assert "dưới 10" not in signed_in(tracer).get(f"/tracer/zones/{zone.pk}/").content.decode()


def test_people_are_listed_for_the_case_and_named_after_a_second_person(
    tracer: Officer, approver: Officer, signed_in: SignIn, province: Unit, disease: Disease, case: Case
) -> None:
    order = zone_in_force(province, disease, tracer, approver, cases=[case]).orders.get()
    begins, ends = (timezone.localtime(at) for at in window_of(case, timezone.now()))
    asked = {"case": case.pk, "begins_at": f"{begins:%Y-%m-%dT%H:%M}", "ends_at": f"{ends:%Y-%m-%dT%H:%M}"}
    client = signed_in(tracer)
    wider = {**asked, "begins_at": "2020-01-01T00:00"}
    assert client.post(f"/tracer/zones/orders/{order.pk}/people/", wider)["Location"].endswith(f"/{order.zone_id}/")
    made = client.post(f"/tracer/zones/orders/{order.pk}/people/", asked)["Location"]
    page = client.get(made).content.decode()
    assert "Người 1" in page
    assert "Thử Nghiệm" not in page
    card = {"issued_at": timezone.now(), "issued_by": tracer, "expires_on": timezone.localdate()}
    ControlCard.objects.create(person_id=example_person("B"), unit=province, serial="9000000001", **card)
    homes = client.get(made).context["homes"]
    assert homes.by_commune == [(province, 1)]
    assert homes.unknown == client.get(made).context["made"].people - 1, "nobody's home is guessed"
    client.post(made, {"usual": "call", "words": ""})
    waiting = signed_in(approver).get("/tracer/zones/").content.decode()
    assert "Mở họ tên" in waiting
    decision = waiting.split('href="/tracer/zones/names/')[1].split('"')[0]
    assert client.post(f"/tracer/zones/names/{decision}", {"decision": "approve"}).status_code == 403
    signed_in(approver).post(f"/tracer/zones/names/{decision}", {"decision": "approve"})
    assert "Thử Nghiệm B" in client.get(made).content.decode()
    assert "Thử Nghiệm" not in signed_in(approver).get(made).content.decode()
    log = client.get(f"/tracer/cases/{case.pk}/log/").content.decode()
    assert "Xem họ tên người đã có mặt trong vùng dịch" in log


def test_a_draft_that_was_corrected_is_not_approved_unseen(
    tracer: Officer, approver: Officer, signed_in: SignIn, commune: Unit, disease: Disease
) -> None:
    client = signed_in(tracer)
    order = drafted(client, written(commune, disease))
    seen = order.drafted_at.isoformat()
    client.post(f"/tracer/zones/orders/{order.pk}/edit/", written(commune, disease, name="Vùng đã sửa"))
    signed_in(approver).post(f"/tracer/zones/orders/{order.pk}/decision/", {"decision": "approve", "seen": seen})
    order.refresh_from_db()
    assert (order.name, order.approved) == ("Vùng đã sửa", None)
    approve(signed_in(approver), order)
    assert order.approved


def test_of_two_who_correct_a_draft_the_second_is_told(
    tracer: Officer, signed_in: SignIn, commune: Unit, disease: Disease
) -> None:
    client = signed_in(tracer)
    order = drafted(client, written(commune, disease))
    edit = f"/tracer/zones/orders/{order.pk}/edit/"
    found = re.search(r'name="seen" value="(\w+)"', client.get(edit).content.decode())
    assert found
    first, second = ({**written(commune, disease, name=name), "seen": found[1]} for name in ("Vùng một", "Vùng hai"))
    assert client.post(edit, first).status_code == 302
    late = client.post(edit, second)
    assert late.status_code == 422
    assert "Người khác vừa sửa trang này" in late.content.decode()
    assert "Vùng hai" in late.content.decode()
    order.refresh_from_db()
    assert order.name == "Vùng một"


def test_the_public_page_says_what_holds_and_neither_cases_nor_sensitive_places(
    make_venue: MakeVenue, tracer: Officer, approver: Officer, province: Unit, commune: Unit, disease: Disease,
    case: Case,
) -> None:  # fmt: skip
    shelter = Category.objects.create(
        code="shelter", name_vi="Nhà tạm lánh", name_en="Shelter", setting="indoor", default_stay_minutes=60,
        position=9, sensitive=True,
    )  # fmt: skip
    hidden = make_venue(commune, "Mái Ấm Kín", sensitive=True)
    facts = {"effect": "suspend", "categories": [shelter, hidden.category], "measures": ["stay_home"]}
    zone_in_force(province, disease, tracer, approver, cases=[case], **facts)
    page = Client().get("/zones/").content.decode()
    areas = Client().get("/zones/areas.geojson").content.decode()
    for wanted in ("Vùng thử quanh chợ", "Vùng đỏ", "Ở nhà", "12/QĐ-UBND", "Trong bán kính 500 m"):
        assert wanted in page
    for kept in ("Mái Ấm", "Nhà tạm lánh", case.code, "Cà phê Diễn Tập", tracer.full_name):
        assert kept not in page + areas
    assert json.loads(areas)["features"][0]["properties"]["colour"] == "level-4"


def test_pages_cost_no_more_with_more_venues(
    tracer: Officer, approver: Officer, signed_in: SignIn, commune: Unit, disease: Disease, make_venue: MakeVenue,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(12):
        make_venue(commune, f"Chợ số {number}")
        zone_in_force(commune, disease, tracer, approver, name=f"Vùng {number}")
    client = signed_in(tracer)
    zone = ZoneOrder.objects.latest("pk").zone_id
    with django_assert_max_num_queries(32):
        client.get("/tracer/zones/")
    with django_assert_max_num_queries(45):
        client.get(f"/tracer/zones/{zone}/")
