"""Public holidays, and the days made up for them. Reference data: each year's is announced in the year before."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from dauchan.units.languages import reads_english


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", _("Nghỉ lễ, tết")
    MADE_UP = "made_up", _("Làm bù")


class CalendarDay(models.Model):
    """A day on which offices rest although it is a weekday, or work although it is not."""

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=DayKind.choices)
    #: Of a day made up: the day off that it stands for, as whose weekday people work.
    stands_for = models.DateField(null=True, blank=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    #: Which law or announcement says so.
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"

    def clean(self) -> None:
        if (self.kind == DayKind.MADE_UP) != (self.stands_for is not None):
            raise ValidationError({"stands_for": _("Chỉ ngày làm bù, và mọi ngày làm bù, có ngày được thay.")})

    @property
    def name(self) -> str:
        return self.name_en if reads_english() else self.name_vi
