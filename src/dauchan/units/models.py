"""Administrative units, the officers who act in them, and the log of what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.units.calendar_models import CalendarDay

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Appointment", "AuditEntry", "CalendarDay", "Officer", "Role", "Successor", "Unit", "UnitLevel"]


class UnitLevel(models.TextChoices):
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Quận, huyện")
    COMMUNE = "commune", _("Phường, xã")


class UnitQuerySet(models.QuerySet["Unit"]):
    def valid_on(self, day: dt.date) -> UnitQuerySet:
        """Units of the map in force on *day*; validity is half-open."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def within(self, unit: Unit) -> UnitQuerySet:
        """*unit* and its descendants at any depth."""
        return self.filter(Q(pk=unit.pk) | Q(path__startswith=f"{unit.path}."))


class Unit(models.Model):
    """One administrative unit during one period.

    Codes are reused with a new meaning when the map changes, so a unit is known by its code and the day it began.
    """

    code = models.CharField(max_length=8)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=10, choices=UnitLevel.choices)
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    # Ids from the root down, joined by dots: the whole subtree is one prefix search.
    path = models.CharField(max_length=200, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    search_key = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400, db_collation="C")

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_once_a_period"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="unit_period_not_inverted",
            ),
        ]
        indexes = [models.Index(fields=["path"], name="unit_path_prefix", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.full_name

    def contains(self, other: Unit) -> bool:
        return other.path == self.path or other.path.startswith(f"{self.path}.")


class Successor(models.Model):
    """Which unit of a later map took over the area of an earlier one, whole or in part."""

    earlier = models.ForeignKey(Unit, models.CASCADE, related_name="successors")
    later = models.ForeignKey(Unit, models.CASCADE, related_name="predecessors")
    whole = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="successor_once")]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"


class Role(models.TextChoices):
    HEAD = "head", _("Người đứng đầu đơn vị")
    OFFICER = "officer", _("Cán bộ đơn vị")
    MONITOR = "monitor", _("Cán bộ giám sát (Sở TT&TT)")
    TRACER = "tracer", _("Cán bộ truy vết (CDC)")
    APPROVER = "approver", _("Người phê duyệt")
    LEADER = "leader", _("Lãnh đạo tỉnh")
    AGENT = "agent", _("Điện thoại viên hỗ trợ")
    OPERATOR = "operator", _("Người vận hành hệ thống")
    PRIVACY = "privacy", _("Cán bộ bảo vệ dữ liệu")


#: Roles whose mistakes or theft would hurt most: no sign-in without a second factor.
SECOND_FACTOR_ROLES = frozenset({Role.TRACER, Role.APPROVER, Role.OPERATOR, Role.PRIVACY})


class Officer(AbstractUser):
    """A person with an account, who acts through appointments."""

    first_name = None  # type: ignore[assignment]  # Vietnamese names are one field
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("Họ và tên"), max_length=100)

    REQUIRED_FIELDS = ["full_name", "email"]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]

    def current_appointments(self) -> list[Appointment]:
        """Appointments in force now, read once per request."""
        if not hasattr(self, "_appointments"):
            today = timezone.localdate()
            self._appointments = list(self.appointments.in_force_on(today).select_related("unit"))
        return self._appointments

    def roles(self) -> set[str]:
        return {appointment.role for appointment in self.current_appointments()}

    def units_as(self, *roles: str) -> list[Unit]:
        """The units at the head of the areas in which the officer holds one of *roles*."""
        return [a.unit for a in self.current_appointments() if a.role in roles]

    def may_act_as(self, role: str, unit: Unit) -> bool:
        return any(own.contains(unit) for own in self.units_as(role))

    def needs_second_factor(self) -> bool:
        return bool(self.roles() & SECOND_FACTOR_ROLES)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force_on(self, day: dt.date) -> AppointmentQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Appointment(models.Model):
    """An officer holds a role in a unit and everything below it, for a period."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=10, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "role", "unit"], condition=Q(until__isnull=True), name="appointment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer}: {self.get_role_display()}, {self.unit}"


class AuditEntry(models.Model):
    """One line of the log. Each line carries the digest of the one before: an edited line breaks the chain."""

    at = models.DateTimeField()
    actor = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject", "id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.subject}"
