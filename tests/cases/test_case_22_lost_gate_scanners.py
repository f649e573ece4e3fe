"""Lost gate scanners held personal data: what a revoked device still sends waits sealed, until a person decides."""

from __future__ import annotations

import datetime as dt
import re
from uuid import UUID

import pytest
import uuid_utils
from django.conf import settings
from django.db import connection
from django.utils import timezone

from dauchan.people.models import Credential, Person
from dauchan.people.sealing import random_person_id
from dauchan.qr.gate_queue import QueueSealer
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.gates import revoke_device
from dauchan.venues.models import GateDevice, Venue
from dauchan.visits.gate_items import Direction, GateItem
from dauchan.visits.gate_scans import record_items
from dauchan.visits.models import CheckIn, QuarantinedScan, Visit
from dauchan.visits.quarantine import waiting_scans
from dauchan.visits.registry import Label
from dauchan.visits.retention import purge
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn, browser_of, client_of

pytestmark = pytest.mark.django_db

CARD = "identity_card_2021:046090012345"


@pytest.fixture
def device(make_venue: MakeVenue, commune: Unit) -> GateDevice:
    """A device that was lost and revoked."""
    now = timezone.now()
    made = GateDevice.objects.create(
        venue=make_venue(commune), name="Cổng sau", token_hash=b"x" * 32, enrolled_at=now, seen_at=now
    )
    revoke_device(made, now)
    return made


def sealed(device: GateDevice, said: str, direction: Direction, minutes_ago: float) -> GateItem:
    """As the door hands it on; of a revoked device it has not looked inside."""
    at, scan_id = timezone.now() - dt.timedelta(minutes=minutes_ago), UUID(str(uuid_utils.uuid7()))
    text = QueueSealer(settings.GATE_QUEUE_KEYS.key).seal(said, scan_id)
    times = (at, at, timezone.now())
    row = (scan_id, device.pk, device.venue_id, *times, int(Label.OFFLINE), int(direction), 0, 0, 0, 0, 0)
    return GateItem._make((*row, random_person_id(), None, None, None, None, text))


def handed_in(device: GateDevice) -> list[GateItem]:
    items = [sealed(device, CARD, Direction.IN, 90), sealed(device, CARD, Direction.OUT, 30)]
    assert [said.outcome for said in record_items(items)] == [4, 4]
    return items


def test_case_22_a_revoked_devices_scans_wait_and_nobody_can_read_them(device: GateDevice, owner: Person) -> None:
    items = handed_in(device)
    assert [said.outcome for said in record_items(items)] == [4, 4]
    assert not Visit.objects.exists()
    assert not Credential.objects.exists()
    (waiting,) = waiting_scans([device.pk])
    assert (waiting.scans, waiting.last_at - waiting.first_at) == (2, items[1].at - items[0].at)  # type: ignore[operator]  # instants
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_quarantine::text FROM gate_quarantine")
        assert b"046090012345".hex() not in "".join(row for (row,) in cursor.fetchall())
    page = client_of(owner).get(f"/owner/{device.venue_id}/gates/").content.decode()
    assert re.search(r"2\s+lượt chờ cán bộ quyết định", page)
    assert client_of(owner).post(f"/officer/gate-scans/{device.pk}/", {}).status_code == 302
    assert QuarantinedScan.objects.filter(decided_at=None).count() == 2


def test_case_22_the_unit_officer_releases_them(device: GateDevice, officer: Officer) -> None:
    items = handed_in(device)
    page = browser_of(officer).get("/officer/gate-scans/").content.decode()
    assert "Cổng sau" in page
    assert "046090012345" not in page
    form = {f"{device.pk}-why": "Máy tìm lại được", f"{device.pk}-decision": "release"}
    assert browser_of(officer).post(f"/officer/gate-scans/{device.pk}/", form).status_code == 302
    visit = Visit.objects.get()
    assert (visit.left_at, visit.entered_at) == (items[1].at, items[0].at)
    assert visit.labels & Label.REVOKED_DEVICE
    entry = AuditEntry.objects.get(action="gate_scans.released")
    assert (entry.actor, entry.purpose, entry.detail["recorded"]) == (officer, "Máy tìm lại được", 2)
    assert not QuarantinedScan.objects.exclude(sealed=None).exists()
    assert [said.outcome for said in record_items(items)] == [4, 4], "sent again it changes nothing"
    assert CheckIn.objects.count() == 1
    assert waiting_scans([device.pk]) == []


def test_case_22_or_discards_them_unread(device: GateDevice, officer: Officer) -> None:
    handed_in(device)
    address = f"/officer/gate-scans/{device.pk}/"
    nameless = browser_of(officer).post(address, {f"{device.pk}-why": "", f"{device.pk}-decision": "discard"})
    assert nameless.status_code == 422
    form = {f"{device.pk}-why": "Máy bị mất cắp", f"{device.pk}-decision": "discard"}
    assert browser_of(officer).post(address, form).status_code == 302
    assert AuditEntry.objects.get(action="gate_scans.discarded").detail["scans"] == 2
    assert not QuarantinedScan.objects.exclude(sealed=None).exists()
    assert not CheckIn.objects.exists()
    assert not Person.objects.filter(credentials__isnull=False).exists()
    assert "Không có lượt quét nào chờ xét" in browser_of(officer).get("/officer/gate-scans/").content.decode()


def test_case_22_only_the_officer_of_that_unit(
    device: GateDevice, other_commune: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    handed_in(device)
    form = {f"{device.pk}-why": "Tò mò", f"{device.pk}-decision": "release"}
    elsewhere = signed_in(make_officer(Role.OFFICER, other_commune))
    assert "Cổng sau" not in elsewhere.get("/officer/gate-scans/").content.decode()
    assert elsewhere.post(f"/officer/gate-scans/{device.pk}/", form).status_code == 404
    tracer = signed_in(make_officer(Role.MONITOR, device.venue.unit))
    assert tracer.post(f"/officer/gate-scans/{device.pk}/", form).status_code == 403
    assert QuarantinedScan.objects.filter(decided_at=None).count() == 2


def test_case_22_what_still_cannot_be_opened_goes_on_waiting(device: GateDevice, officer: Officer) -> None:
    whole = sealed(device, CARD, Direction.IN, 60)
    broken = sealed(device, CARD, Direction.IN, 50)._replace(sealed=b"\1" * 120)
    record_items([whole, broken])
    form = {f"{device.pk}-why": "Tìm lại", f"{device.pk}-decision": "release"}
    told = browser_of(officer).post(f"/officer/gate-scans/{device.pk}/", form, follow=True).content.decode()
    assert "1 lượt không mở được" in told
    assert [row.scan_id for row in QuarantinedScan.objects.filter(decided_at=None)] == [broken.scan_id]


def test_case_22_nothing_waits_longer_than_the_ledger_keeps(device: GateDevice) -> None:
    handed_in(device)
    purge(timezone.now() + dt.timedelta(days=20))
    assert QuarantinedScan.objects.count() == 2
    purge(timezone.now() + dt.timedelta(days=23))
    assert not QuarantinedScan.objects.exists()


def test_case_22_the_venue_is_the_devices_own(device: GateDevice, make_venue: MakeVenue, commune: Unit) -> None:
    """A ticket names device and venue; one for another venue than the device's counts for nothing."""
    other: Venue = make_venue(commune, "Quán khác")
    GateDevice.objects.filter(pk=device.pk).update(revoked_at=None)
    moved = sealed(device, CARD, Direction.IN, 10)._replace(venue_id=other.pk)
    assert record_items([moved])[0].outcome == 4
