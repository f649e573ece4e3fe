"""The thresholds of a gate, once for all: Python and the gate's page read `rules.json`."""

import json
from datetime import timedelta
from importlib.resources import files
from typing import Any, Final

RULES: Final[dict[str, Any]] = json.loads(files("dauchan.web.gate").joinpath("rules.json").read_text(encoding="utf-8"))

SAME_ENTRY: Final = timedelta(seconds=RULES["same_entry_seconds"])
"""A code that is held before the camera a little longer is the same entry, not a second one."""
UNDO_WITHIN: Final = timedelta(seconds=RULES["undo_seconds"])
NEARLY_FULL: Final[float] = RULES["nearly_full"]
"""From this share of the capacity on the page warns; below ten places no number lies between it and full: there, with one place left."""


def fullness(inside: int, capacity: int | None) -> str:
    """`full`, `nearly` or `none`. The gate's page counts the same way without a network: `answer-view.ts`."""
    if not capacity:
        return "none"
    if inside >= capacity:
        return "full"
    return "nearly" if inside and inside >= min(capacity * NEARLY_FULL, capacity - 1) else "none"
