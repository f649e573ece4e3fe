"""Telling two kinds of rows apart, and how sure that is: a ridge logistic regression, and what its scores are worth.

Rows of one kind are known by construction; the others are mixed, and few of them may be of that kind too ('presence only'; Ward, Hastie et al. 2009, 'Presence-only data
and the EM algorithm', Biometrics 65:554). The regression only orders them. How probable the kind is at a score is read from the scores of all: a mixture of the known
kind, whose scores are there to be seen, and of the others, whose density falls like exp(−bx − cx²) above the point beyond which few of them lie (Efron 2004, 'Large-scale
simultaneous hypothesis testing', JASA 99:96, with the tail for the centre). All b and c that come into question count as far as the scores speak for them.
"""

import itertools

import numpy as np

from dauchan.screening.compiled import kernel
from dauchan.screening.usual_use import Floats

RIDGE, STEPS, EVEN = 10.0, 25, 1e-4
FARTHEST = 6.0
"""Widths from the middle beyond which a trait says no more."""
SHARE = 0.1
"""Weight of all rows of the known kind beside the mixed ones."""
LONGEST_STEP = 3.0
TAIL = 0.07
"""Share of the mixed rows that are looked at as a tail."""
FALLS = (0.02, *np.geomspace(0.05, 4, 24).tolist())
BENDS = (0.0, *np.geomspace(0.002, 0.5, 12).tolist())
POINTS, TURNS = 800, 30
NARROWEST = 0.25
FIRM, AT_FIRST, MOST = 10.0, 0.05, 0.6
"""Rows that count for there being none, the share of the known kind in the tail at first, and at most."""


def features(traits: Floats, like: Floats) -> Floats:
    """Traits in widths of `like`, shape (n, k), their squares and how they hang together in pairs."""
    middle, width = like.mean(axis=0), like.std(axis=0) + 1e-6
    scaled = np.clip((traits - middle) / width, -FARTHEST, FARTHEST)
    pairs = [scaled[:, one] * scaled[:, other] for one, other in itertools.combinations(range(scaled.shape[1]), 2)]
    return np.column_stack([np.ones(len(scaled)), scaled, scaled**2, *pairs])


def fitted(mixed: Floats, known: Floats) -> Floats:
    """Coefficients that tell rows of the known kind, shape (m, p), from the mixed ones, shape (n, p); Newton's steps."""
    rows = np.vstack([mixed, known])
    is_known = np.repeat([0.0, 1.0], [len(mixed), len(known)])
    weight = np.repeat([1.0, SHARE * len(mixed) / len(known)], [len(mixed), len(known)])
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 1e-6
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        slope, bend = -ridge @ found, np.zeros(ridge.shape)
        _newton_sums(rows, is_known, weight, found, slope, bend)
        step = np.linalg.solve(bend + np.tril(bend, -1).T + ridge, slope)
        step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-9))
        found += step
        if np.abs(step).max() < EVEN:
            break
    return np.asarray(found)


@kernel
def _newton_sums(rows: Floats, is_known: Floats, weight: Floats, found: Floats, slope: Floats, bend: Floats) -> None:
    """Add to the slope of the likelihood, shape (p,), and to the lower half of its bend, shape (p, p).

    Four rows at a time: the bend stays in the processor's reach, the rows are read once, and no other thread is waited for.
    """
    number, width = rows.shape
    bends = np.zeros(4)
    for first in range(0, number, 4):
        some = min(4, number - first)
        bends[:] = 0.0
        for at in range(some):
            row = first + at
            score = 0.0
            for one in range(width):
                score += rows[row, one] * found[one]
            chance = 1 / (1 + np.exp(-min(max(score, -30.0), 30.0)))
            bends[at] = weight[row] * chance * (1 - chance)
            left = weight[row] * (is_known[row] - chance)
            for one in range(width):
                slope[one] += left * rows[row, one]
        # Where fewer than four are left, the last is taken again without any weight.
        a, b, c, d = rows[first], rows[first + min(1, some - 1)], rows[first + min(2, some - 1)], rows[first + some - 1]
        for one in range(width):
            e, f, g, h = bends[0] * a[one], bends[1] * b[one], bends[2] * c[one], bends[3] * d[one]
            for other in range(one + 1):
                bend[one, other] += e * a[other] + f * b[other] + g * c[other] + h * d[other]


def sureness(score: Floats, known: Floats) -> Floats:
    """How probable the known kind is at each score, shape (n,); −inf is never of the kind.

    Args:
        score: of the mixed rows.
        known: scores of rows of the known kind, shape (m,).
    """
    edge = float(np.sort(score)[int((1 - TAIL) * (len(score) - 1))])
    if not np.isfinite(edge):
        edge = float(score[np.isfinite(score)].min(initial=0.0))
    above = np.flatnonzero(score > edge)
    there, like = score[above] - edge, known[known > edge] - edge
    sure = np.zeros(len(score))
    if len(above) and len(like):
        order = np.argsort(there, kind="stable")
        sure[above[order]] = np.maximum.accumulate(_mixed(there, like)[order])
    return sure


def _mixed(there: Floats, like: Floats) -> Floats:
    """The same in the tail: over the falls and bends of the honest density, as far as each is likely."""
    width = max(NARROWEST, 1.06 * float(like.std()) * len(like) ** -0.2)  # Silverman 1986
    grid = np.linspace(0, max(float(there.max()), float(like.max())) + 3 * width, POINTS)
    kind = np.interp(there, grid, _smooth(like, grid, width)) + 1e-12
    step, found, likely = grid[1], [], []
    for fall, bend in itertools.product(FALLS, BENDS):
        mass = np.exp(-fall * grid - bend * grid**2).sum() * step
        other, share = np.exp(-fall * there - bend * there**2) / mass, AT_FIRST
        for _ in range(TURNS):
            sure = share * kind / (share * kind + (1 - share) * other)
            share = float(np.clip((sure.sum() + 0.5) / (len(there) + FIRM), 1e-4, MOST))
        found.append(sure)
        likely.append(float(np.log(share * kind + (1 - share) * other).sum()))
    weight = np.exp(np.array(likely) - max(likely))
    return np.asarray(weight @ np.array(found) / weight.sum())


def _smooth(value: Floats, grid: Floats, width: float) -> Floats:
    """A density on the grid: a kernel estimate."""
    step = grid[1]
    count = np.histogram(value, bins=np.append(grid - step / 2, grid[-1] + step / 2))[0].astype(np.float64)
    reach = int(4 * width / step)
    kernel = np.exp(-((np.arange(-reach, reach + 1) * step / width) ** 2) / 2)
    smooth = np.convolve(count, kernel)[reach : reach + len(grid)]
    return np.asarray(smooth / (smooth.sum() * step))
