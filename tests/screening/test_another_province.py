"""Screening on a province by other rules than those of `dauchan simulate`, so that it is not fitted to one."""

from __future__ import annotations

import numpy as np
import pytest

from dauchan.screening import SignKind, signs_of
from dauchan.screening.log_rates import few_mistakes
from dauchan.screening.usual_use import log_gamma
from tests.screening.another_month import tallied
from tests.screening.another_province import SIGNS, province


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_violators_are_found_and_honest_venues_left_alone(seed: int) -> None:
    """Where nobody tells how many visitors there are, underuse cannot be seen at one moment; the others are found."""
    of = province(seed, 800, share=0.14)
    found = {(sign.venue_id - 1, sign.sign.value) for sign in signs_of(of.register, tallied(of))}
    planted = set(of.habits.planted.items())
    missed = [sign for _, sign in planted - found]
    for sign in SIGNS:
        number = sum(each == sign for _, each in planted)
        assert missed.count(sign) <= (0.75 if sign == SignKind.UNDERUSED else 0.2) * number, sign
    assert len(found & planted) >= 0.95 * len(found), found - planted
    assert len({venue for venue, _ in found} - set(of.habits.planted)) < 0.01 * len(of.register)


def test_most_named_are_rightly_named() -> None:
    sure = np.array([0.99] * 20 + [0.6] * 20 + [0.4])
    assert few_mistakes(sure, 0.5).sum() == 22, "a twentieth of them may be honest"
    assert few_mistakes(np.array([0.6, 0.1]), 0.5).tolist() == [True, False], "one alone, if more probable than not"
    assert not few_mistakes(np.empty(0), 0.5).any()


def test_the_gamma_function() -> None:
    assert np.allclose(np.exp(log_gamma(np.array([1.0, 2.0, 5.0, 0.5]))), [1, 1, 24, np.sqrt(np.pi)], rtol=1e-10)
