"""The days of a follow-up: pure functions of the rule and the last exposure, which is day 0."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


@dataclass(frozen=True)
class Plan:
    """What follows from a last exposure; periods are half-open.

    Attributes:
        asked_from: the first day on which the contact is asked.
        quarantine_until_on: the first day without quarantine.
        until_on: the first day on which nobody asks any more.
        tests: the days on which a test is due.
    """

    asked_from: dt.date
    quarantine_until_on: dt.date
    until_on: dt.date
    tests: tuple[dt.date, ...]

    @property
    def is_over(self) -> bool:
        return self.until_on <= self.asked_from


def plan_of(exposed_on: dt.date, days: int, monitoring_days: int, test_days: Sequence[int], today: dt.date) -> Plan:
    """The plan of a contact who is found on *today*: what lies in the past is not asked for.

    Tests whose day has passed become one test today: a contact who is found late still has to be tested.
    """
    quarantine_until = exposed_on + dt.timedelta(days=days + 1)
    until = quarantine_until + dt.timedelta(days=monitoring_days)
    wanted = [exposed_on + dt.timedelta(days=day) for day in test_days]
    tests = sorted({max(day, today) for day in wanted})
    asked_from = max(today, exposed_on + dt.timedelta(days=1))
    return Plan(asked_from, quarantine_until, until, tuple(day for day in tests if day < until))


def days_between(first: dt.date, until: dt.date) -> list[dt.date]:
    """The days of [first, until)."""
    return [first + dt.timedelta(days=number) for number in range((until - first).days)]


def missed_in(days: Sequence[dt.date], answered: Collection[dt.date]) -> list[dt.date]:
    return [day for day in days if day not in answered]


def missed_in_a_row(missed: Collection[dt.date], before: dt.date) -> int:
    """How many days in a row just before *before* were missed."""
    days = 0
    while before - dt.timedelta(days=days + 1) in missed:
        days += 1
    return days
