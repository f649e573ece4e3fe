"""The levels of risk, as each decision named them: reference data with dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from dauchan.units.languages import reads_english

if TYPE_CHECKING:
    import datetime as dt


class RiskLevelQuerySet(models.QuerySet["RiskLevel"]):
    def in_force_on(self, day: dt.date) -> RiskLevelQuerySet:
        """The levels of the decision that was the last one on *day*, the mildest first."""
        begun = self.filter(valid_from__lte=day).aggregate(last=models.Max("valid_from"))["last"]
        return self.filter(valid_from=begun).order_by("rank")


class RiskLevel(models.Model):
    """One of the four levels of one decision; `rank` 1 (mildest) to 4 compares those of different decisions."""

    valid_from = models.DateField()
    instrument = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=30)
    name_vi = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    meaning_vi = models.CharField(max_length=200, blank=True)
    meaning_en = models.CharField(max_length=200, blank=True)

    objects = RiskLevelQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["valid_from", "rank"], name="risk_level_once"),
            models.CheckConstraint(condition=models.Q(rank__range=(1, 4)), name="risk_level_of_four"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if reads_english() else self.name_vi

    @property
    def meaning(self) -> str:
        return self.meaning_en if reads_english() else self.meaning_vi
