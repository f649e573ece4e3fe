"""From counts to signs: each sign is judged by itself, and what one of them explains is not told twice.

An unreadable poster makes scans fall; a desk leaves visitors unscanned; a venue that fell is used less than its peers. Of `unreadable`, `silent`,
`desk_scanned`, `fallen` and `underused` a venue is given the first that holds. Where the code hangs (`misplaced`, `duplicated`) is another question.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.bands import Picture, expected_band
from dauchan.screening.desks import Desks, desks
from dauchan.screening.fallen import Falls, falls
from dauchan.screening.kinds import SignKind
from dauchan.screening.log_rates import MISTAKEN, few_mistakes
from dauchan.screening.places_seen import LEAST_SECOND, Whereabouts, whereabouts
from dauchan.screening.resembling import held_against_copies
from dauchan.screening.signs import Sign
from dauchan.screening.silent import Silences, silences
from dauchan.screening.tally import CLOSE_LOOK, Tally
from dauchan.screening.underused import Sizes, Underuse, underuse
from dauchan.screening.unreadable import Failures, failures
from dauchan.screening.usual_use import Bools, UsualUse, usual_use
from dauchan.screening.venue_table import ScreenedVenue

LEAST_CONFIDENCE = {SignKind.SILENT: 0.9, SignKind.UNREADABLE: 0.7}
"""A quiet venue is silent for days by chance, and there are very many of them; an underused venue has many failures among its few tries."""
MOST_MISTAKEN = {SignKind.UNDERUSED: 0.02}
"""What is compared with peers only is modelled less exactly than a venue's own past."""
MISTAKEN_BY_COPIES = 0.04
"""The same where enough venues were held against copies of themselves."""
PROBABLE = 0.5
"""Other signs that are more probable than not are given out; whoever reads them sees how sure each is."""
TRIAL = 0.25
"""Share of the venues scanned on the fullest day below which the first days are a trial; a few busy doors would make many scans."""
BY_CHANCE = 0.002
"""How probable days without a scan must be at a fallen venue to be a part of the fall."""
SELDOM = 0.7
"""Returns beside those of peers from which on the evidence tells of them."""
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
    begin = _first_column(tally.scans)
    counts, first_on = tally.scans[:, begin:], tally.first_on + timedelta(days=begin)
    weekday = np.array([(first_on + timedelta(days=at)).weekday() for at in range(counts.shape[1])])
    is_active = np.array([venue.is_active for venue in venues], np.bool_)
    sizes, category = _sizes(venues), _numbered(venue.category for venue in venues)
    use = usual_use(counts, _opened(venues, counts, first_on), category, weekday, sizes.unit)
    fallen = falls(use)
    look = tally.scans[:, -CLOSE_LOOK:]
    by_desk = desks(look, tally.from_desk[:, -CLOSE_LOOK:], category, is_gate_known=tally.is_gate_known)
    # A list of names that is scanned every day says nothing of returns: nobody returns as faithfully.
    returns = tally.returns().without(by_desk.confidence >= PROBABLE)
    otherwise = (fallen.confidence >= PROBABLE) | (by_desk.confidence >= PROBABLE)
    compared = underuse(use, sizes, is_active, returns, otherwise)
    visitors = tally.visitors().without(by_desk.confidence >= PROBABLE)
    compared = held_against_copies(compared, use, sizes, visitors, is_active & ~otherwise)
    return Judged(
        first_on,
        use,
        _not_fallen(silences(use, compared.usual_rate, compared.scatter), fallen, use),
        fallen,
        compared,
        failures(use, tally.failed[:, begin:], compared),
        by_desk,
        tally.first_on + timedelta(days=tally.scans.shape[1] - CLOSE_LOOK),
    )


def _not_fallen(found: Silences, fallen: Falls, use: UsualUse) -> Silences:
    """Where hardly anybody has been scanned for a while, some days without any scan are no silence of their own."""
    column = np.arange(use.counts.shape[1])[None]
    quiet = use.weight * (column >= found.begin[:, None])
    little = (column >= fallen.begin[:, None]) & (column < found.begin[:, None])
    rate = ((use.counts * little).sum(axis=1) + 0.5) / np.maximum((use.weight * little).sum(axis=1), 1e-9)
    none = np.exp(-(np.log1p(rate[:, None] * quiet * use.unevenness[:, None]) / use.unevenness[:, None]).sum(axis=1))
    is_explained = (fallen.confidence >= PROBABLE) & little.any(axis=1) & (none >= BY_CHANCE)
    return Silences(np.where(is_explained, 0.0, found.confidence), found.begin, found.expected)


