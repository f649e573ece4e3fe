"""Travel in time: invitations go after 365 days, sessions two days after their end; one more day before, they are there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from dauchan.people.encryption import keyed_hash
from dauchan.people.invitations.models import Invitation
from dauchan.privacy.retention.checking import left_over
from dauchan.privacy.retention.rounds import carry_out
from dauchan.units.models import Officer

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def invited(officer: Officer, by: Officer) -> int:
    phone = "+84905000123"
    made = Invitation.objects.create(officer=officer, phone=phone, phone_hash=keyed_hash(phone, "phone"), made_by=by)
    return made.pk


def in_(span: dt.timedelta, rule: str, remaining: Callable[[], object]) -> object:
    """What remains after the night's round that follows *span* from now."""
    with time_machine.travel(timezone.now() + span, tick=False):
        carry_out(rule, timezone.now())
        return remaining()


def test_invitations_go_after_365_days_but_the_last_of_an_open_account_stays(protector: Officer) -> None:
    working = Officer.objects.create(username="lam", full_name="Lê Văn Làm", is_active=True)
    never = Officer.objects.create(username="cho", full_name="Trần Văn Chờ", is_active=False)
    earlier, last, unopened = invited(working, protector), invited(working, protector), invited(never, protector)

    def remaining() -> set[int]:
        return set(Invitation.objects.values_list("pk", flat=True))

    assert in_(365 * DAY - HOUR, "invitations", remaining) == {earlier, last, unopened}
    with time_machine.travel(timezone.now() + 367 * DAY, tick=False):
        assert [(one.where, one.rows) for one in left_over(timezone.now())] == [("invitations_invitation", 2)]
    assert in_(365 * DAY + HOUR, "invitations", remaining) == {last}
    assert Officer.objects.filter(pk=never.pk).exists()  # what was done is accounted for: accounts are never removed


def test_sessions_go_when_they_end_and_where_somebody_signed_in_two_days_later(protector: Officer) -> None:
    session = SessionStore()
    session.set_expiry(12 * HOUR)
    session.create()
    UserSession.objects.create(
        user=protector, session_key=session.session_key, ip="192.0.2.0", user_agent="thử", last_seen_at=timezone.now()
    )

    def remaining() -> tuple[int, int]:
        return Session.objects.count(), UserSession.objects.count()

    assert in_(11 * HOUR, "session", remaining) == (1, 1)
    assert in_(13 * HOUR, "session", remaining) == (0, 1)
    assert in_(2 * DAY + HOUR, "session", remaining) == (0, 0)
