"""The numbered list of revocations, from which gates keep their copies up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Max

from dauchan.people.models import CardChange, ControlCard

if TYPE_CHECKING:
    import datetime as dt

#: Whoever changes a card's state queues on this advisory lock until the end of the transaction.
CHANGES_LOCK = 7254


class HeldBy(NamedTuple):
    """Whom a card stands for, and since when it no longer counts."""

    person_id: int
    revoked_at: dt.datetime | None


@dataclass(frozen=True)
class CardChanges:
    """What a gate must know that has seen all changes up to some cursor.

    Attributes:
        cursor: to ask with the next time.
        revoked: ids of cards.
        is_whole: `revoked` replaces the gate's list; otherwise it is added to it.
    """

    cursor: int
    revoked: list[int]
    is_whole: bool


def card_holder(card_id: int) -> HeldBy | None:
    """The person a card was issued to; None for a card that was never issued."""
    found = ControlCard.objects.filter(pk=card_id).values_list("person_id", "revoked_at").first()
    return HeldBy(*found) if found else None


def card_changes(after: int) -> CardChanges:
    """The revocations after cursor *after* (0: none seen yet).

    The list comes whole at the first time, after a revocation was taken back, and to a gate that knows of more than we do,
    because the database was restored from a copy.
    """
    latest = CardChange.objects.aggregate(latest=Max("number"))["latest"] or 0
    since = CardChange.objects.filter(number__gt=after, number__lte=latest)
    if after <= 0 or after > latest or since.filter(revoked=False).exists():
        revoked = ControlCard.objects.exclude(revoked_at=None).order_by("pk").values_list("pk", flat=True)
        return CardChanges(latest, list(revoked), is_whole=True)
    return CardChanges(latest, list(since.order_by("number").values_list("card_id", flat=True)), is_whole=False)


def note_change(card: ControlCard, at: dt.datetime) -> CardChange:
    """Number what was just done to *card*, within the caller's transaction.

    The lock is held until that transaction ends, so the next number is given only once this one can be seen: numbers
    appear in their order, and a cursor never passes one that is still to come.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHANGES_LOCK])
    latest = CardChange.objects.aggregate(latest=Max("number"))["latest"] or 0
    return CardChange.objects.create(number=latest + 1, card=card, revoked=card.revoked_at is not None, at=at)
