"""What an underused venue would look like here: venues of this very province, of whose visitors fewer are scanned.

Nobody knows what underuse does to a place of this size whose staff and regulars come so often, but it can be tried: of a venue's scans a random share is kept,
of its visitors likewise, and what is left is a venue that is used less. In most copies each scan is kept or lost by itself; in some a person is kept or lost
as a whole, for some always scan and others never. The traits of a venue and of its copies are worked out alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dauchan.screening.returning import DAY_BITS, DRAW_BITS, PERSON_BITS, Visitors
from dauchan.screening.usual_use import Bools, Counts, Floats, Places, UsualUse

KEPT = 0.04, 0.33
"""Shares of the scans that are left; all between them are as probable."""
COPIES_BY_PERSON = False, False, False, True
"""Copies of a venue: whether people are kept or lost as a whole."""
DAILY, OFTEN = 6, 4
"""Days of the close look on which somebody who comes daily, or often, is seen at least."""
STAFF_BESIDE = 0.3
"""Added to people and to staff, so that none of either has a logarithm."""
FEWER = 0
"""The column of the traits that says how far the use lies from what is usual."""
AS_PEERS = [2, 3, 4, 5]
"""Columns that are held against peers: how often people come back depends on what they come for."""
_MIX = np.int64(0x5DEECE66D3A7B)


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What a copy shares with its venue; columns of shape (v,).

    Attributes:
        use: calendar and peers.
        usual: the logarithm of the usual rate.
        scatter: its variance among honest venues.
        staff: 0 where nobody says.
        visitors: who was scanned on which day.
    """

    use: UsualUse
    usual: Floats
    scatter: Floats
    staff: Floats
    visitors: Visitors

    def traits(self, seen: Counts, visitors: Visitors) -> Floats:
        """What tells an underused venue, shape (v, 10).

        Args:
            seen: scans, shape (v,).
            visitors: of them.
        """
        known = self.use.weight.sum(axis=1)
        days = (self.use.weight**2).sum(axis=1) / np.maximum(known, 1e-9) ** 2
        fewer = np.log((seen + 0.5) / np.maximum(known, 1e-9)) - self.usual
        width = np.sqrt(1 / (seen + 0.5) + self.use.unevenness * days + self.scatter)
        by_days = visitors.by_days(len(seen))
        number = np.arange(1, by_days.shape[1] + 1)
        people, on_days, pairs = (by_days @ each for each in (number**0, number, number * (number - 1) / 2))
        again, twice = np.log((pairs + 0.5) / (on_days + 0.5)), by_days[:, 1:].sum(axis=1)
        most = np.where(by_days > 0, number, 0).max(axis=1, initial=0) / len(number)
        faithful = [by_days[:, least - 1 :].sum(axis=1) / visitors.drawn for least in (DAILY, OFTEN)]
        daily, often = (np.log((each + STAFF_BESIDE) / (self.staff + STAFF_BESIDE)) for each in faithful)
        twice = np.log((twice + 0.5) / (people + 0.5))
        columns = fewer, fewer / width, again, twice, daily, often
        return np.column_stack([*columns, np.log1p(people), most, self.usual, np.log(on_days + 0.5)])


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """Of c copies the place of their venue, shape (c,), and their traits, shape (c, 10)."""

    of: Places
    traits: Floats


def own_and_copies(setting: Setting, able: Bools, says: Bools) -> tuple[Floats, Copies]:
    """The traits of all venues and of copies of those that are `able` to be told, held against what `says` is honest; both shape (v,)."""
    random, copied = np.random.default_rng(7253), np.flatnonzero(able)
    seen = setting.use.counts.sum(axis=1)
    own, made = setting.traits(seen, setting.visitors), []
    for by_person in COPIES_BY_PERSON:
        kept = np.ones(len(seen))
        kept[copied] = random.uniform(*KEPT, len(copied))
        fewer = random.binomial(seen, kept)
        left = fewer[copied] > 0
        traits = setting.traits(fewer, thinned(setting.visitors, kept, random, by_person=by_person))
        made.append((copied[left], traits[copied[left]]))
    copies = Copies(np.concatenate([of for of, _ in made]), np.concatenate([traits for _, traits in made]))
    for own_group in _groups(setting.use.group):
        middle = np.median(own[own_group & says][:, AS_PEERS], axis=0) if (own_group & says).any() else 0.0
        for traits, rows in ((own, own_group), (copies.traits, own_group[copies.of])):
            traits[:, AS_PEERS] -= np.where(rows[:, None], middle, 0.0)
    return own, copies


def _groups(group: Places) -> Iterator[Bools]:
    for each in np.unique(group):
        yield np.asarray(group == each)


def thinned(visitors: Visitors, kept: Floats, random: np.random.Generator, *, by_person: bool) -> Visitors:
    """The visitors of whom so large a share is still scanned, by venue, shape (v,)."""
    keys = visitors.keys
    share = kept[keys >> np.int64(PERSON_BITS + DAY_BITS)]
    left: Bools
    if by_person:
        turned = (keys >> np.int64(DAY_BITS)) * _MIX + random.integers(1 << 40)
        lot = (turned >> np.int64(20)) & np.int64((1 << DRAW_BITS) - 1)
        left = lot < share * (1 << DRAW_BITS)
    else:
        left = random.random(len(keys), np.float32) < share
    return Visitors(keys[left], visitors.drawn)
