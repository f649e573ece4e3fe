"""The checklist of OWASP ASVS 5.0 claims nothing without a place that exists."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (held|not applicable|open) \| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)
PLACE = re.compile(r"`((?:src|tests|docs|deploy|scripts|bench)/[\w./-]+?|[\w-]+\.(?:lock|toml))(?:::(test_\w+))?`")
#: Requirements of level 1 and of level 2 in version 5.0.0.
OF_LEVEL = {"1": 70, "2": 183}


@cache
def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_requirement_of_both_levels_is_there_once() -> None:
    numbers = [number for number, *_ in ROWS]
    assert len(numbers) == len(set(numbers)) == len([line for line in PAGE.splitlines() if re.match(r"\| \d", line)])
    assert {level: sum(row[1] == level for row in ROWS) for level in OF_LEVEL} == OF_LEVEL
    told = re.search(r"(\d+) held, (\d+) not applicable, (\d+) open, of (\d+)", PAGE)
    assert told
    states = [state for *_, state, _ in ROWS]
    counted = [states.count(state) for state in ("held", "not applicable", "open")]
    assert [int(number) for number in told.groups()] == [*counted, len(ROWS)]


@pytest.mark.parametrize("chapter", sorted({row[0].split(".")[0] for row in ROWS}, key=lambda number: int(str(number))))
def test_what_is_held_has_a_place_that_exists(chapter: str) -> None:
    for number, _, _, state, where in ROWS:
        if number.split(".")[0] != chapter:
            continue
        places = PLACE.findall(where)
        assert state != "held" or places, number
        for path, test in places:
            assert (ROOT / path).exists(), (number, path)
            assert not test or f"def {test}(" in text_of(path), (number, path, test)


@pytest.mark.parametrize("page", ["README.md", "asvs.md", "rules.md"])
def test_every_place_and_test_on_the_pages_of_security_exists(page: str) -> None:
    places = PLACE.findall((ROOT / "docs" / "security" / page).read_text(encoding="utf-8"))
    assert [path for path, _ in places if not (ROOT / path).exists()] == []
    assert [(path, test) for path, test in places if test and f"def {test}(" not in text_of(path)] == []
