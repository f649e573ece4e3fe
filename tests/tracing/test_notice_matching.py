"""Phones match notices as Python would: shared examples, every second counted, and sealed hours that open for codes alone."""

from __future__ import annotations

import base64
import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.tracing.notices.coarsening import local_days
from dauchan.tracing.notices.tokens import open_hours, seal_hours, token_of
from tests.tracing.notice_phones import on_the_phone, seconds_together

EXAMPLES = json.loads(Path(__file__).with_name("matching.json").read_text(encoding="utf-8"))
EPOCH = dt.date(1970, 1, 1)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def seconds(text: str) -> int:
    return int(instant(text).timestamp())


def span(pair: list[str]) -> dict[str, int]:
    return {"from": seconds(pair[0]), "to": seconds(pair[1])}


def number_of(public_id: str) -> bytes:
    return base64.urlsafe_b64decode(public_id + "==")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the phone makes of the examples."""
    meets = [{**example, "notice": span(example["notice"])} for example in EXAMPLES["meets"]]
    days = [{"interval": span(example["interval"])} for example in EXAMPLES["days"]]
    tokens = [
        {**example, "day": day_number(example["day"]), "sealed": sealed(example).hex()}
        for example in EXAMPLES["tokens"]
    ]
    asked = {"meets": meets, "days": days, "tokens": tokens}
    return on_the_phone(asked, tmp_path_factory.mktemp("phone"))


def day_number(day: str) -> int:
    return (dt.date.fromisoformat(day) - EPOCH).days


def sealed(example: dict[str, Any]) -> bytes:
    day = dt.date.fromisoformat(example["day"])
    start, end = example["hours"]
    notice = (number_of(example["id"]), example["version"])
    return seal_hours(example["code"], bytes.fromhex(example["salt"]), day, notice, (start, end))


def test_the_phone_meets_what_the_examples_say(told: dict[str, Any]) -> None:
    assert told["meets"] == [example["seconds"] for example in EXAMPLES["meets"]]


@pytest.mark.parametrize("example", EXAMPLES["meets"], ids=lambda example: example["why"])
def test_the_oracle_says_the_same(example: dict[str, Any]) -> None:
    assert seconds_together(example["visits"], span(example["notice"]), example["offset"]) == example["seconds"]


def test_the_local_days_are_the_same(told: dict[str, Any]) -> None:
    assert told["days"] == [[day_number(day) for day in example["days"]] for example in EXAMPLES["days"]]
    for example in EXAMPLES["days"]:
        start, end = example["interval"]
        assert [str(day) for day in local_days((instant(start), instant(end)))] == example["days"]


def test_the_phone_derives_the_token_and_opens_the_hours(told: dict[str, Any]) -> None:
    for example, answer in zip(EXAMPLES["tokens"], told["tokens"], strict=True):
        token = token_of(example["code"], bytes.fromhex(example["salt"]), dt.date.fromisoformat(example["day"]))
        assert answer["token"] == token.hex()
        assert [answer["hours"]["from"], answer["hours"]["to"]] == example["hours"]


def test_a_thousand_diaries_against_every_second_counted(tmp_path: Path) -> None:
    """Random stays around a notice, some without an end, some corrected by the door, on clocks that are wrong."""
    chance = random.Random(20)  # noqa: S311 - examples, no secrets
    examples: list[dict[str, Any]] = []
    for _ in range(1000):
        base = 1_795_100_000 + chance.randrange(86_400)
        notice = {"from": base, "to": base + chance.choice([1, 60, 900, 3600])}
        visits = [_visit(chance, base, number) for number in range(chance.randrange(1, 5))]
        examples.append({"visits": visits, "notice": notice, "offset": chance.choice([0, 0, 45, 600, -600, 7200])})
    answers = on_the_phone({"meets": examples}, tmp_path)["meets"]
    wanted = [seconds_together(each["visits"], each["notice"], each["offset"]) for each in examples]
    assert answers == wanted
    assert 200 < sum(any(found) for found in wanted) < 900, "examples that say nothing test nothing"


def _visit(chance: random.Random, base: int, number: int) -> dict[str, Any]:
    entered = base + chance.randrange(-7200, 4000) * chance.choice([1, 1, 0])
    visit = {"id": str(number), "code": "A", "name": "", "entered_at": _said(entered)}
    if chance.random() < 0.6:
        visit["left_at"] = _said(entered + chance.choice([-60, 0, 1, 59, 600, 3600, 9000]))
    if chance.random() < 0.3:
        visit["counted_at"] = _said(entered + chance.choice([-900, 0, 300]))
    return visit


def _said(epoch: int) -> str:
    return dt.datetime.fromtimestamp(epoch, dt.UTC).isoformat()


CODES = st.text(ALPHABET, min_size=31, max_size=31)
SALTS = st.binary(min_size=16, max_size=16)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))


@given(CODES, CODES, SALTS, DAYS, st.binary(min_size=16, max_size=16), st.integers(1, 60_000))
def test_only_the_code_of_that_day_opens(
    code: str, other: str, salt: bytes, day: dt.date, number: bytes, version: int
) -> None:
    hours = (1_795_136_400, 1_795_140_000)
    closed = seal_hours(code, salt, day, (number, version), hours)
    assert open_hours(code, salt, day, (number, version), closed) == hours
    assert open_hours(code, salt, day + dt.timedelta(days=1), (number, version), closed) is None
    assert open_hours(code, salt, day, (number, version + 1), closed) is None
    if other != code:
        assert open_hours(other, salt, day, (number, version), closed) is None
        assert token_of(other, salt, day) != token_of(code, salt, day)
