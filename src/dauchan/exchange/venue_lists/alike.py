"""Which rows may be a venue that is registered, or an earlier row of the list. A person decides; nothing is merged by itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dauchan.exchange.venue_lists.drafts import plain
from dauchan.venues.models import Venue, VenueStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.exchange.venue_lists.drafts import Draft

#: From these on, 0 to 1, two names are taken for perhaps one; the lower one where telephone or address are the same.
ALIKE, ALIKE_WITH_MORE = 0.85, 0.6
MOST_ALIKE = 3
#: Of the venues that share a rare word with a name no more are compared letter by letter.
MOST_COMPARED = 40
_HOUSE = re.compile(r"\d+\w*(?:/\d+\w*)*")


@dataclass(frozen=True)
class Place:
    """What two places are compared by; `key` is a venue's id, or the position of a row."""

    key: int
    unit: int
    name: str
    address: str
    phones: frozenset[str]


class Places:
    """Places by commune, words and telephone, so that twenty thousand are compared with twenty thousand in a minute."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._by_word: dict[tuple[int, str], list[Place]] = defaultdict(list)
        self._by_phone: dict[tuple[int, str], list[Place]] = defaultdict(list)
        self._seen: Counter[tuple[int, str]] = Counter()
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        for word in set(place.name.split()):
            self._by_word[place.unit, word].append(place)
            self._seen[place.unit, word] += 1
        for phone in place.phones:
            self._by_phone[place.unit, phone].append(place)

    def like(self, place: Place) -> list[int]:
        """Keys of those that may be the same place, the likeliest first."""
        near = {one.key: one for phone in place.phones for one in self._by_phone.get((place.unit, phone), ())}
        words = sorted(set(place.name.split()), key=lambda word: self._seen[place.unit, word])
        for word in [word for word in words if self._seen[place.unit, word]][:2]:
            near |= {one.key: one for one in self._by_word[place.unit, word][:MOST_COMPARED]}
        judged = ((likeness(place, one), -key) for key, one in near.items())
        return [-key for found, key in sorted(judged, reverse=True) if found][:MOST_ALIKE]


def likeness(one: Place, other: Place) -> float:
    """0 where the two are taken for two; else how alike their names are."""
    same_phone = bool(one.phones & other.phones)
    here, there = _HOUSE.findall(one.address), _HOUSE.findall(other.address)
    # Shops of a chain bear one name and stand at different numbers.
    if here and there and here[0] != there[0] and not same_phone:
        return 0.0
    least = ALIKE_WITH_MORE if same_phone or (here and one.address == other.address) else ALIKE
    if one.name == other.name:
        return 1.0
    matcher = SequenceMatcher(None, one.name, other.name, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    found = matcher.ratio()
    return found if found >= least else 0.0


def registered_in(units: Iterable[int]) -> Places:
    """What is registered in these communes and not closed; one query."""
    venues = Venue.objects.filter(unit__in=set(units)).exclude(status=VenueStatus.CLOSED).order_by("pk")
    columns = venues.values_list("pk", "unit_id", "name", "address", "phone")
    return Places(
        Place(pk, unit, plain(name), plain(address), _phones(phone)) for pk, unit, name, address, phone in columns
    )


def place_of(draft: Draft, position: int) -> Place:
    return Place(position, draft.unit, plain(draft.name), plain(draft.address), _phones(draft.phone))


def _phones(*numbers: str) -> frozenset[str]:
    return frozenset(number for number in numbers if number)
