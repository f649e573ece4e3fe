"""Loading the clock of requests for help."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from dauchan.helpdesk.models import HelpClock
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

COLUMNS = (
    "valid_from",
    "instrument",
    "days",
    "days_reopened",
    "remind_before",
    "remind_every",
    "reminders",
    "note_vi",
    "note_en",
)


CLOCKS = Path(__file__).with_name("clocks.csv")


@transaction.atomic
def load_help_clocks(file: Path = CLOCKS) -> Loaded:
    """Loading again changes nothing. Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept."""
    clocks = []
    for row in read_rows(file, (*COLUMNS, "is_verified")):
        given = {column: text for column, text in row.given().items() if column in COLUMNS}
        clocks.append(HelpClock(**given, is_verified=row.says("is_verified")))
        row.check(clocks[-1], exclude=[])
    return keep_records(clocks, key=["valid_from"])
