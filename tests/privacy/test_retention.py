"""Travel in time: nothing past its limit is anywhere, the certificate proves it, and what a case holds stays until it ends."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

from dauchan.helpdesk.models import Ticket, Topic
from dauchan.people.models import Identity, PhoneCode
from dauchan.people.phone_codes import send_code
from dauchan.privacy.inventory import data_inventory
from dauchan.privacy.retention.certificate_models import PurgeCertificate
from dauchan.privacy.retention.certificates import Fault, certify, first_fault
from dauchan.privacy.retention.checking import left_over
from dauchan.privacy.retention.purging import keep_limits
from dauchan.privacy.retention.rounds import carry_out
from dauchan.privacy.rights.answering import refuse
from dauchan.privacy.rights.asking import Wish, ask_by_phone
from dauchan.privacy.rights.request_models import PersonRequest, Right
from dauchan.tracing.models import Contact, TraceRun
from dauchan.visits.models import CheckIn
from tests.privacy.conftest import seen_at
from tests.privacy.test_rights import case_of

if TYPE_CHECKING:
    from dauchan.people.models import Person
    from dauchan.units.models import Officer, Unit
    from dauchan.venues.models import Venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clocks")]


def ticket(code: str) -> Ticket:
    return Ticket.objects.create(
        code=code,
        topic=Topic.OTHER,
        words="Tôi là Lê Văn Thử",
        phone="+84905000077",
        address_hash=b"h",
        opened_at=timezone.now(),
    )


def fill(visitor: Person, venue: Venue, unit: Unit, officer: Officer) -> Contact:
    """One of everything that has to go one day."""
    seen_at(visitor, venue)
    send_code("+84905000088", "sign-in", "192.0.2.1")
    ticket("AAAA-0001")
    ask_by_phone(visitor, Wish(Right.VIEW))
    case = case_of(visitor, unit, officer)
    case.note, case.address = "Ghi chú thử", "12 Lê Thử"
    case.save()
    now = timezone.now()
    run = TraceRun.objects.create(
        case=case,
        requested_by=officer,
        policy={},
        horizon=now,
        started_at=now,
        finished_at=now,
        visits_read=1,
        imputed_stays=0,
    )
    for name, when in (("old.jpg", now - dt.timedelta(days=8)), ("log/door.log.1", now - dt.timedelta(days=31))):
        path = Path(settings.LOG_ROOT).parent / name if "/" in name else Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (when.timestamp(), when.timestamp()))
    return Contact.objects.create(
        run=run, number=1, person_id=visitor.pk, source_id=venue.owner_id or 0, generation=1, overlap_seconds=900,
        tail_seconds=0, encounters=1, first_at=now, last_at=now, venue=venue, assurance=1, labels=0, sources=1,
    )  # fmt: skip


def test_years_later_nothing_past_its_limit_is_anywhere(
    visitor: Person, venue: Venue, province: Unit, protector: Officer
) -> None:
    contact = fill(visitor, venue, province, protector)
    Identity.objects.filter(person=venue.owner_id).update(verified_at=timezone.now())
    with time_machine.travel(timezone.now() + dt.timedelta(days=800), tick=False):
        before = {one.where for one in left_over(timezone.now())}
        assert {"check_in", "people_phonecode", "helpdesk_ticket", "tracing_case", "tracing_contact"} <= before
        certificate = keep_limits(timezone.now())
        assert left_over(timezone.now()) == []
        assert certificate.content["left_over"] == []
    assert not CheckIn.objects.exists()
    assert not PhoneCode.objects.exists()
    assert not Identity.objects.filter(person=visitor).exists()
    assert Identity.objects.filter(person=venue.owner_id).exists()  # who owns a venue is still needed
    contact.refresh_from_db()
    assert contact.person_id < 0 < contact.overlap_seconds  # the figures stay, nobody is in them
    contact.run.case.refresh_from_db()
    assert not contact.run.case.note
    assert not contact.run.case.address
    kept = Ticket.objects.get()
    assert not kept.words
    assert not kept.phone
    assert certificate.content["files"] == {"uploads": 1, "log": 1}
    assert certificate.rows > 5
    said = {rule["rule"] for rule in certificate.content["rules"]}
    assert said == {rule.code for rule in data_inventory().rules.values() if rule.act}


def test_what_a_case_holds_stays_until_the_case_ends(
    visitor: Person, venue: Venue, province: Unit, protector: Officer
) -> None:
    fill(visitor, venue, province, protector)
    visitor.consents.all().delete()
    with time_machine.travel(timezone.now() + dt.timedelta(days=25), tick=False):
        carry_out("ledger", timezone.now())
        carry_out("person", timezone.now())
        assert Identity.objects.filter(person=visitor).exists()
        assert not CheckIn.objects.exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=400), tick=False):
        carry_out("person", timezone.now())
        assert not Identity.objects.filter(person=visitor).exists()


def test_a_request_and_its_history_go_after_five_years(visitor: Person, province: Unit, protector: Officer) -> None:
    refuse(ask_by_phone(visitor, Wish(Right.VIEW)), protector, 1, "others", "Lý do thử.")
    carry_out("requests", timezone.now() + dt.timedelta(days=1824))
    assert PersonRequest.objects.count() == 1
    carry_out("requests", timezone.now() + dt.timedelta(days=1826))
    assert not PersonRequest.objects.exists()


def test_a_certificate_that_was_changed_or_removed_is_named(province: Unit) -> None:
    numbers = [certify(timezone.now(), {"rules": []}, 0).pk for _ in range(3)]
    assert first_fault() is None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_purgecertificate DISABLE TRIGGER stays")
        cursor.execute("UPDATE privacy_purgecertificate SET rows = rows + 1 WHERE id = %s", [numbers[1]])
        assert first_fault() == Fault(numbers[1], "changed")
        cursor.execute("DELETE FROM privacy_purgecertificate WHERE id = %s", [numbers[1]])
        assert first_fault() == Fault(numbers[2], "missing")


def test_a_certificate_of_another_key_does_not_hold(province: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    from dauchan.privacy.retention import certificates

    made = certify(timezone.now(), {"rules": []}, 0)
    monkeypatch.setattr(certificates, "_PURPOSE", b"cards")
    assert first_fault() == Fault(made.pk, "signature")
    assert PurgeCertificate.objects.get().key == settings.CARD_KEYS.current
