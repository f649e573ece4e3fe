"""How often and when owners are sent messages: numbers from `limits.json`, and the quiet hours. Pure."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from typing import Final

from dauchan.vietnamese.dates import LOCAL

LIMITS: Final[dict[str, int]] = json.loads(
    files("dauchan.oversight.made_known").joinpath("limits.json").read_text("utf-8")
)
UNDO = dt.timedelta(minutes=LIMITS["undo_minutes"])
BETWEEN = dt.timedelta(days=LIMITS["days_between_messages"])


def is_quiet(at: dt.datetime) -> bool:
    """Whether people are left alone at that time of the day."""
    hour = at.astimezone(LOCAL).hour
    return hour >= LIMITS["quiet_from_hour"] or hour < LIMITS["quiet_until_hour"]


def first_loud(at: dt.datetime) -> dt.datetime:
    """That instant, or the next morning if it falls into the quiet hours."""
    if not is_quiet(at):
        return at
    local = at.astimezone(LOCAL)
    day = local.date() + dt.timedelta(days=local.hour >= LIMITS["quiet_from_hour"])
    return dt.datetime.combine(day, dt.time(LIMITS["quiet_until_hour"]), LOCAL).astimezone(dt.UTC)
