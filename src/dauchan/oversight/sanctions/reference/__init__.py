"""Loading the legal bases of sanctions and the clock of appeals: dated rules, not code."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from dauchan.oversight.sanctions.models import AppealClock, Kind, LegalBasis
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

HERE = Path(__file__).parent
BASIS_COLUMNS = (
    "code",
    "valid_from",
    "valid_to",
    "kinds",
    "number",
    "article",
    "title_vi",
    "title_en",
    "source",
    "note_vi",
    "note_en",
    "position",
)
CLOCK_COLUMNS = (
    "valid_from",
    "instrument",
    "days_to_appeal",
    "appeal_days",
    "days_to_answer",
    "remind_before",
    "remind_every",
    "reminders",
    "note_vi",
    "note_en",
)


@transaction.atomic
def load_sanction_rules(folder: Path = HERE) -> Loaded:
    """Load `legal_bases.csv` and `appeal_clocks.csv`. Loading again changes nothing; what an authority added stays.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    bases, clocks = [], []
    for row in read_rows(folder / "legal_bases.csv", (*BASIS_COLUMNS, "is_verified")):
        if unknown := set(row["kinds"].split()) - set(Kind.values):
            raise row.refused(f"kinds: {', '.join(sorted(unknown))}")
        given = {column: text for column, text in row.given().items() if column in BASIS_COLUMNS}
        bases.append(LegalBasis(**given, is_verified=row.says("is_verified")))
        row.check(bases[-1], exclude=["unit", "added_by"])
    for row in read_rows(folder / "appeal_clocks.csv", (*CLOCK_COLUMNS, "is_verified")):
        given = {column: text for column, text in row.given().items() if column in CLOCK_COLUMNS}
        clocks.append(AppealClock(**given, is_verified=row.says("is_verified")))
        row.check(clocks[-1], exclude=[])
    return keep_records(bases, key=["code", "valid_from"]) + keep_records(clocks, key=["valid_from"])
