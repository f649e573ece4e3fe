"""A breach: its 72 hours, its alarms, its notifications, and a history nobody rewrites."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from dauchan.privacy.breaches.actions import (
    Account,
    amend,
    close,
    note_not_due,
    note_notified,
    note_people_told,
    record_breach,
)
from dauchan.privacy.breaches.alarms import raise_alarms
from dauchan.privacy.breaches.breach_models import BreachState
from dauchan.privacy.breaches.errors import ChangedMeanwhile, Incomplete, NotAtThisPoint
from dauchan.privacy.breaches.papers import authority_pdf, people_pdf
from dauchan.units.models import AuditEntry

if TYPE_CHECKING:
    from dauchan.units.models import Officer, Unit

pytestmark = pytest.mark.django_db


def account(found_at: dt.datetime, **more: str) -> Account:
    said = {"what": "Một máy quét tại cổng bị mất.", "harm": "", "measures": "", **more}
    return Account("loss", found_at, None, "Trần Văn Trực", ["visits", "phone"], 12, True, **said)


def test_alarms_follow_the_hours_and_end_with_the_notification(province: Unit, protector: Officer) -> None:
    found = timezone.now() - dt.timedelta(hours=25)
    breach = record_breach(province, account(found), protector)
    assert breach.due_at == found + dt.timedelta(hours=72)
    assert raise_alarms(timezone.now()) == 1
    assert raise_alarms(timezone.now()) == 0
    assert raise_alarms(found + dt.timedelta(hours=73)) == 3
    with pytest.raises(Incomplete):
        note_notified(breach, protector, 1, "Gửi qua cổng thông tin, số 12/TB.")
    full = amend(breach, account(found, harm="Lộ lượt vào ra.", measures="Đã khóa thiết bị."), protector, 1)
    told = note_notified(full, protector, 2, "Gửi qua cổng thông tin, số 12/TB.")
    assert told.state == BreachState.NOTIFIED
    assert raise_alarms(found + dt.timedelta(days=9)) == 0
    told = note_people_told(told, protector, 3, "Tin nhắn tới 12 người.")
    assert close(told, protector, 4, "Đã thu hồi thiết bị.").state == BreachState.CLOSED
    with pytest.raises(NotAtThisPoint):
        amend(told, account(found), protector, 5)
    assert AuditEntry.objects.filter(subject=f"breach:{breach.pk}").count() == 9


def test_two_officers_do_not_overwrite_each_other(province: Unit, protector: Officer) -> None:
    breach = record_breach(province, account(timezone.now()), protector)
    note_not_due(breach, protector, 1, "Thiết bị không giữ dữ liệu cá nhân.")
    with pytest.raises(ChangedMeanwhile):
        note_people_told(breach, protector, 1, "Đã gọi.")


def test_notifications_say_what_the_law_wants_told(province: Unit, protector: Officer) -> None:
    breach = record_breach(province, account(timezone.now() - dt.timedelta(hours=80)), protector)
    assert authority_pdf(breach, timezone.now()).startswith(b"%PDF")
    assert people_pdf(breach, timezone.now()).startswith(b"%PDF")


def test_what_was_written_of_it_lies_sealed_and_stays(province: Unit, protector: Officer) -> None:
    breach = record_breach(
        province, dataclasses.replace(account(timezone.now()), what="Chị Hoa Thử gửi nhầm."), protector
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM privacy_breach WHERE id = %s", [breach.pk])
        assert b"Hoa" not in bytes(cursor.fetchone()[0])
    with pytest.raises(ProgrammingError, match="stays as it is"), transaction.atomic():
        breach.events.all().delete()
