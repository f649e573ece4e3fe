"""The diseases and the dated rules as shipped."""

import csv
import datetime as dt
from pathlib import Path

import pytest

import dauchan
from dauchan.epi import TracePolicy
from dauchan.tracing.infectious import rule_in_force
from dauchan.tracing.models import Disease
from dauchan.tracing.reference import load_doctrine
from dauchan.units.reference_rows import Loaded
from dauchan.vietnamese import clean_text

REFERENCE = Path(dauchan.__file__).parent / "tracing/reference"


def read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DISEASES = read("diseases.csv")
RULES = read("doctrine.csv")
PARAMETERS = read("parameters.csv")
SCHEDULES = read("../follow_up/reference/schedules.csv")


def rule_on(disease: str, day: str) -> dict[str, str]:
    return max(
        (row for row in RULES if row["disease"] == disease and row["valid_from"] <= day),
        key=lambda row: row["valid_from"],
    )


def test_every_disease_has_rules_and_every_rule_a_disease() -> None:
    assert {row["code"] for row in DISEASES} == {row["disease"] for row in RULES}
    assert [row["code"] for row in DISEASES] == ["covid-19", "measles", "diphtheria", "disease-x"]


def test_every_disease_has_parameters_that_can_be() -> None:
    assert {row["disease"] for row in PARAMETERS} == {row["code"] for row in DISEASES}
    for row in PARAMETERS:
        shortest, mean, longest = (float(row[f"serial_{name}_days"]) for name in ("shortest", "mean", "longest"))
        assert 0 <= shortest < mean < longest <= 30
        assert 1 <= float(row["incubation_longest_days"]) <= 30
        assert row["source"]
        assert len(row["source"]) <= 300
        assert max(len(row["note_vi"]), len(row["note_en"])) <= 400


def test_a_disease_has_one_rule_a_day() -> None:
    keys = [(row["disease"], row["valid_from"]) for row in RULES]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("row", RULES, ids=lambda row: f"{row['disease']} {row['valid_from']}")
def test_every_rule_is_sane(row: dict[str, str]) -> None:
    assert dt.date.fromisoformat(row["valid_from"]) < dt.date(2030, 1, 1)
    assert 0 < int(row["days_before_onset"]) <= int(row["days_before_sample"]) <= 21
    assert 0 < int(row["days_after"]) <= 30
    assert all(clean_text(value) == value for value in row.values())
    assert max(len(row["note_vi"]), len(row["note_en"])) <= 400
    policy = TracePolicy(
        min_overlap_minutes=int(row["min_overlap_minutes"]),
        tail_minutes=int(row["tail_minutes"]),
        latent_period_hours=int(row["latent_period_hours"]),
    )
    assert policy.min_overlap_minutes <= 60


@pytest.mark.parametrize("row", RULES, ids=lambda row: f"{row['disease']} {row['valid_from']}")
def test_what_was_not_read_in_a_published_source_says_so_in_both_languages(row: dict[str, str]) -> None:
    assert "cần xác minh" in row["note_vi"].lower()
    assert "to be verified" in row["note_en"].lower()


@pytest.mark.parametrize(
    ("day", "instrument", "before_onset", "minutes"),
    [
        ("2020-12-03", "5053/QĐ-BYT", "3", "0"),
        ("2021-07-29", "5053/QĐ-BYT", "3", "0"),
        ("2021-08-24", "3638/QĐ-BYT", "3", "0"),
        ("2021-12-29", "11042/BYT-DP", "2", "15"),
        ("2026-11-22", "1909/BYT-DP", "2", "15"),
    ],
)
def test_the_rule_for_covid_19_on_a_day(day: str, instrument: str, before_onset: str, minutes: str) -> None:
    rule = rule_on("covid-19", day)
    assert (rule["instrument"], rule["days_before_onset"], rule["min_overlap_minutes"]) == (
        instrument,
        before_onset,
        minutes,
    )


@pytest.mark.django_db
def test_the_database_takes_them_all_and_finds_them_again() -> None:
    assert load_doctrine() == Loaded(added=len(DISEASES) + len(RULES) + len(PARAMETERS) + len(read("tails.csv")))
    assert load_doctrine() == Loaded(unchanged=len(DISEASES) + len(RULES) + len(PARAMETERS) + len(read("tails.csv")))
    covid_19 = Disease.objects.get(code="covid-19")
    assert rule_in_force(covid_19, dt.date(2021, 8, 24)).instrument == "3638/QĐ-BYT"


def test_what_the_doctrine_says_of_crowds_follow_up_and_tails_can_be() -> None:
    for row in RULES:
        assert int(row["crowd_limit"]) > 0
        later = [int(minutes) for minutes in row["later_min_overlap_minutes"].split()]
        assert sorted(later) == later
    for row in SCHEDULES:
        watched = int(row["days"]) + int(row["monitoring_days"])
        assert 1 <= watched <= 42
        assert all(1 <= int(day) <= watched for day in row["test_days"].split())
    rules = {(row["disease"], row["valid_from"]): row for row in RULES}
    assert {(row["disease"], row["valid_from"]) for row in SCHEDULES} == set(rules), "each is shown with its rule"
    for tail in read("tails.csv"):
        assert int(tail["minutes"]) <= int(rules[tail["disease"], tail["valid_from"]]["tail_minutes"])


@pytest.mark.django_db
def test_measles_lingers_indoors_and_not_outdoors() -> None:
    load_doctrine()
    rule = rule_in_force(Disease.objects.get(code="measles"), dt.date(2026, 1, 1))
    assert (rule.tail_minutes, [(tail.setting, tail.minutes) for tail in rule.tails.all()]) == (120, [("outdoor", 0)])
