"""The sign `silent`: a registered, active venue that was never scanned, or is no longer.

The silence runs from the day after the last scan (or from the opening, or from the first day of data) to the day of screening.
With q the probability of no scan at all in that time where nothing is wrong (`expected_use`), and p the share of venues that are
taken to be silent beforehand, the confidence is `p / (p + (1 − p) q)`: Bayes' rule, silence being certain where a venue is silent.
A quiet venue therefore needs a long silence, a busy one a short, and a footpath with one scan a fortnight is never named for a week.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.daily_use import DailyUse
from dauchan.screening.expected_use import Floats, Peers, peers_of
from dauchan.screening.signs import Sign, SignKind
from dauchan.screening.venue_table import ScreenedVenue

SILENT_BEFOREHAND = 0.02
"""The share of active venues taken to be silent before anything is looked at: low, so that chance is not taken for silence."""

LEAST_CONFIDENCE = 0.9
"""Less sure signs are not given out: at 0.9 an honest venue is named with a probability below 0.3 %."""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A venue among its peers."""

    venue: ScreenedVenue
    counts: NDArray[np.int64]
    open_days: NDArray[np.bool_]
    size: float
    peers: Peers


def silent_signs(venues: Sequence[ScreenedVenue], use: DailyUse) -> list[Sign]:
    """The silent ones among the active venues on the last day of `use`.

    Args:
        venues: as many as `use` has rows, in its order.
        use: scans per venue and day.
    """
    settings = settings_of(venues, use)
    return [sign for setting in settings if (sign := silent_sign(setting, use)).confidence >= LEAST_CONFIDENCE]


def silent_sign(setting: Setting, use: DailyUse) -> Sign:
    """How sure it is that a venue is silent, whatever the confidence."""
    season, counts = setting.peers.season, setting.counts
    scanned = np.flatnonzero(counts)
    opened = int(np.argmax(setting.open_days))
    begin = int(scanned[-1]) + 1 if len(scanned) else opened
    past = slice(opened, begin)
    expected, none = setting.peers.prediction(setting.size, counts[past], season[past], season[begin:])
    confidence = SILENT_BEFOREHAND / (SILENT_BEFOREHAND + (1 - SILENT_BEFOREHAND) * none)
    since = use.day(begin)
    evidence = evidence_of(setting, len(counts) - begin, f"{since:%d/%m/%Y}", float(season[past].sum()), expected)
    return Sign(setting.venue.venue_id, SignKind.SILENT, confidence, expected, 0, since, evidence)


def evidence_of(setting: Setting, days: int, since: str, past_days: float, expected: float) -> str:
    """One Vietnamese sentence: how long, what was expected, and why."""
    peers = f"{setting.peers.scanned} địa điểm cùng nhóm"
    if not setting.counts.any():
        return (
            f"Chưa có lượt quét nào từ {since} ({days} ngày); so với {peers}, dự kiến khoảng {_number(expected)} lượt."
        )
    before = float(setting.counts.sum()) / max(past_days, 1e-9)
    return (
        f"Không còn lượt quét nào từ {since} ({days} ngày); trước đó trung bình {_number(before)} lượt mỗi ngày, "
        f"so với nhịp của {peers}, dự kiến khoảng {_number(expected)} lượt."
    )


def settings_of(venues: Sequence[ScreenedVenue], use: DailyUse) -> Iterable[Setting]:
    """Each active venue, opened by the last day, with its peers; none where too few venues are scanned at all."""
    open_days = opened(venues, use)
    active = [place for place, venue in enumerate(venues) if venue.is_active and open_days[place].any()]
    size = sizes(venues)
    everybody = peers_of(use.counts[active], size[active], open_days[active])
    by_category = defaultdict(list)
    for place in active:
        by_category[venues[place].category].append(place)
    for places in by_category.values():
        peers = peers_of(use.counts[places], size[places], open_days[places]) or everybody
        if peers is None:
            continue
        for place in places:
            yield Setting(venues[place], use.counts[place], open_days[place], float(size[place]), peers)


def opened(venues: Sequence[ScreenedVenue], use: DailyUse) -> NDArray[np.bool_]:
    """Whether each venue was open on each day, shape (venues, days); a scan before the registered day counts as opening."""
    days = use.counts.shape[1]
    first = np.array([use.place(venue.opened_on) if venue.opened_on else 0 for venue in venues])
    scanned = np.where(use.counts.any(axis=1), use.counts.astype(bool).argmax(axis=1), days)
    open_days: NDArray[np.bool_] = np.arange(days) >= np.minimum(first, scanned)[:, None]
    return open_days


def sizes(venues: Sequence[ScreenedVenue]) -> Floats:
    """Footfall where it is known, else the median of the category, else 1."""
    known = defaultdict(list)
    for venue in venues:
        if venue.daily_footfall:
            known[venue.category].append(venue.daily_footfall)
    usual = {category: float(np.median(footfalls)) for category, footfalls in known.items()}
    return np.array([venue.daily_footfall or usual.get(venue.category, 1.0) for venue in venues], np.float64)


def _number(value: float) -> str:
    """A count as it is written in Vietnamese: 1.234 or 2,5."""
    return f"{value:.1f}".replace(".", ",") if value < 10 else f"{value:,.0f}".replace(",", ".")  # noqa: PLR2004 one decimal for small ones
