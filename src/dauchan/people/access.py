"""The only ways to a control card, and what finds one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q

from dauchan.people.cards import read_serial
from dauchan.people.holders import birth_lookup, contact_lookup, name_lookup
from dauchan.people.models import ControlCard
from dauchan.qr import CodeRefused
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role
from dauchan.vietnamese import PhoneRefused, read_phone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from dauchan.people.holders import Holder
    from dauchan.units.models import Officer, Unit

#: Who issues cards in the area they are appointed to, and sees those that were issued there.
ISSUES_CARDS = (Role.OFFICER, Role.HEAD)

_NAME_AND_YEAR = re.compile(r"(?P<name>.*\S)\s+\(?(?P<year>(?:18|19|20)\d\d)\)?", re.ASCII | re.DOTALL)


def access_cards(officer: Officer) -> QuerySet[ControlCard]:
    """All cards issued in the officer's area, the latest first."""
    area = in_area(officer.units_as(*ISSUES_CARDS))
    return ControlCard.objects.filter(area).select_related("unit", "person__identity", "issued_by", "replaced_by")


def access_card(officer: Officer, card_id: int) -> ControlCard:
    """The card, if it was issued in that area.

    Raises: NoSuchThing.
    """
    card = access_cards(officer).filter(pk=card_id).first()
    if card is None:
        raise NoSuchThing
    return card


def matching_cards(cards: QuerySet[ControlCard], text: str) -> QuerySet[ControlCard]:
    """Those of *cards* with this number, this telephone number, or this whole name, diacritics or not.

    A year of birth may follow the name. No text: all of them.
    """
    typed = text.strip()
    if not typed:
        return cards
    try:
        return cards.filter(serial=read_serial(typed))
    except CodeRefused:
        pass
    try:
        return cards.filter(person__identity__contact_hash=contact_lookup(read_phone(typed, landline=True)))
    except PhoneRefused:
        pass
    dated = _NAME_AND_YEAR.fullmatch(typed)
    if dated:
        return cards.filter(person__identity__name_year_hash=birth_lookup(dated["name"], int(dated["year"])))
    return cards.filter(person__identity__name_hash=name_lookup(typed))


def similar_cards(unit: Unit, holder: Holder) -> QuerySet[ControlCard]:
    """Cards in use in *unit* whose holder has the same name and, where it is known, the same year of birth."""
    cards = ControlCard.objects.filter(unit=unit, revoked_at=None).select_related("person__identity")
    kept = "name_hash" if holder.birth_year is None else "name_year_hash"
    return cards.filter(**{f"person__identity__{kept}": _likeness(holder)})


def similar_to_each(unit: Unit, holders: Iterable[Holder]) -> dict[Holder, ControlCard]:
    """Which of *holders* have a similar card, as `similar_cards` has it, in one query."""
    by_hash = {_likeness(holder): holder for holder in holders}
    cards = ControlCard.objects.filter(unit=unit, revoked_at=None).select_related("person__identity")
    alike = Q(person__identity__name_hash__in=by_hash) | Q(person__identity__name_year_hash__in=by_hash)
    found = {}
    for card in cards.filter(alike):
        identity = card.person.identity
        for kept in (identity.name_hash, identity.name_year_hash):
            if kept is not None and bytes(kept) in by_hash:
                found[by_hash[bytes(kept)]] = card
    return found


def _likeness(holder: Holder) -> bytes:
    if holder.birth_year is None:
        return name_lookup(holder.full_name)
    return birth_lookup(holder.full_name, holder.birth_year)
