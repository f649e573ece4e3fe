"""Check-ins that are committed together are judged together, column by column: a list costs a third of its items one by one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.door.admission import SOURCES, Sender, microseconds
from dauchan.door.clock import ONLINE, TOLERATED_SKEW, is_past_retention, timing
from dauchan.door.credentials import Credentials
from dauchan.door.pace import Pace
from dauchan.door.reasons import KEPT, Reason
from dauchan.door.rows import NOWHERE, Place, Scans
from dauchan.door.schemas import CheckIn, Position
from dauchan.door.venues import KnownVenues

_STRANGE = (Reason.FORGED, Reason.FOREIGN)


class Delivery(list[CheckIn]):
    """The check-ins of one request, each with an identifier of version 7, and who sent them."""

    __slots__ = ("sender",)

    def __init__(self, items: Iterable[CheckIn], sender: Sender) -> None:
        super().__init__(items)
        self.sender = sender


class Judged(NamedTuple):
    """The rows for some deliveries, in order; where a scan is refused but kept, its `reason` says why.

    `known`: as of when the door knew the venues by which it judged (`venues.py`), None where it could not.
    """

    scans: Scans
    known: str | None


class Judging(NamedTuple):
    """What check-ins are judged by, besides what they say."""

    credentials: Credentials
    pace: Pace
    venues: KnownVenues

    def judged(self, deliveries: Sequence[Delivery]) -> Judged:
        """The rows for what these requests brought."""
        items = [item for delivery in deliveries for item in delivery]
        senders = [delivery.sender for delivery in deliveries for _ in delivery]
        person_ids, sent_at, received, marks = zip(*senders, strict=True)
        received_at = np.array(received)
        device_at = np.array([microseconds(item.entered_at) for item in items], np.int64)
        at, labels = _timed(device_at, sent_at, received_at)
        codes = [item.venue_code for item in items]
        venue_ids, versions, refusals = zip(*map(self.credentials.venue, codes), strict=True)
        refused = _refused(refusals, at, labels, received_at)
        places = _places([item.position for item in items])
        scans = Scans(
            check_in_id=[item.check_in_id for item in items],
            person_id=np.array(person_ids),
            venue_id=np.array(venue_ids),
            entered_at=at,
            device_at=device_at,
            received_at=received_at,
            labels=labels,
            poster_version=versions,
            source=[SOURCES[item.source] for item in items],
            party=[item.party for item in items],
            reason=np.zeros(len(items), np.int64),
            code_hash=np.zeros(len(items), np.int64),
            places=places,
        )
        for n, reason in refused.items():
            scans.reason[n] = int(KEPT[reason])
            scans.code_hash[n] = self.credentials.code_hash(codes[n]) if reason in _STRANGE else 0
        if any(marks):
            labels |= np.array(marks)
        self._mark_pace(scans, slice(None) if not refused else np.flatnonzero(scans.reason == 0))
        by_venue = None if refused else self.venues.labels(scans.venue_id, at, places)
        if by_venue is None:
            return Judged(scans, None)
        labels |= by_venue
        return Judged(scans, self.venues.known)

    def _mark_pace(self, scans: Scans, taken: NDArray[np.int64] | slice) -> None:
        people, venues, at = scans.person_id[taken], scans.venue_id[taken], scans.entered_at[taken]
        scans.labels[taken] |= self.pace.labels(people, venues, at, int(scans.received_at[-1]))

    def take_back(self, scans: Scans, which: Sequence[int]) -> None:
        """These were no scans after all, but repetitions, or they were not recorded and will come again."""
        for n in which:
            if not scans.reason[n]:
                self.pace.take_back(int(scans.person_id[n]), int(scans.venue_id[n]), int(scans.entered_at[n]))


def _timed(
    device_at: NDArray[np.int64], sent_at: Sequence[int | None], received_at: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The times that count, and their labels: those of the device unless it is offline or its clock is wrong."""
    waited = received_at - device_at
    odd = (waited < 0) | (waited > ONLINE)
    if sent_at.count(None) < len(sent_at):
        sent = np.array([at if said is None else said for said, at in zip(sent_at, received_at.tolist(), strict=True)])
        odd |= np.abs(received_at - sent) > TOLERATED_SKEW
    at, labels = device_at.copy(), np.zeros(len(device_at), np.int64)
    for n in np.flatnonzero(odd).tolist():
        at[n], labels[n] = timing(int(device_at[n]), sent_at[n], int(received_at[n]))
    return at, labels


def _refused(
    refusals: Sequence[Reason | None], at: NDArray[np.int64], labels: NDArray[np.int64], received_at: NDArray[np.int64]
) -> dict[int, Reason]:
    """Why scans are refused, by their places; what is past retention gets a time that the ledger can hold."""
    refused = {n: reason for n, reason in enumerate(refusals) if reason} if any(refusals) else {}
    for n in np.flatnonzero(labels).tolist():
        if is_past_retention(int(at[n]), int(received_at[n])):
            at[n], refused[n] = max(at[n], 0), Reason.TOO_OLD
    return refused


def _places(positions: Sequence[Position | None]) -> Sequence[Place] | None:
    if not any(positions):
        return None
    return [(where.lat, where.lon, where.accuracy_m) if where else NOWHERE for where in positions]
