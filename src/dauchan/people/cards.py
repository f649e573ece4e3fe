"""Control cards: issued, printed, opened, revoked, replaced. Every one of these acts stands in the audit log."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.people.card_changes import CardChanges, HeldBy, card_changes, card_holder, note_change
from dauchan.people.card_models import CardState
from dauchan.people.errors import AlreadyReplaced, AlreadyRevoked, HolderForgotten, HolderRestricted, TooLateToUndo
from dauchan.people.holders import Holder, new_people
from dauchan.people.models import ControlCard, Person
from dauchan.people.restrictions.models import Scope
from dauchan.people.restrictions.queries import is_restricted
from dauchan.qr import make_short_code, read_short_code
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.people.models import Identity
    from dauchan.units.models import Officer, Unit

__all__ = ["CardChanges", "HeldBy", "card_changes", "card_holder", "issue_card", "issue_cards", "revoke_card"]

SERIAL_PREFIX = "TK-"
USUAL_DAYS = 365
UNDO_WITHIN = dt.timedelta(minutes=10)
MOST_AT_ONCE = 1000


def read_serial(text: str) -> str:
    """A card's number as it is printed, `TK-XXXX-XXXX`, from what somebody typed, with or without the first letters.

    Raises: CodeRefused.
    """
    typed = text.strip().upper()
    bare = typed.removeprefix(SERIAL_PREFIX[:2]) if len(typed.replace("-", "").replace(" ", "")) > 8 else typed  # noqa: PLR2004
    return SERIAL_PREFIX + read_short_code(bare)


def usual_expiry(today: dt.date) -> dt.date:
    """The first day on which a card issued today is no longer good, if nobody says otherwise."""
    return today + dt.timedelta(days=USUAL_DAYS)


def issue_card(unit: Unit, officer: Officer, holder: Holder, expires_on: dt.date | None = None) -> ControlCard:
    """A new card for somebody who is new to us. That *officer* may act in *unit* is the caller's to know."""
    return issue_cards(unit, officer, [holder], expires_on)[0]


@transaction.atomic
def issue_cards(
    unit: Unit, officer: Officer, holders: Sequence[Holder], expires_on: dt.date | None = None
) -> list[ControlCard]:
    """A card for each of *holders*, in their order; all of them or none."""
    if not 0 < len(holders) <= MOST_AT_ONCE:
        raise ValueError(f"1 to {MOST_AT_ONCE} cards at a time, not {len(holders)}")
    cards = ControlCard.objects.bulk_create(
        [
            _new_card(person, unit, officer, serial, expires_on)
            for person, serial in zip(new_people(list(holders)), _new_serials(len(holders)), strict=True)
        ],
        batch_size=1000,
    )
    for card in cards:
        _log(card, officer, "card.issued")
    return cards


@transaction.atomic
def revoke_card(card: ControlCard, officer: Officer, reason: str) -> ControlCard:
    """End a card; gates learn of it with their next list. Raises: AlreadyRevoked."""
    card = _locked(card)
    if card.revoked_at is not None:
        raise AlreadyRevoked
    card.revoked_at, card.revoked_by, card.revoke_reason = timezone.now(), officer, reason
    card.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    note_change(card, card.revoked_at)
    _log(card, officer, "card.revoked", {"reason": reason})
    return card


@transaction.atomic
def undo_revocation(card: ControlCard, officer: Officer) -> ControlCard:
    """Take a revocation back, soon and while no other card took this one's place. Raises: TooLateToUndo."""
    card = _locked(card)
    now = timezone.now()
    if not may_undo(card, now):
        raise TooLateToUndo
    card.revoked_at, card.revoked_by, card.revoke_reason = None, None, ""
    card.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    note_change(card, now)
    _log(card, officer, "card.revocation_undone")
    return card


def may_undo(card: ControlCard, now: dt.datetime) -> bool:
    return card.revoked_at is not None and card.replaced_by_id is None and now - card.revoked_at <= UNDO_WITHIN


@transaction.atomic
def replace_card(card: ControlCard, officer: Officer, reason: str) -> ControlCard:
    """Another card for the same person, good as long as a new one; the old one is revoked.

    Raises: AlreadyReplaced, HolderForgotten.
    """
    old = _locked(card)
    if old.replaced_by_id is not None:
        raise AlreadyReplaced
    if not hasattr(old.person, "identity"):
        raise HolderForgotten
    if old.revoked_at is None:
        revoke_card(old, officer, reason)
    (serial,) = _new_serials(1)
    new = _new_card(old.person, old.unit, officer, serial, None)
    new.save(force_insert=True)
    ControlCard.objects.filter(pk=old.pk).update(replaced_by=new)
    _log(new, officer, "card.issued", {"replaces": old.serial})
    return new


@transaction.atomic
def opened_details(card: ControlCard, officer: Officer, purpose: str) -> Identity | None:
    """Name, year, phone and address of the holder, for a purpose that goes into the log; None where they were erased.

    Raises: HolderRestricted.
    """
    if is_restricted(card.person_id, Scope.CARDS):
        raise HolderRestricted
    _log(card, officer, "card.opened", purpose=purpose)
    return getattr(card.person, "identity", None)


@transaction.atomic
def note_printed(cards: Sequence[ControlCard], officer: Officer, purpose: str) -> None:
    """Log that these cards were made into a file, names and all."""
    ControlCard.objects.filter(pk__in=[card.pk for card in cards]).update(printed_at=timezone.now())
    for card in cards:
        _log(card, officer, "card.printed", purpose=purpose)


def printable(card: ControlCard) -> bool:
    """Whether the card is good and its holder's name still kept."""
    return card.state is CardState.GOOD and hasattr(card.person, "identity")


def _locked(card: ControlCard) -> ControlCard:
    return ControlCard.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=card.pk)


def _new_card(person: Person, unit: Unit, officer: Officer, serial: str, expires_on: dt.date | None) -> ControlCard:
    now = timezone.now()
    last = expires_on or usual_expiry(timezone.localdate(now))
    return ControlCard(person=person, unit=unit, serial=serial, issued_at=now, issued_by=officer, expires_on=last)


def _new_serials(count: int) -> list[str]:
    """So many numbers that no card bears; two officers who draw one at the same moment meet the unique constraint."""
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn |= {SERIAL_PREFIX + make_short_code() for _ in range(count - len(drawn))}
        drawn -= set(ControlCard.objects.filter(serial__in=drawn).values_list("serial", flat=True))
    return list(drawn)


def _log(
    card: ControlCard, officer: Officer, action: str, detail: dict[str, str] | None = None, purpose: str = ""
) -> None:
    audit.record(
        officer, action, f"card:{card.serial}", purpose=purpose, detail={"unit": card.unit_id, **(detail or {})}
    )
