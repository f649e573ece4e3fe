"""What the sending end remembers: how far each stream has come, batches on their way, what was set aside, what a comparison found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Standing(models.Model):
    """How it stands with one receiver.

    Attributes:
        receiver: the agreement's code.
        terms: digest of the agreement's fields: where they change, digests made before mean nothing.
        home: the database that the cursors belong to (`ledger_here`): restored elsewhere, transactions have other numbers.
        failing_since: the first of the failures that have not ended yet.
        backlog, oldest_at: what the live streams had not handed over when it was measured, and since when it waits.
        seen: the snapshot up to which the kept digests of days are right.
    """

    receiver = models.CharField(max_length=40, primary_key=True)
    terms = models.CharField(max_length=64, blank=True)
    home = models.CharField(max_length=80, blank=True)
    schema = models.PositiveSmallIntegerField(null=True)
    is_paused = models.BooleanField(default=False)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    paused_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True)
    failure_detail = models.CharField(max_length=300, blank=True)
    retry_at = models.DateTimeField(null=True)
    backlog = models.PositiveBigIntegerField(default=0)
    oldest_at = models.DateTimeField(null=True)
    measured_at = models.DateTimeField(null=True)
    seen = models.TextField(blank=True)
    compare_asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["receiver"]

    def __str__(self) -> str:
        return self.receiver


class Purpose(models.TextChoices):
    LIVE = "live", _("Trực tiếp")
    BACKFILL = "backfill", _("Gửi bù")
    MENDING = "mending", _("Bổ sung sau đối soát")


class Stream(models.Model):
    """A sequence of batches with numbers of its own, and the place in the ledger that it has come to.

    Attributes:
        place: a cursor as `dauchan.exchange.national.places` writes it.
        number, digest: of the last batch that was cut.
        acknowledged: the last batch up to which the receiver has committed all.
        total: records that a backfill will send, as counted when it was asked for.
    """

    receiver = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    day = models.DateField(null=True)
    place: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    acknowledged = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    cut_all_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["receiver", "name"], name="stream_once")]
        indexes = [models.Index(fields=["receiver"], condition=Q(finished_at__isnull=True), name="stream_open")]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One batch, exactly as it is sent however often that takes. Its payload goes a day after the receiver has it."""

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="batches")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    manifest = models.BinaryField()
    signature = models.CharField(max_length=120)
    payload = models.BinaryField(null=True)
    count = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    cut_at = models.DateTimeField()
    newest_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(null=True)
    repeated = models.PositiveIntegerField(null=True)
    set_aside = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["stream", "number"]
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="batch_once")]
        indexes = [
            models.Index(fields=["stream"], condition=Q(acknowledged_at__isnull=True), name="batch_on_its_way"),
            models.Index(fields=["acknowledged_at"], name="batch_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}/{self.number}"


class End(models.TextChoices):
    HERE = "here", _("Bên gửi")
    THERE = "there", _("Bên nhận")


class SetAside(models.Model):
    """A record that one end could not take; the rest went on without it. Sent again on request, and whenever it changes."""

    receiver = models.CharField(max_length=40)
    end = models.CharField(max_length=5, choices=End.choices)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    reason = models.CharField(max_length=120)
    venue_id = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-noted_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["receiver", "kind", "key"], name="set_aside_once")]
        indexes = [models.Index(fields=["receiver"], condition=Q(settled_at__isnull=True), name="set_aside_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Comparison(models.Model):
    """One reconciliation: what was compared, what differed, what was mended, how much was exchanged for it."""

    class Outcome(models.TextChoices):
        RUNNING = "running", _("Đang đối soát")
        EQUAL = "equal", _("Khớp")
        MENDED = "mended", _("Đã bổ sung, khớp")
        DIFFERENT = "different", _("Còn lệch")
        FAILED = "failed", _("Chưa đối soát được")

    receiver = models.CharField(max_length=40)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    first_on = models.DateField()
    last_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.RUNNING)
    failure = models.CharField(max_length=300, blank=True)
    records = models.PositiveBigIntegerField(default=0)
    differing = models.PositiveBigIntegerField(default=0)
    mended = models.PositiveBigIntegerField(default=0)
    withdrawn = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-began_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.receiver} {self.began_at:%Y-%m-%d}"


class UnitDay(models.Model):
    """A unit's records of a day at both ends, as last compared; day null: the venues themselves."""

    receiver = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    day = models.DateField(null=True)
    unit_code = models.CharField(max_length=8)
    ours = models.PositiveBigIntegerField()
    theirs = models.PositiveBigIntegerField()
    is_equal = models.BooleanField()
    differing = models.PositiveIntegerField(default=0)
    compared_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "unit_code", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["receiver", "kind", "day", "unit_code"], name="unit_day_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.day} {self.kind}"


class SentVenue(models.Model):
    """The venue as it was last sent, by its digest; the number counts up with each change."""

    receiver = models.CharField(max_length=40)
    venue_id = models.BigIntegerField()
    revision = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receiver", "venue_id"], name="sent_venue_once")]

    def __str__(self) -> str:
        return f"{self.venue_id}"


class VenueDigest(models.Model):
    """Count and digest of a venue's records of a day as the ledger has them, at the standing's snapshot."""

    receiver = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    day = models.DateField()
    venue_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    digest = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receiver", "kind", "day", "venue_id"], name="venue_digest_once")
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.day}"
