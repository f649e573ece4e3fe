"""Loading what is laid down for citizens' reports."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from dauchan.oversight.models import ReportRule
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

RULES = Path(__file__).with_name("report_rules.csv")
NUMBERS = (
    "days",
    "days_reopened",
    "remind_before",
    "remind_every",
    "reminders",
    "reopen_days",
    "merge_metres",
    "merge_days",
    "border_metres",
    "photo_days",
)
COLUMNS = ("valid_from", "instrument", *NUMBERS, "note_vi", "note_en")


@transaction.atomic
def load_report_rules(file: Path = RULES) -> Loaded:
    """Load `report_rules.csv`. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    rules = []
    for row in read_rows(file, (*COLUMNS, "is_verified")):
        given = {column: text for column, text in row.given().items() if column in COLUMNS}
        rules.append(ReportRule(**given, is_verified=row.says("is_verified")))
        row.check(rules[-1], exclude=[])
    return keep_records(rules, key=["valid_from"])
