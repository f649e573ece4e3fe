"""Loading the clocks of referrals and the rules by which signs are handed over without a monitor."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from dauchan.compliance.referrals.models import ClockRule, HandOverRule
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

HERE = Path(__file__).parent
CLOCK_COLUMNS = (
    "valid_from",
    "instrument",
    "hands_to",
    "days",
    "days_returned",
    "remind_before",
    "remind_every",
    "reminders",
    "note_vi",
    "note_en",
)
HAND_OVER_COLUMNS = ("valid_from", "sign", "least_confidence", "least_nights")


@transaction.atomic
def load_referral_rules(folder: Path = HERE) -> Loaded:
    """Load `clocks.csv` and `hand_over.csv`. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    clocks, rules = [], []
    for row in read_rows(folder / "clocks.csv", (*CLOCK_COLUMNS, "is_verified")):
        given = {column: text for column, text in row.given().items() if column in CLOCK_COLUMNS}
        clocks.append(ClockRule(**given, is_verified=row.says("is_verified")))
        row.check(clocks[-1], exclude=[])
    for row in read_rows(folder / "hand_over.csv", (*HAND_OVER_COLUMNS, "is_on")):
        given = {column: text for column, text in row.given().items() if column in HAND_OVER_COLUMNS}
        rules.append(HandOverRule(**given, is_on=row.says("is_on")))
        row.check(rules[-1], exclude=[])
    return keep_records(clocks, key=["valid_from"]) + keep_records(rules, key=["sign", "valid_from"])
