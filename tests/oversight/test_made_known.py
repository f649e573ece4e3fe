"""Words of materials and messages: filled from a closed list, about a minute to read; quiet hours. Pure."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.oversight.made_known.limits import first_loud, is_quiet
from dauchan.oversight.made_known.reference import FILE
from dauchan.oversight.made_known.wording import (
    FACTS,
    LONGEST_BODY,
    LONGEST_TITLE,
    MOST_NAMED,
    filled,
    message_parts,
    places_named,
    reading_seconds,
    unknown_facts,
)

TEMPLATES = list(csv.DictReader(io.StringIO(FILE.read_text(encoding="utf-8"))))
#: The longest names and figures that occur.
FACTS_SAID = {
    **dict.fromkeys(FACTS, ""),
    "committee": "Ủy ban nhân dân phường Thuận Hóa",
    "unit": "phường Thuận Hóa",
    "first": "16/11",
    "last": "22/11/2026",
    "registered": "1.234",
    "active_share": "62%",
    "silent": "87",
    "hotline": "19001075",
    "site": "https://dauchan.hue.gov.vn/owner/messages/",
    "code": places_named(["ABCD-1234"] * (MOST_NAMED + 1)),
    "count": "12",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: f"{one['kind']}-{one['audience']}")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_templates_name_known_facts_and_fit(template: dict[str, str], language: str) -> None:
    title, body = template[f"title_{language}"], template[f"body_{language}"]
    assert unknown_facts(title) == unknown_facts(body) == set()
    words = filled(title, body, FACTS_SAID)
    assert len(words.title) <= LONGEST_TITLE
    assert len(words.body) <= LONGEST_BODY
    assert "¶" not in words.body
    assert "{" not in words.plain
    if template["kind"] == "loudspeaker":
        assert 50 <= reading_seconds(words.plain, language) <= 72
    if template["kind"] == "message":
        assert message_parts(words.body) <= 4
        assert len(words.body) <= 480


def test_a_message_names_the_first_places_and_tells_that_there_are_more() -> None:
    assert places_named(["A", "B", "C"]) == "A, B, C"
    assert places_named(["A", "B", "C", "D"]) == "A, B, C, ..."
    assert places_named([]) == "..."


@given(st.text(max_size=200), st.text(max_size=200))
def test_what_somebody_typed_is_never_a_template(text: str, other: str) -> None:
    """Facts are put in once: braces within a fact, or in edited words, mean nothing."""
    facts = {**FACTS_SAID, "unit": text}
    assert filled("{unit}", "{unit} ¶ x", facts).title == text
    assert message_parts(other) >= 1


@given(st.integers(0, 400 * 24 * 60))
def test_nothing_goes_out_at_night(minutes: int) -> None:
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    loud = first_loud(at)
    assert at <= loud <= at + dt.timedelta(hours=11)
    assert not is_quiet(loud)
    assert (loud == at) == (not is_quiet(at))
