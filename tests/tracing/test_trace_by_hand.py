"""The outbreak of `docs/example-outbreak.md`, traced by hand, against the program and the command on plain files."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from django.utils import timezone

from dauchan.simulation.example_outbreak import PEOPLE, VISITS, example_person
from dauchan.tracing.actions import policy_for, run_trace, withdraw_case
from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.models import Case, Contact
from dauchan.tracing.queries import encounters_of, stays_of
from dauchan.tracing.trade_off import trade_off
from dauchan.units.models import Officer
from dauchan.venues.models import Venue

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

#: person, generation, source, minutes of overlap, of these after the source had left, encounters, place of the longest
BY_HAND = [
    ("B", 1, "A", 60, 30, 1, "cafe"),
    ("F", 1, "A", 30, 0, 1, "market"),
    ("C", 1, "A", 25, 20, 2, "office"),
    ("G", 2, "B", 60, 30, 1, "market"),
    ("I", 2, "F", 25, 25, 1, "market"),
]


def letter(person_id: int) -> str:
    return PEOPLE[person_id - example_person("A")]


def as_by_hand(contact: Contact, places: dict[str, Venue]) -> tuple[str, int, str, int, int, int, str]:
    place = next(key for key, venue in places.items() if venue.pk == contact.venue_id)
    return (
        letter(contact.person_id),
        contact.generation,
        letter(contact.source_id),
        contact.overlap_seconds // 60,
        contact.tail_seconds // 60,
        contact.encounters,
        place,
    )


def at(days: int, clock: str) -> dt.datetime:
    return dt.datetime.combine(timezone.localdate() + dt.timedelta(days=days), dt.time.fromisoformat(clock), LOCAL)


def test_the_program_finds_what_was_found_by_hand(case: Case, tracer: Officer, places: dict[str, Venue]) -> None:
    run = run_trace(case, tracer, policy_for(case))
    contacts = list(run.contacts.all())
    assert [as_by_hand(contact, places) for contact in contacts] == BY_HAND
    assert [contact.number for contact in contacts] == [1, 2, 3, 4, 5]
    assert run.imputed_stays == 1


def test_before_the_trace_each_limit_tells_what_it_would_give(case: Case, tracer: Officer) -> None:
    free, wide, narrow = trade_off(case, tracer, 2)
    assert [option.contacts for option in (free, wide, narrow)] == [
        [3, 2],
        [3, 1],
        [3, 1],
    ]  # I is a contact of 25 minutes
    assert [(option.crowd_limit, option.later_minutes) for option in (free, wide, narrow)] == [
        (0, None),
        (300, 30),
        (150, 60),
    ]
    assert (free.minutes_together, free.minutes_after) == (95, 105)
    assert not case.runs.exists()
    assert trade_off(case, tracer, 3)[0].total == len(
        run_trace(case, tracer, policy_for(case, generations=3)).contacts.all()
    )


def test_places_above_the_limit_are_named_with_their_number(
    case: Case, tracer: Officer, monkeypatch: pytest.MonkeyPatch, places: dict[str, Venue]
) -> None:
    monkeypatch.setattr("dauchan.tracing.trade_off.CHOICES", ((3, None),))
    (option,) = trade_off(case, tracer, 2)
    run = run_trace(case, tracer, policy_for(case, crowd_limit=3))
    assert [(crowd.venue, crowd.on, crowd.visits) for crowd in option.crowds] == [
        (notice.venue, notice.on, notice.visits) for notice in run.notices.order_by("-visits", "on")
    ]
    assert option.crowds[0].venue in places.values()


def test_a_withdrawn_case_is_not_estimated(case: Case, tracer: Officer) -> None:
    withdraw_case(case, tracer, "Kết quả xét nghiệm bị hủy")
    with pytest.raises(CaseWithdrawn):
        trade_off(case, tracer, 2)


def test_the_policy_is_that_of_the_rule(case: Case, tracer: Officer, places: dict[str, Venue]) -> None:
    case.rule.later_min_overlap_minutes = "30 45"
    policy = policy_for(case, generations=3)
    assert policy.min_overlaps == (15 * 60, 30 * 60, 45 * 60)
    assert [letter(contact.person_id) for contact in run_trace(case, tracer, policy).contacts.all()] == [
        "B",
        "F",
        "C",
        "G",
    ]


def test_first_and_last_instants(case: Case, tracer: Officer) -> None:
    run = run_trace(case, tracer, policy_for(case))
    two_meetings = run.contacts.get(person_id=example_person("C"))
    assert (two_meetings.first_at, two_meetings.last_at) == (at(-3, "09:20"), at(-2, "11:40"))


def test_the_timeline_shows_only_the_infectious_period(case: Case) -> None:
    stays = stays_of(case)
    assert [(stay.begins, stay.ends, stay.imputed) for stay in stays] == [
        (at(-3, "08:00"), at(-3, "09:00"), False),
        (at(-3, "14:00"), at(-3, "14:45"), True),
        (at(-2, "07:30"), at(-2, "11:30"), False),
    ]


@pytest.mark.parametrize("person", ["B", "C", "F", "G", "I"])
def test_encounters_add_up_to_the_row(case: Case, tracer: Officer, person: str) -> None:
    contact = run_trace(case, tracer, policy_for(case)).contacts.get(person_id=example_person(person))
    encounters = encounters_of(contact)
    assert len(encounters) == contact.encounters
    assert sum(encounter.overlap_seconds for encounter in encounters) == contact.overlap_seconds
    assert sum(encounter.tail_seconds for encounter in encounters) == contact.tail_seconds


def test_the_command_on_plain_files_gives_the_same(
    case: Case, tracer: Officer, places: dict[str, Venue], tmp_path: Path
) -> None:
    from dauchan.project.commands.trace import command

    run = run_trace(case, tracer, policy_for(case))
    _write_files(tmp_path, case, places)
    names = {name: str(tmp_path / name) for name in ("visits.csv", "cases.csv", "contacts.csv", "policy.toml")}
    policy = f'default_stay_minutes = 45\nhorizon = "{run.horizon.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"\n'
    (tmp_path / "policy.toml").write_text(policy.replace('"', ""))
    told = CliRunner().invoke(
        command,
        ["--visits", names["visits.csv"], "--cases", names["cases.csv"], "--out", names["contacts.csv"],
         "--policy", names["policy.toml"]],
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    with (tmp_path / "contacts.csv").open() as file:
        rows = [_figures(row) for row in csv.DictReader(file)]
    assert rows == [_figures_of(contact) for contact in run.contacts.all()]
    assert len(rows) == len(BY_HAND)


def _write_files(folder: Path, case: Case, places: dict[str, Venue]) -> None:
    with (folder / "visits.csv").open("w") as file:
        file.write("person_id,venue_id,entered_at,left_at\n")
        for line in VISITS.strip().splitlines():
            who, place, days, entered, left = line.split()
            end = "" if left == "-" else int(at(int(days), left).timestamp())
            start = int(at(int(days), entered).timestamp())
            file.write(f"{example_person(who)},{places[place].pk},{start},{end}\n")
    with (folder / "cases.csv").open("w") as file:
        file.write("person_id,infectious_from,infectious_to\n")
        start, end = int(case.infectious_from.timestamp()), int(case.infectious_to.timestamp())
        file.write(f"{case.person_id},{start},{end}\n")


def _figures(row: dict[str, str]) -> tuple[object, ...]:
    numbers = ("person_id", "generation", "source_id", "overlap_seconds", "tail_seconds", "encounters", "venue_id")
    return (
        *(int(row[name]) for name in numbers),
        *(dt.datetime.fromisoformat(row[n]) for n in ("first_at", "last_at")),
    )


def _figures_of(contact: Contact) -> tuple[object, ...]:
    return (
        contact.person_id, contact.generation, contact.source_id, contact.overlap_seconds, contact.tail_seconds,
        contact.encounters, contact.venue_id, contact.first_at, contact.last_at,
    )  # fmt: skip
