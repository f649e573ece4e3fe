"""Signs of violation: what screening finds and hands to a person. A sign is no finding; somebody has to go and look."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from dauchan.screening.errors import ScreeningRefused


class SignKind(StrEnum):
    """The seven signs."""

    SILENT = "silent"
    FALLEN = "fallen"
    UNDERUSED = "underused"
    MISPLACED = "misplaced"
    UNREADABLE = "unreadable"
    DESK_SCANNED = "desk_scanned"
    DUPLICATED = "duplicated"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign at one venue; `evidence` is one sentence.

    `expected` and `observed` are scans since `since_on`; for `desk_scanned` those that are not the desk's and all; for `misplaced` and `duplicated` those
    that told their place, and how many of them lie where the code should hang (the larger of two heaps).
    """

    venue_id: int
    sign: SignKind
    confidence: float
    expected: float
    observed: int
    since_on: date
    evidence: str


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
    venue_id, kind, confidence, expected, observed, since_on, evidence = astuple(sign)
    return [venue_id, kind.value, f"{confidence:.4f}", f"{expected:.1f}", observed, since_on.isoformat(), evidence]
