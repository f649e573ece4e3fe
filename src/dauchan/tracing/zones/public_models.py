"""Figures for everybody: of whole communes and whole days, published once."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class PublicFigure(models.Model):
    """People and visits of one commune on one local day, rounded down to tens; below ten there is no row.

    A row never changes: what arrives late, is erased or redrawn afterwards moves no figure that somebody may have kept.
    """

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+")
    on = models.DateField()
    people = models.PositiveIntegerField()
    visits = models.PositiveIntegerField()

    class Meta:
        ordering = ["-on", "unit"]
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="public_figure_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on}"


class PublishedDay(models.Model):
    """A day whose figures are out, those of communes without a row included."""

    on = models.DateField(primary_key=True)
    published_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.on.isoformat()
