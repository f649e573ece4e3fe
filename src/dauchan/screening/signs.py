"""Signs of violation: what screening finds and hands to a person. A sign is no finding; somebody has to go and look."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dauchan.screening.bands import Picture
from dauchan.screening.errors import ScreeningRefused
from dauchan.screening.kinds import SignKind
from dauchan.screening.sentences import Evidence

__all__ = ["COLUMNS", "Sign", "SignKind", "write_signs"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign at one venue.

    `expected` and `observed` are scans since `since_on`; for `desk_scanned` those that are not the desk's and all; for `misplaced` and `duplicated` those
    that told their place, and how many of them lie where the code should hang (the larger of two heaps).

    Attributes:
        facts: the other figures of the evidence, by name; scans, shares and metres, never people.
        visitors: expected on an ordinary day: how many people the sign concerns.
        picture: what was to be expected day by day, and what was seen.
    """

    venue_id: int
    sign: SignKind
    confidence: float
    expected: float
    observed: int
    since_on: date
    facts: Mapping[str, float] = field(default_factory=dict)
    visitors: float = 0.0
    picture: Picture | None = None

    @property
    def told(self) -> Evidence:
        """The evidence, to be said in either language."""
        return Evidence(self.sign, self.since_on, self.expected, self.observed, self.facts)

    @property
    def evidence(self) -> str:
        """One Vietnamese sentence."""
        return self.told.vietnamese


COLUMNS = ("venue_id", "sign", "confidence", "expected", "observed", "since_on", "evidence")


def write_signs(signs: Iterable[Sign], path: Path) -> None:
    """Write signs as CSV in UTF-8, the surest first; the file appears under its name once it is complete.

    Raises:
        ScreeningRefused: the file cannot be written.
    """
    ordered = sorted(signs, key=lambda sign: (-sign.confidence, sign.venue_id, sign.sign))
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            rows.writerows(_cells(sign) for sign in ordered)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise ScreeningRefused(f"{path} cannot be written: {reason}", f"không ghi được {path}: {reason}") from error


def _cells(sign: Sign) -> list[object]:
    figures = f"{sign.confidence:.4f}", f"{sign.expected:.1f}", sign.observed
    return [sign.venue_id, sign.sign.value, *figures, sign.since_on.isoformat(), sign.evidence]
