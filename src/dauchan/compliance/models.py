"""Counts of each local day, kept when the ledger has forgotten the scans themselves. No personal data: only counts.

They are filled by `days.renew` and read by `indicators`, `venue_days` and the screens. How long they are kept stands in `rollup.json`.
"""

from __future__ import annotations

from django.db import models


class VenueDay(models.Model):
    """Use of a venue on a local day. A venue without a row was not used that day, where the day itself was counted (`CountedDay`).

    Attributes:
        scans: check-ins, without floods.
        people: different people among them.
        failed: scans of its code that became no check-in.
    """

    pk = models.CompositePrimaryKey("venue_id", "day")
    # As in the ledger: rows come by the ten thousand, and a check of each would cost more than the counting.
    venue = models.ForeignKey("venues.Venue", models.CASCADE, db_constraint=False, db_index=False, related_name="+")
    day = models.DateField()
    scans = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="venue_day_by_day")]
        constraints = [
            models.CheckConstraint(condition=models.Q(people__lte=models.F("scans")), name="venue_day_people_scanned")
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.day}"


class UnitDay(models.Model):
    """The indicators of a unit's whole area on a local day; for every unit of that day's map, at every level.

    People are counted anew at each level: whoever went to two communes is one of the province's people and one of each.
    """

    pk = models.CompositePrimaryKey("unit_id", "day")
    unit = models.ForeignKey("units.Unit", models.CASCADE, db_index=False, related_name="+")
    day = models.DateField()
    registered = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    active = models.PositiveIntegerField()
    scans = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="unit_day_by_day")]
        constraints = [
            models.CheckConstraint(condition=models.Q(people__lte=models.F("scans")), name="unit_day_people_scanned"),
            models.CheckConstraint(condition=models.Q(active__lte=models.F("registered")), name="unit_day_active"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"


class CountedDay(models.Model):
    """That a day has been counted, and what of the ledger was seen then.

    Attributes:
        seen: the snapshot of the database (`pg_current_snapshot`); what it did not show makes the day due again.
        home: the server and database in which *seen* means something (`ledger_here`).
        counted_at: when; the page says that its figures are as of then.
    """

    day = models.DateField(primary_key=True)
    seen = models.TextField()
    home = models.TextField()
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return str(self.day)
