"""Aarogya Setu: a spoofed location read off sick counts per building. Public figures have a minimum cell and fixed areas."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np
import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dauchan.tracing.zones.actions import decide_order, draft_change
from dauchan.tracing.zones.geometry import Point
from dauchan.tracing.zones.models import PublicFigure, Zone
from dauchan.tracing.zones.outlines import outline_around
from dauchan.tracing.zones.publishing import publish_day, publish_due
from dauchan.tracing.zones.small_numbers import SMALLEST_CELL, told
from dauchan.units.models import Officer, Role, Unit
from dauchan.venues.models import Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.partitions import midnight
from dauchan.visits.registry import Assurance
from tests.tracing.outbreak import make_disease
from tests.tracing.zones.drafts import draft_of, zone_in_force

if TYPE_CHECKING:
    from tests.web.conftest import MakeOfficer, MakeVenue

pytestmark = pytest.mark.django_db

#: What somebody who shifts and narrows a question would send.
QUESTIONS: tuple[dict[str, str], ...] = (
    {},
    {"lat": "16.46001", "lon": "107.59001", "radius": "1", "bbox": "107.59,16.46,107.591,16.461"},
    {"from": "2026-01-01T10:00", "to": "2026-01-01T10:01", "on": "2026-01-01", "days": "1", "hour": "10"},
    {
        "venue": "1",
        "unit": "1",
        "commune": "1",
        "zone": "1",
        "order": "1",
        "level": "4",
        "category": "market",
        "q": "chợ",
    },
    {"k": "1", "min": "0", "exact": "1", "format": "json", "group": "venue"},
)


@given(st.integers(0, 500), st.integers(0, 500))
def test_case_16_no_difference_of_two_told_numbers_names_fewer_than_ten(one: int, other: int) -> None:
    """What can be concluded from two answers is a span of possible differences; it never lies within 1 to 9."""
    first, second = told(one), told(other)
    assert first is None or (first >= SMALLEST_CELL and first % SMALLEST_CELL == 0 and 0 <= one - first < SMALLEST_CELL)
    if first is None or second is None:
        return
    least, most = second - first - (SMALLEST_CELL - 1), second - first + (SMALLEST_CELL - 1)
    assert least <= other - one <= most
    assert not (least >= 1 and most < SMALLEST_CELL)
    assert least <= 0 or most >= SMALLEST_CELL


@pytest.fixture
def venues(make_venue: MakeVenue, commune: Unit, other_commune: Unit) -> list[Venue]:
    """Two in one commune, one in the other, and one in the first that nobody may know of."""
    places = [
        make_venue(unit, f"Chợ {n}", lat=16.46 + n / 1000) for n, unit in enumerate([commune, commune, other_commune])
    ]
    return [*places, make_venue(commune, "Nhà Tạm Lánh", sensitive=True)]


@pytest.fixture
def zone(province: Unit, make_officer: MakeOfficer, venues: list[Venue]) -> Zone:
    tracer, approver = make_officer(Role.TRACER, province, "truyvet"), make_officer(Role.APPROVER, province, "pheduyet")
    return zone_in_force(province, make_disease(), tracer, approver)


def visit(venue: Venue, people: range, day: dt.date, *, assurance: Assurance = Assurance.PHONE) -> None:
    """Each of *people* is at the venue in the morning of *day*."""
    entered = int(midnight(day).timestamp()) + 9 * 3600
    columns = [
        np.array(column, np.int64)
        for column in zip(*((n, venue.pk, entered + n % 600, entered + 3000) for n in people), strict=True)
    ]
    if columns:
        load_visits(*columns, assurance=assurance, received=entered + 1200)


def asked(question: dict[str, str]) -> tuple[str, str]:
    """What the page says, without the names it makes up for its own parts, and the outlines."""
    client, query = Client(), urlencode(question)
    page = client.get(f"/zones/?{query}").content.decode()
    said = page.split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"points-[0-9a-f]{8}", "points", said), client.get(f"/zones/areas.geojson?{query}").content.decode()


def told_of(unit: Unit, page: str) -> str:
    """The row of a commune in the table of figures."""
    return (
        page.split(f'<th scope="row">{unit}</th>')[1].split("</tr>", maxsplit=1)[0]
        if f'<th scope="row">{unit}</th>' in page
        else ""
    )


CROWDS = st.lists(st.integers(0, 25), min_size=4, max_size=4)
ACTS = st.lists(
    st.sampled_from(["late", "erase", "shift", "narrow", "publish", "ask", "sybil"]), min_size=1, max_size=6
)


#: Without shrinking: an example costs a second of the database.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=8, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crowds=CROWDS, acts=ACTS)
def test_case_16_no_sequence_of_questions_isolates_fewer_than_ten(
    venues: list[Venue], zone: Zone, commune: Unit, other_commune: Unit, crowds: list[int], acts: list[str]
) -> None:
    """Zones are shifted and narrowed, scans arrive late, people are erased, and all the while somebody asks."""
    day = timezone.localdate() - dt.timedelta(days=3)
    with transaction.atomic():
        for number, (venue, count) in enumerate(zip(venues, crowds, strict=True)):
            visit(venue, range(1000 * number + 1, 1000 * number + 1 + count), day)
        publish_due(timezone.now())
        true = {commune: crowds[0] + crowds[1], other_commune: crowds[2]}
        answers: dict[Unit, set[str]] = defaultdict(set)
        figures = set(PublicFigure.objects.values_list("unit", "on", "people", "visits"))
        for step, act in enumerate(acts):
            _do(act, step, zone, venues, day)
            page, areas = asked(QUESTIONS[step % len(QUESTIONS)])
            assert (page, areas) == asked({}), "no parameter moves anything"
            for unit in (commune, other_commune):
                answers[unit].add(told_of(unit, page))
        assert set(PublicFigure.objects.filter(on=day).values_list("unit", "on", "people", "visits")) == {
            figure for figure in figures if figure[1] == day
        }, "published once"
        for unit, count in true.items():
            shown = answers[unit] - {""}
            assert len(shown) <= 1, "the same cell is told in one way, whatever was asked and happened between"
            figure = PublicFigure.objects.filter(unit=unit, on=day).first()
            assert (figure.people if figure else None) == told(count), "the sensitive place counts nowhere"
        transaction.set_rollback(True)


def _do(act: str, step: int, zone: Zone, venues: list[Venue], day: dt.date) -> None:
    if act == "late":
        visit(venues[step % 3], range(9000 + step, 9001 + step), day)
    elif act == "sybil":
        visit(venues[step % 3], range(8000, 8009), day, assurance=Assurance.CLAIMED)
    elif act == "erase":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL dauchan.retention = 'on'")
            cursor.execute("DELETE FROM check_in WHERE venue_id = %s", [venues[step % 3].pk])
            cursor.execute("SET LOCAL dauchan.retention = 'off'")
    elif act == "publish":
        publish_day(day, timezone.now())
        publish_due(timezone.now())
    elif act in {"shift", "narrow"}:
        centre = Point(107.59, 16.46 + (step + 1) / 2000)
        outline = outline_around(centre, 60 if act == "narrow" else 400)
        drafter, approver = (Officer.objects.get(username=name) for name in ("truyvet", "pheduyet"))
        decide_order(draft_change(zone, draft_of(outline=outline), drafter), approver, approve=True)


def test_case_16_nine_invented_visitors_do_not_lift_a_true_one_over_the_bound(
    venues: list[Venue], commune: Unit
) -> None:
    day = timezone.localdate() - dt.timedelta(days=3)
    visit(venues[0], range(1, 2), day)
    visit(venues[0], range(2, 40), day, assurance=Assurance.CLAIMED)
    publish_day(day, timezone.now())
    assert not PublicFigure.objects.exists()


def test_case_16_a_day_that_is_not_over_is_not_published(venues: list[Venue]) -> None:
    with pytest.raises(ValueError, match="not over"):
        publish_day(timezone.localdate(), timezone.now())
    published = publish_due(timezone.now())
    assert max(published) == timezone.localdate() - dt.timedelta(days=2)
    assert publish_due(timezone.now()) == []


def test_case_16_the_areas_are_disjoint_and_no_total_is_told(
    venues: list[Venue], zone: Zone, commune: Unit, other_commune: Unit
) -> None:
    """A total minus its parts would give away a commune that is below the bound."""
    day = timezone.localdate() - dt.timedelta(days=3)
    visit(venues[0], range(1, 24), day)
    visit(venues[2], range(100, 104), day)
    publish_due(timezone.now())
    page, areas = asked({})
    assert "20 người, 20 lượt" in told_of(commune, page)
    hidden = told_of(other_commune, page)
    assert "dưới 10" in hidden
    assert "người" not in hidden.replace("dưới 10", "")
    whole: dict[str, Any] = {"page": page, "areas": areas}
    for count, place in itertools.product((23, 27, 4), whole):
        assert f">{count} người" not in whole[place]
        assert f"{count} người" not in areas
