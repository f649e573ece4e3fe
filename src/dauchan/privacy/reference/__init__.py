"""Loading the law's clocks."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from dauchan.privacy.rights.request_models import RequestClock
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

HERE = Path(__file__).parent
COLUMNS = (
    "right",
    "valid_from",
    "instrument",
    "answer_days",
    "act_days",
    "extension_days",
    "remind_before",
    "remind_every",
    "reminders",
    "note_vi",
    "note_en",
)


@transaction.atomic
def load_request_clocks(folder: Path = HERE) -> Loaded:
    """Load `clocks.csv`. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    clocks = []
    for row in read_rows(folder / "clocks.csv", (*COLUMNS, "is_verified")):
        given = {column: text for column, text in row.given().items() if column in COLUMNS}
        clocks.append(RequestClock(**given, is_verified=row.says("is_verified")))
        row.check(clocks[-1], exclude=[])
    return keep_records(clocks, key=["right", "valid_from"])
