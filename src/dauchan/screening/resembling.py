"""How sure underuse is, by how much a venue resembles venues of the province that are used less on purpose (`thinned`).

The comparison with peers (`underused`) says how many scans are usual. What else tells, and how all of it hangs together, is different in every province, so it is learned from
the province itself: venues on the one side, thinned copies of them on the other (`telling_apart`). Venues of whom different things are known are told apart by
themselves; busy venues and quiet ones are believed by themselves, for what one scan a day shows is little.
"""

from dataclasses import replace

import numpy as np

from dauchan.screening.log_rates import PROBABLE_VIOLATOR
from dauchan.screening.returning import Visitors
from dauchan.screening.telling_apart import features, fitted, sureness
from dauchan.screening.thinned import FEWER, Copies, Setting, own_and_copies
from dauchan.screening.underused import FEWER as LESS
from dauchan.screening.underused import Sizes, Underuse
from dauchan.screening.usual_use import Bools, Floats, Places, UsualUse

FEWEST, FEWEST_TOGETHER = 150, 1000
"""Venues of whom the same is known, and venues about as busy, that say what is honest; fewer are left as they were compared with peers."""
LEAST_EXPECTED = 30.0
"""Scans that must be expected, for a share of them to be told."""
BUSY = 8.0
"""Scans a day to be expected at a venue that is believed by itself."""


def held_against_copies(compared: Underuse, use: UsualUse, sizes: Sizes, visitors: Visitors, able: Bools) -> Underuse:
    """The same with a confidence that all traits of a venue give together, where enough venues say what is honest.

    Args:
        compared: with peers.
        use: scans and calendar.
        sizes: what is known of them.
        visitors: who was scanned.
        able: venues that are judged and whose scans are not otherwise known to be unusual, shape (v,).
    """
    usual = np.log(compared.usual_rate)
    seen, known = use.counts.sum(axis=1), use.weight.sum(axis=1)
    able = able & (seen > 0) & (known > 0) & (compared.expected >= LEAST_EXPECTED)
    if able.sum() < FEWEST_TOGETHER:
        return compared
    says = able & (compared.confidence < PROBABLE_VIOLATOR)
    own, copies = own_and_copies(Setting(use, usual, compared.scatter, sizes.staff, visitors), says, says)
    score, of_copies = _scores(own, copies, able, says, 2 * (sizes.footfall > 0) + (sizes.staff > 0))
    confidence, is_learned = compared.confidence.copy(), False
    is_busy = compared.usual_rate >= BUSY
    for busy in (is_busy, ~is_busy):
        told = np.flatnonzero(able & busy & ~np.isnan(score))
        like = of_copies[busy[copies.of] & ~np.isnan(of_copies)]
        if len(told) >= FEWEST_TOGETHER and len(like) >= FEWEST:
            confidence[told], is_learned = sureness(score[told], like), True
    return replace(compared, confidence=confidence, is_learned=is_learned)


def _scores(own: Floats, copies: Copies, able: Bools, says: Bools, known: Places) -> tuple[Floats, Floats]:
    """How much venues and copies look like copies, shape (v,) and (c,); NaN where too few are of their kind, −inf where nothing is missing."""
    score, of_copies = np.full(len(own), np.nan), np.full(len(copies.of), np.nan)
    for which in np.unique(known):
        venues, honest = able & (known == which), says & (known == which)
        made = known[copies.of] == which
        if honest.sum() < FEWEST or made.sum() < FEWEST:
            continue
        like = own[honest]
        coefficients = fitted(features(like, like), features(copies.traits[made], like))
        for traits, rows, into in ((own, venues, score), (copies.traits, made, of_copies)):
            found = features(traits[rows], like) @ coefficients
            into[rows] = np.where(traits[rows, FEWER] < LESS, found, -np.inf)
    return score, of_copies
