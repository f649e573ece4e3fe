"""From counts to signs: each sign is judged by itself, and what one of them explains is not told twice.

An unreadable poster makes scans fall; a desk leaves visitors unscanned; a venue that fell is used less than its peers. Of `unreadable`, `silent`,
`desk_scanned`, `fallen` and `underused` a venue is given the first that holds. Where the code hangs (`misplaced`, `duplicated`) is another question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dauchan.screening import sentences
from dauchan.screening.desks import Desks, desks
from dauchan.screening.fallen import Falls, falls
from dauchan.screening.places_seen import LEAST_SECOND, whereabouts
from dauchan.screening.signs import Sign, SignKind
from dauchan.screening.silent import Silences, silences
from dauchan.screening.tally import CLOSE_LOOK, Tally
from dauchan.screening.underused import Underuse, underuse
from dauchan.screening.unreadable import Failures, failures
from dauchan.screening.usual_use import Bools, UsualUse, usual_use
from dauchan.screening.venue_table import ScreenedVenue

LEAST_CONFIDENCE = {SignKind.SILENT: 0.9}
"""A quiet venue is silent for days by chance, and there are very many of them."""
PROBABLE = 0.5
"""Other signs that are more probable than not are given out; whoever reads them sees how sure each is."""
ON_THE_MOVE = frozenset({"coach", "boat", "taxi", "bus", "train", "ship", "ferry"})
"""Categories whose venues are scanned wherever they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """All that was worked out of v venues; `first_on` is the day of column 0."""

    first_on: date
    use: UsualUse
    silences: Silences
    falls: Falls
    underuse: Underuse
    failures: Failures
    desks: Desks
    desk_first_on: date


def judge(venues: Sequence[ScreenedVenue], tally: Tally) -> Judged:
    """Work out everything but where the codes hang.

    Args:
        venues: in the order of the tally.
        tally: what was counted.
    """
    busy = np.flatnonzero(tally.scans.any(axis=0))
    begin = int(busy[0]) if len(busy) else tally.scans.shape[1] - 1
    counts, first_on = tally.scans[:, begin:], tally.first_on + timedelta(days=begin)
    weekday = np.array([(first_on + timedelta(days=at)).weekday() for at in range(counts.shape[1])])
    is_active = np.array([venue.is_active for venue in venues], np.bool_)
    use = usual_use(counts, _opened(venues, counts, first_on), _categories(venues), weekday)
    footfall, staff = (
        np.array([size or 0.0 for size in sizes])
        for sizes in ([venue.daily_footfall for venue in venues], [venue.staff for venue in venues])
    )
    compared = underuse(use, footfall, staff, is_active)
    # Peers' use less one width of their scatter: what a venue should have had at the very least. One that was never scanned is
    # more probably silent than unreadable: there it takes as many failures as peers have scans.
    width = np.where(counts.any(axis=1), np.sqrt(np.minimum(compared.scatter, 4)), 0)
    least = compared.usual_rate * np.exp(-width)
    look = tally.scans[:, -CLOSE_LOOK:]
    return Judged(
        first_on,
        use,
        silences(use, compared.usual_rate, compared.scatter),
        falls(use),
        compared,
        failures(use, tally.failed[:, begin:], least),
        desks(look, tally.from_desk[:, -CLOSE_LOOK:], is_gate_known=tally.is_gate_known),
        tally.first_on + timedelta(days=tally.scans.shape[1] - CLOSE_LOOK),
    )


def signs_of(venues: Sequence[ScreenedVenue], tally: Tally) -> list[Sign]:
    """The signs of active venues on the last day of the tally, the surest first."""
    if not venues:
        return []
    found = judge(venues, tally)
    is_active = np.array([venue.is_active for venue in venues], np.bool_)
    signs = [*_of_use(venues, found, is_active), *_of_places(venues, tally)]
    return sorted(signs, key=lambda sign: (-sign.confidence, sign.venue_id, sign.sign))


