"""How pressing it is to inspect a place: a sum of five parts that everybody can add up. Pure.

The score orders a list for people who choose; nothing is decided by it. What each part is worth stands in `MOST`, and every
screen that shows a score shows its parts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

SIGN, REPORTS, FINDINGS, CATEGORY, TIME = "sign", "reports", "findings", "category", "time"
#: The most points of each part; together 100.
MOST = {SIGN: 40, REPORTS: 20, FINDINGS: 15, CATEGORY: 10, TIME: 15}
POINTS_A_REPORT = 5
POINTS_A_FINDING = 5
#: Where people sit together indoors more of them are infected than outdoors.
POINTS_OF_SETTING = {"indoor": 10, "vehicle": 8, "mixed": 5, "outdoor": 3}
#: A place that was not inspected for so long, or never, has all points of that part.
LONG_AGO_DAYS = 180


@dataclass(frozen=True)
class Facts:
    """What is known of a place.

    Attributes:
        confidence: of its surest sign in the last screening that nobody has set aside, 0 to 1; 0 without a sign.
        reports: citizens' reports in the last 90 days.
        findings: of inspections in the last year.
        setting: of its category.
        days_since: the last inspection; None: never.
    """

    confidence: float = 0
    reports: int = 0
    findings: int = 0
    setting: str = ""
    days_since: int | None = None


@dataclass(frozen=True)
class Part:
    """Points of one kind, of the most it can give; `fact` is the figure they come from."""

    name: str
    points: int
    most: int
    fact: str


@dataclass(frozen=True)
class Score:
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.points for part in self.parts)

    def kept(self) -> list[dict[str, Any]]:
        """As a stop keeps it."""
        return [asdict(part) for part in self.parts]


def score(facts: Facts) -> Score:
    """From 0 to 100; each part is rounded by itself, so that what is shown adds up."""
    share = 1.0 if facts.days_since is None else min(max(facts.days_since, 0) / LONG_AGO_DAYS, 1)
    return Score(
        (
            _part(SIGN, MOST[SIGN] * min(max(facts.confidence, 0), 1), f"{facts.confidence:.2f}"),
            _part(REPORTS, POINTS_A_REPORT * facts.reports, str(facts.reports)),
            _part(FINDINGS, POINTS_A_FINDING * facts.findings, str(facts.findings)),
            _part(CATEGORY, POINTS_OF_SETTING.get(facts.setting, 0), facts.setting),
            _part(TIME, MOST[TIME] * share, "" if facts.days_since is None else str(facts.days_since)),
        )
    )


def _part(name: str, points: float, fact: str) -> Part:
    return Part(name, round(min(points, MOST[name])), MOST[name], fact)
