"""Measures taken with staff. Rows are only ever added; names are ciphertext and go when their time is over."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField

#: So long the names are kept; that a measure was taken with so many people stays.
NAMES_KEPT = dt.timedelta(days=365)


class MeasureKind(models.TextChoices):
    """What a head may do: a closed list, so that it can be counted."""

    INSTRUCTED = "instructed", _("Quán triệt, hướng dẫn")
    REMINDED = "reminded", _("Nhắc nhở")
    CRITICISED = "criticised", _("Phê bình")
    EMULATION = "emulation", _("Xem xét khi bình xét thi đua")
    DISCIPLINE = "discipline", _("Chuyển xem xét kỷ luật theo quy định")


class Measure(models.Model):
    """One measure with one member or with a group of them.

    Attributes:
        group: the department it was taken with, where it was one; empty for chosen members and for the whole agency.
        people: with how many; stays when their names are gone.
        withdraws: the earlier measure that was recorded by mistake; that one stays, and counts no longer.
    """

    agency = models.ForeignKey("roster.Agency", models.PROTECT, related_name="measures")
    kind = models.CharField(_("Hình thức"), max_length=10, choices=MeasureKind.choices)
    taken_on = models.DateField(_("Ngày thực hiện"))
    words = EncryptedTextField(_("Nội dung"))
    group = models.CharField(max_length=80, blank=True)
    people = models.PositiveSmallIntegerField()
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, related_name="withdrawn_by")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-taken_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(people__gt=0), name="measure_with_somebody")]
        indexes = [models.Index(fields=["agency", "-taken_on"], name="measure_by_agency")]

    def __str__(self) -> str:
        return f"{self.pk}"


class MeasuredMember(models.Model):
    """With whom: the member as they were called then, since the roster forgets who left."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="members")
    # A number, not a key: the row outlives the roster's.
    member_id = models.BigIntegerField()
    full_name = EncryptedTextField(_("Họ và tên"))
    employee_number = models.CharField(max_length=20)
    kept_until = models.DateField()

    class Meta:
        ordering = ["employee_number"]
        constraints = [models.UniqueConstraint(fields=["measure", "member_id"], name="measured_member_once")]
        indexes = [models.Index(fields=["kept_until"], name="measured_member_until")]

    def __str__(self) -> str:
        return self.employee_number
