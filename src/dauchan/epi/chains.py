"""Chains between cases: clusters in time, and the transmission tree with every possible infector kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAY = 86_400


@dataclass(frozen=True, slots=True)
class SerialInterval:
    """Days between the onsets of an infector and of the one infected: log-normal, and the range that is taken for possible.

    The defaults are those of SARS-CoV-2: mean 4.7, standard deviation 2.9 days, of the most certain pairs of Nishiura, Linton &
    Akhmetzhanov 2020, International Journal of Infectious Diseases 93:284. Their abstract, which was checked, gives a median of 4.6 days
    (3.5 to 5.9) for these pairs and 4.0 for all; mean and standard deviation are from memory, and with them the log-normal has a
    median of 4.0. Its 0.5 to 99.5 % lie between 0.8 and 17.6 days. Intervals of 0 and below, which occur (12.6 % of the pairs of
    Du et al. 2020), are left out: a link needs a direction.
    """

    mean_days: float = 4.7
    sd_days: float = 2.9
    shortest_days: float = 0.8
    longest_days: float = 17.6

    def __post_init__(self) -> None:
        if not (self.mean_days > 0 and self.sd_days > 0 and 0 <= self.shortest_days < self.longest_days):
            raise ValueError("mean and spread are positive, the shortest interval is below the longest")

    def density(self, days: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of the intervals, per day; 0 outside the possible range."""
        variance = np.log1p((self.sd_days / self.mean_days) ** 2)
        centre = np.log(self.mean_days) - variance / 2
        possible = (days >= self.shortest_days) & (days <= self.longest_days) & (days > 0)
        at = np.where(possible, days, 1.0)
        density = np.exp(-((np.log(at) - centre) ** 2) / (2 * variance)) / (at * np.sqrt(2 * np.pi * variance))
        found: NDArray[np.float64] = np.where(possible, density, 0.0)
        return found


@dataclass(frozen=True, slots=True)
class Link:
    """One case that may have infected another.

    Attributes:
        infector, infected: the cases.
        interval_days: between their onsets.
        weight: probability that this one did, among the possible infectors that are known; they add up to 1.
    """

    infector: int
    infected: int
    interval_days: float
    weight: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cases that hang together.

    Attributes:
        cases: their ids, by onset.
        first_onset_at, last_onset_at: epoch seconds.
        unexplained: those without any possible infector: where the cluster came in.
    """

    cases: tuple[int, ...]
    first_onset_at: int
    last_onset_at: int
    unexplained: tuple[int, ...]


def possible_links(
    case_id: NDArray[np.int64],
    onset_at: NDArray[np.int64],
    source_id: NDArray[np.int64],
    contact_id: NDArray[np.int64],
    serial: SerialInterval | None = None,
    dose: NDArray[np.float64] | None = None,
) -> list[Link]:
    """Every possible infector of every case, weighted.

    A case is a possible infector of another where the trace found them together and their onsets lie apart by a possible serial
    interval. Its weight is the density of that interval, times the dose of the exposure where one is given, over the sum of
    all possible infectors: Wallinga & Teunis 2004 (American Journal of Epidemiology 160:509), restricted to known exposures.

    Args:
        case_id: the cases, shape (n,).
        onset_at: of each, epoch seconds.
        source_id: of pairs that shared time, the one who was in the infectious period, shape (k,).
        contact_id: the other one; pairs with people who are no cases are left out.
        serial: the serial interval.
        dose: of each pair, for example `Risk.dose`, shape (k,).

    Raises:
        ValueError: lengths differ, or a case stands twice.
    """
    if len(case_id) != len(onset_at) or len(source_id) != len(contact_id):
        raise ValueError("the columns differ in length")
    if dose is not None and len(dose) != len(source_id):
        raise ValueError("each pair has one dose")
    onsets = dict(zip(case_id.tolist(), onset_at.tolist(), strict=True))
    if len(onsets) != len(case_id):
        raise ValueError("a case stands twice")
    weights: dict[int, dict[int, float]] = {}
    for place, (source, contact) in enumerate(zip(source_id.tolist(), contact_id.tolist(), strict=True)):
        if source == contact or source not in onsets or contact not in onsets:
            continue
        days = np.array([(onsets[contact] - onsets[source]) / DAY])
        density = float((serial or SerialInterval()).density(days)[0]) * (1.0 if dose is None else float(dose[place]))
        if density > 0:
            rivals = weights.setdefault(contact, {})
            rivals[source] = rivals.get(source, 0.0) + density
    return [
        Link(source, infected, (onsets[infected] - onsets[source]) / DAY, weight / sum(rivals.values()))
        for infected, rivals in sorted(weights.items())
        for source, weight in sorted(rivals.items(), key=lambda rival: (-rival[1], rival[0]))
    ]


def clusters_of(
    case_id: NDArray[np.int64], onset_at: NDArray[np.int64], links: Sequence[Link], *, at_least: int = 2
) -> list[Cluster]:
    """Connected components of the links, the largest first; cases that hang on nobody only with `at_least=1`."""
    onsets = dict(zip(case_id.tolist(), onset_at.tolist(), strict=True))
    root = {case: case for case in onsets}

    def top(case: int) -> int:
        while root[case] != case:
            root[case] = root[root[case]]
            case = root[case]
        return case

    for link in links:
        root[top(link.infector)] = top(link.infected)
    together: dict[int, list[int]] = {}
    for case in sorted(onsets, key=lambda case: (onsets[case], case)):
        together.setdefault(top(case), []).append(case)
    explained = {link.infected for link in links}
    found = [
        Cluster(
            tuple(cases), onsets[cases[0]], onsets[cases[-1]], tuple(case for case in cases if case not in explained)
        )
        for cases in together.values()
        if len(cases) >= at_least
    ]
    return sorted(found, key=lambda cluster: (-len(cluster.cases), cluster.first_onset_at, cluster.cases))


def reproduction_numbers(case_id: NDArray[np.int64], links: Sequence[Link]) -> dict[int, float]:
    """How many each case infected, expected over the possible trees: the sum of its weights. Late cases may infect more yet."""
    numbers = dict.fromkeys(case_id.tolist(), 0.0)
    for link in links:
        numbers[link.infector] += link.weight
    return numbers
