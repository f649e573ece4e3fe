"""NZ matched only an arrival strictly inside the window; CWA dropped stays under ten minutes.

From the ledger to the page: the same visits, put into the database, traced there, and by hand or by the brute-force oracle.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from html import unescape
from typing import TYPE_CHECKING

import numpy as np
import pytest
from django.utils import timezone

from dauchan.people.actions import person_for_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.engine import epoch
from dauchan.units.models import Role, Unit
from dauchan.venues.models import Category, Venue, VenueStatus
from dauchan.vietnamese.dates import LOCAL
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING
from dauchan.visits.models import Visit
from dauchan.visits.partitions import midnight
from dauchan.visits.queries import scans_by_day, visits_between
from tests.epi import oracle
from tests.tracing.outbreak import make_disease

if TYPE_CHECKING:
    from dauchan.tracing.models import Case, TraceRun
    from dauchan.units.models import Officer
    from tests.web.conftest import MakeOfficer, SignIn

pytestmark = pytest.mark.django_db

PHONE = "+84905180018"
MINUTE = 60

#: The case's own stays: over the midnight at which the infectious period begins, and over the next but one.
CASE_STAYS = """
stall  -3 23:30:00 00:15:00
market -2 23:30:00 00:30:00
"""
#: who, where, day counted from today, in, out (- nobody checked out), overlap in seconds with the case; 30 minutes linger,
#: 15 make a contact, a missing end is 45 minutes at the market
OTHERS = """
touches-the-end      market -1 01:00:00 02:00:00 0
touches-the-start    market -2 22:00:00 23:30:00 0
comes-after-exactly  market -1 00:45:00 02:00:00 900
comes-after-too-late market -1 00:45:01 02:00:00 0
contained            market -2 23:40:00 23:55:00 900
contains             market -2 20:00:00 03:00:00 5400
begins-at-midnight   market -1 00:00:00 00:20:00 1200
ends-at-midnight     market -2 23:00:00 00:00:00 1800
no-end-too-early     market -2 22:50:00 -        0
no-end               market -2 23:00:00 -        900
went-on-elsewhere    market -2 23:10:00 -        0
went-on-elsewhere    stall  -2 23:40:00 23:50:00 0
in-the-period        stall  -3 23:00:00 00:15:00 900
before-the-period    stall  -3 23:00:00 00:14:59 0
other-place          stall  -2 23:30:00 00:30:00 0
"""


@pytest.fixture
def places(commune: Unit) -> dict[str, Venue]:
    return {key: make_place(commune, key, stay) for key, stay in {"market": 45, "stall": 20, "office": 240}.items()}


def make_place(commune: Unit, key: str, stay: int) -> Venue:
    category = Category.objects.create(
        code=f"{key}-18", name_vi=key, name_en=key, setting="indoor", default_stay_minutes=stay, position=1
    )
    return Venue.objects.create(
        name=f"Nơi {key}", category=category, address="1 Lê Thử", unit=commune, status=VenueStatus.APPROVED
    )


@pytest.fixture
def tracer(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.TRACER, province, "truyvet18")


@pytest.fixture
def case(tracer: Officer, province: Unit) -> Case:
    """Sampled today, so infectious from the local midnight two days ago."""
    person_for_phone(PHONE, "Ca Bệnh Thử")
    case = register_case(CaseReport(PHONE, make_disease(), province, timezone.localdate()), tracer)
    assert case.infectious_from == midnight(timezone.localdate() - dt.timedelta(days=2))
    assert case.infectious_from.astimezone(dt.UTC).hour == 17, "the local midnight, not that of UTC"
    return case


def seconds(days: int, clock: str) -> int:
    day = timezone.localdate() + dt.timedelta(days=days)
    return epoch(dt.datetime.combine(day, dt.time.fromisoformat(clock), LOCAL))


def interval(days: str, entered: str, left: str) -> tuple[int, int | None]:
    """A stay that ends on the clock before it began ends on the next day."""
    begins = seconds(int(days), entered)
    return begins, None if left == "-" else seconds(int(days) + (left < entered), left)


def put(visits: list[oracle.Visit]) -> None:
    columns = zip(
        *(visit._replace(left=MISSING if visit.left is None else visit.left) for visit in visits), strict=True
    )
    load_visits(*(np.array(column, np.int64) for column in columns))


@pytest.fixture
def listed(places: dict[str, Venue], case: Case) -> dict[str, tuple[int, int]]:
    """The listed visits in the ledger; of each person the number and the overlap that was worked out by hand."""
    visits = [
        oracle.Visit(case.person_id, places[place].pk, *interval(*times))
        for place, *times in map(str.split, CASE_STAYS.strip().splitlines())
    ]
    expected: dict[str, tuple[int, int]] = {}
    for who, place, days, entered, left, overlap in map(str.split, OTHERS.strip().splitlines()):
        person, before = expected.get(who, (1000 + len(expected), 0))
        visits.append(oracle.Visit(person, places[place].pk, *interval(days, entered, left)))
        expected[who] = (person, before + int(overlap))
    put(visits)
    return expected


def traced(case: Case, tracer: Officer) -> TraceRun:
    return run_trace(case, tracer, policy_for(case, generations=1))


def test_case_18_every_way_two_stays_can_meet(listed: dict[str, tuple[int, int]], case: Case, tracer: Officer) -> None:
    overlaps = dict(traced(case, tracer).contacts.values_list("person_id", "overlap_seconds"))
    names = {person: who for who, (person, _) in listed.items()}
    found = {names[person]: overlap for person, overlap in overlaps.items()}
    assert found == {who: overlap for who, (_, overlap) in listed.items() if overlap}


def test_case_18_the_page_shows_them_at_the_clock_of_viet_nam(
    listed: dict[str, tuple[int, int]], case: Case, tracer: Officer, signed_in: SignIn
) -> None:
    run, browser = traced(case, tracer), signed_in(tracer)
    rows = browser.get(f"/tracer/runs/{run.pk}/").content.decode()
    assert len(set(re.findall(r"/tracer/contacts/(\d+)/", rows))) == sum(overlap > 0 for _, overlap in listed.values())
    night = timezone.localdate() - dt.timedelta(days=2)
    for who, clocks in {
        "in-the-period": ("00:00", "00:15", night),
        "begins-at-midnight": ("00:00", "00:20", night + dt.timedelta(days=1)),
        "ends-at-midnight": ("23:30", "00:00", night),
    }.items():
        contact = run.contacts.get(person_id=listed[who][0])
        page = unescape(browser.get(f"/tracer/contacts/{contact.pk}/").content.decode())
        for words in (clocks[0], clocks[1], f"{clocks[2]:%d/%m/%Y}"):
            assert words in page, (who, words)
        assert "17:00" not in page


def test_case_18_a_missing_end_is_marked_as_imputed(
    listed: dict[str, tuple[int, int]], case: Case, tracer: Officer, signed_in: SignIn
) -> None:
    run = traced(case, tracer)
    assert run.imputed_stays == 3
    by_name = {
        who: Visit.objects.filter(person_id=person).earliest("entered_at") for who, (person, _) in listed.items()
    }
    assert by_name["no-end"].left_at is None
    assert by_name["no-end"].imputed_left_at == by_name["no-end"].entered_at + dt.timedelta(minutes=45)
    assert by_name["went-on-elsewhere"].imputed_left_at == by_name["went-on-elsewhere"].entered_at + dt.timedelta(
        minutes=30
    )
    assert by_name["contained"].imputed_left_at is None


def some_visits(chance: random.Random, case: Case, places: list[Venue]) -> list[oracle.Visit]:
    """On a coarse clock around local midnights, so that touching ends, equal entries and containment are common."""
    nights = [epoch(case.infectious_from) + day * 86_400 for day in (0, 1)]
    people = [case.person_id, *range(2001, 2009)]
    visits = set()
    for _ in range(90):
        entered = chance.choice(nights) + chance.choice((15, 15, 15, 7)) * MINUTE * chance.randint(-24, 40)
        stay = chance.choice((None, None, 0, 14, 15, 30, 45, 60, 240, 1440))
        left = None if stay is None else entered + stay * MINUTE + chance.choice((0, 0, 1, -1)) * (stay > 0)
        visits.add(oracle.Visit(chance.choice(people), chance.choice(places).pk, entered, left))
    # The ledger knows a visit by person, place and entry.
    return list({visit[:3]: visit for visit in visits}.values())


def closed(visits: list[oracle.Visit], places: dict[str, Venue]) -> list[oracle.Visit]:
    """With the missing ends: the person's next entry, or the category's usual stay."""
    usual = {venue.pk: venue.category.default_stay_minutes * MINUTE for venue in places.values()}
    ends = []
    for visit in visits:
        later = [other.entered for other in visits if other.person == visit.person and other.entered > visit.entered]
        ends.append(visit.left if visit.left is not None else min([visit.entered + usual[visit.venue], *later]))
    return [visit._replace(left=left) for visit, left in zip(visits, ends, strict=True)]


@pytest.mark.parametrize("seed", range(12))
def test_case_18_ledger_and_trace_agree_with_brute_force(
    seed: int, places: dict[str, Venue], case: Case, tracer: Officer
) -> None:
    visits = some_visits(random.Random(seed), case, list(places.values()))  # noqa: S311 - not for secrets
    put(visits)
    run = run_trace(case, tracer, policy_for(case, generations=3, latent_period_hours=seed % 3))
    rules = oracle.Policy(latent=seed % 3 * 3600, generations=3, horizon=epoch(run.horizon))
    period = oracle.Case(case.person_id, epoch(case.infectious_from), epoch(case.infectious_to))
    rows, _ = oracle.trace(closed(visits, places), [period], rules)
    columns = ("person_id", "generation", "source_id", "overlap_seconds", "tail_seconds", "encounters")
    found = [
        (*row[:6], epoch(row[6]), epoch(row[7]), row[8])
        for row in run.contacts.order_by("number").values_list(*columns, "first_at", "last_at", "venue_id")
    ]
    assert found == [row[1:] for row in rows]
    assert found


@pytest.mark.parametrize("seed", range(4))
def test_case_18_the_ledger_gives_back_what_happened(seed: int, places: dict[str, Venue], case: Case) -> None:
    visits = some_visits(random.Random(seed), case, list(places.values()))  # noqa: S311 - not for secrets
    put(visits)
    start, end = case.infectious_from, case.infectious_from + dt.timedelta(days=1)
    read = visits_between(start, end)
    ends = [None if left == MISSING else left for left in read.left.tolist()]
    rows = set(zip(read.person.tolist(), read.venue.tolist(), read.entered.tolist(), ends, strict=True))
    assert rows == {tuple(visit) for visit in visits if epoch(start) <= visit.entered < epoch(end)}
    for venue in places.values():
        days = [oracle.local_date(visit.entered) for visit in visits if visit.venue == venue.pk]
        counted = {day.day: day.check_ins for day in scans_by_day([venue.pk], min(days), max(days))[venue.pk]}
        assert counted == {day: days.count(day) for day in set(days)}


def test_case_18_the_view_and_the_engine_close_visits_alike(places: dict[str, Venue], case: Case) -> None:
    """The page reads the view, the engine its own arrays: one visit has one end."""
    visits = some_visits(random.Random(99), case, list(places.values()))  # noqa: S311 - not for secrets
    put(visits)
    ends = {
        (visit.person_id, visit.venue_id, epoch(visit.entered_at)): epoch(visit.ended_at)
        for visit in Visit.objects.all()
    }
    assert ends == {visit[:3]: visit.left for visit in closed(visits, places)}
