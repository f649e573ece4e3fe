"""Underuse is told by venues thinned on purpose: what is thinned, how two kinds are told apart, and what that finds."""

from __future__ import annotations

import numpy as np
import pytest

from dauchan.screening import SignKind
from dauchan.screening.returning import Visitors, keys_of
from dauchan.screening.telling_apart import RIDGE, SHARE, features, fitted, sureness
from dauchan.screening.thinned import thinned
from tests.screening.counts import named, province


def test_a_copy_keeps_a_share_of_the_scans_or_of_the_people() -> None:
    person, day = np.repeat(np.arange(4000), 5), np.tile(np.arange(5), 4000)
    venue = np.repeat([0, 1], 10_000)
    visitors = Visitors.of(keys_of(venue, person, day, np.full(2, 50.0)), np.full(2, 50.0))
    assert visitors.by_days(2)[:, 4].tolist() == [2000, 2000], "everybody comes on five days"
    random, kept = np.random.default_rng(1), np.array([0.2, 1.0])
    some = thinned(visitors, kept, random, by_person=False).by_days(2)
    assert some[0] @ np.arange(1, 11) == pytest.approx(2000, rel=0.1), "of 10,000 scans a fifth"
    assert some[0, 0] > some[0, 4]
    assert some[1, 4] == 2000
    whole = thinned(visitors, kept, random, by_person=True).by_days(2)
    assert whole[0, 4] == pytest.approx(400, rel=0.15), "a fifth of the people, on all their days"
    assert whole[0, :4].sum() == 0


def test_a_kind_is_told_as_surely_as_it_is_right() -> None:
    """Three in a hundred of the mixed rows are of the known kind; what is said of each is right about as often."""
    chance = np.random.default_rng(2)
    is_kind = np.arange(8000) < 240
    mixed = chance.normal(0, 1, (8000, 2)) + np.where(is_kind[:, None], [3.0, 2.0], 0.0)
    known = chance.normal(0, 1, (3000, 2)) + np.array([3.0, 2.0])
    found = fitted(features(mixed, mixed), features(known, mixed))
    sure = sureness(features(mixed, mixed) @ found, features(known, mixed) @ found)
    assert sure.sum() == pytest.approx(240, rel=0.15)
    assert is_kind[sure >= 0.9].mean() >= 0.95
    half = is_kind[(sure >= 0.3) & (sure < 0.7)].mean()
    assert 0.15 < half < 0.85


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_regression_leaves_no_slope(number: int) -> None:
    """Where its steps end the penalised likelihood is highest, however many rows are left beside the fours."""
    chance = np.random.default_rng(number)
    mixed, known = chance.normal(0, 1, (200 + number, 3)), chance.normal(1, 1, (80, 3))
    found = fitted(mixed, known)
    told = (1 / (1 + np.exp(-rows @ found)) for rows in (mixed, known))
    lost, gained = (rows.T @ weight for rows, weight in zip((mixed, known), told, strict=True))
    share = SHARE * len(mixed) / len(known)
    slope = share * (known.sum(axis=0) - gained) - lost - RIDGE * np.array([1e-6 / RIDGE, 1, 1]) * found
    assert np.abs(slope).max() < 1e-3


def test_where_nothing_is_of_the_kind_nothing_is_sure() -> None:
    chance = np.random.default_rng(3)
    assert (sureness(chance.normal(0, 1, 5000), chance.normal(6, 1, 3000)) > 0.5).sum() <= 1
    assert sureness(np.full(50, -np.inf), np.zeros(10)).tolist() == [0] * 50


def test_underuse_in_a_large_province() -> None:
    counts, usual, register, chance = province(4, 2500)
    planted = chance.choice(np.flatnonzero(usual >= 10), 40, replace=False)
    counts[planted] = chance.binomial(counts[planted], chance.uniform(0.05, 0.2, (40, 1)))
    found, wanted = named(counts, SignKind.UNDERUSED, register), set(planted.tolist())
    assert len(found & wanted) >= 0.95 * len(wanted)
    assert len(found - wanted) <= 0.002 * len(register)
