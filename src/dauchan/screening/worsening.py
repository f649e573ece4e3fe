"""When a sign that somebody set aside has become worse than it was then, so that it has to be looked at again.

Of what should be there, a share is wrong: scans that are missing, that failed, that a desk made, or that lie elsewhere. A sign is worse when

- what is still right has halved (a venue that kept 40 % of its use keeps 20 % or less) and at least `LEAST` of all is newly wrong;
- or a silence, a fall or an unreadable poster began anew after the day on which the sign was set aside;
- or the code is scanned more than `FAR` metres from where it was scanned then.

Quieter days, a surer confidence or more venues of its kind make nothing worse.
"""

from datetime import date

from dauchan.screening.kinds import SignKind
from dauchan.screening.places_seen import FAR
from dauchan.screening.sentences import Evidence

LEAST = 0.1
BEGINS = frozenset({SignKind.SILENT, SignKind.FALLEN, SignKind.UNREADABLE})


def share_wrong(evidence: Evidence) -> float:
    """The share of the expected scans that is missing or not what it should be, 0 to 1."""
    facts, observed = evidence.facts, evidence.observed
    match evidence.kind:
        case SignKind.UNREADABLE:
            wrong, whole = facts["failed"], facts["failed"] + observed
        case SignKind.DESK_SCANNED:
            wrong, whole = facts["from_desk"], float(observed)
        case SignKind.MISPLACED:
            wrong, whole = facts["there"], facts["located"]
        case SignKind.DUPLICATED:
            # Both heaps are equally large at the worst: then all is wrong.
            wrong, whole = 2 * facts["second"], facts["first"] + facts["second"]
        case _:
            wrong, whole = evidence.expected - observed, evidence.expected
    return min(max(wrong / whole, 0.0), 1.0) if whole > 0 else 0.0


def is_worse(then: Evidence, now: Evidence, set_aside_on: date) -> bool:
    """Whether the sign is worse than when it was set aside on that day; both are of one kind."""
    if now.kind in BEGINS and now.since_on > set_aside_on:
        return True
    moved = abs(_metres(now) - _metres(then)) > FAR
    before, after = share_wrong(then), share_wrong(now)
    return moved or (1 - after <= (1 - before) / 2 and after - before >= LEAST)


def _metres(evidence: Evidence) -> float:
    return evidence.facts.get("away", evidence.facts.get("apart", 0.0))