def signs_of(venues: Sequence[ScreenedVenue], tally: Tally, *, with_pictures: bool = False) -> list[Sign]:
    """The signs of active venues on the last day of the tally, the surest first; each with its picture where asked for."""
    if not venues:
        return []
    found = judge(venues, tally)
    is_active = np.array([venue.is_active for venue in venues], np.bool_)
    grounds = [*_of_use(venues, found, is_active), *_of_places(venues, tally)]
    signs = [_sign(found, venues, each, with_pictures=with_pictures) for each in grounds]
    return sorted(signs, key=lambda sign: (-sign.confidence, sign.venue_id, sign.sign))


Suspicion = tuple[int, SignKind, float, "Grounds"]
"""The place of a venue in the register, what is suspected, how sure it is, and why."""


def _of_use(venues: Sequence[ScreenedVenue], found: Judged, is_active: Bools) -> Iterator[Suspicion]:
    """One sign a venue at most: the first of these that holds."""
    for kind, sure, evidence in (
        (SignKind.UNREADABLE, found.failures.confidence, _unreadable),
        (SignKind.SILENT, found.silences.confidence, _silent),
        (SignKind.DESK_SCANNED, found.desks.confidence, _desk_scanned),
        (SignKind.FALLEN, found.falls.confidence, _fallen),
        (SignKind.UNDERUSED, found.underuse.confidence, _underused),
    ):
        is_sign = few_mistakes(
            np.where(is_active, sure, 0.0), LEAST_CONFIDENCE.get(kind, PROBABLE), _mistaken(kind, found)
        )
        for at in np.flatnonzero(is_active & is_sign).tolist():
            yield at, kind, float(sure[at]), evidence(found, at, venues[at])
        is_active = is_active & ~is_sign


