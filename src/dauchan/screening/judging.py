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
from dauchan.screening.usual_use import Bools, Floats, UsualUse, usual_use
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
    """One sign a venue at most."""
    for kind, sure in (
        (SignKind.UNREADABLE, found.failures.confidence),
        (SignKind.SILENT, found.silences.confidence),
        (SignKind.DESK_SCANNED, found.desks.confidence),
        (SignKind.FALLEN, found.falls.confidence),
        (SignKind.UNDERUSED, found.underuse.confidence),
    ):
        least = LEAST_CONFIDENCE.get(kind, PROBABLE)
        for at in np.flatnonzero(is_active & (sure >= least)).tolist():
            yield _sign(kind, venues[at], found, at)
        is_active = is_active & (sure < least)


def _sign(kind: SignKind, venue: ScreenedVenue, found: Judged, at: int) -> Sign:
    use = found.use
    match kind:
        case SignKind.UNREADABLE:
            begin, expected = int(found.failures.begin[at]), float(found.failures.expected[at])
            since, observed = _day(found, begin), int(use.counts[at, begin:].sum())
            words = sentences.unreadable(since, int(found.failures.failed[at]), observed)
            sure = found.failures.confidence[at]
        case SignKind.SILENT:
            begin, expected, observed = int(found.silences.begin[at]), float(found.silences.expected[at]), 0
            since, known = _day(found, begin), float(use.weight[at, :begin].sum())
            before = float(use.counts[at].sum()) / known if known else 0.0
            words = sentences.silent(since, use.counts.shape[1] - begin, before, expected)
            sure = found.silences.confidence[at]
        case SignKind.DESK_SCANNED:
            since = found.desk_first_on + timedelta(days=int(found.desks.begin[at]))
            observed = int(found.desks.scans[at])
            expected = float(observed - found.desks.from_desk[at])
            words = sentences.desk_scanned(since, int(found.desks.from_desk[at]), observed)
            sure = found.desks.confidence[at]
        case SignKind.FALLEN:
            begin, expected = int(found.falls.begin[at]), float(found.falls.expected[at])
            since, observed = _day(found, begin), int(use.counts[at, begin:].sum())
            words, sure = sentences.fallen(since, expected, observed), found.falls.confidence[at]
        case _:
            since, expected, observed = found.first_on, float(found.underuse.expected[at]), int(use.counts[at].sum())
            words = sentences.underused(since, expected, observed, venue.daily_footfall or 0, venue.staff or 0)
            sure = found.underuse.confidence[at]
    return Sign(venue.venue_id, kind, float(sure), expected, observed, since, words)


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


def expected_band(found: Judged, at: int) -> tuple[Floats, Floats, Floats]:
    """For the chart of one venue: scans expected on each day by its own rate, and the band that holds nine days in ten, shape (d,)."""
    mean = found.use.rate[at] * found.use.weight[at]
    spread = 1.645 * np.sqrt(mean + found.use.unevenness[at] * mean**2)
    return mean, np.maximum(mean - spread, 0), mean + spread
