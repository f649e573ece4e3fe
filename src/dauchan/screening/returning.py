"""How often those who scanned at a venue scan there again: it tells what share of visitors scan, whatever the venue's size.

This is the reasoning of capture and recapture (Lincoln 1930; Seber 1982, 'The estimation of animal abundance'): whoever comes back is scanned again
with the share of visitors who scan. Where one in five scans instead of nine in ten, those who were seen once are seen again that much less
often than at other venues of the kind. Nobody has to declare a footfall for that. People who always scan, or never, make the fall smaller
than it is, so that such a venue is rather missed than wrongly named.

Of busy venues only some people count, drawn by a number made of who they are: always the same ones, so that their returns are whole.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.usual_use import Bools, Floats, Places

PEOPLE_A_DAY = 100.0
"""Scans a day of one venue beyond which people are drawn."""
DAY_BITS, PERSON_BITS, DRAW_BITS = 4, 39, 30
DAYS = 10
"""Of the close look."""
MOST_VENUES = 1 << (63 - DAY_BITS - PERSON_BITS)
_MIX = np.int64(0x1E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Returns:
    """Of v venues, shape (v,): days on which a person was seen, pairs of such days, and the sum of each person's squared pairs."""

    days: Floats
    pairs: Floats
    squares: Floats

    def without(self, venues: Bools) -> "Returns":
        """As if nobody had been seen at some venues."""
        return Returns(*(np.where(venues, 0.0, column) for column in (self.days, self.pairs, self.squares)))

    def logarithm(self) -> tuple[Floats, Floats]:
        """Pairs for each day seen, as a logarithm, and what counting makes of its variance.

        A person who comes daily makes many pairs at once, so the variance is that of a sum of unequal parts.
        """
        pairs, days = self.pairs + 0.5, self.days + 0.5
        return np.log(pairs / days), (self.squares + 0.5) / pairs**2 + 1 / days


def keys_of(venue: Places, person: NDArray[np.int64], day: Places, scans_a_day: Floats) -> NDArray[np.int64]:
    """One number for each scan of a person that counts: of venue, person and day.

    Args:
        venue: places in the register, below `MOST_VENUES`, shape (n,).
        person: identifiers, shape (n,).
        day: 0 to 15, shape (n,).
        scans_a_day: of each venue in the register.
    """
    mixed = (person * _MIX) >> np.int64(63 - PERSON_BITS)
    kept = np.flatnonzero((mixed & np.int64((1 << DRAW_BITS) - 1)) < _most(scans_a_day)[venue])
    who = (mixed[kept] & np.int64((1 << PERSON_BITS) - 1)) << np.int64(DAY_BITS)
    return np.asarray((venue[kept].astype(np.int64) << np.int64(PERSON_BITS + DAY_BITS)) | who | day[kept], np.int64)


def drawn(keys: NDArray[np.int64], scans_a_day: Floats) -> NDArray[np.int64]:
    """Those of the people that are drawn at the venue's size."""
    draw = (keys >> np.int64(DAY_BITS)) & np.int64((1 << DRAW_BITS) - 1)
    return np.asarray(keys[draw < _most(scans_a_day)[keys >> np.int64(PERSON_BITS + DAY_BITS)]], np.int64)


def _most(scans_a_day: Floats) -> Places:
    """The draw below which people count, by venue."""
    share = np.minimum(1.0, PEOPLE_A_DAY / np.maximum(scans_a_day, 1.0))
    return np.asarray(share * (1 << DRAW_BITS), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Visitors:
    """Who was scanned where and when: keys in ascending order, and the share of each venue's people that is drawn, shape (v,)."""

    keys: NDArray[np.int64]
    drawn: Floats

    @classmethod
    def of(cls, keys: NDArray[np.int64], scans_a_day: Floats) -> "Visitors":
        """Those of the people that are drawn at the venue's size."""
        return cls(np.sort(drawn(keys, scans_a_day)), np.minimum(1.0, PEOPLE_A_DAY / np.maximum(scans_a_day, 1.0)))

    def without(self, venues: Bools) -> "Visitors":
        """As if nobody had been seen at some venues."""
        return Visitors(self.keys[~venues[self.keys >> np.int64(PERSON_BITS + DAY_BITS)]], self.drawn)

    def by_days(self, venues: int) -> Floats:
        """People by the number of days on which they were seen: column 0 on one day, …; two scans on one day are one."""
        venue, days = _days_seen(self.keys)
        cell = venue * (1 << DAY_BITS) + days - 1
        counted = np.bincount(cell, minlength=venues << DAY_BITS)
        return np.asarray(counted.reshape(venues, -1)[:, :DAYS], np.float64)


def _days_seen(keys: NDArray[np.int64]) -> tuple[Places, Places]:
    """Of each person at a venue the venue and the number of days; the keys ascend."""
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    first = np.concatenate([[True], keys[1:] != keys[:-1]])
    visitor = keys[first] >> np.int64(DAY_BITS)
    begins = np.flatnonzero(np.concatenate([[True], visitor[1:] != visitor[:-1]]))
    return visitor[begins] >> np.int64(PERSON_BITS), np.diff(np.append(begins, len(visitor)))


def returns_of(keys: NDArray[np.int64], venues: int) -> Returns:
    """Count the returns; two scans of a person on one day are one. The keys ascend."""
    venue, days = _days_seen(keys)
    pairs = days * (days - 1) / 2
    totals = (np.bincount(venue, weights=each, minlength=venues) for each in (days, pairs, pairs**2))
    return Returns(*(np.asarray(total, np.float64) for total in totals))
