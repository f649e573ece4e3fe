"""Loading the levels of risk: what each decision called them, from its day on."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from dauchan.tracing.zones.models import RiskLevel
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

LEVELS = Path(__file__).with_name("levels.csv")
COLUMNS = ("valid_from", "instrument", "rank", "code", "name_vi", "name_en", "meaning_vi", "meaning_en")


@transaction.atomic
def load_levels(file: Path = LEVELS) -> Loaded:
    """Load the levels of risk. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    levels = []
    for row in read_rows(file, COLUMNS):
        level = RiskLevel(**{column: text for column, text in row.given().items() if column in COLUMNS})
        row.check(level, exclude=[])
        levels.append(level)
    return keep_records(levels, key=["valid_from", "rank"])
