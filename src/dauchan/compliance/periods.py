"""Stretches of local days, and the ones they are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Period:
    """The local days from *first* to *last*, both included."""

    first: date
    last: date

    @classmethod
    def ending(cls, last: date, length: int) -> Period:
        return cls(last - timedelta(days=length - 1), last)

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(self.length)]

    @property
    def before(self) -> Period:
        """As many days, right before: the same days of the week wherever the length is in weeks."""
        return Period.ending(self.first - timedelta(days=1), self.length)