def _mistaken(kind: SignKind, found: Judged) -> float:
    if kind is SignKind.UNDERUSED and found.underuse.is_learned:
        return MISTAKEN_BY_COPIES
    return MOST_MISTAKEN.get(kind, MISTAKEN)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a sign rests on.

    Attributes:
        expected, observed: scans.
        since_on: the first day that counts.
        facts: figures that only its kind has.
        rate: scans per unit of the calendar that were to be expected all along; None for the venue's own.
    """

    expected: float
    observed: int
    since_on: date
    facts: dict[str, float]
    rate: float | None = None


def _sign(found: Judged, venues: Sequence[ScreenedVenue], suspicion: Suspicion, *, with_pictures: bool) -> Sign:
    at, kind, sure, grounds = suspicion
    rate = float(found.use.rate[at]) if grounds.rate is None else grounds.rate
    is_of_peers = kind is SignKind.UNDERUSED or not found.use.counts[at].any()
    return Sign(
        venues[at].venue_id,
        kind,
        sure,
        float(grounds.expected),
        int(grounds.observed),
        grounds.since_on,
        {name: round(float(value), 3) for name, value in grounds.facts.items()},
        venues[at].daily_footfall or max(rate, float(found.use.rate[at])),
        picture_of(found, at, rate, is_of_peers=is_of_peers) if with_pictures else None,
    )


def picture_of(found: Judged, at: int, rate: float, *, is_of_peers: bool) -> Picture:
    """Band and scans of one venue; peers of a venue say less exactly what to expect than its own past."""
    mean = rate * found.use.weight[at]
    variance = float(found.underuse.scatter[at]) if is_of_peers else 0.0
    low, high = expected_band(mean, float(found.use.unevenness[at]), variance)
    return Picture(found.first_on, low, mean, high, found.use.counts[at])


def _unreadable(found: Judged, at: int, _venue: ScreenedVenue) -> Grounds:
    begin, expected = int(found.failures.begin[at]), float(found.failures.expected[at])
    known = float(found.use.weight[at, begin:].sum())
    facts = {"failed": float(found.failures.failed[at])}
    observed = int(found.use.counts[at, begin:].sum())
    return Grounds(expected, observed, _day(found, begin), facts, expected / known if known else None)


def _silent(found: Judged, at: int, _venue: ScreenedVenue) -> Grounds:
    use, begin, expected = found.use, int(found.silences.begin[at]), float(found.silences.expected[at])
    known, quiet = float(use.weight[at, :begin].sum()), float(use.weight[at, begin:].sum())
    before = float(use.counts[at].sum()) / known if known else 0.0
    facts = {"days": float(use.counts.shape[1] - begin), "before": before}
    return Grounds(expected, 0, _day(found, begin), facts, before or expected / max(quiet, 1e-9))


def _desk_scanned(found: Judged, at: int, _venue: ScreenedVenue) -> Grounds:
    since = found.desk_first_on + timedelta(days=int(found.desks.begin[at]))
    observed, from_desk = int(found.desks.scans[at]), int(found.desks.from_desk[at])
    return Grounds(observed - from_desk, observed, since, {"from_desk": float(from_desk)})


def _fallen(found: Judged, at: int, _venue: ScreenedVenue) -> Grounds:
    begin, expected = int(found.falls.begin[at]), float(found.falls.expected[at])
    since = float(found.use.weight[at, begin:].sum())
    observed = int(found.use.counts[at, begin:].sum())
    return Grounds(expected, observed, _day(found, begin), {}, expected / max(since, 1e-9))


def _underused(found: Judged, at: int, venue: ScreenedVenue) -> Grounds:
    sizes = {"footfall": venue.daily_footfall or 0.0, "staff": venue.staff or 0.0}
    known = {name: size for name, size in sizes.items() if size > 0}
    if found.underuse.again[at] < SELDOM:
        known["again"] = float(found.underuse.again[at])
    observed, rate = int(found.use.counts[at].sum()), float(found.underuse.usual_rate[at])
    return Grounds(found.underuse.expected[at], observed, found.first_on, known, rate)


def _of_places(venues: Sequence[ScreenedVenue], tally: Tally) -> Iterator[Suspicion]:
    """Where the codes hang; scans that told their place are `observed`, those that should lie at the registered place `expected`."""
    first_on = tally.first_on + timedelta(days=tally.scans.shape[1] - CLOSE_LOOK)
    for at, seen in tally.places(LEAST_SECOND / 2).items():
        venue = venues[at]
        if not venue.is_active or venue.category in ON_THE_MOVE:
            continue
        found = whereabouts(seen)
        for kind, sure, facts in (
            (SignKind.MISPLACED, found.misplaced, _misplaced),
            (SignKind.DUPLICATED, found.duplicated, _duplicated),
        ):
            if sure >= PROBABLE:
                home, figures = facts(found)
                yield at, kind, sure, Grounds(found.scans, home, first_on, figures)


def _misplaced(found: Whereabouts) -> tuple[int, dict[str, float]]:
    heap = found.heaps[0]
    return found.scans - heap.scans, {"there": heap.scans, "located": found.scans, "away": heap.away}


def _duplicated(found: Whereabouts) -> tuple[int, dict[str, float]]:
    one, other = found.heaps
    apart = math.hypot(one.north - other.north, one.east - other.east)
    return one.scans, {"first": one.scans, "second": other.scans, "located": found.scans, "apart": apart}


def _first_column(scans: NDArray[np.int64]) -> int:
    """The first day on which the codes were in use; a trial at a few doors before that says nothing of all the others."""
    venues_a_day = np.count_nonzero(scans, axis=0)
    if not venues_a_day.any():
        return len(venues_a_day) - 1
    return int((venues_a_day >= TRIAL * venues_a_day.max()).argmax())


def _day(found: Judged, column: int) -> date:
    return found.first_on + timedelta(days=column)


def _numbered(words: Iterable[str]) -> NDArray[np.int64]:
    """A number for each word."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int64)


def _sizes(venues: Sequence[ScreenedVenue]) -> Sizes:
    footfall, staff = (
        np.array([size or 0.0 for size in sizes])
        for sizes in ([venue.daily_footfall for venue in venues], [venue.staff for venue in venues])
    )
    return Sizes(footfall, staff, _numbered(venue.unit_code for venue in venues))


def _opened(venues: Sequence[ScreenedVenue], counts: NDArray[np.int64], first_on: date) -> Bools:
    """Whether each venue was open on each day, shape (v, d); a scan before the registered day counts as opening."""
    days = counts.shape[1]
    first = np.array([(venue.opened_on - first_on).days if venue.opened_on else 0 for venue in venues])
    scanned = np.where(counts.any(axis=1), counts.astype(bool).argmax(axis=1), days)
    open_days: Bools = np.arange(days) >= np.minimum(first, scanned)[:, None]
    return open_days
