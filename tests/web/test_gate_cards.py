"""Control cards at a gate: taken with the assurance of a card, refused with a reason when they no longer count."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from dauchan.people.cards import issue_card, replace_card, revoke_card, undo_revocation
from dauchan.people.holders import Holder
from dauchan.qr import SigningRing, make_card_code
from dauchan.visits.models import CheckIn, ScanAttempt
from dauchan.visits.registry import Assurance, AttemptReason, Source
from tests.web.test_gate import enrolled, scan

if TYPE_CHECKING:
    from django.test import Client

    from dauchan.people.models import ControlCard
    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate(make_venue: MakeVenue, commune: Unit, owner_client: Client) -> Client:
    return enrolled(make_venue(commune, capacity=10), owner_client)


@pytest.fixture
def card(commune: Unit, officer: Officer) -> ControlCard:
    return issue_card(commune, officer, Holder("Trần Thị Thử", 1950, "+84905111222"))


def code_of(card: ControlCard) -> str:
    return make_card_code(card.pk, settings.CARD_KEYS)


def attempts() -> list[int]:
    return list(ScanAttempt.objects.values_list("reason", flat=True))


def test_a_card_lets_its_holder_in_and_out(gate: Client, card: ControlCard) -> None:
    entered = scan(gate, code_of(card).lower())
    assert (entered["tone"], entered["who"]) == ("good", f"T••• T••• Thử {card.serial}")
    check_in = CheckIn.objects.get()
    assert (check_in.person_id, check_in.assurance, check_in.source) == (card.person_id, Assurance.CARD, Source.GATE)
    assert scan(gate, code_of(card), "out")["word"] == "Đã ra"
    assert attempts() == []


def test_a_replaced_card_s_holder_is_the_same_person(gate: Client, card: ControlCard, officer: Officer) -> None:
    scan(gate, code_of(card))
    new = replace_card(card, officer, "damaged")
    assert scan(gate, code_of(card), "out")["reason"] == "card_revoked"
    assert scan(gate, code_of(new), "out")["word"] == "Đã ra"


def test_a_revoked_card_is_refused_until_it_is_given_back(gate: Client, card: ControlCard, officer: Officer) -> None:
    revoke_card(card, officer, "lost")
    answer = scan(gate, code_of(card))
    assert (answer["tone"], answer["reason"]) == ("critical", "card_revoked")
    assert "thu hồi" in answer["sentence"]
    assert attempts() == [AttemptReason.CARD_REVOKED]
    undo_revocation(card, officer)
    assert scan(gate, code_of(card))["tone"] == "good"


def test_an_expired_card_is_refused(gate: Client, card: ControlCard) -> None:
    last_moment = dt.datetime.combine(card.expires_on, dt.time(), timezone.get_default_timezone())
    with time_machine.travel(last_moment - dt.timedelta(seconds=2), tick=False):
        assert scan(gate, code_of(card))["tone"] == "good"
    with time_machine.travel(last_moment, tick=False):
        assert scan(gate, code_of(card))["reason"] == "card_expired"


def test_cards_that_we_never_issued_and_forged_ones_are_kept_as_attempts(gate: Client) -> None:
    assert scan(gate, make_card_code(7, settings.CARD_KEYS))["reason"] == "card_unknown"
    forged = make_card_code(7, SigningRing(settings.CARD_KEYS.current, {settings.CARD_KEYS.current: b"x" * 32}))
    assert scan(gate, forged)["reason"] == "bad_signature"
    assert sorted(attempts()) == [AttemptReason.FORGED, AttemptReason.CARD_UNKNOWN]
    assert not CheckIn.objects.exists()


def test_a_card_whose_holder_was_erased_still_opens_the_gate_without_a_name(gate: Client, card: ControlCard) -> None:
    card.person.identity.delete()
    assert scan(gate, code_of(card))["who"] == card.serial
