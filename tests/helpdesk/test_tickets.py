"""A ticket is taken from anybody, answered by an agent, and keeps no phone number in clear."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from dauchan.helpdesk.actions import TICKETS_AN_HOUR, access_ticket, access_tickets, answer_ticket, open_ticket
from dauchan.helpdesk.errors import AlreadyAnswered, TooManyTickets
from dauchan.helpdesk.models import Ticket, Topic
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Appointment, Officer, Unit


@pytest.fixture
def province(db: None) -> Unit:
    return Unit.objects.create(
        code="91", level="province", name="Thử", full_name="Tỉnh Thử", name_en="Trial", path="91",
        valid_from=dt.date(2025, 7, 1), search_key="thu", sort_key="thu",
    )  # fmt: skip


def officer(username: str, at: Unit, role: str) -> Officer:
    made = Officer.objects.create(username=username, full_name=username)
    Appointment.objects.create(officer=made, role=role, unit=at)
    return made


def test_the_phone_is_encrypted_where_it_lies(province: Unit) -> None:
    ticket = open_ticket(Topic.NO_MESSAGE, "Không thấy tin nhắn", "192.0.2.1", phone="+84900000123")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM helpdesk_ticket")
        ((stored,),) = cursor.fetchall()
    assert b"900000123" not in bytes(stored)
    assert Ticket.objects.get(pk=ticket.pk).phone == "+84900000123"


def test_only_agents_see_and_answer(province: Unit) -> None:
    ticket = open_ticket(Topic.CANNOT_SCAN, "Máy không đọc được mã", "192.0.2.1")
    agent, monitor = officer("hotro", province, "agent"), officer("giamsat", province, "monitor")
    with pytest.raises(RoleMissing):
        access_tickets(monitor)
    answer_ticket(access_ticket(agent, ticket.pk), agent, "Hãy gõ mã in dưới hình QR.")
    assert Ticket.objects.get(pk=ticket.pk).answered_by == agent
    with pytest.raises(AlreadyAnswered):
        answer_ticket(ticket, agent, "Lần hai")


def test_one_address_cannot_flood(province: Unit) -> None:
    for _ in range(TICKETS_AN_HOUR):
        open_ticket(Topic.OTHER, "x", "192.0.2.1")
    with pytest.raises(TooManyTickets):
        open_ticket(Topic.OTHER, "x", "192.0.2.1")
