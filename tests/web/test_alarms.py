"""Many looks in a short time, or at night, are brought before somebody else, once; the rules are data."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dauchan.units import audit
from dauchan.units.models import AuditEntry, Officer, Role
from dauchan.units.watch.models import Alarm, Kind, Rule
from dauchan.units.watch.watching import watch_the_log
from tests.web.conftest import appointed, browser_of

if TYPE_CHECKING:
    from dauchan.units.models import Unit

#: 09:00 and 23:00 in Viet Nam.
MORNING, NIGHT = dt.datetime(2026, 11, 3, 2, 0, tzinfo=dt.UTC), dt.datetime(2026, 11, 3, 16, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def rules(db: None) -> dict[str, Rule]:
    Rule.objects.all().delete()
    common = {"actions": ["card.opened", "disclosure.seen"], "minutes": 60}
    bulk = Rule.objects.create(kind=Kind.BULK, most=10, **common)
    return {"bulk": bulk, "odd": Rule.objects.create(kind=Kind.ODD_HOURS, most=3, from_hour=22, to_hour=5, **common)}


def look(officer: Officer, times: int, at: dt.datetime) -> None:
    with time_machine.travel(at, tick=False):
        for number in range(times):
            audit.record(officer, "card.opened", f"card:{number}")


def test_many_looks_raise_one_alarm_that_grows_and_comes_back(province: Unit, rules: dict[str, Rule]) -> None:
    officer, leader = appointed(Role.OFFICER, province), appointed(Role.LEADER, province)
    look(officer, 9, MORNING)
    assert watch_the_log(MORNING) == []
    look(officer, 1, MORNING)
    (alarm,) = watch_the_log(MORNING)
    assert (alarm.rule, alarm.officer, alarm.looks) == (rules["bulk"], officer, 10)
    assert watch_the_log(MORNING) == [], "read twice, raised once"
    look(officer, 2, MORNING + HOUR / 2)
    assert [grown.looks for grown in watch_the_log(MORNING + HOUR / 2)] == [12]
    browser = browser_of(leader)
    assert "cảnh báo truy cập chưa xem xét" in browser.get("/officer/").content.decode()
    assert officer.full_name in browser.get(reverse("desk:alarms")).content.decode()
    browser.post(reverse("desk:look_into", args=[alarm.pk]), {"note": "Cấp thẻ cả thôn, đúng việc"})
    assert Alarm.objects.get().seen_by == leader
    look(officer, 11, MORNING + HOUR * 3)
    watch_the_log(MORNING + HOUR * 3)
    assert Alarm.objects.filter(seen_at=None).count() == 1
    assert audit.first_broken_entry() is None


def test_a_few_looks_at_night_are_enough(province: Unit, rules: dict[str, Rule]) -> None:
    officer = appointed(Role.OFFICER, province)
    look(officer, 3, MORNING)
    look(officer, 3, NIGHT)
    assert [alarm.rule for alarm in watch_the_log(MORNING) + watch_the_log(NIGHT)] == [rules["odd"]]


def test_nobody_looks_into_an_alarm_about_themselves_or_of_elsewhere(
    commune: Unit, other_commune: Unit, rules: dict[str, Rule]
) -> None:
    operator, stranger = appointed(Role.OPERATOR, commune), appointed(Role.OPERATOR, other_commune)
    look(operator, 10, MORNING)
    (alarm,) = watch_the_log(MORNING)
    for browser in (browser_of(operator), browser_of(stranger)):
        assert browser.post(reverse("desk:look_into", args=[alarm.pk]), {"note": "Không sao cả"}).status_code == 404


def test_rules_are_changed_by_who_watches_the_whole_and_no_change_is_lost(
    province: Unit, commune: Unit, rules: dict[str, Rule]
) -> None:
    bulk, leader = rules["bulk"], browser_of(appointed(Role.LEADER, province))
    address, typed = reverse("desk:alarm_rule", args=[bulk.pk]), {"most": 50, "minutes": 30, "is_on": "on"}
    assert browser_of(appointed(Role.LEADER, commune)).post(address, {**typed, "revision": 1}).status_code == 404
    leader.post(address, {**typed, "revision": 1})
    late = leader.post(address, {**typed, "most": 7, "revision": 1}, follow=True)
    assert "Người khác vừa sửa" in late.content.decode()
    assert Rule.objects.get(pk=bulk.pk).most == 50
    assert AuditEntry.objects.filter(action="watch.rule_changed").count() == 1
    odd = reverse("desk:alarm_rule", args=[rules["odd"].pk])
    same = leader.post(odd, {**typed, "from_hour": 5, "to_hour": 5, "revision": 1})
    assert same.status_code == 422


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 23))
def test_hours_wrap_round_midnight(first: int, last: int, hour: int) -> None:
    rule = Rule(kind=Kind.ODD_HOURS, from_hour=first, to_hour=last)
    watched = {(first + step) % 24 for step in range((last - first) % 24 or 24)}
    assert rule.covers(hour) == (hour in watched)
