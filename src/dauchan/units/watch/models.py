"""What is watched for, as data, and what was found."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

__all__ = ["Alarm", "Kind", "Rule"]

LAST_HOUR = 23


class Kind(models.TextChoices):
    BULK = "bulk", _("Xem nhiều trong thời gian ngắn")
    ODD_HOURS = "odd_hours", _("Xem ngoài giờ")


class Rule(models.Model):
    """At *most* looks by one officer within so many minutes; or, of odd hours, between two hours of the local day.

    Hours wrap round midnight: from 22 to 5 is the night. `actions` are those of the log that show somebody's details.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices, unique=True)
    actions = models.JSONField(default=list)
    most = models.PositiveIntegerField(_("Từ số lần"), validators=[MinValueValidator(1), MaxValueValidator(100_000)])
    minutes = models.PositiveIntegerField(
        _("Trong số phút"), validators=[MinValueValidator(5), MaxValueValidator(1440)]
    )
    from_hour = models.PositiveSmallIntegerField(
        _("Từ giờ"), null=True, blank=True, validators=[MaxValueValidator(LAST_HOUR)]
    )
    to_hour = models.PositiveSmallIntegerField(
        _("Đến giờ"), null=True, blank=True, validators=[MaxValueValidator(LAST_HOUR)]
    )
    is_on = models.BooleanField(_("Bật cảnh báo"), default=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="odd_hours")
                | (Q(from_hour__isnull=False) & Q(to_hour__isnull=False) & ~Q(from_hour=F("to_hour"))),
                name="odd_hours_named",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def covers(self, hour: int) -> bool:
        """Whether this hour of the local day is watched; a rule without hours watches all."""
        if self.from_hour is None or self.to_hour is None:
            return True
        if self.from_hour < self.to_hour:
            return self.from_hour <= hour < self.to_hour
        return hour >= self.from_hour or hour < self.to_hour


class Alarm(models.Model):
    """One officer passed a rule. While they go on the alarm grows; it is new again when it was looked into before that."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="alarms")
    officer = models.ForeignKey("units.Officer", models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    looks = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    seen_by = models.ForeignKey("units.Officer", models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        indexes = [models.Index(fields=["rule", "officer", "last_at"], name="alarm_of_officer")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.officer}"
