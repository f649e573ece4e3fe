"""Policy files: every key, its default, and what is said about a wrong one."""

import dataclasses
import json
from pathlib import Path

import pytest

from dauchan.epi import PolicyRefused, TracePolicy


def policy_of(folder: Path, text: str) -> TracePolicy:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return TracePolicy.from_toml(path)


def test_an_empty_file_gives_the_defaults_of_the_contract(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "")
    assert policy == TracePolicy()
    assert (policy.min_overlaps, policy.tail, policy.latent_period) == ((900, 900), 1800, 86400)
    assert (policy.default_stay_minutes, policy.horizon, policy.crowd_limit) == (60, None, 0)


def test_every_key_is_read(tmp_path: Path) -> None:
    policy = policy_of(
        tmp_path,
        """
        min_overlap_minutes = 0.5
        tail_minutes = 0
        latent_period_hours = 12
        generations = 4
        default_stay_minutes = 90
        horizon = 2021-08-01T07:00:00+07:00
        crowd_limit = 300
        generation_min_overlap_minutes = [15, 60]
        per_24_hours = true
        tail_minutes_by_venue = { 12 = 60, -7 = 0.5 }
        """,
    )
    assert policy.min_overlaps == (900, 3600, 3600, 3600)
    assert (policy.tail, policy.latent_period, policy.crowd_limit) == (0, 43200, 300)
    assert policy.horizon == 1_627_776_000
    assert policy.min_overlap_minutes == 0.5
    assert policy.per_24_hours
    assert policy.tail_minutes_by_venue == {12: 60, -7: 0.5}
    assert TracePolicy.from_mapping(json.loads(json.dumps(dataclasses.asdict(policy)))) == policy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min_overlap = 15", "unknown key min_overlap; did you mean min_overlap_minutes"),
        ("colour = 1", "unknown key colour; known are min_overlap_minutes, tail_minutes"),
        ("tail_minutes = -1", "tail_minutes must be a number, 0 or more, not -1"),
        ("tail_minutes = true", "tail_minutes must be a number"),
        ("tail_minutes = nan", "tail_minutes must be a number"),
        ('latent_period_hours = "24"', "latent_period_hours must be a number, 0 or more, not '24'"),
        ("generations = 0", "generations must be a whole number from 1 to 9"),
        ("generations = 1.5", "generations must be a whole number"),
        ("default_stay_minutes = 0", "default_stay_minutes must be more than 0"),
        ("horizon = 2021-08-01", "horizon must be a UTC timestamp"),
        ("crowd_limit = -5", "crowd_limit must be a whole number"),
        ("generation_min_overlap_minutes = 15", r"generation_min_overlap_minutes must be a list such as \[15, 60\]"),
        ("generation_min_overlap_minutes = [15, -1]", "generation_min_overlap_minutes must be a number"),
        ("per_24_hours = 1", "per_24_hours must be true or false, not 1"),
        ("tail_minutes_by_venue = 30", "tail_minutes_by_venue must be a table such as"),
        ("tail_minutes_by_venue = { market = 30 }", "tail_minutes_by_venue must be a table such as"),
        ("tail_minutes_by_venue = { 12 = -1 }", r"tail_minutes_by_venue\.12 must be a number, 0 or more, not -1"),
        ("generations = ", "no readable TOML file"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PolicyRefused, match=message) as refusal:
        policy_of(tmp_path, text)
    assert refusal.value.vietnamese


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyRefused, match="No such file"):
        TracePolicy.from_toml(tmp_path / "nowhere.toml")
