"""Where the two ends are apart: unit, venue, then parts of a venue's records by their keys, until single records are left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from dauchan.exchange.contract.digests import digest_of, wrapped
from dauchan.exchange.contract.schema import KINDS
from dauchan.exchange.national import digests
from dauchan.exchange.national.models import SentVenue
from dauchan.exchange.national.venues import venues_now
from dauchan.visits.partitions import ONE_DAY, midnight

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.exchange.national.digests import Sums
    from dauchan.exchange.national.link import Link

#: So many single records are listed; of more, parts are compared first.
MOST_LISTED = 2_000
NOTHING = (0, 0)
#: How many characters of a key name a part: its milliseconds, cut to about a minute.
_PART = 8


@dataclass
class Difference:
    """Attributes:
    units: what each unit has at either end, counts and digests.
    to_send: keys that the receiver lacks or has otherwise.
    only_there: keys that only the receiver has.
    of_unit: how many keys are apart, by unit.
    """

    units: dict[str, tuple[tuple[int, int], tuple[int, int]]]
    to_send: list[str] = field(default_factory=list)
    only_there: list[str] = field(default_factory=list)
    of_unit: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.to_send or self.only_there)

    @property
    def keys(self) -> list[str]:
        return [*self.to_send, *self.only_there]

    def add(self, unit: str, ours: Sums, theirs: Sums) -> None:
        """Single records of a unit, compared."""
        apart = [key for key, own in ours.items() if theirs.get(key) != own]
        beyond = [key for key in theirs if key not in ours]
        self.to_send += apart
        self.only_there += beyond
        self.of_unit[unit] = self.of_unit.get(unit, 0) + len(apart) + len(beyond)


@dataclass(frozen=True)
class Side:
    """A kind's records of a day, here and there."""

    agreement: Agreement
    link: Link
    version: int
    kind: str
    day: dt.date

    def there(self, by: str, **more: object) -> Sums:
        question = {
            "schema": self.version,
            "by": by,
            "start": midnight(self.day).isoformat(),
            "end": midnight(self.day + ONE_DAY).isoformat(),
        }
        return {name: (count, total) for name, count, total in self.link.compare(self.kind, question | more)}


def records_apart(side: Side, before: Difference | None = None) -> Difference:
    """Where a day is apart; *before* it was mended: then only the units are asked that were."""
    ours = digests.of_units(side.agreement, side.kind, side.day)
    if before is None:
        theirs = side.there("units")
    else:
        theirs = {code: other for code, (_own, other) in before.units.items() if code not in before.of_unit}
        for code in before.of_unit:
            theirs |= side.there("units", unit=code)
    found = Difference({code: (ours.get(code, NOTHING), theirs.get(code, NOTHING)) for code in sorted(ours | theirs)})
    for code in _apart(ours, theirs):
        own, other = digests.of_venues(side.agreement, side.kind, side.day, code), side.there("venues", unit=code)
        for venue in _apart(own, other):
            found.add(code, *_venue(side, int(venue), other.get(venue, NOTHING)[0]))
    return found


def _venue(side: Side, venue: int, count_there: int) -> tuple[Sums, Sums]:
    """The single records at both ends that are worth comparing; ours as the ledger has them at this moment."""
    ours = digests.of_records(side.agreement, side.kind, side.version, side.day, venue)
    digests.keep_venue(side.agreement, side.kind, side.day, venue, ours)
    if max(len(ours), count_there) <= MOST_LISTED:
        return ours, side.there("records", venue=venue)
    own = _parts(ours, lambda key: key[:_PART])
    other = side.there("parts", venue=venue)
    some = {part for part in own | other if own.get(part) != other.get(part)}
    theirs: Sums = {}
    for part in sorted(some):
        theirs |= side.there("records", venue=venue, low=_key(part, "0"), high=_key(part, "f", beyond=1))
    return {key: value for key, value in ours.items() if key[:_PART] in some}, theirs


def venues_apart(agreement: Agreement, link: Link, version: int) -> Difference:
    fields = KINDS["venues"].of_version(version)
    revisions = dict(SentVenue.objects.filter(receiver=agreement.code).values_list("venue_id", "revision"))
    rows = [row | {"revision": revisions.get(row["venue_id"], 0)} for row in venues_now(agreement)]
    own = {str(row["venue_id"]): (1, digest_of(fields, row)) for row in rows}
    unit = {str(row["venue_id"]): str(row["unit_code"]) for row in rows}
    ours = _parts(own, lambda key: unit[key])
    theirs = {name: (count, total) for name, count, total in link.compare("venues", {"schema": version, "by": "units"})}
    found = Difference({code: (ours.get(code, NOTHING), theirs.get(code, NOTHING)) for code in sorted(ours | theirs)})
    for code in _apart(ours, theirs):
        said = link.compare("venues", {"schema": version, "by": "records", "unit": code})
        there = {name: (count, total) for name, count, total in said}
        found.add(code, {key: value for key, value in own.items() if unit[key] == code}, there)
    # A venue that stands in another unit there is lacking in one and too many in the other: it is only to be sent.
    found.only_there = [key for key in found.only_there if key not in own]
    return found


def _apart(ours: Sums, theirs: Sums) -> list[str]:
    return sorted(name for name in ours | theirs if ours.get(name, NOTHING) != theirs.get(name, NOTHING))


def _parts(records: Sums, part: Callable[[str], str]) -> Sums:
    found: Sums = {}
    for key, (count, value) in records.items():
        before = found.get(part(key), NOTHING)
        found[part(key)] = before[0] + count, wrapped(before[1] + value)
    return found


def _key(part: str, fill: str, beyond: int = 0) -> str:
    """The first key of a part, or the first after it."""
    number = int(part.ljust(32, fill), 16) + beyond
    return str(UUID(int=min(number, (1 << 128) - 1)))
