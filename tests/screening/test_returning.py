"""How often people scan again tells what share of them scan, whatever the venue's size; drawing people changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from dauchan.screening import ScreenedVenue, SignKind, signs_of
from dauchan.screening.returning import Returns, keys_of, returns_of
from tests.screening.counts import DAYS, Counts, tally_of

VENUES = 80
BUSY = np.full(VENUES, 10.0)


def test_pairs_of_days_are_counted_by_person() -> None:
    """One comes on three days, one on two, one twice on one day."""
    person, day = np.array([7, 7, 7, 8, 8, 9, 9]), np.array([0, 4, 9, 1, 2, 5, 5])
    found = returns_of(keys_of(np.full(7, 3), person, day, BUSY), VENUES)
    assert (found.days[3], found.pairs[3], found.squares[3]) == (6, 4, 10)
    assert found.days.sum() == 6
    again, variance = found.logarithm()
    assert np.isfinite(again).all()
    assert variance[3] < variance[0], "nothing is known of the others"


def test_whoever_is_drawn_is_drawn_whole() -> None:
    chance = np.random.default_rng(1)
    person, day = np.repeat(chance.integers(0, 2**52, 30_000), 3), np.tile([0, 3, 6], 30_000)
    venue = np.zeros(len(person), np.int64)
    all_of_them, some = (returns_of(keys_of(venue, person, day, np.array([size])), 1) for size in (10.0, 2000.0))
    assert all_of_them.days[0] == 90_000
    assert some.days[0] == pytest.approx(4_500, rel=0.1)
    assert some.pairs[0] == some.days[0]


def shops(share: float) -> tuple[Counts, Returns]:
    """Eighty shops of very different sizes that nobody tells; at the first, that share of visitors scan, elsewhere nine in ten.

    Each has regulars who come every third day.
    """
    chance = np.random.default_rng(5)
    size = chance.lognormal(4.5, 0.7, VENUES).astype(int) + 20
    size[0] = 90
    scanning = np.where(np.arange(VENUES) == 0, share, 0.9)
    counts, days, pairs, squares = np.zeros((VENUES, DAYS), np.int64), *np.zeros((3, VENUES))
    for venue in range(VENUES):
        seen = chance.random((3 * size[venue], DAYS)) < scanning[venue] / 3
        counts[venue] = seen.sum(axis=0)
        each = seen[:, -10:].sum(axis=1)
        of_person = each * (each - 1) / 2
        days[venue], pairs[venue], squares[venue] = each.sum(), of_person.sum(), (of_person**2).sum()
    return counts, Returns(days, pairs, squares)


@pytest.mark.parametrize(
    ("share", "known", "found"), [(0.2, "returns", {0}), (0.2, "scans", set()), (0.9, "returns", set())]
)
def test_underuse_is_found_where_nobody_tells_the_size(
    monkeypatch: pytest.MonkeyPatch, share: float, known: str, found: set[int]
) -> None:
    counts, returns = shops(share)
    tally = tally_of(counts)
    if known == "returns":
        monkeypatch.setattr(tally, "returns", lambda: returns)
    register = [ScreenedVenue(at, "shop", None, is_active=True) for at in range(VENUES)]
    signs = {sign.venue_id: sign for sign in signs_of(register, tally) if sign.sign == SignKind.UNDERUSED}
    assert set(signs) == found
    for sign in signs.values():
        assert 0.1 < sign.facts["again"] < 0.4
        assert "quay lại quét tiếp chỉ bằng" in sign.evidence
        assert "come back and scan again" in sign.told.english


def test_scans_stream_into_returns() -> None:
    """By the tally itself, in batches of any size."""
    from dauchan.screening import Scans
    from tests.screening.counts import LAST

    midnight = int(np.datetime64(LAST, "s").astype(np.int64)) - 7 * 3600
    person, back = np.repeat(np.arange(50), 4), np.tile([0, 1, 5, 30], 50)
    scans = [
        Scans(person[part], np.full(len(person[part]), 2), midnight - back[part] * 86_400 + 3600)
        for part in (slice(0, 37), slice(37, 200))
    ]
    tally = tally_of(np.zeros((4, DAYS), np.int64))
    for some in scans:
        tally.add(some)
    assert tally.returns().days.tolist() == [0, 0, 150, 0]
    assert tally.returns().pairs.tolist() == [0, 0, 150, 0], "a scan a month ago is no part of the close look"
