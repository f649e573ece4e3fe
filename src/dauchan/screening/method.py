"""What a screening was made with: its numbers and its code, so that a run can be told from one by another method."""

import hashlib
from importlib.resources import files

from dauchan.screening import fallen, silent, underused, unreadable
from dauchan.screening.judging import LEAST_CONFIDENCE, ON_THE_MOVE, PROBABLE
from dauchan.screening.kinds import SignKind
from dauchan.screening.log_rates import MISTAKEN
from dauchan.screening.tally import CLOSE_LOOK, HISTORY


def parameters() -> dict[str, object]:
    """The numbers that decide what is a sign, as plain values."""
    beforehand = {
        SignKind.SILENT: silent.BEFOREHAND,
        SignKind.FALLEN: fallen.BEFOREHAND,
        SignKind.UNDERUSED: underused.BEFOREHAND,
        SignKind.UNREADABLE: unreadable.BEFOREHAND,
    }
    return {
        "days_looked_back_on": HISTORY,
        "days_looked_at_scan_by_scan": CLOSE_LOOK,
        "least_confidence": {kind.value: LEAST_CONFIDENCE.get(kind, PROBABLE) for kind in SignKind},
        "most_mistaken": MISTAKEN,
        "beforehand": {kind.value: share for kind, share in beforehand.items()},
        "on_the_move": sorted(ON_THE_MOVE),
    }


def digest() -> str:
    """SHA-256 of this package's source."""
    told = hashlib.sha256()
    for file in sorted(files("dauchan.screening").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            told.update(file.name.encode() + file.read_bytes())
    return told.hexdigest()
