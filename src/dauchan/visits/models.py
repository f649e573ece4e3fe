"""The ledger as Django reads it. Rows come in through the door and `actions`, never through `save()`.

The tables are made by the SQL files of the migrations; these classes only read. Labels, source and the other small
numbers are those of `dauchan.visits.registry`.
"""

from __future__ import annotations

from typing import NoReturn

from django.db import models

from dauchan.visits.errors import LedgerIsAppendOnly
from dauchan.visits.registry import label_names


class Fact(models.Model):
    """A row of the ledger: read, never saved."""

    class Meta:
        abstract = True
        managed = False

    def save(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise LedgerIsAppendOnly

    def delete(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise LedgerIsAppendOnly


class CheckIn(Fact):
    check_in_id = models.UUIDField(primary_key=True)
    person_id = models.BigIntegerField()
    venue = models.ForeignKey("venues.Venue", models.DO_NOTHING, db_constraint=False, related_name="+")
    entered_at = models.DateTimeField()
    device_at = models.DateTimeField()
    received_at = models.DateTimeField()
    device_id = models.BigIntegerField(null=True)
    labels = models.IntegerField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    poster_version = models.SmallIntegerField()
    source = models.SmallIntegerField()
    assurance = models.SmallIntegerField()
    party = models.SmallIntegerField()

    class Meta(Fact.Meta):
        db_table = "check_in"

    def __str__(self) -> str:
        return str(self.check_in_id)

    @property
    def label_names(self) -> tuple[str, ...]:
        return label_names(self.labels)


class CheckOut(Fact):
    check_out_id = models.UUIDField(primary_key=True)
    check_in_id = models.UUIDField()
    person_id = models.BigIntegerField(null=True)
    venue = models.ForeignKey("venues.Venue", models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    left_at = models.DateTimeField()
    device_at = models.DateTimeField()
    received_at = models.DateTimeField()
    device_id = models.BigIntegerField(null=True)
    labels = models.IntegerField()
    closed_by = models.SmallIntegerField()

    class Meta(Fact.Meta):
        db_table = "check_out"

    def __str__(self) -> str:
        return str(self.check_out_id)


class ScanAttempt(Fact):
    attempt_id = models.UUIDField(primary_key=True)
    person_id = models.BigIntegerField(null=True)
    venue = models.ForeignKey("venues.Venue", models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    attempted_at = models.DateTimeField()
    device_at = models.DateTimeField()
    received_at = models.DateTimeField()
    device_id = models.BigIntegerField(null=True)
    code_hash = models.BigIntegerField(null=True)
    labels = models.IntegerField()
    reason = models.SmallIntegerField()
    source = models.SmallIntegerField()

    class Meta(Fact.Meta):
        db_table = "scan_attempt"

    def __str__(self) -> str:
        return str(self.attempt_id)


class QuarantinedScan(Fact):
    """What a gate handed in and nobody may take without a look; sealed until somebody decides."""

    scan_id = models.UUIDField(primary_key=True)  # together with the device; Django wants a single column
    device = models.ForeignKey("venues.GateDevice", models.DO_NOTHING, db_constraint=False, related_name="+")
    venue = models.ForeignKey("venues.Venue", models.DO_NOTHING, db_constraint=False, related_name="+")
    scanned_at = models.DateTimeField()
    device_at = models.DateTimeField()
    received_at = models.DateTimeField()
    undoes = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)
    labels = models.IntegerField()
    direction = models.SmallIntegerField()
    failed = models.SmallIntegerField()
    reason = models.SmallIntegerField()
    released = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        db_table = "gate_quarantine"

    def __str__(self) -> str:
        return str(self.scan_id)


class Segment(models.Model):
    """A day's visits on a disk, as this database acknowledges them; a folder that is not told of here counts as none.

    Attributes:
        seal: what the folder's manifest bears as well.
        shelf: the directory it stands in: another machine may keep its own.
        day: the local day on which its visits began.
        seen: the snapshot in which the day was read (`pg_current_snapshot`); rows that it did not show are read beside it.
        is_sealed: no stay that began on the day could still be going on when it was read.
    """

    seal = models.UUIDField(primary_key=True)
    shelf = models.UUIDField()
    day = models.DateField()
    seen = models.TextField()
    made_at = models.DateTimeField()
    is_sealed = models.BooleanField()
    visits = models.PositiveIntegerField()

    class Meta:
        ordering = ["day", "made_at"]
        indexes = [models.Index(fields=["shelf", "day"], name="segment_by_shelf")]

    def __str__(self) -> str:
        return str(self.day)


class Visit(Fact):
    """A check-in with its end, from the view `visit`: recorded in `left_at`, or derived in `imputed_left_at`."""

    check_in_id = models.UUIDField(primary_key=True)
    person_id = models.BigIntegerField()
    venue = models.ForeignKey("venues.Venue", models.DO_NOTHING, db_constraint=False, related_name="+")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    imputed_left_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField()
    left_by = models.SmallIntegerField()
    labels = models.IntegerField()
    source = models.SmallIntegerField()
    assurance = models.SmallIntegerField()
    party = models.SmallIntegerField()

    class Meta(Fact.Meta):
        db_table = "visit"

    def __str__(self) -> str:
        return str(self.check_in_id)

    @property
    def label_names(self) -> tuple[str, ...]:
        return label_names(self.labels)
