"""What a case tells is traced beside what was scanned, and goes with the case."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.people.models import Identity, Person
from dauchan.simulation.example_outbreak import example_person, example_phone
from dauchan.tracing.actions import policy_for, run_trace, withdraw_case
from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.interviews.actions import (
    PersonNamed,
    StayTold,
    name_person,
    remove_named,
    remove_stay,
    tell_stay,
)
from dauchan.tracing.interviews.errors import IsTheCase, NamedBefore, NobodySaid, NowhereSaid, OutsidePeriod
from dauchan.tracing.interviews.models import NamedPerson, ToldStay
from dauchan.tracing.interviews.timeline import timeline_of, told_stays_of
from dauchan.tracing.interviews.told_visits import uncovered, visits_told
from dauchan.tracing.models import Case
from dauchan.tracing.queries import encounters_of, stays_of
from dauchan.units.models import Officer, Unit
from dauchan.venues.models import Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING

HOUR = dt.timedelta(hours=1)
moments = st.integers(0, 50)


@given(moments, st.integers(1, 50), st.lists(st.tuples(moments, st.integers(1, 20)), max_size=6))
def test_uncovered_is_what_no_other_interval_holds(begins: int, length: int, others: list[tuple[int, int]]) -> None:
    at = [dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minute) for minute in range(120)]
    parts = uncovered((at[begins], at[begins + length]), [(at[start], at[start + size]) for start, size in others])
    covered = {minute for start, size in others for minute in range(start, start + size)}
    wanted = [at[minute] for minute in range(begins, begins + length) if minute not in covered]
    assert [moment for moment in at if any(start <= moment < end for start, end in parts)] == wanted
    assert all(start < end for start, end in parts)
    assert parts == sorted(parts)


@pytest.fixture
def noon(case: Case) -> dt.datetime:
    """A moment of the infectious period at which nobody scanned anything: midnight of its first day."""
    return case.infectious_from


def visited(person: int, venue: Venue, entered: dt.datetime, left: dt.datetime) -> None:
    columns = (person, venue.pk, int(entered.timestamp()), int(left.timestamp()))
    load_visits(*(np.array([value], np.int64) for value in columns))


def test_whoever_was_where_the_case_says_to_have_been_is_listed(
    case: Case, places: dict[str, Venue], tracer: Officer, noon: dt.datetime
) -> None:
    venue = next(iter(places.values()))
    stranger = Person.objects.create()
    visited(stranger.pk, venue, noon + HOUR, noon + 3 * HOUR)
    assert not run_trace(case, tracer, policy_for(case)).contacts.filter(person_id=stranger.pk).exists()
    tell_stay(case, tracer, StayTold(noon + 2 * HOUR, noon + 4 * HOUR, venue))
    contact = run_trace(case, tracer, policy_for(case)).contacts.get(person_id=stranger.pk)
    assert (contact.generation, contact.overlap_seconds, contact.venue) == (1, 3600, venue)
    (encounter,) = encounters_of(contact)
    assert (encounter.source.visit.source, encounter.overlap_seconds) == (0, 3600)


def test_no_minute_counts_twice_where_the_case_scanned_as_well(
    case: Case, places: dict[str, Venue], tracer: Officer, noon: dt.datetime
) -> None:
    venue = next(iter(places.values()))
    visited(case.person_id, venue, noon + HOUR, noon + 2 * HOUR)
    tell_stay(case, tracer, StayTold(noon, noon + 3 * HOUR, venue))
    told = visits_told(case)
    spans = list(zip(told.entered.tolist(), told.left.tolist(), strict=True))
    at = [int((noon + hours * HOUR).timestamp()) for hours in range(4)]
    assert spans == [(at[0], at[1]), (at[2], at[3])]


def test_an_end_nobody_remembers_is_imputed(
    case: Case, places: dict[str, Venue], tracer: Officer, noon: dt.datetime
) -> None:
    venue = next(iter(places.values()))
    tell_stay(case, tracer, StayTold(noon, None, venue))
    tell_stay(case, tracer, StayTold(noon, None, None, "nhà bà ngoại"))
    told = visits_told(case)
    assert told.left.tolist() == [MISSING]
    assert told.stay_minutes.tolist() == [venue.category.default_stay_minutes]


def test_the_timeline_shows_agreement_and_conflict(
    case: Case, places: dict[str, Venue], tracer: Officer, noon: dt.datetime
) -> None:
    one, other, *_ = places.values()
    visited(case.person_id, one, noon + HOUR, noon + 2 * HOUR)
    tell_stay(case, tracer, StayTold(noon + HOUR, noon + 2 * HOUR, one))
    tell_stay(case, tracer, StayTold(noon + HOUR, noon + 2 * HOUR, other))
    rows = [row for row in timeline_of(case, stays_of(case), told_stays_of(case)) if row.span.begins == noon + HOUR]
    seen = {
        (row.span.place, row.span.told is not None): (row.agrees, {span.place for span in row.against}) for row in rows
    }
    assert seen == {
        (one.name, False): (True, {other.name}),
        (one.name, True): (True, {other.name}),
        (other.name, True): (False, {one.name}),
    }


def test_only_places_of_the_infectious_period_are_kept(
    case: Case, places: dict[str, Venue], tracer: Officer, noon: dt.datetime
) -> None:
    with pytest.raises(OutsidePeriod):
        tell_stay(case, tracer, StayTold(noon - 3 * HOUR, noon - HOUR, next(iter(places.values()))))
    with pytest.raises(OutsidePeriod):
        name_person(case, tracer, PersonNamed("friend", case.infectious_to, "Lê Thị Bạn"))
    with pytest.raises(NowhereSaid):
        tell_stay(case, tracer, StayTold(noon))


def test_somebody_named_who_never_scanned_is_a_contact_of_generation_one(
    case: Case, tracer: Officer, commune: Unit, noon: dt.datetime
) -> None:
    named = PersonNamed("household", noon, "Lê Thị Bạn", "+84905777888", place="ở nhà", commune=commune)
    name_person(case, tracer, named)
    run = run_trace(case, tracer, policy_for(case))
    contact = run.contacts.get(is_named=True)
    assert (contact.generation, contact.source_id, contact.venue, contact.encounters) == (1, case.person_id, None, 0)
    assert (contact.first_at, contact.overlap_seconds) == (noon, 0)
    kept = Identity.objects.get(person=contact.person_id)
    assert (kept.full_name, kept.verified_at) == ("Lê Thị Bạn", None)
    generations = list(run.contacts.order_by("number").values_list("generation", flat=True))
    assert generations == sorted(generations)


def test_somebody_named_and_scanned_stands_on_the_list_once(case: Case, tracer: Officer, noon: dt.datetime) -> None:
    name_person(case, tracer, PersonNamed("friend", noon, "", example_phone("B")))
    name_person(case, tracer, PersonNamed("friend", noon, "", example_phone("G")))
    run = run_trace(case, tracer, policy_for(case))
    by_scan = run.contacts.get(person_id=example_person("B"))
    assert (by_scan.is_named, by_scan.overlap_seconds > 0) == (True, True)
    was_second = run.contacts.get(person_id=example_person("G"))
    assert (was_second.is_named, was_second.generation) == (True, 1)


def test_the_case_itself_and_the_same_person_twice_are_refused(case: Case, tracer: Officer, noon: dt.datetime) -> None:
    with pytest.raises(IsTheCase):
        name_person(case, tracer, PersonNamed("friend", noon, "", example_phone("A")))
    with pytest.raises(NobodySaid):
        name_person(case, tracer, PersonNamed("friend", noon, "", example_phone("B"), shares_phone=True))
    name_person(case, tracer, PersonNamed("friend", noon, "", example_phone("B")))
    with pytest.raises(NamedBefore):
        name_person(case, tracer, PersonNamed("friend", noon, "", example_phone("B")))
    child = name_person(case, tracer, PersonNamed("household", noon, "Bé Thử", example_phone("A"), shares_phone=True))
    assert Identity.objects.get(person=child.person_id).phone_hash is None


def test_what_was_told_wrongly_is_taken_back_and_forgotten(case: Case, tracer: Officer, noon: dt.datetime) -> None:
    named = name_person(case, tracer, PersonNamed("friend", noon, "Lê Thị Bạn", "+84905777888"))
    known = name_person(case, tracer, PersonNamed("friend", noon, "", example_phone("B")))
    person_id = named.person_id
    remove_named(named, tracer)
    remove_named(known, tracer)
    assert not Person.objects.filter(pk=person_id).exists()
    assert Person.objects.filter(pk=example_person("B")).exists()
    remove_stay(tell_stay(case, tracer, StayTold(noon, None, None, "nhà bà ngoại")), tracer)
    assert not ToldStay.objects.exists()


def test_nothing_is_added_to_a_withdrawn_case(case: Case, tracer: Officer, noon: dt.datetime) -> None:
    withdraw_case(case, tracer, "Nhầm người bệnh")
    with pytest.raises(CaseWithdrawn):
        name_person(case, tracer, PersonNamed("friend", noon, "Lê Thị Bạn"))


def test_it_goes_with_the_case(case: Case, tracer: Officer, noon: dt.datetime) -> None:
    name_person(case, tracer, PersonNamed("friend", noon, "Lê Thị Bạn"))
    tell_stay(case, tracer, StayTold(noon, None, None, "nhà bà ngoại"))
    run_trace(case, tracer, policy_for(case))
    case.delete()
    assert not NamedPerson.objects.exists()
    assert not ToldStay.objects.exists()


def test_words_are_ciphertext(case: Case, tracer: Officer, noon: dt.datetime) -> None:
    from django.db import connection

    tell_stay(case, tracer, StayTold(noon, None, None, "nhà bà ngoại", "đi cùng chị Lan"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, note FROM interviews_toldstay")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert "ngoại".encode() not in stored
    assert b"Lan" not in stored
