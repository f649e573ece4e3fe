"""What every dated rule of a clock says: from when, by which document, and when it reminds; data that an authority lays down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from dauchan.units.languages import reads_english

if TYPE_CHECKING:
    import datetime as dt
    from typing import Self


class DatedRule(models.Model):
    """What holds from a day on, until the next rule of its kind; all days are working days.

    Attributes:
        remind_before: so long before the deadline whoever must answer is reminded once.
        remind_every: from the first day after the deadline on, so often.
        reminders: after so many the level above is told, and after as many again the next, up to the province.
        is_verified: whether an authority laid it down; an unverified rule says so on screen.
    """

    valid_from = models.DateField(unique=True)
    instrument = models.CharField(max_length=120)
    remind_before = models.PositiveSmallIntegerField()
    remind_every = models.PositiveSmallIntegerField()
    reminders = models.PositiveSmallIntegerField()
    is_verified = models.BooleanField(default=False)
    note_vi = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.instrument} ({self.valid_from})"

    @property
    def note(self) -> str:
        return self.note_en if reads_english() else self.note_vi

    @classmethod
    def on(cls, day: dt.date) -> Self:
        """The rule in force on *day*; the oldest one for days before all of them. Raises: DoesNotExist."""
        rules = cls._default_manager.all()
        rule = rules.filter(valid_from__lte=day).first() or rules.last()
        if rule is None:
            raise cls.DoesNotExist
        return rule
