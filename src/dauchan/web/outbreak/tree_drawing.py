"""A transmission tree as a drawing: generations as columns, every possible infector as an edge as wide as it is likely."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.epi.chains import Link
    from dauchan.tracing.outbreak_queries import OutbreakCase

COLUMN, ROW = 190, 58
WIDTH, HEIGHT = 132, 42
MARGIN, HEAD = 12, 30
WIDEST, NARROWEST = 7.0, 0.8


class Node(NamedTuple):
    """A case where it is drawn."""

    case: OutbreakCase
    x: int
    y: int
    text_x: int
    reproduction: float

    @property
    def began_on(self) -> dt.date:
        return self.case.began_on


class Edge(NamedTuple):
    """A possible infection; `path` bends from the infector's right side to the left side of the one infected."""

    path: str
    width: str
    percent: int
    infector: str
    infected: str


@dataclass(frozen=True)
class TreeDrawing:
    """A cluster's tree.

    Attributes:
        cases: by person, at least one.
        members: people of the cluster by onset.
        links: of the whole outbreak; those within the cluster are drawn.
        reproduction: by person.
    """

    cases: dict[int, OutbreakCase]
    members: Sequence[int]
    links: Sequence[Link]
    reproduction: dict[int, float]

    @cached_property
    def inner(self) -> list[Link]:
        inside = set(self.members)
        return [link for link in self.links if link.infector in inside and link.infected in inside]

    @cached_property
    def generation(self) -> dict[int, int]:
        """One more than that of the most likely infector; 0 where nobody is known. Infectors fell ill before."""
        best: dict[int, int] = {}
        for link in self.inner:  # by weight, the largest first
            best.setdefault(link.infected, link.infector)
        found: dict[int, int] = {}
        for person in self.members:
            found[person] = found[best[person]] + 1 if person in best and best[person] in found else 0
        return found

    @cached_property
    def columns(self) -> list[list[int]]:
        """People of each generation, each near its infectors, so that few edges cross."""
        infectors: dict[int, list[int]] = defaultdict(list)
        for link in self.inner:
            infectors[link.infected].append(link.infector)
        columns: list[list[int]] = [[] for _ in range(max(self.generation.values()) + 1)]
        for person in self.members:
            columns[self.generation[person]].append(person)
        place = {person: float(row) for row, person in enumerate(columns[0])}
        for column in columns[1:]:
            heights = {
                person: [place[infector] for infector in infectors[person] if infector in place] for person in column
            }
            column.sort(key=lambda person: sum(heights[person]) / len(heights[person]) if heights[person] else 0.0)
            place |= {person: float(row) for row, person in enumerate(column)}
        return columns

    @cached_property
    def nodes(self) -> dict[int, Node]:
        nodes = {}
        for generation, column in enumerate(self.columns):
            for row, person in enumerate(column):
                x, y = MARGIN + COLUMN * generation, HEAD + MARGIN + ROW * row
                nodes[person] = Node(self.cases[person], x, y, x + 10, self.reproduction.get(person, 0.0))
        return nodes

    @property
    def ordered(self) -> list[Node]:
        """In the order in which the keyboard goes through them: column by column."""
        return [self.nodes[person] for column in self.columns for person in column]

    @property
    def heads(self) -> list[tuple[int, int]]:
        """Where each generation's name stands, and its number."""
        return [(MARGIN + COLUMN * generation, generation) for generation in range(len(self.columns))]

    @property
    def edges(self) -> list[Edge]:
        """The least likely first, so that the likely ones lie on top."""
        return [self._edge(link) for link in sorted(self.inner, key=lambda link: link.weight)]

    @property
    def rows(self) -> list[Edge]:
        """The same as a table, by the one infected, the most likely infector first."""
        return [self._edge(link) for link in self.inner]

    @property
    def box(self) -> tuple[int, int]:
        """Width and height of the whole."""
        longest = max(len(column) for column in self.columns)
        return 2 * MARGIN + COLUMN * (len(self.columns) - 1) + WIDTH, HEAD + 2 * MARGIN + ROW * (longest - 1) + HEIGHT

    def _edge(self, link: Link) -> Edge:
        source, target = self.nodes[link.infector], self.nodes[link.infected]
        x1, y1, x2, y2 = source.x + WIDTH, source.y + HEIGHT // 2, target.x, target.y + HEIGHT // 2
        # Somebody who is drawn left of a less likely infector is reached from behind.
        bend = max(30, abs(x2 - x1) // 2)
        path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
        width = NARROWEST + (WIDEST - NARROWEST) * link.weight
        return Edge(path, f"{width:.1f}", round(100 * link.weight), source.case.code, target.case.code)
