"""Falls, underuse and unreadable posters: planted ones are found, honest venues are left alone, one cause is told once."""

from __future__ import annotations

import numpy as np
import pytest

from dauchan.screening import ScreenedVenue, SignKind
from tests.screening.counts import DAYS, named, province, signs_in, steady


@pytest.mark.parametrize("seed", range(3))
def test_planted_falls_after_a_week(seed: int) -> None:
    counts, usual, register, chance = province(seed)
    busy = np.flatnonzero(usual >= 10)
    planted = chance.choice(busy, 30, replace=False)
    counts[planted, DAYS - 7 :] = chance.binomial(counts[planted, DAYS - 7 :], chance.uniform(0.05, 0.25, (30, 1)))
    found = named(counts, SignKind.FALLEN, register)
    silent = named(counts, SignKind.SILENT, register) & set(planted.tolist())
    assert len((found | silent) & set(planted.tolist())) >= 0.95 * len(planted)
    assert len(found & set(planted.tolist())) >= 0.95 * len(found)
    assert len(found - set(planted.tolist())) < 0.01 * len(register)


@pytest.mark.parametrize("seed", range(3))
def test_planted_underuse(seed: int) -> None:
    counts, usual, register, chance = province(seed)
    busy = np.flatnonzero(usual >= 10)
    planted = chance.choice(busy, 30, replace=False)
    counts[planted] = chance.binomial(counts[planted], chance.uniform(0.05, 0.18, (30, 1)))
    found = named(counts, SignKind.UNDERUSED, register)
    assert len(found & set(planted.tolist())) >= 0.9 * len(planted)
    assert len(found & set(planted.tolist())) >= 0.95 * len(found)
    assert len(found - set(planted.tolist())) < 0.01 * len(register)


@pytest.mark.parametrize("seed", range(3))
def test_planted_unreadable_posters(seed: int) -> None:
    counts, usual, register, chance = province(seed)
    failed = chance.binomial(counts, 0.01)
    planted = chance.choice(np.flatnonzero(usual >= 10), 30, replace=False)
    before = counts[planted, DAYS - 7 :]
    counts[planted, DAYS - 7 :] = chance.binomial(before, 0.3)
    failed[planted, DAYS - 7 :] = chance.binomial(before, 0.6)
    signs = signs_in(counts, register, failed)
    found = {venue for venue, sign in signs.items() if sign.sign == SignKind.UNREADABLE}
    assert len(found & set(planted.tolist())) >= 0.95 * len(planted)
    assert len(found - set(planted.tolist())) <= 0.01 * len(register)
    assert not {venue for venue in found if signs[venue].sign == SignKind.FALLEN}, "one cause is told once"


def test_a_fall_that_all_share_is_none() -> None:
    counts = steady(20)
    counts[:, 14:] = 5
    assert signs_in(counts) == {}


def test_the_evidence_is_a_sentence_an_officer_understands() -> None:
    counts = steady(20)
    counts[4, 21:] = 2
    (sign,) = signs_in(counts).values()
    assert sign.sign == SignKind.FALLEN
    assert sign.observed == 14
    assert sign.expected == pytest.approx(140, rel=0.1)
    assert sign.evidence == (
        f"Từ 23/08/2021 chỉ còn 14 lượt quét, bằng {14 / sign.expected:.0%} so với mức trước đó "
        f"(dự kiến khoảng {sign.expected:.0f} lượt); các địa điểm cùng loại không giảm như vậy."
    )


def test_without_a_size_nothing_is_said_of_a_small_venue() -> None:
    chance = np.random.default_rng(3)
    counts = chance.poisson(chance.lognormal(3, 1.2, (300, 1)), (300, DAYS))
    register = [ScreenedVenue(at, "shop", None, is_active=True) for at in range(300)]
    assert len(named(counts, SignKind.UNDERUSED, register)) <= 3
