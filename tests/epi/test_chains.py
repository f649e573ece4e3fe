"""Clusters and possible infectors, against breadth-first search and the densities by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.epi.chains import DAY, Link, SerialInterval, clusters_of, possible_links, reproduction_numbers

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=25)
ONSETS = st.lists(st.integers(0, 40 * DAY), min_size=8, max_size=8)


def linked(onsets: list[int], pairs: list[tuple[int, int]]) -> list[Link]:
    sources, contacts = (np.array([pair[at] for pair in pairs], np.int64) for at in (0, 1))
    return possible_links(np.arange(len(onsets)), np.array(onsets), sources, contacts)


@given(ONSETS, PAIRS)
def test_weights_add_up_and_respect_time(onsets: list[int], pairs: list[tuple[int, int]]) -> None:
    links = linked(onsets, pairs)
    serial = SerialInterval()
    expected = {
        (a, b)
        for a, b in pairs
        if a < 8 and b < 8 and a != b and serial.shortest_days <= (onsets[b] - onsets[a]) / DAY <= serial.longest_days
    }
    assert {(link.infector, link.infected) for link in links} == expected
    for infected in {link.infected for link in links}:
        assert sum(link.weight for link in links if link.infected == infected) == pytest.approx(1)
    numbers = reproduction_numbers(np.arange(8), links)
    assert sum(numbers.values()) == pytest.approx(len({link.infected for link in links}))


@given(ONSETS, PAIRS)
def test_clusters_by_walking(onsets: list[int], pairs: list[tuple[int, int]]) -> None:
    links = linked(onsets, pairs)
    found = clusters_of(np.arange(8), np.array(onsets), links, at_least=1)
    neighbours: dict[int, set[int]] = {case: {case} for case in range(8)}
    for link in links:
        neighbours[link.infector].add(link.infected)
        neighbours[link.infected].add(link.infector)
    for _ in range(8):
        neighbours = {
            case: set().union(*(neighbours[other] for other in others)) for case, others in neighbours.items()
        }
    assert {frozenset(cluster.cases) for cluster in found} == {frozenset(others) for others in neighbours.values()}
    assert sum(len(cluster.cases) for cluster in found) == 8
    for cluster in found:
        assert cluster.cases == tuple(sorted(cluster.cases, key=lambda case: (onsets[case], case)))
        assert cluster.cases[0] in cluster.unexplained, "the first of a cluster came from outside"


def test_several_possible_infectors_are_kept_by_the_density_of_their_interval() -> None:
    serial = SerialInterval()
    links = possible_links(np.array([1, 2, 3]), np.array([0, 2, 6]) * DAY, np.array([1, 2]), np.array([3, 3]), serial)
    six, four = serial.density(np.array([6.0, 4.0]))
    assert [(link.infector, link.interval_days) for link in links] == [(2, 4.0), (1, 6.0)]
    assert [link.weight for link in links] == pytest.approx([four / (six + four), six / (six + four)])
    dosed = possible_links(
        np.array([1, 2, 3]), np.array([0, 2, 6]) * DAY, np.array([1, 2]), np.array([3, 3]), serial, np.array([9.0, 1.0])
    )
    assert dosed[0].infector == 1


def test_the_serial_interval_is_a_density_with_its_mean() -> None:
    serial = SerialInterval(shortest_days=0, longest_days=200)
    days = np.linspace(0, 200, 400_001)
    density = serial.density(days)
    step = days[1]
    assert density.sum() * step == pytest.approx(1, abs=1e-4)
    assert (density * days).sum() * step == pytest.approx(4.7, abs=1e-3)
    assert ((density * (days - 4.7) ** 2).sum() * step) ** 0.5 == pytest.approx(2.9, abs=1e-2)


def test_what_does_not_fit_is_refused() -> None:
    one, two = np.array([1]), np.array([1, 2])
    with pytest.raises(ValueError, match="differ in length"):
        possible_links(one, two, one, one)
    with pytest.raises(ValueError, match="twice"):
        possible_links(np.array([1, 1]), two, one, one)
    with pytest.raises(ValueError, match="below the longest"):
        SerialInterval(shortest_days=5, longest_days=4)
