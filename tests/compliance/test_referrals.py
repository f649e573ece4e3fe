"""A referral from hand to hand, with its clock: by travel in time, with a worker that was down for days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from dauchan.compliance.referrals.access import access_referral, access_referrals
from dauchan.compliance.referrals.actions import accept, answer, close, give_back, move, pass_down
from dauchan.compliance.referrals.errors import (
    AlreadyReferred,
    ChangedMeanwhile,
    NotAtThisPoint,
    NotBelow,
    NothingToRefer,
    SecondPersonNeeded,
)
from dauchan.compliance.referrals.handing import refer_by_rule
from dauchan.compliance.referrals.models import HandOverRule, Referral, State
from dauchan.compliance.referrals.reference import load_referral_rules
from dauchan.compliance.referrals.reminding import keep_clocks
from dauchan.units.audit import first_broken_entry
from dauchan.units.calendar_models import CalendarDay
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.models import Appointment, AuditEntry, Role, Unit
from dauchan.units.working_days import load_holidays
from dauchan.venues.models import VenueStatus
from tests.compliance.referred import SILENT, Place, make_place

#: A Wednesday; the deadline of five working days passes over the holidays at the end of April.
MORNING = "2026-04-22T02:00:00Z"


@pytest.fixture
def place(db: None) -> Place:
    with time_machine.travel(MORNING, tick=False):
        return make_place()


def kinds(referral: Referral) -> list[str]:
    return list(referral.events.values_list("kind", flat=True))


def at(text: str) -> time_machine.travel:
    return time_machine.travel(f"{text}+07:00", tick=False)


def keep_clocks_at(text: str) -> tuple[int, int]:
    with at(text):
        done = keep_clocks(timezone.now())
    return done.reminded, done.escalated


def test_the_holidays_and_the_rules_load_twice_without_change(place: Place) -> None:
    assert load_holidays().unchanged == CalendarDay.objects.count() > 80
    assert (load_referral_rules().added, load_referral_rules().changed) == (0, 0)


def test_a_referral_keeps_its_own_evidence_and_a_deadline_over_the_holidays(place: Place) -> None:
    """Received on Wednesday 22 April: 27 April is made good for Sunday, 30 April and 1 May are holidays."""
    with at("2026-04-22T09:00"):
        referral = place.refer()
    assert timezone.localtime(referral.due_at).isoformat() == "2026-05-04T17:00:00+07:00"
    assert (referral.unit, referral.is_provisional) == (place.commune, False)
    assert (referral.evidence, referral.confidence) == (SILENT.evidence, 0.97)
    assert kinds(referral) == ["handed"]
    assert AuditEntry.objects.filter(subject=f"referral:{referral.pk}", action="referral.handed").exists()
    with pytest.raises(AlreadyReferred):
        place.refer()


def test_where_there_are_districts_the_district_answers_and_passes_down(db: None) -> None:
    with time_machine.travel("2021-09-01T02:00:00Z", tick=False):
        place = make_place(with_district=True)
        Unit.objects.update(valid_from=dt.date(2021, 7, 1))
        referral = place.refer()
        district = referral.unit
        assert district.level == "district"
        passed = pass_down(referral, place.monitor, 1, place.commune, "Giao phường kiểm tra")
        assert (passed.unit, passed.due_at) == (place.commune, referral.due_at)
        with pytest.raises(NotBelow):
            pass_down(passed, place.monitor, 2, district, "")


def test_of_two_officers_the_second_is_told_and_nothing_is_lost(place: Place) -> None:
    referral = place.refer()
    accept(referral, place.officer, 1)
    with pytest.raises(ChangedMeanwhile):
        answer(referral, place.officer, 1, "mended", "Đã dán lại bảng mã")
    with pytest.raises(NotAtThisPoint):
        close(referral, place.monitor, 2, "")
    assert kinds(referral) == ["handed", "accepted"]


def test_an_answer_is_judged_by_somebody_else_and_may_come_back(place: Place) -> None:
    referral = answer(place.refer(), place.officer, 1, "mended", "Đã dán lại bảng mã", [b"jpeg"])
    assert referral.events.last().pictures.count() == 1  # type: ignore[union-attr]
    Appointment.objects.create(officer=place.officer, role=Role.MONITOR, unit=place.province)
    with pytest.raises(SecondPersonNeeded):
        close(referral, place.officer, 2, "")
    back = give_back(referral, place.monitor, 2, "Ảnh không phải cửa này")
    assert (back.state, back.outcome, back.answered_at) == (State.RETURNED, "", None)
    again = answer(back, place.officer, 3, "wrong", "Quán bán mang về, khách quét ở cửa bên")
    assert close(again, place.monitor, 4, "Đồng ý").state == State.CLOSED
    assert kinds(referral) == ["handed", "answered", "returned", "answered", "closed"]
    assert place.refer().pk != referral.pk
    assert first_broken_entry() is None


def test_nothing_closes_a_place_by_itself(place: Place) -> None:
    """CASE 24: whatever the clock or an answer says, the door stays as it is until somebody decides about it."""
    with at("2026-04-22T09:00"):
        referral = place.refer()
    keep_clocks_at("2026-08-03T09:00")
    answer(referral, place.officer, 1, "sanction", "Đề nghị tạm đình chỉ")
    place.venue.refresh_from_db()
    assert place.venue.status == VenueStatus.APPROVED
    assert not place.venue.holds.exists()


def test_the_unit_is_reminded_and_the_level_above_told(place: Place) -> None:
    """Due on Monday 4 May; reminded the working day before, then every second one; after three the province is told."""
    with at("2026-04-22T09:00"):
        referral = place.refer()
    story = {
        "2026-04-28T09:00": (0, 0),
        "2026-04-29T07:59": (0, 0),
        "2026-04-29T08:15": (1, 0),
        "2026-05-04T16:00": (0, 0),
        "2026-05-05T08:15": (1, 0),
        "2026-05-06T09:00": (0, 0),
        "2026-05-07T08:15": (1, 0),
        "2026-05-11T08:15": (1, 0),
        "2026-05-12T07:00": (0, 0),
        "2026-05-12T08:15": (0, 1),
    }
    assert {moment: keep_clocks_at(moment) for moment in story} == story
    referral.refresh_from_db()
    assert (referral.reminders, referral.escalated_to) == (4, place.province)
    assert keep_clocks_at("2026-05-12T08:45") == (0, 0)


def test_a_worker_that_was_down_sends_each_reminder_once_and_reports_nobody_unreminded(place: Place) -> None:
    with at("2026-04-22T09:00"):
        referral = place.refer()
    assert keep_clocks_at("2026-05-12T14:00") == (3, 0)
    assert keep_clocks_at("2026-05-12T14:01") == (0, 0)
    assert keep_clocks_at("2026-05-13T08:15") == (1, 1)
    late = referral.events.filter(kind="reminded").first()
    assert late is not None
    assert late.is_late


def test_an_answered_referral_is_not_reminded_and_a_returned_one_has_a_new_clock(place: Place) -> None:
    with at("2026-04-22T09:00"):
        referral = answer(place.refer(), place.officer, 1, "mended", "Đã dán lại bảng mã")
    assert keep_clocks_at("2026-06-01T09:00") == (0, 0)
    with at("2026-06-01T09:00"):
        assert timezone.localdate(give_back(referral, place.monitor, 2, "Chưa đủ").due_at) == dt.date(2026, 6, 4)
    assert keep_clocks_at("2026-06-03T09:00") == (1, 0)


def test_a_deadline_moves_once_the_holidays_of_its_year_are_announced(place: Place) -> None:
    CalendarDay.objects.filter(day__year__gte=2027).delete()
    with at("2026-12-29T09:00"):
        referral = place.refer()
    assert referral.is_provisional
    assert timezone.localdate(referral.due_at) == dt.date(2027, 1, 5)
    CalendarDay.objects.create(
        day=dt.date(2027, 1, 1), kind="holiday", name_vi="Tết Dương lịch", name_en="New Year", source="thử"
    )
    with at("2026-12-30T09:00"):
        assert keep_clocks(timezone.now()).recounted == 1
        assert keep_clocks(timezone.now()).recounted == 0
    referral.refresh_from_db()
    assert (timezone.localdate(referral.due_at), referral.is_provisional) == (dt.date(2027, 1, 6), False)


def test_history_is_never_rewritten(place: Place) -> None:
    referral = place.refer()
    event = referral.events.get()
    for change in (
        lambda: referral.events.update(words="khác"),
        event.delete,
        lambda: Referral.objects.filter(pk=referral.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_each_unit_sees_its_own(place: Place) -> None:
    referral = place.refer()
    for officer in (place.officer, place.monitor, place.leader):
        assert access_referral(officer, referral.pk) == referral
    with pytest.raises(NoSuchThing):
        access_referral(place.stranger, referral.pk)
    with pytest.raises(RoleMissing):
        access_referral(place.leader, referral.pk, Role.OFFICER, Role.HEAD)
    moved = move(referral, place.monitor, 1, place.other, "Địa điểm ở xã bên")
    assert access_referral(place.stranger, moved.pk) == moved
    assert not access_referrals(place.officer).exists()


def test_a_rule_hands_over_what_it_covers_and_only_once(place: Place) -> None:
    assert refer_by_rule(place.venue, SILENT, 30) is None  # as shipped, no rule is on
    HandOverRule.objects.filter(sign="silent").update(is_on=True)
    assert refer_by_rule(place.venue, SILENT, 6) is None
    assert refer_by_rule(place.venue, replace(SILENT, confidence=0.5), 7) is None
    made = refer_by_rule(place.venue, SILENT, 7)
    assert made is not None
    assert made.handed_by is None
    assert refer_by_rule(place.venue, SILENT, 8) is None


def test_a_place_that_is_not_in_use_is_not_referred(place: Place) -> None:
    place.venue.status = VenueStatus.CLOSED
    place.venue.save()
    with pytest.raises(NothingToRefer):
        place.refer()