def _of_use(venues: Sequence[ScreenedVenue], found: Judged, is_active: Bools) -> Iterator[Sign]:
    """One sign a venue at most: the first of these that holds."""
    for kind, sure, sign in (
        (SignKind.UNREADABLE, found.failures.confidence, _unreadable),
        (SignKind.SILENT, found.silences.confidence, _silent),
        (SignKind.DESK_SCANNED, found.desks.confidence, _desk_scanned),
        (SignKind.FALLEN, found.falls.confidence, _fallen),
        (SignKind.UNDERUSED, found.underuse.confidence, _underused),
    ):
        is_sign = sure >= LEAST_CONFIDENCE.get(kind, PROBABLE)
        for at in np.flatnonzero(is_active & is_sign).tolist():
            expected, observed, since, words = sign(found, at, venues[at])
            yield Sign(venues[at].venue_id, kind, float(sure[at]), float(expected), int(observed), since, words)
        is_active = is_active & ~is_sign


Evidence = tuple[float, int, date, str]
"""Scans expected, scans observed, since when, and the sentence."""


def _unreadable(found: Judged, at: int, _venue: ScreenedVenue) -> Evidence:
    begin = int(found.failures.begin[at])
    since, observed = _day(found, begin), found.use.counts[at, begin:].sum()
    words = sentences.unreadable(since, int(found.failures.failed[at]), observed)
    return found.failures.expected[at], observed, since, words


def _silent(found: Judged, at: int, _venue: ScreenedVenue) -> Evidence:
    use, begin, expected = found.use, int(found.silences.begin[at]), found.silences.expected[at]
    known = float(use.weight[at, :begin].sum())
    before = float(use.counts[at].sum()) / known if known else 0.0
    since = _day(found, begin)
    return expected, 0, since, sentences.silent(since, use.counts.shape[1] - begin, before, expected)


def _desk_scanned(found: Judged, at: int, _venue: ScreenedVenue) -> Evidence:
    since = found.desk_first_on + timedelta(days=int(found.desks.begin[at]))
    observed, from_desk = found.desks.scans[at], found.desks.from_desk[at]
    return observed - from_desk, observed, since, sentences.desk_scanned(since, from_desk, observed)


def _fallen(found: Judged, at: int, _venue: ScreenedVenue) -> Evidence:
    begin, expected = int(found.falls.begin[at]), found.falls.expected[at]
    since, observed = _day(found, begin), found.use.counts[at, begin:].sum()
    return expected, observed, since, sentences.fallen(since, expected, observed)


def _underused(found: Judged, at: int, venue: ScreenedVenue) -> Evidence:
    expected, observed = found.underuse.expected[at], found.use.counts[at].sum()
    sizes = venue.daily_footfall or 0, venue.staff or 0
    return expected, observed, found.first_on, sentences.underused(found.first_on, expected, observed, *sizes)


def _of_places(venues: Sequence[ScreenedVenue], tally: Tally) -> Iterator[Sign]:
    """Where the codes hang; scans that told their place are `observed`, those that should lie at the registered place `expected`."""
    first_on = tally.first_on + timedelta(days=tally.scans.shape[1] - CLOSE_LOOK)
    for at, seen in tally.places(LEAST_SECOND / 2).items():
        venue = venues[at]
        if not venue.is_active or venue.category in ON_THE_MOVE:
            continue
        found = whereabouts(seen)
        if found.misplaced >= PROBABLE:
            home = found.scans - found.heaps[0].scans
            words = sentences.misplaced(found)
            yield Sign(venue.venue_id, SignKind.MISPLACED, found.misplaced, found.scans, home, first_on, words)
        if found.duplicated >= PROBABLE:
            one = found.heaps[0].scans
            words = sentences.duplicated(found)
            yield Sign(venue.venue_id, SignKind.DUPLICATED, found.duplicated, found.scans, one, first_on, words)


def _day(found: Judged, column: int) -> date:
    return found.first_on + timedelta(days=column)


def _categories(venues: Sequence[ScreenedVenue]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(venue.category, len(numbers)) for venue in venues], np.int64)


def _opened(venues: Sequence[ScreenedVenue], counts: NDArray[np.int64], first_on: date) -> Bools:
    """Whether each venue was open on each day, shape (v, d); a scan before the registered day counts as opening."""
    days = counts.shape[1]
    first = np.array([(venue.opened_on - first_on).days if venue.opened_on else 0 for venue in venues])
    scanned = np.where(counts.any(axis=1), counts.astype(bool).argmax(axis=1), days)
    open_days: Bools = np.arange(days) >= np.minimum(first, scanned)[:, None]
    return open_days
