"""The thresholds by which scans are labelled, once for all: Python and the phones read `rules.json`, SQL is held to it.

Functions of the database cannot read a file: a test compares the numbers in them. Examples of every rule, for Python,
SQL and TypeScript alike, stand in ``tests/visits/rules.json``. Nothing here needs Django: the door imports this module.
"""

import json
from functools import reduce
from importlib.resources import files
from operator import or_
from typing import Any, Final

from dauchan.visits.registry import Label

RULES: Final[dict[str, Any]] = json.loads(files("dauchan.visits").joinpath("rules.json").read_text(encoding="utf-8"))

TOLERATED_SKEW_SECONDS: Final[int] = RULES["clock"]["tolerated_skew_seconds"]
"""A clock kept by the telephone network is right to a second; below this nothing is corrected and nothing is said."""
ONLINE_SECONDS: Final[int] = RULES["clock"]["online_seconds"]
"""A scan that was on its way for longer waited for a network."""
LATE_SECONDS: Final[int] = RULES["clock"]["late_seconds"]
RETENTION_DAYS: Final[int] = RULES["clock"]["retention_days"]
UTC_OFFSET_MINUTES: Final[int] = RULES["hours"]["utc_offset_minutes"]
REMOTE_METRES: Final[int] = RULES["distance"]["remote_metres"]
METRES_A_DEGREE: Final[int] = RULES["distance"]["metres_a_degree"]
PACE_MINUTES: Final[int] = RULES["pace"]["span_minutes"]
PACE_SCANS: Final[int] = RULES["pace"]["scans"]
CROWD_MINUTES: Final[int] = RULES["crowd"]["span_minutes"]
CROWD_SCANS: Final[int] = RULES["crowd"]["scans"]
DEFAULT_STAY_MINUTES: Final[int] = RULES["stay"]["default_minutes"]
LONG_STAY_HOURS: Final[int] = RULES["stay"]["long_hours"]
LARGEST_PARTY: Final[int] = RULES["limits"]["largest_party"]

DOUBTFUL: Final = int(reduce(or_, (Label[name.upper()] for name in RULES["doubtful"])))
"""Labels that leave it open whether the person was there at all. The others say that a time was late or corrected."""


def is_flood(labels: int) -> bool:
    """Faster than any visitor scans, or with a crowd at a closed venue: nobody was there (sql/0002_rules.sql)."""
    crowd = Label.CROWD | Label.OUT_OF_HOURS
    return bool(labels & Label.PACE) or labels & crowd == crowd
