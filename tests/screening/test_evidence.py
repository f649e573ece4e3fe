"""The evidence is said in both languages from the same figures, and 'worse than when it was set aside' is a stated rule."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dauchan.screening import Evidence, SignKind, is_worse
from dauchan.screening.worsening import share_wrong

SINCE = date(2021, 8, 20)
FACTS: dict[SignKind, dict[str, float]] = {
    SignKind.SILENT: {"days": 9, "before": 12.5},
    SignKind.FALLEN: {},
    SignKind.UNDERUSED: {"footfall": 1200},
    SignKind.UNREADABLE: {"failed": 61},
    SignKind.DESK_SCANNED: {"from_desk": 150},
    SignKind.MISPLACED: {"there": 40, "located": 50, "away": 1234},
    SignKind.DUPLICATED: {"first": 30, "second": 18, "located": 50, "apart": 812},
}


def evidence(kind: SignKind, expected: float = 1500, observed: int = 300, **facts: float) -> Evidence:
    return Evidence(kind, SINCE, expected, observed, FACTS[kind] | facts)


@pytest.mark.parametrize("kind", SignKind)
def test_both_languages_say_the_same_figures(kind: SignKind) -> None:
    told = evidence(kind)
    figures = [sorted(re.findall(r"\d+", words)) for words in (told.vietnamese, told.english)]
    assert figures[0] == figures[1] != []
    assert "{" not in told.vietnamese + told.english
    assert not re.search(r"người|people|person|khách mỗi", told.vietnamese.replace("1.200 khách mỗi ngày", ""))


def test_numbers_are_written_as_each_language_writes_them() -> None:
    assert "1.200 khách mỗi ngày" in evidence(SignKind.UNDERUSED).vietnamese
    assert "1,200 visitors a day" in evidence(SignKind.UNDERUSED).english
    assert "khoảng 1,2 km" in evidence(SignKind.MISPLACED).vietnamese
    assert "about 1.2 km" in evidence(SignKind.MISPLACED).english
    assert "trung bình 12 lượt" in evidence(SignKind.SILENT).vietnamese
    assert "Chưa có lượt quét nào" in evidence(SignKind.SILENT, before=0).vietnamese


def test_worse_is_half_of_what_was_right() -> None:
    then = evidence(SignKind.FALLEN, 1000, 400)
    assert not is_worse(then, evidence(SignKind.FALLEN, 1000, 210), SINCE)
    assert is_worse(then, evidence(SignKind.FALLEN, 1000, 200), SINCE)
    almost = evidence(SignKind.FALLEN, 1000, 120)
    assert not is_worse(almost, evidence(SignKind.FALLEN, 1000, 50), SINCE), "seven hundredths more change little"


def test_a_silence_that_began_anew_is_worse_and_one_that_goes_on_is_not() -> None:
    then = evidence(SignKind.SILENT, 100, 0)
    longer = Evidence(SignKind.SILENT, SINCE, 400, 0, {"days": 30, "before": 12.5})
    anew = Evidence(SignKind.SILENT, SINCE + timedelta(12), 400, 0, {"days": 9, "before": 12.5})
    assert not is_worse(then, longer, SINCE + timedelta(9))
    assert is_worse(then, anew, SINCE + timedelta(9))


def test_a_code_that_wandered_on_is_worse() -> None:
    then = evidence(SignKind.MISPLACED)
    assert not is_worse(then, evidence(SignKind.MISPLACED, away=1300), SINCE)
    assert is_worse(then, evidence(SignKind.MISPLACED, away=1500), SINCE)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(SignKind)), st.floats(1, 1e5), st.integers(0, 10_000), st.floats(0, 1e4))
def test_nothing_is_worse_than_itself(kind: SignKind, expected: float, observed: int, figure: float) -> None:
    own = {name: figure for name in FACTS[kind] if name in {"failed", "from_desk"}}
    told = evidence(kind, expected, observed, **own)
    assert 0 <= share_wrong(told) <= 1
    assert not is_worse(told, told, SINCE)
