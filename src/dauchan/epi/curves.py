"""Figures of an outbreak over time: the epidemic curve, and how far and how fast contacts get through the work on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.arrays import MISSING
from dauchan.epi.intervals import local_days

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class EpidemicCurve:
    """Cases by local day, days without cases included.

    Attributes:
        first_on: the first day.
        cases: from that day on.
        groups: the same by group; they add up to `cases`.
        undated: cases whose instant is not known; in no day.
    """

    first_on: date | None
    cases: tuple[int, ...]
    groups: dict[str, tuple[int, ...]]
    undated: int

    def days(self) -> list[date]:
        """The days of `cases`."""
        return [] if self.first_on is None else [self.first_on + timedelta(days=at) for at in range(len(self.cases))]


def epidemic_curve(happened_at: NDArray[np.int64], group: Sequence[str] | None = None) -> EpidemicCurve:
    """Cases by local day (UTC+7) of onset, confirmation or report.

    Args:
        happened_at: epoch seconds, `MISSING` where not known, shape (n,).
        group: of each case, for example its commune.
    """
    known = happened_at != MISSING
    undated = int(np.count_nonzero(~known))
    if not known.any():
        return EpidemicCurve(None, (), {}, undated)
    days = local_days(happened_at[known])
    first, length = int(days.min()), int(days.max() - days.min()) + 1
    names = np.asarray(group if group is not None else [""] * len(happened_at))[known]
    groups = {
        str(name): tuple(np.bincount(days[names == name] - first, minlength=length).tolist())
        for name in (np.unique(names) if group is not None else ())
    }
    whole = np.bincount(days - first, minlength=length)
    return EpidemicCurve(EPOCH + timedelta(days=first), tuple(whole.tolist()), groups, undated)


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many contacts reached a step, and how long that took since the step before.

    Attributes:
        name: of the step.
        reached: contacts who reached it.
        share: of those who reached the first step; None where nobody did.
        median_minutes, p90_minutes: from the step before to this one, of those who have both; None for the first step and where nobody has.
        timed: how many durations these two rest on.
    """

    name: str
    reached: int
    share: float | None
    median_minutes: float | None
    p90_minutes: float | None
    timed: int


def contact_funnel(steps: Sequence[tuple[str, NDArray[np.int64]]]) -> list[FunnelStep]:
    """Found, reached, verified, tested, positive: counts and durations.

    Args:
        steps: name and instants of each step in their order; epoch seconds, `MISSING` where a contact has not reached it, shape (n,) each.

    A step written before its predecessor (a test before the call) counts as reached and takes no time. p90 is the
    smallest duration that nine of ten do not exceed; the median of an even number is the mean of its middle two.

    Raises:
        ValueError: the steps differ in length.
    """
    if len({len(instants) for _, instants in steps}) > 1:
        raise ValueError("the steps differ in length")
    found: list[FunnelStep] = []
    for at, (name, instants) in enumerate(steps):
        reached = int(np.count_nonzero(instants != MISSING))
        begun = found[0].reached if found else reached
        durations = np.empty(0) if at == 0 else _minutes(steps[at - 1][1], instants)
        found.append(FunnelStep(name, reached, reached / begun if begun else None, *_spread(durations), len(durations)))
    return found


def _minutes(before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.float64]:
    both = (before != MISSING) & (after != MISSING)
    minutes: NDArray[np.float64] = np.maximum(0, after[both] - before[both]) / 60
    return minutes


def _spread(durations: NDArray[np.float64]) -> tuple[float | None, float | None]:
    if not len(durations):
        return None, None
    return float(np.median(durations)), float(np.quantile(durations, 0.9, method="inverted_cdf"))
