"""A commune's officer sees the venues of the commune, decides on registrations, prints its posters."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from dauchan.compliance.days import count_recent
from dauchan.qr import read_venue_code
from dauchan.units.models import AuditEntry, Role
from dauchan.venues.actions import change_venue, send_back_venue
from dauchan.venues.models import Venue, VenueStatus
from dauchan.visits.actions import load_visits
from tests.qr_codes import qr_codes_in
from tests.web.conftest import make_unit

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries, Settings

    from dauchan.people.models import Person
    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeOfficer, MakeVenue, SignIn

VENUES = "/officer/venues/"
APPROVALS = "/officer/approvals/"


def names_in(answer: Any) -> list[str]:  # noqa: ANN401 - the test client's response
    return [venue.name for venue, _use in answer.context["rows"]]


def page_of(venue: Venue) -> str:
    return f"{VENUES}{venue.pk}/"


def pdf_of(answer: Any) -> pypdfium2.PdfDocument:  # noqa: ANN401
    assert answer["Content-Type"] == "application/pdf"
    return pypdfium2.PdfDocument(BytesIO(answer.content))


def test_home_tells_what_waits_and_how_the_commune_does(
    officer_client: Client, make_venue: MakeVenue, commune: Unit, owner: Person
) -> None:
    make_venue(commune, "Quán Chờ", approved=False)
    used = make_venue(commune, "Chợ Dùng")
    make_venue(commune, "Chợ Vắng")
    entered = int(timezone.now().timestamp()) - 60
    load_visits(*(np.array([value], np.int64) for value in (owner.pk, used.pk, entered, entered + 30)))
    count_recent(timezone.now())
    said = officer_client.get("/officer/").content.decode()
    assert "1 địa điểm chờ bạn duyệt" in said
    assert "Quán Chờ" in said
    assert "1 trong 2 địa điểm có ít nhất một lượt quét hôm nay." in said
    assert owner.identity.full_name not in said


def test_home_of_roles_without_venues_leads_on(make_officer: MakeOfficer, signed_in: SignIn, province: Unit) -> None:
    for role in (Role.OPERATOR, Role.APPROVER, Role.TRACER, Role.LEADER, Role.MONITOR, Role.AGENT):
        answer = signed_in(make_officer(role, province)).get("/officer/")
        assert answer.status_code == 200
        assert "chờ bạn duyệt" not in answer.content.decode()


def test_a_venue_is_found_without_diacritics(officer_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    make_venue(commune, "Chợ Đông Ba", address="2 Trần Hưng Đạo")
    make_venue(commune, "Nhà thuốc Thủy")
    assert names_in(officer_client.get(VENUES, {"q": "dong ba"})) == ["Chợ Đông Ba"]
    assert names_in(officer_client.get(VENUES, {"q": "tran hung"})) == ["Chợ Đông Ba"]
    assert names_in(officer_client.get(VENUES, {"q": "THUỶ"})) == ["Nhà thuốc Thủy"]
    nothing = officer_client.get(VENUES, {"q": "bệnh viện"})
    assert "Không có địa điểm nào khớp" in nothing.content.decode()
    assert "bệnh viện" in nothing.content.decode()


def test_the_list_is_narrowed_and_ordered(officer_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    for name in ("Đồ gỗ", "Dao kéo", "Ăn sáng", "Áo dài"):
        make_venue(commune, name)
    make_venue(commune, "Bún", approved=False)
    assert names_in(officer_client.get(VENUES)) == ["Áo dài", "Ăn sáng", "Bún", "Dao kéo", "Đồ gỗ"]
    assert names_in(officer_client.get(VENUES, {"status": "pending"})) == ["Bún"]
    assert names_in(officer_client.get(VENUES, {"sort": "new"}))[0] == "Bún"
    assert len(names_in(officer_client.get(VENUES, {"category": "market"}))) == 5
    for nonsense in ("status=x", "category=x", "sort=x", "page=x", "page=-1", "unit=x"):
        assert len(names_in(officer_client.get(f"{VENUES}?{nonsense}"))) == 5


def test_pages_of_the_list_keep_the_filter(officer_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    for number in range(27):
        make_venue(commune, f"Quán {number:02}")
    second = officer_client.get(f"{VENUES}?q=quan&page=2")
    assert names_in(second) == ["Quán 25", "Quán 26"]
    assert "?q=quan&amp;page=1" in second.content.decode()
    assert "26–27" in second.content.decode()


def test_the_lists_ask_as_often_for_many_venues_as_for_one(
    officer_client: Client, make_venue: MakeVenue, commune: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_venue(commune)
    make_venue(commune, "Quán chờ", approved=False)
    # The first page asks for each kind of oversight work that waits, and whether somebody wants to renew the officer's sign-in.
    expected = {VENUES: 7, APPROVALS: 6, "/officer/": 14, "/officer/posters/": 5}
    for path in expected:
        officer_client.get(path)
    for round_of in range(2):
        for path, queries in expected.items():
            with django_assert_num_queries(queries, info=f"{path} in round {round_of}"):
                officer_client.get(path)
        for number in range(5):
            make_venue(commune, f"Quán {number}")
            make_venue(commune, f"Quán chờ {number}", approved=False)


def test_a_registration_is_approved_and_gets_its_poster(
    officer_client: Client, officer: Officer, make_venue: MakeVenue, commune: Unit
) -> None:
    venue = make_venue(commune, "Quán Mới", approved=False)
    page = officer_client.get(page_of(venue))
    assert "Duyệt đăng ký này?" in page.content.decode()
    assert "style=" not in page.content.decode()
    answer = officer_client.post(f"{page_of(venue)}approve/", {"revision": venue.revision}, follow=True)
    assert "Đã duyệt “Quán Mới”." in answer.content.decode()
    venue.refresh_from_db()
    assert (venue.status, venue.decided_by) == (VenueStatus.APPROVED, officer)
    assert venue.posters.count() == 1
    assert AuditEntry.objects.filter(action="venue.approved", actor=officer, subject=f"venue:{venue.pk}").exists()
    again = officer_client.post(f"{page_of(venue)}approve/", {"revision": venue.revision}, follow=True)
    assert "Trạng thái hiện tại" in again.content.decode()
    assert venue.posters.count() == 1


def test_nobody_approves_what_they_have_not_seen(officer_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venue = make_venue(commune, approved=False)
    seen = venue.revision
    venue.address = "99 đường khác"
    change_venue(venue, seen)
    answer = officer_client.post(f"{page_of(venue)}approve/", {"revision": seen}, follow=True)
    assert "Chủ địa điểm vừa sửa lại đăng ký này." in answer.content.decode()
    many = officer_client.post(f"{APPROVALS}approve/", {"venue": f"{venue.pk}:{seen}"}, follow=True)
    assert "1 địa điểm vừa được sửa" in many.content.decode()
    venue.refresh_from_db()
    assert venue.status == VenueStatus.PENDING


def test_a_registration_is_sent_back_with_words_and_called_back(
    officer_client: Client, make_venue: MakeVenue, commune: Unit
) -> None:
    venue = make_venue(commune, approved=False)
    empty = officer_client.post(f"{page_of(venue)}send-back/", {"reasons": ["nonsense"], "note": " "})
    assert empty.status_code == 422
    assert "data-open-now" in empty.content.decode()
    officer_client.cookies["dauchan_language"] = "en"
    officer_client.post(f"{page_of(venue)}send-back/", {"reasons": ["name", "point"], "note": "Gọi tôi khi xong."})
    venue.refresh_from_db()
    assert venue.status == VenueStatus.REFUSED
    assert venue.decision_note.splitlines() == [
        "Tên chưa đúng như biển hiệu ở cửa.", "Vị trí trên bản đồ không đúng chỗ.", "Gọi tôi khi xong.",
    ]  # fmt: skip
    assert f"{page_of(venue)}undo/" in officer_client.get(APPROVALS).content.decode()
    officer_client.post(f"{page_of(venue)}undo/")
    venue.refresh_from_db()
    assert (venue.status, venue.decision_note) == (VenueStatus.PENDING, "")


def test_what_was_typed_stays_in_a_refused_note(officer_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venue = make_venue(commune, approved=False)
    answer = officer_client.post(f"{page_of(venue)}send-back/", {"reasons": ["name"], "note": "dài " * 100})
    assert answer.status_code == 422
    assert "dài dài dài" in answer.content.decode()
    assert re.search(r'value="name"[^>]*checked', answer.content.decode())


def test_a_proposed_change_is_shown_beside_what_is_in_force(
    officer_client: Client, make_venue: MakeVenue, commune: Unit
) -> None:
    venue = make_venue(commune, "Chợ Cũ")
    venue.name = "Chợ Mới"
    change_venue(venue, venue.revision)
    shown = officer_client.get(page_of(venue)).content.decode()
    assert "Duyệt thay đổi này?" in shown
    assert re.search(r"<td>Chợ Cũ</td>\s*<td>\s*<strong>Chợ Mới</strong>", shown)
    officer_client.post(f"{page_of(venue)}approve/", {"revision": Venue.objects.get().revision})
    assert Venue.objects.get().name == "Chợ Mới"


def test_a_refused_change_leaves_the_venue_in_use(officer_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venue = make_venue(commune, "Chợ Cũ")
    decided_at = venue.decided_at
    venue.name = "Chợ Mới"
    change_venue(venue, venue.revision)
    officer_client.post(f"{page_of(venue)}send-back/", {"reasons": ["name"]})
    venue.refresh_from_db()
    assert (venue.status, venue.name, venue.proposal) == (VenueStatus.APPROVED, "Chợ Cũ", None)
    assert venue.decided_at == decided_at  # it is no new venue of today


def test_many_are_approved_at_once(officer_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venues = [make_venue(commune, f"Quán {number}", approved=False) for number in range(3)]
    ticked = [f"{venue.pk}:{venue.revision}" for venue in venues]
    answer = officer_client.post(f"{APPROVALS}approve/", {"venue": ticked}, follow=True)
    assert "Đã duyệt 3 địa điểm." in answer.content.decode()
    assert Venue.objects.filter(status=VenueStatus.APPROVED).count() == 3
    assert "Không còn gì chờ duyệt" in answer.content.decode()
    nothing = officer_client.post(f"{APPROVALS}approve/", {"venue": ["", "x:y", ":"]}, follow=True)
    assert "Chưa chọn địa điểm nào." in nothing.content.decode()


def test_one_foreign_row_and_nothing_is_approved(
    officer_client: Client, make_venue: MakeVenue, commune: Unit, other_commune: Unit
) -> None:
    own, foreign = (make_venue(unit, unit.name, approved=False) for unit in (commune, other_commune))
    answer = officer_client.post(f"{APPROVALS}approve/", {"venue": [f"{own.pk}:1", f"{foreign.pk}:1"]})
    assert answer.status_code == 404
    assert not Venue.objects.filter(status=VenueStatus.APPROVED).exists()


def test_a_monitor_sees_everything_and_decides_nothing(
    make_officer: MakeOfficer, signed_in: SignIn, make_venue: MakeVenue, province: Unit, commune: Unit
) -> None:
    venue = make_venue(commune, approved=False)
    client = signed_in(make_officer(Role.MONITOR, province))
    shown = client.get(page_of(venue))
    assert shown.status_code == 200
    assert "approve/" not in shown.content.decode()
    assert client.post(f"{page_of(venue)}approve/").status_code == 403
    assert client.get(APPROVALS).status_code == 403


def test_deciding_here_and_watching_there_are_two_things(
    make_officer: MakeOfficer,
    signed_in: SignIn,
    make_venue: MakeVenue,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
) -> None:
    watcher = make_officer(Role.MONITOR, province)
    watcher.appointments.create(role=Role.OFFICER, unit=commune, since="2020-01-01")
    client = signed_in(watcher)
    foreign = make_venue(other_commune, approved=False)
    assert client.get(page_of(foreign)).status_code == 200
    assert client.post(f"{page_of(foreign)}approve/", {"revision": 1}).status_code == 404


def test_a_tracer_looks_and_prints_nothing(
    make_officer: MakeOfficer, signed_in: SignIn, make_venue: MakeVenue, province: Unit, commune: Unit
) -> None:
    venue = make_venue(commune)
    client = signed_in(make_officer(Role.TRACER, province))
    assert "a4.pdf" not in client.get(page_of(venue)).content.decode()
    assert client.get(f"{page_of(venue)}poster/a4.pdf").status_code == 403
    assert signed_in(make_officer(Role.MONITOR, province)).get(f"{page_of(venue)}poster/a4.pdf").status_code == 200


def test_possible_doubles_are_pointed_out(officer_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    first = make_venue(commune, "Quán Bún Bò Bà Thử", approved=False)
    second = make_venue(commune, "Quán bún bò bà Thứ", approved=False)
    shown = officer_client.get(page_of(second)).content.decode()
    assert "Có thể trùng với:" in shown
    assert page_of(first) in shown


def test_all_posters_of_a_unit_come_in_one_file_in_order(
    officer_client: Client, make_venue: MakeVenue, commune: Unit, other_commune: Unit, settings: Settings
) -> None:
    for name in ("Đồ gỗ", "Ăn sáng", "Áo dài"):
        make_venue(commune, name)
    make_venue(commune, "Chưa duyệt", approved=False)
    make_venue(other_commune, "Nơi khác")
    page = officer_client.get("/officer/posters/").content.decode()
    assert re.search(r'<td class="number">3</td>', page)
    answer = officer_client.get(f"/officer/posters/{commune.pk}/a4.pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="bang-ma-phuong-thuan-thu-a4.pdf"'
    document = pdf_of(answer)
    assert len(document) == 3
    read = []
    for page_number in range(3):
        (found,) = qr_codes_in(document[page_number].render(scale=2).to_pil())
        assert found.text.startswith(f"{settings.BASE_URL.upper()}/Q/")
        read.append(read_venue_code(found.text, settings.VENUE_CODE_KEYS, settings.ALLOWED_HOSTS).venue_id)
    assert [Venue.objects.get(pk=pk).name for pk in read] == ["Áo dài", "Ăn sáng", "Đồ gỗ"]


def test_a_province_prints_by_commune_or_all(
    make_officer: MakeOfficer,
    signed_in: SignIn,
    make_venue: MakeVenue,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
) -> None:
    make_venue(commune)
    make_venue(other_commune)
    client = signed_in(make_officer(Role.MONITOR, province))
    piles = client.get("/officer/posters/").context["piles"]
    assert [(pile.unit.name, pile.posters) for pile in piles] == [("Thử", 2), ("Hương Thử", 1), ("Thuận Thử", 1)]
    assert len(pdf_of(client.get(f"/officer/posters/{province.pk}/stickers.pdf"))) == 2
    assert client.get(f"/officer/posters/{province.pk}/a0.pdf").status_code == 404


def test_a_unit_without_posters_says_so(officer_client: Client, commune: Unit) -> None:
    assert "Chưa có địa điểm nào được duyệt" in officer_client.get("/officer/posters/").content.decode()
    assert officer_client.get(f"/officer/posters/{commune.pk}/a4.pdf").status_code == 404


def test_an_unending_pile_is_refused(
    officer_client: Client, make_venue: MakeVenue, commune: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_venue(commune)
    make_venue(commune, "Chợ Hai")
    for module in ("dauchan.web.posters", "dauchan.web.officer.unit_posters"):
        monkeypatch.setattr(f"{module}.MOST_FACES", 1)
    assert "Quá 1 bảng một tệp" in officer_client.get("/officer/posters/").content.decode()
    assert officer_client.get(f"/officer/posters/{commune.pk}/a4.pdf").status_code == 413


def test_the_list_of_a_province_is_narrowed_to_a_commune(
    make_officer: MakeOfficer,
    signed_in: SignIn,
    make_venue: MakeVenue,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
) -> None:
    make_venue(commune, "Ở đây")
    make_venue(other_commune, "Ở kia")
    client = signed_in(make_officer(Role.MONITOR, province))
    assert names_in(client.get(VENUES, {"unit": commune.code})) == ["Ở đây"]
    assert names_in(client.get(VENUES, {"sort": "unit"})) == ["Ở kia", "Ở đây"]


def test_an_area_is_a_subtree_and_not_a_prefix_of_text(
    make_officer: MakeOfficer, signed_in: SignIn, make_venue: MakeVenue, province: Unit
) -> None:
    """A path `12.3` is no parent of `12.34`."""
    units = [make_unit(f"9{number:04}", "commune", f"Phường {number}", province) for number in range(12)]
    numbered = {str(unit.pk): unit for unit in units}
    pairs = [(one, other) for one in numbered for other in numbered if one != other and other.startswith(one)]
    short, long = pairs[0] if pairs else (str(units[0].pk), str(units[1].pk))
    make_venue(numbered[long], "Nơi khác")
    client = signed_in(make_officer(Role.OFFICER, numbered[short]))
    assert names_in(client.get(VENUES)) == []


def test_the_pages_speak_english(
    officer_client: Client, make_venue: MakeVenue, commune: Unit, officer: Officer
) -> None:
    officer_client.cookies["dauchan_language"] = "en"
    venue = make_venue(commune, approved=False)
    words = {
        "/officer/": "waiting for your approval",
        VENUES: "Status",
        APPROVALS: "Waiting for approval",
        page_of(venue): "Approve",
    }
    for path, said in words.items():
        assert said in officer_client.get(path).content.decode()
    send_back_venue(venue, officer, "Thiếu số nhà.")
    assert "More details asked for" in officer_client.get(page_of(venue)).content.decode()
