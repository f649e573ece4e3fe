"""Secondary attack rates, with what they are a share of and how sure they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class AttackRate:
    """A secondary attack rate.

    Attributes:
        group: what the contacts have in common: a setting, a generation, a kind of place.
        infected: contacts who became cases.
        at_risk: the denominator: contacts who were exposed and not cases before.
        low, high: Wilson interval of the share.
    """

    group: str
    infected: int
    at_risk: int
    low: float
    high: float

    @property
    def rate(self) -> float | None:
        """The share; None where nobody was at risk."""
        return self.infected / self.at_risk if self.at_risk else None


def wilson_interval(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Score interval of a share: Wilson 1927, Journal of the American Statistical Association 22:209. (0, 1) without trials.

    Raises:
        ValueError: more successes than trials, negative numbers, or a confidence outside 0 to 1.
    """
    if not 0 <= successes <= trials or not 0 < confidence < 1:
        raise ValueError("0 ≤ successes ≤ trials and 0 < confidence < 1")
    if trials == 0:
        return 0.0, 1.0
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    share = successes / trials
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = (share * (1 - share) / trials + z2 / (4 * trials**2)) ** 0.5 * z2**0.5 / (1 + z2 / trials)
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == trials else min(1.0, centre + half)
    return low, high


def attack_rate(infected: int, at_risk: int, *, group: str = "", confidence: float = 0.95) -> AttackRate:
    """A rate from its two numbers.

    Raises:
        ValueError: as `wilson_interval`.
    """
    return AttackRate(group, infected, at_risk, *wilson_interval(infected, at_risk, confidence))


def attack_rates(
    contact_id: NDArray[np.int64],
    exposed_at: NDArray[np.int64],
    group: Iterable[str],
    case_onsets: dict[int, int],
    *,
    longest_incubation_days: float,
) -> list[AttackRate]:
    """Secondary attack rate of each group of exposures.

    A person counts once in a group, by the first exposure in it. Who had fallen ill before that is not at risk; who fell ill
    within the longest incubation after it is infected.

    Args:
        contact_id: exposed people, shape (k,).
        exposed_at: first exposure of each row, epoch seconds, shape (k,).
        group: of each row.
        case_onsets: onset of every known case, epoch seconds.
        longest_incubation_days: of the disease.
    """
    first: dict[tuple[str, int], int] = {}
    for person, at, name in zip(contact_id.tolist(), exposed_at.tolist(), group, strict=True):
        first[name, person] = min(at, first.get((name, person), at))
    latest = longest_incubation_days * 86_400
    counted: dict[str, list[int]] = {}
    for (name, person), at in first.items():
        infected, at_risk = counted.setdefault(name, [0, 0])
        onset = case_onsets.get(person)
        if onset is not None and onset <= at:
            continue
        counted[name] = [infected + int(onset is not None and onset - at <= latest), at_risk + 1]
    return [attack_rate(*numbers, group=name) for name, numbers in sorted(counted.items())]
