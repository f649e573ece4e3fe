"""HIDE (Malaysia) flagged nearly every mall because it used raw counts. Here signs are normalised by setting, size and traffic."""

from __future__ import annotations

import numpy as np
import pytest

from dauchan.screening import ScreenedVenue, SignKind
from tests.screening.counts import DAYS, signs_in

TIMES = 100


def register_of(usual: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[ScreenedVenue]:
    return [
        ScreenedVenue(at, "shop", None, is_active=True, daily_footfall=size) for at, size in enumerate(usual.tolist())
    ]


@pytest.mark.parametrize("share", [0.9, 0.1])
def test_case_24_a_hundred_times_the_traffic_has_the_same_rank(share: float) -> None:
    chance = np.random.default_rng(24)
    usual = np.concatenate([[40.0, 40.0 * TIMES], chance.lognormal(4, 1.0, 200)])
    scanning = np.concatenate([[share, share], np.full(200, 0.9)])
    counts = chance.poisson((usual * scanning)[:, None], (len(usual), DAYS))
    signs = signs_in(counts, register_of(usual))
    small, mall = signs.get(0), signs.get(1)
    assert (small is None) == (mall is None) == (share > 0.5)
    if small and mall:
        assert small.sign == mall.sign == SignKind.UNDERUSED
        assert small.confidence == pytest.approx(mall.confidence, abs=0.02)
        assert small.observed / small.expected == pytest.approx(mall.observed / mall.expected, rel=0.2)


def test_case_24_the_fullest_venues_are_not_named_for_being_full() -> None:
    chance = np.random.default_rng(25)
    usual = chance.pareto(1.2, 500) * 20 + 10
    counts = chance.poisson(usual[:, None] * 0.9, (500, DAYS))
    assert len(signs_in(counts, register_of(usual))) <= 5
