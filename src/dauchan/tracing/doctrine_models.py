"""What is laid down and known of diseases, by date: reference data, never constants in code."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dauchan.units.languages import reads_english


class Disease(models.Model):
    """A disease under surveillance. Reference data: a new one needs no code."""

    code = models.SlugField(max_length=30, unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if reads_english() else self.name_vi


class DoctrineRule(models.Model):
    """What an instrument laid down for a disease from a day on: the infectious window and who counts as a contact."""

    disease = models.ForeignKey(Disease, models.CASCADE, related_name="rules")
    valid_from = models.DateField()
    instrument = models.CharField(max_length=60)
    days_before_onset = models.PositiveSmallIntegerField()
    days_before_sample = models.PositiveSmallIntegerField()
    days_after = models.PositiveSmallIntegerField()
    min_overlap_minutes = models.PositiveSmallIntegerField()
    tail_minutes = models.PositiveSmallIntegerField()
    latent_period_hours = models.PositiveSmallIntegerField()
    # Minutes of F2, F3, … one by one where they differ from those of F1; the last holds for all later generations.
    later_min_overlap_minutes = models.CharField(
        max_length=40, blank=True, default="", db_default="", validators=[RegexValidator(r"^[0-9]+( [0-9]+)*$")]
    )
    # Whether the minutes must come together within 24 hours, or in total.
    per_24_hours = models.BooleanField(default=False, db_default=False)
    # From F2 on, a place with more visits than this on a day gets a notice instead of a list.
    crowd_limit = models.PositiveIntegerField(default=150, db_default=150)
    note_vi = models.CharField(max_length=400, blank=True)
    note_en = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["disease", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["disease", "valid_from"], name="doctrine_once_a_day")]

    def __str__(self) -> str:
        return self.instrument

    @property
    def note(self) -> str:
        return self.note_en if reads_english() else self.note_vi

    @property
    def min_overlaps(self) -> list[int]:
        """Minutes that make a contact of F1, F2, …; the last holds for all later generations."""
        return [self.min_overlap_minutes, *map(int, self.later_min_overlap_minutes.split())]


class PlaceSetting(models.TextChoices):
    """As `venues.Category.setting`."""

    INDOOR = "indoor", _("trong nhà")
    OUTDOOR = "outdoor", _("ngoài trời")
    VEHICLE = "vehicle", _("trên phương tiện")


class AerosolTail(models.Model):
    """How long the air of one kind of place counts after a source has left, where a rule says so of that kind."""

    rule = models.ForeignKey(DoctrineRule, models.CASCADE, related_name="tails")
    setting = models.CharField(max_length=10, choices=PlaceSetting.choices)
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rule", "setting"]
        constraints = [models.UniqueConstraint(fields=["rule", "setting"], name="aerosol_tail_once_a_setting")]

    def __str__(self) -> str:
        return f"{self.setting}: {self.minutes}"


class EpidemiologicalParameters(models.Model):
    """What was known of a disease from a day on, for risks, chains and attack rates. Reference data: dated, with its source."""

    disease = models.ForeignKey(Disease, models.CASCADE, related_name="parameters")
    valid_from = models.DateField()
    # Median quanta an hour of somebody who stands and speaks; null: no estimate, so no probability is shown.
    quanta_per_hour = models.FloatField(null=True, blank=True)
    serial_mean_days = models.FloatField()
    serial_sd_days = models.FloatField()
    serial_shortest_days = models.FloatField()
    serial_longest_days = models.FloatField()
    incubation_longest_days = models.FloatField()
    source = models.CharField(max_length=300)
    note_vi = models.CharField(max_length=400, blank=True)
    note_en = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["disease", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["disease", "valid_from"], name="parameters_once_a_day"),
            models.CheckConstraint(
                condition=Q(serial_mean_days__gt=0)
                & Q(serial_sd_days__gt=0)
                & Q(serial_shortest_days__gte=0)
                & Q(serial_longest_days__gt=F("serial_shortest_days"))
                & Q(incubation_longest_days__gt=0),
                name="parameters_are_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disease_id} {self.valid_from}"

    @property
    def note(self) -> str:
        return self.note_en if reads_english() else self.note_vi
