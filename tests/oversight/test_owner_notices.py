"""Owners are sent word of decisions about their places: once, within limits, by day, in fixed words with a link."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import DatabaseError, transaction

from dauchan.oversight.inspections.keeping import keep_measure_clocks
from dauchan.oversight.owner_notices.carrying import forget_receivers, send_due
from dauchan.oversight.owner_notices.limits import LIMITS
from dauchan.oversight.owner_notices.models import OwnerNotice, State, Subject, Why
from dauchan.oversight.owner_notices.telling import tell_owner
from dauchan.oversight.owner_notices.wording import sentence
from dauchan.oversight.sanctions.appeals import Judgement, answer_appeal, set_effect
from dauchan.oversight.sanctions.deciding import approve, settle
from dauchan.oversight.sanctions.owner_steps import appeal
from dauchan.people.models import Identity, Person
from dauchan.people.restrictions.actions import restrict
from dauchan.people.restrictions.models import Scope
from tests.oversight.inspected import inspected, make_visit
from tests.oversight.sanctioned import NUMBER, Law, make_law
from tests.web.test_made_known import Recorder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 18, 9, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.SMS_GATEWAY = "tests.web.test_made_known.Recorder"
    Recorder.sent.clear()
    with time_machine.travel(MORNING, tick=False) as travelled:
        yield travelled


@pytest.fixture
def law(clock: time_machine.Traveller) -> Law:
    return make_law()


def told() -> list[str]:
    return list(OwnerNotice.objects.values_list("subject", flat=True))


def test_each_decision_is_told_once_with_a_link_and_without_anybodys_words(law: Law) -> None:
    draft = law.propose()
    assert told() == [], "a draft is nobody's business outside"
    warning = law.propose("warning")
    settle(warning, law.place.officer, warning.revision, "Đã dán lại")
    suspension = approve(draft, law.approver, draft.revision, document_number=NUMBER)
    filed = appeal(suspension, "Tôi không đồng ý vì cửa này không có khách")
    filed = set_effect(filed, law.judge, filed.revision, is_suspensive=True)
    answer_appeal(filed, law.judge, filed.revision, Judgement("upheld", "Giữ nguyên vì có khách ra vào"))
    law.lift(suspension)
    assert told() == ["warning", "settled", "suspension", "paused", "appeal", "lifting"]
    assert (send_due(MORNING), send_due(MORNING)) == (LIMITS["most_an_owner_a_day"], 0)
    phone, text = Recorder.sent[0]
    assert phone == "+84905000001"
    assert f"/owner/sanctions/{warning.pk}/" in text
    assert "Ủy ban nhân dân phường Thuận Thử nhắc nhở" in text
    assert law.venue.name not in " ".join(text for _phone, text in Recorder.sent)


def test_a_record_is_told_once_for_all_its_measures_and_a_deadline_again(clock: time_machine.Traveller) -> None:
    visit = make_visit()
    more = {"measures": [{"words": f"Việc thứ {n} phải làm", "days": 3, "finding": 0} for n in (1, 2)]}
    record = inspected(visit.venue, visit.officer, **more)
    (notice,) = OwnerNotice.objects.all()
    assert (notice.subject, notice.source) == (Subject.MEASURES, record.audit_name)
    assert f"/owner/inspections/{record.pk}/" in notice.text
    later = MORNING + dt.timedelta(days=5)
    clock.move_to(later)
    keep_measure_clocks(later)
    assert told() == ["measures", "due"]


def test_nobody_is_woken_or_flooded_and_nothing_goes_to_a_number_that_nobody_proved(
    law: Law, clock: time_machine.Traveller
) -> None:
    night = MORNING + dt.timedelta(hours=13)
    clock.move_to(night)
    for number in range(LIMITS["most_an_owner_a_day"] + 1):
        tell_owner(law.venue, law.place.commune, Subject.WARNING, f"sanction:{number}")
        tell_owner(law.venue, law.place.commune, Subject.WARNING, f"sanction:{number}")
    assert len(told()) == LIMITS["most_an_owner_a_day"] + 1, "what still waits is not written twice"
    assert send_due(night) == 0
    assert send_due(MORNING + dt.timedelta(days=1, hours=-3)) == 0, "7 o'clock has not come"
    morning = MORNING + dt.timedelta(days=1)
    clock.move_to(morning)
    assert send_due(morning) == LIMITS["most_an_owner_a_day"]
    assert OwnerNotice.objects.get(state=State.SKIPPED).why == Why.MANY
    Identity.objects.update(verified_at=None)
    tell_owner(law.venue, law.place.commune, Subject.LIFTING, "sanction:99")
    assert send_due(morning + dt.timedelta(hours=1)) == 0
    assert OwnerNotice.objects.get(source="sanction:99").why == Why.NO_PHONE


def test_the_log_stays_and_its_receivers_are_forgotten(law: Law) -> None:
    notice = tell_owner(law.venue, law.place.commune, Subject.WARNING, "sanction:1")
    assert notice is not None
    Identity.objects.update(phone="+84905000009")  # the gateway of this test takes nothing for it
    assert send_due(MORNING) == 1
    notice.refresh_from_db()
    assert notice.state == State.FAILED
    for change in ({"text": "khác"}, {"sent_at": None}):
        with pytest.raises(DatabaseError, match="what an owner was told stays as it is"), transaction.atomic():
            OwnerNotice.objects.update(**change)
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        notice.delete()
    assert forget_receivers(MORNING + dt.timedelta(days=91)) == 1
    assert OwnerNotice.objects.get().person_id is None


def test_sentences_are_short_and_whole_in_both_languages() -> None:
    facts = {"code": "ABCD-1234", "committee": "Ủy ban nhân dân xã Chân Mây - Lăng Cô"}
    for subject in Subject:
        for language in ("vi", "en"):
            text = sentence(subject, language, link="https://dauchan.hue.gov.vn/owner/inspections/123456/", **facts)
            assert "ABCD-1234" in text
            assert len(text) <= 240


def test_a_restriction_stops_reminders_but_no_decision(law: Law) -> None:
    venue = law.place.venue
    assert venue.owner_id is not None
    restrict(Person.objects.get(pk=venue.owner_id), Scope.MESSAGES)
    tell_owner(venue, venue.unit, Subject.SUSPENSION, "sanction:1")
    tell_owner(venue, venue.unit, Subject.MEASURE_DUE, "inspection:1")
    send_due(dt.datetime.now(dt.UTC))
    by_subject = dict(OwnerNotice.objects.values_list("subject", "state"))
    assert by_subject == {Subject.SUSPENSION: State.SENT, Subject.MEASURE_DUE: State.SKIPPED}
    assert OwnerNotice.objects.get(subject=Subject.MEASURE_DUE).why == Why.RESTRICTED
