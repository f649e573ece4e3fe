"""Reconciliation: counts and digests at both ends, by day and unit, then venue, then record; only what differs is sent again.

What the receiver lacks or has otherwise is mended. What only the receiver has is reported and left: a ledger restored from a backup
would else have the last copy taken back. An officer who knows better has it withdrawn, and the receiver keeps even that aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from dauchan.exchange.contract.schema import KINDS
from dauchan.exchange.national import digests, streams
from dauchan.exchange.national.booking import acknowledge, book_contact, book_failure
from dauchan.exchange.national.cutting import cut_keys, cut_withdrawals
from dauchan.exchange.national.differences import Difference, Side, records_apart, venues_apart
from dauchan.exchange.national.errors import LinkFailed, NotAgreed
from dauchan.exchange.national.models import Comparison, SetAside, Standing, Stream, UnitDay
from dauchan.exchange.national.turns import alone, drained, forget_receiver
from dauchan.exchange.national.venues import cut_changed
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.exchange.national.link import Link
    from dauchan.exchange.national.models import Batch
    from dauchan.exchange.national.turns import Known
    from dauchan.units.models import Officer

#: How long a comparison waits for a turn that is under way.
PATIENCE = 60.0


@dataclass(frozen=True)
class Wish:
    """How a reconciliation is asked for.

    Attributes:
        days: which local days; None: all that are kept and agreed, up to yesterday.
        afresh: every digest of this end is computed anew from the ledger.
        withdraw: what only the receiver has is taken back.
        officer: who asked; None: the clock.
    """

    days: tuple[dt.date, ...] | None = None
    afresh: bool = False
    withdraw: bool = False
    officer: Officer | None = None


def reconcile(agreement: Agreement, wish: Wish | None = None) -> Comparison | None:
    """None where another process has the exchange, or where it is paused. A failure of the link is told in the comparison. Raises: NotAgreed."""
    wish, now = wish or Wish(), timezone.now()
    kept = streams.agreed_days(agreement, now)
    days = list(wish.days) if wish.days is not None else [day for day in kept if day < timezone.localdate(now)]
    if set(days) - set(kept):
        raise NotAgreed
    with alone(agreement.code, PATIENCE) as ours:
        if not ours:
            return None
        standing = streams.make_ready(agreement, now)
        first, last = (days[0], days[-1]) if days else (timezone.localdate(now),) * 2
        if standing.is_paused:
            return None
        run = Comparison.objects.create(receiver=agreement.code, first_on=first, last_on=last)
        try:
            known = drained(agreement)
            Reconciling(known.working, known, run, wish).over(days, kept)
            book_contact(standing)
        except LinkFailed as failure:
            book_failure(standing, failure)
            run.outcome, run.failure = Comparison.Outcome.FAILED, f"{failure.code}: {failure}"[:300]
            forget_receiver(agreement.code)
        finally:
            run.ended_at = timezone.now()
            run.save()
    Standing.objects.filter(pk=standing.pk).update(compare_asked_at=None)
    audit.record(
        wish.officer,
        "exchange.reconciled",
        f"exchange:{agreement.code}",
        detail={
            "outcome": run.outcome, "records": run.records, "differing": run.differing, "mended": run.mended,
            "withdrawn": run.withdrawn,
        },
    )  # fmt: skip
    return run


@dataclass
class Reconciling:
    """One reconciliation under way."""

    agreement: Agreement
    known: Known
    run: Comparison
    wish: Wish
    left: int = 0

    @property
    def link(self) -> Link:
        return self.known.link

    @property
    def version(self) -> int:
        return self.known.version

    def over(self, days: list[dt.date], kept: list[dt.date]) -> None:
        self.link.exchanged = 0
        days = sorted(set(days) - self._under_way())
        if self.agreement.sends("venues"):
            self._venues()
        if days:
            digests.refresh(self.agreement, self.version, kept, afresh=self.wish.afresh)
        for day in days:
            for kind in (each for each in self.agreement.fields if KINDS[each].day):
                self._day(Side(self.agreement, self.link, self.version, kind, day))
        self.run.bytes = self.link.exchanged
        outcomes = Comparison.Outcome
        mended = outcomes.MENDED if self.run.differing else outcomes.EQUAL
        self.run.outcome = outcomes.DIFFERENT if self.left else mended

    def _under_way(self) -> set[dt.date]:
        """Days of which not all has been handed over yet."""
        open_ = Stream.objects.filter(receiver=self.agreement.code, finished_at__isnull=True, day__isnull=False)
        return {day for day in open_.values_list("day", flat=True) if day}

    def _venues(self) -> None:
        """First, for they tell in which unit everything else is counted."""
        found = venues_apart(self.agreement, self.link, self.version)
        stream = streams.mending_stream(self.agreement, "venues")
        again = [int(key) for key in found.to_send]
        if again and (batch := cut_changed(self.agreement, stream, self.version, again)):
            self._hand_over(batch)
            self.run.mended += len(again)
        self.run.mended += self._withdrawn("venues", [int(key) for key in found.only_there])
        self._noted("venues", None, found, venues_apart(self.agreement, self.link, self.version) if found else found)

    def _day(self, side: Side) -> None:
        found = records_apart(side)
        if found.to_send:
            self._mend(side.kind, found.to_send)
        withdrawn = self._withdrawn(side.kind, [UUID(key).bytes for key in found.only_there])
        self.run.mended += withdrawn
        self._noted(side.kind, side.day, found, records_apart(side, found) if found else found)

    def _mend(self, kind: str, keys: list[str]) -> None:
        stream = streams.mending_stream(self.agreement, kind)
        for start in range(0, len(keys), self.agreement.rows):
            if batch := cut_keys(self.agreement, stream, self.version, keys[start : start + self.agreement.rows]):
                self._hand_over(batch)
                self.run.mended += batch.count

    def _withdrawn(self, kind: str, keys: list[bytes] | list[int]) -> int:
        if not keys or not self.wish.withdraw:
            return 0
        stream = streams.mending_stream(self.agreement, kind)
        self._hand_over(cut_withdrawals(self.agreement, stream, self.version, keys))
        self.run.withdrawn += len(keys)
        return len(keys)

    def _hand_over(self, batch: Batch) -> None:
        given = batch.stream.name, batch.number, bytes(batch.manifest), batch.signature, bytes(batch.payload or b"")
        acknowledge(self.agreement, batch, self.link.batch(*given))

    def _noted(self, kind: str, day: dt.date | None, before: Difference, after: Difference) -> None:
        """Each unit's line for the monitor; what is left is what is still apart and not set aside with its reason."""
        self.run.records += sum(ours[0] for ours, _theirs in after.units.values())
        self.run.differing += len(before.keys)
        self.left += len(self._unexplained(kind, after))
        now = timezone.now()
        rows = [
            UnitDay(
                receiver=self.agreement.code, kind=kind, day=day, unit_code=code, ours=ours[0], theirs=theirs[0],
                is_equal=ours == theirs, differing=after.of_unit.get(code, 0), compared_at=now,
            )
            for code, (ours, theirs) in after.units.items()
        ]  # fmt: skip
        UnitDay.objects.filter(receiver=self.agreement.code, kind=kind, day=day).delete()
        UnitDay.objects.bulk_create(rows)

    def _unexplained(self, kind: str, after: Difference) -> set[str]:
        aside = SetAside.objects.filter(
            receiver=self.agreement.code, kind=kind, settled_at__isnull=True, key__in=after.keys
        )
        return set(after.keys) - set(aside.values_list("key", flat=True))


def old_days(agreement: Agreement, days: Iterable[dt.date]) -> int:
    """Lines of days that are kept no longer; how many went."""
    return UnitDay.objects.filter(receiver=agreement.code, day__lt=min(days)).delete()[0]
