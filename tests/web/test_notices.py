"""From a place and time of a case to what everybody reads: drafted, approved by another, corrected, withdrawn, expired."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import html
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dauchan.people.models import Person
from dauchan.qr.public_signing import unsigned
from dauchan.tracing.actions import withdraw_case
from dauchan.tracing.interviews.models import ToldStay
from dauchan.tracing.models import CrowdNotice, TraceRun
from dauchan.tracing.notices import feed
from dauchan.tracing.notices.models import Edition, Notice, NoticeVersion
from dauchan.tracing.notices.queries import times_of
from dauchan.tracing.notices.retention import expire_notices, forget_notices
from dauchan.units.audit import first_broken_entry
from dauchan.units.models import AuditEntry, Role, Unit
from dauchan.venues.models import Venue
from dauchan.visits.models import Visit
from dauchan.visits.registry import Label
from tests.web.conftest import MakeOfficer, MakeVenue, appointed, browser_of, client_of
from tests.web.notice_world import (
    Team,
    approved,
    crowd,
    feed_text,
    make_team,
    published,
    submitted,
    visit,
    written,
    yesterday,
)

pytestmark = pytest.mark.django_db
REASON = "Không liên lạc được với khách vãng lai"


@pytest.fixture
def team(province: Unit) -> Team:
    return make_team(province)


@pytest.fixture
def market(make_venue: MakeVenue, commune: Unit) -> Venue:
    """Twelve people from eight to eleven yesterday."""
    venue = make_venue(commune, "Chợ Bến Ngự Thử", address="5 Đường Nguyễn Thử")
    crowd(venue, 12, yesterday(8), yesterday(11))
    return venue


def public_page(query: str = "") -> str:
    answer = Client().get(f"/notices/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def body() -> dict[str, Any]:
    said: dict[str, Any] = json.loads(feed_text().split("\n")[1])
    return said


def test_a_stay_of_the_case_becomes_a_public_notice(team: Team, market: Venue) -> None:
    visit(team.case.person_id, market, yesterday(8, 10), yesterday(9, 20))
    proposals = team.writing.get(f"/tracer/notices/cases/{team.case.pk}/").content.decode()
    assert "Chợ Bến Ngự Thử" in proposals
    assert f"{yesterday(8):%H:%M}" in proposals, "outward to quarters"
    assert f"{yesterday(10):%H:%M}" in proposals, "with thirty minutes of tail: 09:50"
    notice = submitted(team, market, yesterday(8), yesterday(10))
    assert "Chợ Bến Ngự Thử" not in public_page()
    assert body()["notices"] == []
    shown = team.deciding.get(f"/tracer/notices/{notice.pk}/").content.decode()
    assert "ít nhất 12 người khác" in shown
    assert approved(team, notice) == 302
    page = public_page()
    assert "Chợ Bến Ngự Thử" in page
    assert "5 Đường Nguyễn Thử" in page
    assert "19001075" in page
    for secret in (team.case.code, "Nguyễn Văn Bệnh", "905123456", "12 người"):
        assert secret not in page
        assert secret not in feed_text()
    (entry,) = body()["notices"]
    assert entry["id"] == notice.public_id
    assert (entry["from"], entry["to"]) == (int(yesterday(8).timestamp()), int(yesterday(10).timestamp()))
    assert len(entry["keys"]) == feed.KEYS_TOGETHER
    assert first_broken_entry() is None
    assert times_of(team.case).published_at is not None
    log = team.writing.get(f"/tracer/cases/{team.case.pk}/log/").content.decode()
    assert "Phê duyệt và công bố một thông báo địa điểm." in log


def test_the_feed_is_signed_and_the_same_for_everybody(team: Team, market: Venue) -> None:
    published(team, market, yesterday(8), yesterday(10))
    first, second, rest = feed_text().split("\n")
    assert rest == ""
    signed = base64.urlsafe_b64decode(json.loads(first)["signed"] + "==")
    assert unsigned(feed.PURPOSE, signed, settings.CARD_KEYS.public_keys) == hashlib.sha256(second.encode()).digest()
    assert feed.canonical(json.loads(second)).decode() == second
    for client in (Client(), team.writing, team.deciding, Client(headers={"accept-language": "en"})):
        answer = client.get("/notices/feed.jsonl", {"venue": market.pk}, headers={"cookie": "dauchan_language=en"})
        assert answer.content.decode() == f"{first}\n{second}\n"
        assert "max-age=300" in answer["Cache-Control"]
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies
    short = Client().get("/notices/feed.jsonl", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(short.content).decode() == f"{first}\n{second}\n"
    again = Client().get("/notices/feed.jsonl", headers={"accept-encoding": "gzip", "if-none-match": short["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get("/notices/feed.jsonl")["ETag"] != short["ETag"]


def test_nobody_approves_their_own(team: Team, market: Venue, province: Unit, make_officer: MakeOfficer) -> None:
    both = make_officer(Role.TRACER, province)
    both.appointments.create(role=Role.APPROVER, unit=province)
    own = Team(team.case, both, both)
    notice = submitted(own, market, yesterday(8), yesterday(10))
    assert approved(own, notice) == 403
    assert "cần một người khác phê duyệt" in own.deciding.get(f"/tracer/notices/{notice.pk}/").content.decode()
    assert approved(team, notice) == 302
    version = NoticeVersion.objects.get()
    version.decided_by = version.drafted_by
    with pytest.raises(IntegrityError, match="notice_second_person"), transaction.atomic():
        version.save()


def test_rights_by_role_and_area(team: Team, market: Venue, other_commune: Unit) -> None:
    notice = submitted(team, market, yesterday(8), yesterday(10))
    page = f"/tracer/notices/{notice.pk}/"
    assert Client().get(page).status_code == 302
    for role, status in ((Role.OFFICER, 403), (Role.LEADER, 403), (Role.MONITOR, 403)):
        assert browser_of(appointed(role, team.case.unit)).get(page).status_code == status
    stranger = browser_of(appointed(Role.TRACER, other_commune))
    for address in (page, f"{page}edit/", f"/tracer/notices/cases/{team.case.pk}/"):
        assert stranger.get(address).status_code == 404
    assert "Chợ" not in stranger.get("/tracer/notices/").content.decode()
    # An approver reads and decides; writing is the tracer's.
    for act in ("edit", "submit", "discard", "correct"):
        assert team.deciding.post(f"{page}{act}/").status_code == 403
    assert team.writing.post(f"{page}decide/", {"version": 1, "decision": "approve"}).status_code == 403
    assert Notice.objects.get().status == "proposed"


def test_few_people_are_called_and_not_pointed_at(team: Team, make_venue: MakeVenue, commune: Unit) -> None:
    small = make_venue(commune, "Quán Chè Nhỏ", address="1 Kiệt Hẻm")
    crowd(small, 3, yesterday(8), yesterday(11))
    notice = submitted(team, small, yesterday(8), yesterday(10))
    assert approved(team, notice) == 422, "without a reason"
    answer = team.deciding.get(f"/tracer/notices/{notice.pk}/").content.decode()
    assert "Cả phường, xã trong ngày" in answer or "cả phường, xã cũng có ít hơn 10 người" in answer
    assert approved(team, notice, reason=REASON) == 422, "the whole commune has too few"
    market = make_venue(commune, "Chợ Lớn")
    crowd(market, 12, yesterday(7), yesterday(9))
    assert approved(team, notice, reason=REASON) == 302
    page = public_page()
    for secret in ("Quán Chè Nhỏ", "1 Kiệt Hẻm", REASON):
        assert secret not in page
        assert secret not in feed_text()
    assert "Một nơi không nêu tên" in page
    assert "Phường Thuận Thử" in page
    (entry,) = body()["notices"]
    assert (entry["from"], entry["to"]) == (int(yesterday(6).timestamp()), int(yesterday(12).timestamp()))
    assert "place" not in entry
    assert AuditEntry.objects.get(action="notice.approved").purpose == REASON
    version = NoticeVersion.objects.get()
    assert (version.sealed_from, version.sealed_to) == (version.shown_from, version.shown_to), "no exact hours either"


def test_a_crowd_of_doubtful_scans_hides_nobody(
    team: Team, market: Venue, make_venue: MakeVenue, commune: Unit
) -> None:
    quiet = make_venue(commune, "Quán Vắng")
    changed = "jsonb_build_object('check_in_id', gen_random_uuid(), 'venue_id', %s, 'labels', %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO check_in SELECT (jsonb_populate_record(c, {changed})).* FROM check_in c WHERE venue_id = %s",  # noqa: S608 - no value in it
            [quiet.pk, int(Label.REMOTE), market.pk],
        )
    assert Visit.objects.filter(venue=quiet).count() == 12
    notice = submitted(team, quiet, yesterday(8), yesterday(10))
    assert approved(team, notice) == 422


def test_a_described_place_counts_by_estimate(team: Team, commune: Unit) -> None:
    address = f"/tracer/notices/cases/{team.case.pk}/new/"
    assert 'name="estimated_people"' in team.writing.get(address).content.decode()
    bus = written(yesterday(7, 30), yesterday(8, 10), place="Xe buýt tuyến 02", commune=commune.pk, estimated_people=30)
    assert team.writing.post(address, bus).status_code == 302
    notice = Notice.objects.get()
    assert approved(team, notice) == 302
    assert "Xe buýt tuyến 02" in public_page()
    (entry,) = body()["notices"]
    assert entry["keys"] == [], "no code, nothing to match: people read it"
    assert entry["to"] == int(yesterday(8, 15).timestamp())


def test_places_that_the_case_told_of_are_proposed(team: Team, market: Venue) -> None:
    """A place in words stays out of the address: only its number stands there."""
    visit(team.case.person_id, market, yesterday(8), yesterday(9))
    told = {"case": team.case, "told_by": team.tracer}
    ToldStay.objects.create(venue=market, began_at=yesterday(8, 30), ended_at=yesterday(9), **told)
    ToldStay.objects.create(place="Đám cưới ở Vỹ Dạ", began_at=yesterday(11), ended_at=yesterday(13), **told)
    ToldStay.objects.create(place="Từ lâu rồi", began_at=yesterday(-24 * 9), ended_at=yesterday(-24 * 9 + 1), **told)
    page = team.writing.get(f"/tracer/notices/cases/{team.case.pk}/").content.decode()
    assert page.count("Chợ Bến Ngự Thử") == 1, "told and scanned is one stay"
    assert "Từ lâu rồi" not in page, "before the infectious period"
    assert "Đám cưới ở Vỹ Dạ" in page
    (address,) = re.findall(r'href="(/tracer/notices/cases/[^"]+told=[^"]+)"', page)
    form = team.writing.get(html.unescape(address)).content.decode()
    assert 'value="Đám cưới ở Vỹ Dạ"' in form
    assert f'value="{yesterday(13, 30):%Y-%m-%dT%H:%M}"' in form, "with the tail"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (yesterday(10), yesterday(9), "Giờ kết thúc phải sau"),
        (yesterday(9), yesterday(9), "Giờ kết thúc phải sau"),
        (yesterday(0), yesterday(24, 1), "dài nhất 24 giờ"),
        (yesterday(24 * 3), yesterday(24 * 3 + 1), "tương lai"),
        (yesterday(-24 * 9), yesterday(-24 * 9 + 1), "ngoài giai đoạn lây nhiễm"),
    ],
)
def test_hours_that_may_not_be_told_of(
    team: Team, market: Venue, start: dt.datetime, end: dt.datetime, said: str
) -> None:
    address = f"/tracer/notices/cases/{team.case.pk}/new/?venue={market.pk}"
    answer = team.writing.post(address, written(start, end))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_crowd_of_the_trace_may_lie_outside_the_period(team: Team, market: Venue) -> None:
    """The crowd is where a contact was, not the case; the trace named place and day, and only those."""
    now = timezone.now()
    run = TraceRun.objects.create(
        case=team.case, policy={}, horizon=now, requested_by=team.tracer, started_at=now, finished_at=now,
        visits_read=0, imputed_stays=0,
    )  # fmt: skip
    day = timezone.localdate() - dt.timedelta(days=8)
    CrowdNotice.objects.create(run=run, venue=market, on=day, visits=900)
    page = team.writing.get(f"/tracer/notices/cases/{team.case.pk}/").content.decode()
    assert "900 lượt vào trong ngày" in page
    start = yesterday(-24 * 7 + 9)
    address = f"/tracer/notices/cases/{team.case.pk}/new/?venue={market.pk}&run={run.pk}"
    assert team.writing.post(address, written(start, start + dt.timedelta(hours=2))).status_code == 302
    assert Notice.objects.get().run == run
    assert team.writing.post(address, written(start, start + dt.timedelta(hours=20))).status_code == 422, (
        "over midnight"
    )


def test_all_crowds_are_drafted_and_handed_in_at_once(
    team: Team, market: Venue, make_venue: MakeVenue, commune: Unit
) -> None:
    """Each is protected as a single one: the few are held back, a sensitive place is not named."""
    small, hidden = make_venue(commune, "Quán Chè Nhỏ"), make_venue(commune, "Phòng Khám Kín")
    Venue.objects.filter(pk=hidden.pk).update(sensitive=True)
    crowd(small, 3, yesterday(8), yesterday(11))
    crowd(hidden, 12, yesterday(8), yesterday(11))
    now = timezone.now()
    run = TraceRun.objects.create(
        case=team.case, policy={}, horizon=now, requested_by=team.tracer, started_at=now, finished_at=now,
        visits_read=0, imputed_stays=0,
    )  # fmt: skip
    for venue in (market, small, hidden):
        CrowdNotice.objects.create(run=run, venue=venue, on=yesterday(0).date(), visits=900)
    address = f"/tracer/notices/cases/{team.case.pk}/"
    assert "Soạn bản nháp cho cả 3 nơi đông người" in " ".join(team.writing.get(address).content.decode().split())
    assert team.deciding.post(f"{address}draft-all/").status_code == 403
    for _ in range(2):
        page = team.writing.post(f"{address}draft-all/", follow=True).content.decode()
    assert "Mọi nơi đông người đều đã có thông báo." in page
    assert [version.advice for version in NoticeVersion.objects.all()] == ["watch"] * 3
    assert set(Notice.objects.values_list("run", "status")) == {(run.pk, "proposed")}
    page = team.writing.post(f"{address}submit-all/", follow=True).content.decode()
    assert "Đã gửi phê duyệt 2 thông báo." in page
    assert "1 bản nháp chưa gửi" in page
    assert dict(NoticeVersion.objects.values_list("venue__name", "status")) == {
        "Chợ Bến Ngự Thử": "waiting", "Quán Chè Nhỏ": "draft", "Phòng Khám Kín": "waiting",
    }  # fmt: skip
    for notice in Notice.objects.filter(versions__status="waiting"):
        assert approved(team, notice) == 302
    assert "Chợ Bến Ngự Thử" in public_page()
    for secret in ("Phòng Khám Kín", "Quán Chè Nhỏ"):
        assert secret not in public_page() + feed_text()


def test_two_writers_lose_nothing_and_a_form_sent_twice_is_one_draft(team: Team, market: Venue, province: Unit) -> None:
    address = f"/tracer/notices/cases/{team.case.pk}/new/?venue={market.pk}"
    for _ in range(2):
        sent = team.writing.post(address, written(yesterday(8), yesterday(10)))
        assert sent.headers["Location"] == f"/tracer/notices/{Notice.objects.get().pk}/"
    edit = f"/tracer/notices/{Notice.objects.get().pk}/edit/"
    other = browser_of(appointed(Role.TRACER, province))
    mine, theirs = (
        html.unescape(re.findall(r'name="seen" value="([^"]+)"', one.get(edit).content.decode())[0])
        for one in (team.writing, other)
    )
    assert mine == theirs
    assert team.writing.post(edit, written(yesterday(8), yesterday(11), seen=mine)).status_code == 302
    refused = other.post(edit, written(yesterday(8), yesterday(9), seen=theirs, words_vi="Tầng hai."))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "vừa được người khác sửa" in page
    assert "Tầng hai." in page, "nothing typed is lost"
    assert NoticeVersion.objects.get().ends_at == yesterday(11)
    newer = html.unescape(re.findall(r'name="seen" value="([^"]+)"', page)[0])
    assert other.post(edit, written(yesterday(8), yesterday(9), seen=newer)).status_code == 302


def test_corrected_by_two_and_the_old_one_stands_until_then(team: Team, market: Venue) -> None:
    notice = published(team, market, yesterday(8), yesterday(10))
    address = f"/tracer/notices/{notice.pk}/correct/"
    assert team.writing.post(address, written(yesterday(8), yesterday(11), words_vi="Khu bán cá.")).status_code == 302
    assert team.writing.post(address, written(yesterday(8), yesterday(9))).status_code == 422, "one at a time"
    assert body()["notices"][0]["to"] == int(yesterday(10).timestamp())
    assert approved(team, notice) == 302
    (entry,) = body()["notices"]
    assert (entry["id"], entry["version"], entry["to"]) == (notice.public_id, 2, int(yesterday(11).timestamp()))
    page = public_page()
    assert "Đã đính chính" in page
    assert "Khu bán cá." in page


def test_an_approver_decides_what_was_shown(team: Team, market: Venue) -> None:
    notice = submitted(team, market, yesterday(8), yesterday(10))
    seen = notice.versions.get().pk
    returned = team.deciding.post(f"/tracer/notices/{notice.pk}/decide/", {"version": seen, "decision": "return"})
    assert returned.status_code == 422, "a return says what to mend"
    form = {"version": seen, "decision": "return", "note": "Sai giờ"}
    assert team.deciding.post(f"/tracer/notices/{notice.pk}/decide/", form).status_code == 302
    assert approved(team, notice) == 422, "it does not wait any more"
    assert (
        team.writing.post(f"/tracer/notices/{notice.pk}/edit/", written(yesterday(9), yesterday(10))).status_code == 302
    )
    assert approved(team, notice, version=str(seen + 99)) == 422
    assert approved(team, notice) == 302


def test_withdrawn_by_one_at_once(team: Team, market: Venue) -> None:
    notice = published(team, market, yesterday(8), yesterday(10))
    address = f"/tracer/notices/{notice.pk}/withdraw/"
    assert team.deciding.post(address, {"reason": "ngắn"}).status_code == 422
    assert team.deciding.post(address, {"reason": "Ghi nhầm địa điểm, ca bệnh nhớ sai"}).status_code == 302
    page = public_page()
    assert "Chợ Bến Ngự Thử" not in page
    assert "1 thông báo đã được thu hồi" in page
    assert "nhớ sai" not in page
    assert body()["notices"] == []
    assert body()["withdrawn"] == [notice.public_id]


def test_nothing_of_a_withdrawn_case_is_published(team: Team, market: Venue) -> None:
    notice = submitted(team, market, yesterday(8), yesterday(10))
    withdraw_case(team.case, team.tracer, "Kết quả xét nghiệm bị hủy")
    assert approved(team, notice) == 422
    address = f"/tracer/notices/cases/{team.case.pk}/new/?venue={market.pk}"
    assert team.writing.post(address, written(yesterday(8), yesterday(9))).status_code == 422
    assert Notice.objects.count() == 1


def test_it_ends_by_itself_and_is_forgotten(team: Team, market: Venue) -> None:
    notice = published(team, market, yesterday(8), yesterday(10))
    assert notice.expires_at == yesterday(10) + dt.timedelta(days=21)
    now = timezone.now()
    assert expire_notices(now) == 0
    later = now + dt.timedelta(days=21)
    assert expire_notices(later) == 1
    assert body()["notices"] == []
    assert "Chợ Bến Ngự Thử" not in public_page()
    assert forget_notices(later) == 0
    assert forget_notices(later + dt.timedelta(days=22)) == 1
    notice.refresh_from_db()
    assert (notice.status, NoticeVersion.objects.count()) == ("expired", 0)
    assert notice.first_published_at, "for the team's clock"
    assert "Nội dung đã hết hạn lưu" in team.writing.get("/tracer/notices/").content.decode()
    assert team.writing.get(f"/tracer/notices/{notice.pk}/").status_code == 200
    assert [notice.public_id in bytes(edition.text).decode() for edition in Edition.objects.all()] == [False]


def test_search_by_words_commune_and_day(team: Team, market: Venue, make_venue: MakeVenue, other_commune: Unit) -> None:
    other = make_venue(other_commune, "Đình Làng Hương")
    crowd(other, 11, yesterday(14), yesterday(16))
    published(team, market, yesterday(8), yesterday(10))
    published(team, other, yesterday(14), yesterday(15))
    for query in ("?q=ben+ngu", "?q=Bến Ngự", f"?commune={market.unit_id}", "?q=nguyen thu"):
        assert "Chợ Bến Ngự Thử" in public_page(query), query
        assert "Đình Làng Hương" not in public_page(query), query
    day = f"{timezone.localdate() - dt.timedelta(days=1):%Y-%m-%d}"
    assert "Đình Làng Hương" in public_page(f"?on={day}&q=dinh")
    assert "Không có thông báo nào khớp" in public_page("?on=2020-01-01")
    english = Client(headers={"accept-language": "en"}).get("/notices/").content.decode()
    assert "get tested for COVID-19 (trial)" in english


def test_the_owner_reads_it_when_everybody_does(team: Team, market: Venue, owner: Person) -> None:
    market.owner = owner
    market.save()
    client = client_of(owner)
    notice = submitted(team, market, yesterday(8), yesterday(10))
    assert "nơi có nguy cơ" not in client.get(f"/owner/{market.pk}/").content.decode()
    approved(team, notice)
    page = client.get(f"/owner/{market.pk}/").content.decode()
    assert "đã công bố địa điểm này là nơi có nguy cơ" in page
    assert team.case.code not in page


def test_a_page_asks_as_often_for_many_as_for_one(
    team: Team, market: Venue, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for minute in (0, 15, 30, 45):
        published(team, market, yesterday(9, minute), yesterday(10, minute))
    with django_assert_max_num_queries(6):
        Client().get("/notices/")
    client = team.writing
    with django_assert_max_num_queries(14):
        client.get("/tracer/notices/")


def test_the_feed_is_never_longer_than_its_bound(team: Team, market: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dauchan.tracing.notices.decisions.MOST_NOTICES", 1)
    published(team, market, yesterday(8), yesterday(10))
    another = submitted(team, market, yesterday(9), yesterday(11))
    assert approved(team, another) == 422
    another.refresh_from_db()
    assert another.status == "proposed"
