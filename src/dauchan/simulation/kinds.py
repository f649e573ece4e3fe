"""Kinds of venues as the simulation needs them: how many, how busy, when open, how long people stay.

The codes are those of the register of categories. Shares, traffic and hours are assumptions about an invented province, chosen so that
small shops are many, markets and hospitals few and full; nothing of the product depends on them.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

SLOTS = 48
"""Half hours of a day."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Attributes:
    code: of the category.
    share: of all venues; the shares are scaled to add up to one.
    traffic: visitors beside those of a grocery of the same popularity.
    stay: median stay of a visitor, minutes.
    opens, closes: hours of the local day.
    weekend: traffic on Sunday beside a working day; Saturday lies half way.
    staff: people who work or learn there, beside a grocery.
    setting: where the air is: indoor, outdoor or vehicle.
    mode: who scans: the visitor a poster, or a keeper at the gate.
    peaks: hours around which more people come; none is an even day.
    """

    code: str
    share: float
    traffic: float
    stay: float
    opens: float
    closes: float
    weekend: float
    staff: float
    setting: Literal["indoor", "outdoor", "vehicle"] = "indoor"
    mode: Literal["poster", "gate"] = "poster"
    peaks: tuple[float, ...] = ()


KINDS = (
    Kind("market", 3, 12, 35, 4.5, 18, 1.2, 2, "outdoor", peaks=(6.5, 16.5)),
    Kind("supermarket", 1, 25, 45, 7.5, 22, 1.6, 6, peaks=(18,)),
    Kind("grocery", 24, 1, 8, 6, 22, 1, 1, peaks=(7, 17.5)),
    Kind("shop", 18, 0.8, 15, 7.5, 21.5, 1.1, 1.5, peaks=(10, 17.5)),
    Kind("eatery", 16, 1.5, 40, 6, 22, 1.2, 2, peaks=(7, 12, 18.5)),
    Kind("cafe", 13, 1.5, 50, 6, 22.5, 1.3, 1, peaks=(7.5, 15, 20)),
    Kind("take-away", 4, 1, 8, 5.5, 21, 1, 1, "outdoor", peaks=(7, 17)),
    Kind("office", 3, 2, 45, 7, 17, 0, 10, peaks=(8.5, 14)),
    Kind("company", 3, 0.5, 60, 7.5, 17.5, 0.1, 12, peaks=(9, 14.5)),
    Kind("bank", 1, 3, 25, 7.5, 16.5, 0, 8, peaks=(9, 14.5)),
    Kind("hospital", 0.2, 30, 120, 6, 20, 0.8, 60, mode="gate", peaks=(8,)),
    Kind("clinic", 1.2, 2, 50, 7, 19, 0.6, 4, peaks=(8.5,)),
    Kind("pharmacy", 3, 1.2, 8, 7, 21.5, 1, 1, peaks=(9, 18)),
    Kind("school", 2, 0.3, 25, 6.5, 17.5, 0, 40, mode="gate", peaks=(7, 16.5)),
    Kind("worship", 1, 2, 60, 5, 20, 2.5, 1, peaks=(6, 18)),
    Kind("hotel", 0.8, 0.7, 660, 12, 23, 1.4, 6, peaks=(14, 19)),
    Kind("heritage", 0.4, 3, 100, 7, 17.5, 2.2, 5, "outdoor", peaks=(9, 15)),
    Kind("bus-station", 0.2, 20, 30, 4.5, 22, 1.3, 12, peaks=(6.5, 17)),
    Kind("coach", 1, 1, 50, 5, 21, 1.2, 1, "vehicle", peaks=(6.5, 16.5)),
    Kind("factory", 1, 0.2, 30, 6.5, 18, 0.3, 60, mode="gate"),
    Kind("construction-site", 0.6, 0.2, 30, 6.5, 17.5, 0.4, 15, "outdoor", "gate"),
    Kind("salon", 2, 0.6, 60, 8, 20.5, 1.4, 1.5, peaks=(10, 17)),
    Kind("gym", 0.6, 1.5, 80, 5.5, 21.5, 0.9, 2, peaks=(6, 18)),
    Kind("karaoke", 0.4, 1.5, 110, 12, 23.5, 1.8, 3, peaks=(21,)),
    Kind("cinema", 0.1, 6, 140, 9, 23.5, 2, 6, peaks=(19.5,)),
    Kind("event-hall", 0.3, 4, 150, 8, 22, 2.5, 6, peaks=(11, 18)),
)
PLACES_OF_LEARNING = tuple(place for place, kind in enumerate(KINDS) if kind.code == "school")
PEAK_WIDTH = 1.2
"""Hours; standard deviation of arrivals around a peak."""


def arrivals(kind: Kind) -> NDArray[np.float64]:
    """Shares of a day's arrivals by half hour, shape (48,); nobody comes in the last half hour before closing."""
    hour = (np.arange(SLOTS) + 0.5) / 2
    crowd = np.ones(SLOTS)
    for peak in kind.peaks:
        crowd += 4 * np.exp(-(((hour - peak) / PEAK_WIDTH) ** 2) / 2)
    crowd *= (hour > kind.opens) & (hour < kind.closes - 0.5)
    shares: NDArray[np.float64] = crowd / crowd.sum()
    return shares


def rhythm(kind: Kind, weekday: int) -> float:
    """Traffic on a weekday (0 is Monday) beside an ordinary working day."""
    saturday, sunday = 5, 6
    return {saturday: (1 + kind.weekend) / 2, sunday: kind.weekend}.get(weekday, 1.0)
