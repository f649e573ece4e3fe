"""Tickets of gates, and what gates seal for the server."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.qr.gate_queue import QueueKey, QueueOpener, QueueRing, QueueSealer, SealRefused
from dauchan.qr.gate_ticket import GateTicket, make_gate_ticket, read_gate_ticket
from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import make_person_token

KEYS = Keyring(1, {1: b"k" * 32})
OTHER = Keyring(2, {2: b"o" * 32})
RING = QueueRing(2, {1: b"\1" * 32, 2: b"\xff" * 32})
SEALER, OPENER = QueueSealer(RING.key), QueueOpener(RING)
scan_ids = st.uuids()


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1), st.integers(1, 2**32 - 1))
def test_a_ticket_says_whose_it_is_until_it_expires(device: int, venue: int, expires_at: int) -> None:
    ticket = make_gate_ticket(device, venue, expires_at, KEYS)
    assert read_gate_ticket(ticket, KEYS, expires_at - 1) == GateTicket(device, venue)
    assert read_gate_ticket(ticket.lower(), KEYS, 0) == GateTicket(device, venue)
    with pytest.raises(CodeRefused) as late:
        read_gate_ticket(ticket, KEYS, expires_at)
    assert late.value.reason is CodeRefusal.EXPIRED


@given(st.integers(4, 80), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_forged_ticket_is_none(place: int, letter: str) -> None:
    ticket = make_gate_ticket(5, 6, 2**31, KEYS)
    place = min(place, len(ticket) - 1)
    forged = ticket[:place] + letter + ticket[place + 1 :]
    if forged != ticket:
        with pytest.raises(CodeRefused):
            read_gate_ticket(forged, KEYS, 0)


def test_other_tokens_are_no_tickets() -> None:
    for text in (make_person_token(5, 2**31, KEYS), "", "DCG.", make_gate_ticket(1, 1, 2**31, OTHER)):
        with pytest.raises(CodeRefused):
            read_gate_ticket(text, KEYS, 0)


@given(st.text(min_size=1, max_size=300), scan_ids)
def test_what_is_sealed_is_opened(text: str, scan_id: uuid.UUID) -> None:
    assert OPENER.open(SEALER.seal(text, scan_id), scan_id) == text


@given(scan_ids, scan_ids, st.integers(0, 10**6), st.integers(1, 255))
def test_damaged_or_swapped_it_stays_shut(scan_id: uuid.UUID, other: uuid.UUID, place: int, change: int) -> None:
    sealed = bytearray(SEALER.seal("phone:+84905111222", scan_id))
    if other != scan_id:
        with pytest.raises(SealRefused):
            OPENER.open(bytes(sealed), other)
    sealed[place % len(sealed)] ^= change
    with pytest.raises(SealRefused):
        OPENER.open(bytes(sealed), scan_id)


@given(st.binary(max_size=200), scan_ids)
def test_noise_is_refused(noise: bytes, scan_id: uuid.UUID) -> None:
    with pytest.raises(SealRefused):
        OPENER.open(noise, scan_id)


def test_any_32_bytes_make_a_key_and_old_versions_open() -> None:
    for scalar in (bytes(32), b"\xff" * 32, b"\0" * 31 + b"\1"):
        ring = QueueRing(1, {1: scalar})
        old = QueueSealer(ring.key).seal("phone:+84905111222", uuid.UUID(int=5))
        assert QueueOpener(QueueRing(2, {1: scalar, 2: b"\7" * 32})).open(old, uuid.UUID(int=5)).startswith("phone:")
    assert len(ring.key.public) == 65
    assert isinstance(ring.key, QueueKey)
    for wrong in ({2: bytes(32)}, {1: bytes(31)}, {1: bytes(32), 256: bytes(32)}):
        with pytest.raises(ValueError, match="key"):
            QueueRing(1, wrong)


def test_a_sealed_text_shows_nothing_of_a_device_and_never_repeats() -> None:
    scan_id = uuid.UUID(int=5)
    assert SEALER.seal("phone:+84905111222", scan_id) != SEALER.seal("phone:+84905111222", scan_id)
