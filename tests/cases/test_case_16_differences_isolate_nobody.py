"""Aarogya Setu: a spoofed location read off sick counts per building. Here of notices: no difference of what was public points at few.

A notice gives no counts, but its hours say when a case was at a place. Whoever subtracts the hours of one notice, or of one
version of it, from another's must not end up with a time at which fewer than ten people were there.
"""

from __future__ import annotations

import datetime as dt
import json
from itertools import combinations
from typing import Any

import pytest

from dauchan.tracing.notices.coarsening import LEAST_PEOPLE, Interval, atoms
from dauchan.tracing.notices.people_there import people_at, people_in
from dauchan.units.models import Unit
from dauchan.venues.models import Venue
from tests.web.conftest import MakeVenue
from tests.web.notice_world import Team, approved, crowd, feed_text, make_team, published, submitted, written, yesterday

pytestmark = pytest.mark.django_db
REASON = "Không liên lạc được với khách vãng lai"


@pytest.fixture
def team(province: Unit) -> Team:
    return make_team(province)


@pytest.fixture
def market(make_venue: MakeVenue, commune: Unit) -> Venue:
    """Busy from eight to ten, nearly empty until noon."""
    venue = make_venue(commune, "Chợ Thử Nhiều Người")
    crowd(venue, 15, yesterday(8), yesterday(10))
    crowd(venue, 4, yesterday(10), yesterday(12))
    return venue


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(feed_text().split("\n")[1])["notices"]
    return found


def hours_of(entry: dict[str, Any]) -> Interval:
    start, end = (dt.datetime.fromtimestamp(entry[name], dt.UTC) for name in ("from", "to"))
    return start, end


def test_case_16_a_correction_that_would_single_out_few_is_coarse(team: Team, market: Venue) -> None:
    notice = published(team, market, yesterday(8), yesterday(10))
    address = f"/tracer/notices/{notice.pk}/correct/"
    # Two hours more hold four people: the difference of the versions would be about those.
    assert team.writing.post(address, written(yesterday(8), yesterday(12))).status_code == 302
    assert people_at(market, (yesterday(8), yesterday(12)), team.case) == 19, "enough, looked at alone"
    assert approved(team, notice) == 422
    assert approved(team, notice, reason=REASON) == 302
    (entry,) = entries()
    assert "place" not in entry
    assert hours_of(entry) == (yesterday(6), yesterday(12))


def test_case_16_another_notice_of_the_place_counts_like_a_version(team: Team, market: Venue) -> None:
    published(team, market, yesterday(8), yesterday(10))
    second = submitted(team, market, yesterday(9), yesterday(11))
    assert approved(team, second) == 422
    third = submitted(team, market, yesterday(8, 30), yesterday(9, 30))
    assert approved(team, third) == 302, "all pieces of the busy hours hold enough"


def test_case_16_also_after_the_first_was_withdrawn(team: Team, market: Venue) -> None:
    first = published(team, market, yesterday(8), yesterday(10))
    reason = {"reason": "Ghi nhầm giờ, soạn lại"}
    assert team.writing.post(f"/tracer/notices/{first.pk}/withdraw/", reason).status_code == 302
    second = submitted(team, market, yesterday(8), yesterday(12))
    assert approved(team, second) == 422, "whoever kept the old feed can still subtract"


def test_case_16_shifted_and_differenced_hours_never_isolate_fewer_than_ten(
    team: Team, make_venue: MakeVenue, commune: Unit
) -> None:
    """Many overlapping notices, shifted by quarters of an hour, of a place that fills and empties; whatever was let through."""
    hall = make_venue(commune, "Nhà Văn Hóa Thử")
    for hour, people in ((7, 4), (8, 12), (9, 25), (10, 11), (11, 3), (13, 14)):
        crowd(hall, people, yesterday(hour), yesterday(hour + 1))
    let_through: list[Interval] = []
    for start, length in ((0, 4), (1, 4), (2, 6), (4, 8), (6, 5), (8, 8), (12, 4), (3, 1), (24, 4), (22, 6)):
        begins = yesterday(8) + start * dt.timedelta(minutes=15)
        ends = begins + length * dt.timedelta(minutes=15)
        if approved(team, submitted(team, hall, begins, ends)) == 302:
            let_through.append((begins, ends))
    named = [hours_of(entry) for entry in entries() if "place" in entry]
    assert sorted(named) == sorted(let_through)
    assert 3 <= len(named) < 10, "some must pass and some must not, or nothing is tested"
    for several in range(1, 4):
        for chosen in combinations(named, several):
            for piece in atoms(chosen):
                assert people_at(hall, piece, team.case) >= LEAST_PEOPLE, piece


def test_case_16_an_unnamed_notice_has_fixed_hours_of_a_whole_commune(
    team: Team, market: Venue, make_venue: MakeVenue, commune: Unit
) -> None:
    """Shifting the stay by minutes does not move what everybody reads."""
    shelter = make_venue(commune, "Nhà Tạm Lánh Thử", sensitive=True)
    crowd(shelter, 12, yesterday(8), yesterday(11))
    seen = set()
    for minute in (0, 15, 30, 45):
        published(team, shelter, yesterday(8, minute), yesterday(9, minute))
        seen |= {hours_of(entry) for entry in entries()}
    assert seen == {(yesterday(6), yesterday(12))}
    assert people_in(commune, (yesterday(6), yesterday(12)), team.case) >= LEAST_PEOPLE
