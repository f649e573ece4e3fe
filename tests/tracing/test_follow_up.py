"""Contacts who are watched: from the verdict to the end, in silence and in illness, with links and messages."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from dauchan.people.models import Identity
from dauchan.tracing.access import access_contact
from dauchan.tracing.contact_actions import judge_contacts, undo_judgement
from dauchan.tracing.follow_up.actions import (
    Answer,
    end_follow_up,
    fell_ill,
    keep_answer,
    note_result,
    note_sample,
)
from dauchan.tracing.follow_up.beginning import begin_follow_ups
from dauchan.tracing.follow_up.errors import FollowUpOver, LinkNotGood, NotSampled, TooManyReports
from dauchan.tracing.follow_up.escalation import mark_missed, settle_escalation
from dauchan.tracing.follow_up.links import follow_up_of_link, link_token, remind, send_links
from dauchan.tracing.follow_up.models import Channel, Escalation, FollowUp, LinkMessage, MissedDay, SymptomReport
from dauchan.tracing.follow_up.queries import proposals_of
from dauchan.tracing.follow_up.retention import forget
from dauchan.tracing.models import Case, Disease
from dauchan.tracing.queries import chain_of, last_judgement
from dauchan.units.errors import RoleMissing
from dauchan.units.models import AuditEntry, Officer
from tests.tracing.watched import confirmed_contacts, make_schedule, watched

ILL = Answer(("fever", "cough"), "38,6", "Ho từ đêm qua")


@pytest.fixture(autouse=True)
def _schedule(disease: Disease) -> None:
    make_schedule(disease)


def in_days(days: int, hour: int = 9) -> dt.datetime:
    morning = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return morning + dt.timedelta(days=days)


def test_who_is_confirmed_is_watched_once(case: Case, tracer: Officer) -> None:
    run = confirmed_contacts(case, tracer, 1, 2)
    followed = FollowUp.objects.get(contact__run=run, contact__number=1)
    exposed_on = timezone.localdate(followed.contact.last_at)
    assert followed.quarantine_until_on == exposed_on + dt.timedelta(days=15)
    assert followed.until_on == exposed_on + dt.timedelta(days=22)
    assert followed.tests.count() == 2
    begun = begin_follow_ups(run, tracer, [1, 2, 3])
    assert (begun.begun, begun.already) == (1, 2)
    assert FollowUp.objects.count() == 3


def test_a_verdict_taken_back_takes_the_watching_back(case: Case, tracer: Officer) -> None:
    run = confirmed_contacts(case, tracer, 1, 2)
    entry = last_judgement(run, tracer)
    assert entry is not None
    kept = FollowUp.objects.get(contact__number=2)
    keep_answer(kept, Answer(), Channel.CALL, tracer)
    undo_judgement(run, tracer, entry)
    assert [one.status for one in FollowUp.objects.all()] == ["stopped"]
    judge_contacts(run, tracer, [1], "confirmed")
    judge_contacts(run, tracer, [1], "ruled_out")
    assert FollowUp.objects.filter(status="active").count() == 0


def test_without_a_schedule_nobody_is_watched(case: Case, tracer: Officer, disease: Disease) -> None:
    disease.follow_up_rules.all().delete()
    run = confirmed_contacts(case, tracer, 1)
    assert begin_follow_ups(run, tracer, [1, 2]).without_rule == 2
    assert not FollowUp.objects.exists()


def test_what_was_said_is_ciphertext_and_illness_is_seen(case: Case, tracer: Officer, approver: Officer) -> None:
    followed = watched(case, tracer)
    with pytest.raises(RoleMissing):
        keep_answer(followed, ILL, Channel.CALL, approver)
    report = keep_answer(followed, ILL, Channel.LINK)
    followed.refresh_from_db()
    assert followed.ill_since_on == timezone.localdate()
    raw = SymptomReport.objects.extra(select={"raw": "symptoms", "words": "remark"}).values_list("raw", "words").get()
    assert b"fever" not in bytes(raw[0])
    assert "Ho từ đêm qua".encode() not in bytes(raw[1])
    assert SymptomReport.objects.get(pk=report.pk).symptoms == "fever cough"


def test_silence_is_brought_before_the_head_then_the_approver(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    start = followed.asked_from
    with time_machine.travel(in_days(0)):
        assert mark_missed(timezone.now()) == (0, 0)
    late = (start - timezone.localdate()).days
    with time_machine.travel(in_days(late + 1)):
        assert mark_missed(timezone.now()) == (1, 1)
        assert mark_missed(timezone.now()) == (0, 0), "a second run changes nothing"
    with time_machine.travel(in_days(late + 3)):
        assert mark_missed(timezone.now()) == (2, 1), "the worker was down for a day"
        levels = list(Escalation.objects.order_by("pk").values_list("level", "missed_days"))
        assert levels == [("lead", 1), ("approver", 3)]
        settle_escalation(Escalation.objects.get(level="lead"), tracer, "Đã nhờ tổ trưởng dân phố")
        keep_answer(followed, Answer(), Channel.CALL, tracer)
        assert not Escalation.objects.filter(settled_at=None).exists()
    with time_machine.travel(in_days(late + 4)):
        assert mark_missed(timezone.now()) == (0, 0)
        followed.refresh_from_db()
        assert followed.missed_in_a_row == 0
    with time_machine.travel(in_days(late + 60)):
        mark_missed(timezone.now())
        assert MissedDay.objects.filter(on__gte=followed.until_on).count() == 0
    assert AuditEntry.objects.filter(action="follow_up.escalated").count() >= 2


def test_tests_are_sampled_before_they_have_results(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    test = followed.tests.first()
    assert test is not None
    with pytest.raises(NotSampled):
        note_result(test, tracer, "negative")
    note_sample(test, tracer, "pcr", timezone.now())
    note_result(test, tracer, "positive")
    proposed = proposals_of(followed, list(followed.tests.all()), timezone.localdate())
    assert proposed["case"]
    assert not proposed["release"]


def test_all_negative_and_the_days_over_proposes_the_end(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    for test in followed.tests.all():
        note_sample(test, tracer, "pcr", timezone.now())
        note_result(test, tracer, "negative")
    tests = list(followed.tests.all())
    assert not proposals_of(followed, tests, followed.until_on - dt.timedelta(days=1))["end"]
    assert proposals_of(followed, tests, followed.until_on)["end"]
    end_follow_up(followed, tracer)
    with pytest.raises(FollowUpOver):
        keep_answer(followed, Answer(), Channel.LINK)


def test_who_falls_ill_is_a_case_and_keeps_the_chain(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    today = timezone.localdate()
    ill = fell_ill(followed, tracer, today, today, ("fever",))
    followed.refresh_from_db()
    assert followed.status == "case"
    assert ill.person_id == followed.person_id
    assert ill.source_contact_id == followed.contact_id
    assert chain_of(access_contact(tracer, followed.contact_id))[-1].source_id == case.person_id


def test_a_link_is_good_for_one_person_and_ends_with_the_watching(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    token = link_token(followed)
    assert follow_up_of_link(token) == followed
    other = ("B" if token[0] != "B" else "C") + token[1:]
    for bad in (other, token[:-1] + ("A" if token[-1] != "A" else "B"), "", "A" * 24, "é" * 24):
        with pytest.raises(LinkNotGood):
            follow_up_of_link(bad)
    for digits in (str(followed.person_id), str(followed.pk)):
        assert digits not in token
    end_follow_up(followed, tracer)
    with pytest.raises(LinkNotGood):
        follow_up_of_link(token)


def test_messages_go_to_verified_numbers_within_limits(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    for _ in range(3):
        assert send_links([followed]).sent == 1
    assert send_links([followed]).over_limit == 1
    Identity.objects.filter(person=followed.person_id).update(verified_at=None)
    LinkMessage.objects.all().delete()
    assert send_links([followed]).unverified == 1
    assert not LinkMessage.objects.exists()


def test_the_morning_asks_who_has_not_answered(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    assert remind(timezone.now()).sent == 0, "nobody asked for a link"
    send_links([followed])
    day = (followed.asked_from - timezone.localdate()).days + 1
    with time_machine.travel(in_days(day)):
        assert remind(timezone.now()).sent == 1
        assert remind(timezone.now()).sent == 0, "once a day"
    with time_machine.travel(in_days(day + 1)):
        keep_answer(followed, Answer(), Channel.LINK)
        assert remind(timezone.now()).sent == 0


def test_a_link_takes_only_so_many_reports_a_day(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    for _ in range(12):
        keep_answer(followed, Answer(), Channel.LINK)
    with pytest.raises(TooManyReports):
        keep_answer(followed, Answer(), Channel.LINK)
    keep_answer(followed, Answer(), Channel.CALL, tracer)


def test_nothing_is_kept_for_ever(case: Case, tracer: Officer) -> None:
    followed = watched(case, tracer)
    keep_answer(followed, ILL, Channel.LINK)
    end_follow_up(followed, tracer)
    with time_machine.travel(in_days(59)):
        assert forget(timezone.now()).follow_ups == 0
    with time_machine.travel(in_days(61)):
        assert forget(timezone.now()).follow_ups == 1
    assert not SymptomReport.objects.exists()


def test_who_was_never_ended_is_forgotten_too(case: Case, tracer: Officer) -> None:
    watched(case, tracer)
    with time_machine.travel(in_days(22 + 62)):
        assert forget(timezone.now()).follow_ups == 1
