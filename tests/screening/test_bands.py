"""The band of honest days holds nine of ten, whatever the size of the venue, and widens where less is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dauchan.screening import ScreenedVenue, SignKind, Tally, signs_of
from dauchan.screening.bands import expected_band
from tests.screening.counts import market, steady, tally_of


@pytest.mark.parametrize("mean", [0.4, 7.0, 300.0, 1999.0, 2001.0, 40_000.0])
@pytest.mark.parametrize("unevenness", [0.001, 0.05, 0.5])
def test_nine_honest_days_in_ten_lie_within(mean: float, unevenness: float) -> None:
    chance = np.random.default_rng(5)
    counts = chance.negative_binomial(1 / unevenness, 1 / (1 + unevenness * mean), 20_000)
    (low,), (high,) = expected_band(np.array([mean]), unevenness)
    assert low <= mean * 1.001
    assert (counts < low).mean() <= 0.06
    assert (counts > high).mean() <= 0.06
    assert (counts >= low + 1).mean() <= 0.96, "no wider below than it has to be"
    assert mean < 1 or (counts <= high - max(2, high // 100)).mean() < 0.96


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.floats(0.01, 100_000), st.floats(0.0001, 3), st.floats(0, 2), st.floats(0, 2)
)  # fmt: skip
def test_a_band_widens_with_what_is_not_known(mean: float, unevenness: float, one: float, other: float) -> None:
    less, more = sorted((one, other))
    means = np.array([0.0, mean])
    (never, low), (none, high) = expected_band(means, unevenness, less)
    (_, lower), (_, higher) = expected_band(means, unevenness, more)
    assert (never, none) == (0, 0)
    assert 0 <= lower <= low <= high
    assert higher - lower >= (high - low) * 0.9 - 1


def test_two_means_on_either_side_of_the_approximation_agree() -> None:
    for unevenness in (0.001, 0.1, 1.0):
        (a, b), (c, d) = expected_band(np.array([1999.9, 2000.1]), unevenness)
        assert a == pytest.approx(b, rel=0.01, abs=3)
        assert c == pytest.approx(d, rel=0.01, abs=3)


def test_a_sign_comes_with_its_picture_where_asked_for() -> None:
    counts = steady(20)
    counts[4, 21:] = 2
    (plain,) = signs_of(market(20), tally_of(counts))
    (sign,) = signs_of(market(20), tally_of(counts), with_pictures=True)
    assert plain.picture is None
    assert (sign.sign, sign.told) == (SignKind.FALLEN, plain.told)
    picture = sign.picture
    assert picture is not None
    assert (picture.days[0], picture.days[-1]) == (date(2021, 8, 2), date(2021, 8, 29))
    assert picture.observed.tolist() == [20] * 21 + [2] * 7
    assert (picture.low <= picture.middle).all()
    assert (picture.middle <= picture.high).all()
    assert (picture.observed[:21] >= picture.low[:21]).all()
    assert (picture.observed[21:] < picture.low[21:]).all(), "the fall lies below what was to be expected"
    assert sign.visitors == pytest.approx(20, rel=0.1)


def test_a_venue_never_scanned_is_drawn_by_its_peers() -> None:
    chance = np.random.default_rng(1)
    counts = chance.poisson(30, (40, 28))
    counts[7] = 0
    register = [ScreenedVenue(at, "shop", None, is_active=True, daily_footfall=33) for at in range(40)]
    (sign,) = (sign for sign in signs_of(register, tally_of(counts), with_pictures=True) if sign.venue_id == 7)
    assert sign.sign == SignKind.SILENT
    assert sign.picture is not None
    assert sign.picture.middle.mean() == pytest.approx(30, rel=0.3)
    assert sign.visitors == 33


def test_days_that_somebody_counted_weigh_as_scans_do() -> None:
    one = tally_of(steady(14))
    other = Tally(np.arange(14), np.full(14, np.nan), np.full(14, np.nan), date(2021, 8, 29))
    days = np.arange("2021-08-02", "2021-08-30", dtype="datetime64[D]")
    venue, day = np.repeat(np.arange(15), 28), np.tile(days, 15)
    other.add_days(venue, day, np.full(15 * 28, 20), np.zeros(15 * 28, np.int64))
    assert (other.scans == one.scans).all(), "the fifteenth venue is in no register"
    assert other.digest() == one.digest()
    other.add_days(venue[:1], day[:1], np.array([1]), np.array([0]))
    assert other.digest() != one.digest()
