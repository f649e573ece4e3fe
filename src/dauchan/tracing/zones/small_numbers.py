"""Numbers that may be told to everybody: never of fewer than ten people, never finer than ten."""

from __future__ import annotations

from typing import Final

#: Nothing is said of fewer people than this.
SMALLEST_CELL: Final = 10


def told(count: int) -> int | None:
    """Rounded down to tens; None below ten.

    Rounding keeps differences coarse: two of these numbers never tell apart whether one more person was there, except where
    ten more were needed to change a figure.
    """
    return count - count % SMALLEST_CELL if count >= SMALLEST_CELL else None
