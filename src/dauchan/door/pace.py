"""How often is too often: counts in windows of time, kept in memory and forgotten when the window ends."""

from collections import defaultdict
from collections.abc import Hashable

from dauchan.door.clock import MINUTE
from dauchan.visits import rules
from dauchan.visits.registry import Label

# A visitor who enters a thirteenth place within ten minutes is no visitor (`pace`); a poster that is scanned more than
# sixteen times a second hangs on the internet, or at a stadium (`crowd`). Both are recorded and marked. What is marked is
# not counted and not traced by default, a crowd only while its venue is closed: sql/0002_rules.sql.
PERSON_SPAN, PERSON_SCANS = rules.PACE_MINUTES * MINUTE, rules.PACE_SCANS
VENUE_SPAN, VENUE_SCANS = rules.CROWD_MINUTES * MINUTE, rules.CROWD_SCANS
# A full batch a minute and some more: all that a phone can have scanned in three weeks, and too little for a flood.
PERSON_ITEMS_A_MINUTE = 600

_PACE, _CROWD = int(Label.PACE), int(Label.CROWD)


class Window:
    """Counts by key that start anew every so many seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._number = -1
        self._counts: defaultdict[Hashable, int] = defaultdict(int)

    def add(self, key: Hashable, amount: int, now: float) -> int:
        """Count and answer how much the key has in this window."""
        number = int(now) // self.seconds
        if number != self._number:
            self._number = number
            self._counts.clear()
        self._counts[key] += amount
        return self._counts[key]

    def ends_in(self, now: float) -> int:
        """Seconds until the counts start anew, at least one."""
        return self.seconds - int(now) % self.seconds


class Pace:
    """Marks scans that no crowd of visitors makes, by the times the scans claim, so that a delay hides nothing."""

    def __init__(self) -> None:
        self._people = Window(600)
        self._venues = Window(600)

    def label(self, person_id: int, venue_id: int, at: int, now: float) -> int:
        """The labels of this scan: `Label.PACE`, `Label.CROWD`, both or nothing."""
        return self._count(person_id, venue_id, at, now, 1)

    def take_back(self, person_id: int, venue_id: int, at: int, now: float) -> None:
        """Not a scan after all, but the repetition of one."""
        self._count(person_id, venue_id, at, now, -1)

    def _count(self, person_id: int, venue_id: int, at: int, now: float, amount: int) -> int:
        by_person = self._people.add((person_id, at // PERSON_SPAN), amount, now)
        by_venue = self._venues.add((venue_id, at // VENUE_SPAN), amount, now)
        return (_PACE if by_person > PERSON_SCANS else 0) | (_CROWD if by_venue > VENUE_SCANS else 0)
