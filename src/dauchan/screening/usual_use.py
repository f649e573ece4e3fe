"""What use is usual: the calendar of each kind of venue, the days a venue is closed, its own rate, and how unevenly scans fall.

Scans of venue v on day t are taken as negative binomial with mean `rate[v] × weight[v, t]` and variance `mean + unevenness × mean²`
(Hilbe 2011, 'Negative binomial regression', 'NB2').

- `weight` is the calendar of the venue's peers: weekends, holidays and lockdowns are in it, so that a school's Sunday or a day without
  any data weighs nothing. Every venue says what share of its own scans fell on the day; busy ones count no more than `FULL_SAY` scans a day
  allow, so that one market does not make the calendar of all.
- A weekday on which a venue that is otherwise used was never scanned is its day off: nothing is expected then.
- What the venues of a unit share on a day (`shared_days`) is in the calendar too.
- Some days in a row without a scan, with ordinary use before and at once after them, are days on which the venue was closed (`closures`).
- `unevenness` comes from the scatter of single days around the mean, by moments; the median over the peers, so that a few that stopped, or were
  scanned from a desk, do not move it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.closures import closures
from dauchan.screening.shared_days import shared_by_unit

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Bools = NDArray[np.bool_]
Places = NDArray[np.int64]

FEWEST_PEERS = 12
"""A category with fewer scanned venues is judged by all venues together."""
FULL_SAY = 30.0
FEWEST_SCANS = 10
"""Scans a venue must have before it says anything about unevenness."""
LEAST_UNEVENNESS, MOST_UNEVENNESS = 1e-4, 20.0
DAY_OFF_EXPECTED = 6.0
MOST_DAYS_OFF = 2
SHARED_TURNS = 2
WEEK = 7


@dataclass(frozen=True, slots=True, eq=False)
class UsualUse:
    """Of v venues and d days.

    Attributes:
        counts: scans, shape (v, d).
        weight: expected scans on a day per unit of rate, shape (v, d); 0 where the venue was not open.
        rate: scans per unit of weight, shape (v,); 0 where there were none.
        unevenness: of its peers, shape (v,).
        group: number of its peers, shape (v,).
        unended: how probable it is for a venue to be on the k-th day of a closure, by k, shape (d + 1,).
    """

    counts: Counts
    weight: Floats
    rate: Floats
    unevenness: Floats
    group: Places
    unended: Floats


def usual_use(counts: Counts, open_days: Bools, category: Places, weekday: Places, unit: Places) -> UsualUse:
    """Fit the calendar and the scatter.

    Args:
        counts: scans, shape (v, d).
        open_days: whether the venue was registered on the day, shape (v, d).
        category: number of its category, shape (v,).
        weekday: of each day, 0 to 6, shape (d,).
        unit: number of its administrative unit, shape (v,).
    """
    group = peers(category, counts.sum(axis=1) > 0)
    weight = _calendar(counts, open_days, group)
    is_open = open_days & ~_days_off(counts, weight, weekday)
    weight = _calendar(counts, is_open, group)
    shared = _shared(counts, is_open, weight, group, unit)
    closed = closures(counts, _means(counts, _calendar(counts, shared, group)))
    weight = _calendar(counts, shared * ~closed.days, group)
    rate = counts.sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    unevenness = _unevenness(counts, rate[:, None] * weight, group)
    return UsualUse(counts, weight, rate, unevenness, group, closed.unended)


def _shared(counts: Counts, is_open: Bools, weight: Floats, group: Places, unit: Places) -> Floats:
    """How far each day is an ordinary one for the venue's unit, shape (v, d); 0 where the venue is not open."""
    exposure = is_open.astype(np.float64)
    for _ in range(SHARED_TURNS):
        means = _means(counts, weight)
        say = 1 / (1 + means.mean(axis=1) / FULL_SAY)
        exposure *= shared_by_unit(counts, means, _unevenness(counts, means, group), say, unit)[unit]
        weight = _calendar(counts, exposure, group)
    return exposure


def _means(counts: Counts, weight: Floats) -> Floats:
    return np.asarray((counts.sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9))[:, None] * weight)


def peers(category: Places, is_scanned: Bools) -> Places:
    """The category, or −1 for those that have too few scanned venues to be judged by themselves."""
    scanned = np.bincount(category, weights=is_scanned)
    return np.where(scanned[category] >= FEWEST_PEERS, category, -1)


def _calendar(counts: Counts, is_open: Bools | Floats, group: Places) -> Floats:
    mean = counts.sum(axis=1) / np.maximum(is_open.sum(axis=1), 1)
    say = mean / (1 + mean / FULL_SAY)
    share = counts * (say / np.maximum(mean, 1e-9))[:, None]
    weight = np.zeros(counts.shape)
    for each in np.unique(group):
        own = group == each
        among = own if each >= 0 else np.ones(len(group), np.bool_)
        season = share[among].sum(axis=0) / np.maximum((is_open[among] * say[among, None]).sum(axis=0), 1e-9)
        weight[own] = is_open[own] * season / max(float(season.mean()), 1e-9)
    return weight


def _days_off(counts: Counts, weight: Floats, weekday: Places) -> Bools:
    """Days, shape (v, d), on whose weekday the venue was never scanned although its week says that it would have been."""
    rate = counts.sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    off = np.zeros((len(counts), WEEK), np.bool_)
    for day in range(WEEK):
        of_day = weekday == day
        never = counts[:, of_day].sum(axis=1) == 0
        off[:, day] = never & (rate * weight[:, of_day].sum(axis=1) >= DAY_OFF_EXPECTED) & (of_day.sum() > 1)
    off[off.sum(axis=1) > MOST_DAYS_OFF] = False
    return off[:, weekday]


def _unevenness(counts: Counts, means: Floats, group: Places) -> Floats:
    telling = counts.sum(axis=1) >= FEWEST_SCANS
    days = np.maximum(2, (means > 0).sum(axis=1))
    # The mean was fitted to the same days, so one of them is used up.
    scatter = np.where(means > 0, (counts - means) ** 2, 0).sum(axis=1) * days / (days - 1) - means.sum(axis=1)
    each = scatter / np.maximum((means**2).sum(axis=1), 1e-9)
    found = np.full(len(counts), 1.0)
    for number in np.unique(group):
        own = group == number
        among = telling & (own if number >= 0 else True)
        if among.any():
            found[own] = np.clip(np.median(each[among]), LEAST_UNEVENNESS, MOST_UNEVENNESS)
    return found


def log_gamma(value: Floats) -> Floats:
    """Logarithm of the gamma function of positive numbers: Stirling's series after a shift by eight (Abramowitz & Stegun 6.1.41), exact to 1e-12."""
    shift = np.ones(np.shape(value))
    for step in range(8):
        shift = shift * (value + step)
    x = value + 8
    series = 1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5) - 1 / (1680 * x**7)
    return np.asarray((x - 0.5) * np.log(x) - x + 0.5 * np.log(2 * np.pi) + series - np.log(shift))
