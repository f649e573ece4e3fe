"""A chart as a view describes it; the browser draws it and the same numbers stand below as a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Series:
    """One line or one set of bars.

    Attributes:
        label: what is counted.
        values: one number for each name of the chart; None leaves a gap.
        colour: `series-1` to `series-4`, or `level-1` to `level-4`.
    """

    label: StrOrPromise
    values: Sequence[float | None]
    colour: str = "series-1"


@dataclass(frozen=True)
class Chart:
    """Numbers over days, hours or other names: `{% chart chart %}`.

    Attributes:
        title: what one sees.
        x_label: what the names are: "Ngày".
        names: the names along the axis, as they are read.
        series: what is drawn, all as long as *names*.
        kind: "lines" or "bars".
        band: places of the two series between which the ground is tinted: the least and the most.
    """

    title: StrOrPromise
    x_label: StrOrPromise
    names: Sequence[str]
    series: Sequence[Series]
    kind: str = "lines"
    band: tuple[int, int] | None = None
    id: str = field(default_factory=lambda: f"chart-{uuid4().hex[:8]}")

    @property
    def drawing(self) -> dict[str, Any]:
        """What the browser's module reads."""
        return {
            "kind": self.kind,
            "band": list(self.band) if self.band else None,
            "names": list(self.names),
            "series": [{"label": str(s.label), "values": list(s.values), "colour": s.colour} for s in self.series],
        }

    @property
    def rows(self) -> Iterator[tuple[str, list[float | None]]]:
        for place, name in enumerate(self.names):
            yield name, [series.values[place] for series in self.series]
