"""How many messages about decisions an owner is sent: numbers from `limits.json`. The quiet hours are those of `made_known`."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Final

LIMITS: Final[dict[str, int]] = json.loads(
    files("dauchan.oversight.owner_notices").joinpath("limits.json").read_text("utf-8")
)
