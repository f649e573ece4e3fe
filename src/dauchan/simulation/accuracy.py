"""How well a contact list finds the infections of a simulated outbreak, whose truth is known."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import compute
from pyarrow import csv as arrow_csv


@dataclass(frozen=True, slots=True)
class TracingAccuracy:
    """Figures of generation 1, by pairs of a traced case and a person.

    Attributes:
        infected: people whom a traced case truly infected at a place, in its infectious period as it was known.
        scanned: those of them where both had scanned: a list made from scans can hold them by that visit.
        found: those of `infected` who are on the list of the case that infected them, by that visit or another one.
        found_scanned: those of `scanned` who are.
        listed: rows of the list.
        at_home: people whom a traced case infected at home: found by asking, not by scans; not counted above.
    """

    infected: int
    scanned: int
    found: int
    found_scanned: int
    listed: int
    at_home: int

    @property
    def recall(self) -> float:
        """Share of the infected who were found; 1 where nobody was infected."""
        return self.found / self.infected if self.infected else 1.0

    @property
    def recall_of_scanned(self) -> float:
        """Share of those who could have been found."""
        return self.found_scanned / self.scanned if self.scanned else 1.0

    @property
    def precision(self) -> float:
        """Share of the listed who were infected by the case that lists them; 1 for an empty list."""
        return self.found / self.listed if self.listed else 1.0


def tracing_accuracy(contacts: pa.Table, case_ids: "list[int]", truth: Path) -> TracingAccuracy:
    """Hold a trace against the truth of `truth.csv`.

    Args:
        contacts: as `dauchan.epi.trace` gives them.
        case_ids: the index cases that were traced.
        truth: the file that `dauchan simulate` wrote.
    """
    rows = arrow_csv.read_csv(truth).to_pylist()
    traced = set(case_ids)
    mine = [row for row in rows if row["infector_id"] in traced]
    at_places = {(row["infector_id"], row["person_id"]): bool(row["scanned"]) for row in mine if row["venue_id"]}
    first = contacts.filter(compute.field("generation") == 1)
    listed = set(zip(first.column("index_id").to_pylist(), first.column("person_id").to_pylist(), strict=True))
    return TracingAccuracy(
        infected=len(at_places),
        scanned=sum(at_places.values()),
        found=len(listed & at_places.keys()),
        found_scanned=sum(at_places[pair] for pair in listed & at_places.keys()),
        listed=len(listed),
        at_home=sum(row["setting"] == "home" for row in mine),
    )
