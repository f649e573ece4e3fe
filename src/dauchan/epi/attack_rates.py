"""Secondary attack rates, with what they are a share of and how sure they are."""

from collections.abc import Mapping, Sequence
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
    group: Sequence[str] | NDArray[np.int64],
    case_onsets: Mapping[int, int],
    *,
    longest_incubation_days: float,
    names: Sequence[str] | None = None,
) -> list[AttackRate]:
    """Secondary attack rate of each group of exposures.

    A person counts once in a group, by the first exposure in it. Who had fallen ill before that is not at risk; who fell ill
    within the longest incubation after it is infected.

    Args:
        contact_id: exposed people, shape (k,).
        exposed_at: first exposure of each row, epoch seconds, shape (k,).
        group: of each row; with *names* its place among them.
        case_onsets: onset of every known case, epoch seconds.
        longest_incubation_days: of the disease.
        names: of the groups, where *group* gives places.
    """
    if not len(contact_id):
        return []
    words, place = np.unique(np.asarray(group), return_inverse=True)
    order = np.lexsort((exposed_at, contact_id, place))
    place, person, exposed = place[order], contact_id[order], exposed_at[order]
    first = np.concatenate([[True], (place[1:] != place[:-1]) | (person[1:] != person[:-1])])
    place, person, exposed = place[first], person[first], exposed[first]
    onset = _onsets_of(person, case_onsets)
    at_risk = onset > exposed
    infected = at_risk & (onset - exposed <= longest_incubation_days * 86_400)
    of_group = (np.bincount(place[chosen], minlength=len(words)).tolist() for chosen in (infected, at_risk))
    counted = zip(words.tolist(), *of_group, strict=True)
    named = ((str(word) if names is None else names[word], *numbers) for word, *numbers in counted)
    return [attack_rate(ill, exposed_people, group=name) for name, ill, exposed_people in sorted(named)]


def _onsets_of(person: NDArray[np.int64], case_onsets: Mapping[int, int]) -> NDArray[np.int64]:
    """Onset of each person, far in the future of those who are no case."""
    never = np.iinfo(np.int64).max // 2
    if not case_onsets:
        return np.full(len(person), never)
    cases = np.array(sorted(case_onsets), np.int64)
    onsets = np.array([case_onsets[case] for case in cases.tolist()], np.int64)
    at = np.minimum(np.searchsorted(cases, person), len(cases) - 1)
    return np.where(cases[at] == person, onsets[at], never)
