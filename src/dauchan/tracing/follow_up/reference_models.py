"""What is laid down for follow-up and orders, by date: reference data, chosen by the day and by people, never computed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dauchan.units.languages import reads_english


class Place(models.TextChoices):
    FACILITY = "facility", _("Cách ly tập trung")
    HOME = "home", _("Cách ly tại nhà")
    NONE = "none", _("Tự theo dõi, không cách ly")


class AppliesTo(models.TextChoices):
    ANY = "any", _("Mọi người tiếp xúc")
    VACCINATED = "vaccinated", _("Người đã tiêm đủ liều")
    UNVACCINATED = "unvaccinated", _("Người chưa tiêm đủ liều")


class FollowUpRule(models.Model):
    """How long contacts are watched, where, how often they are asked, when they are tested, and when silence escalates.

    Days count from the day of the last exposure, which is day 0. *days* are those of quarantine (or of precautions where
    *place* is none), *monitoring_days* follow them. *test_days* and *symptoms* are words with spaces between them.
    """

    disease = models.ForeignKey("tracing.Disease", models.CASCADE, related_name="follow_up_rules")
    valid_from = models.DateField()
    applies_to = models.CharField(max_length=12, choices=AppliesTo.choices)
    instrument = models.CharField(max_length=60)
    place = models.CharField(max_length=8, choices=Place.choices)
    days = models.PositiveSmallIntegerField()
    monitoring_days = models.PositiveSmallIntegerField(default=0)
    test_days = models.CharField(max_length=60, blank=True)
    asks_per_day = models.PositiveSmallIntegerField(default=1)
    missed_to_lead = models.PositiveSmallIntegerField()
    missed_to_approver = models.PositiveSmallIntegerField()
    symptoms = models.CharField(max_length=300)
    is_verified = models.BooleanField(default=False)
    note_vi = models.CharField(max_length=400, blank=True)
    note_en = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["disease", "-valid_from", "applies_to"]
        constraints = [
            models.UniqueConstraint(fields=["disease", "valid_from", "applies_to"], name="follow_up_rule_once_a_day")
        ]

    def __str__(self) -> str:
        return self.instrument

    @property
    def note(self) -> str:
        return self.note_en if reads_english() else self.note_vi

    def tested_on_days(self) -> list[int]:
        return [int(day) for day in self.test_days.split()]


class Dated(models.Model):
    """A text in force during a period, half-open; an unverified one says so wherever it is offered."""

    code = models.SlugField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_verified = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class LegalBasis(Dated):
    """What an order may rest on. An officer chooses; no program decides what the law is. *kinds*: isolation, release."""

    kinds = models.CharField(max_length=40)
    text_vi = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="legal_basis_once_a_day")]

    @property
    def text(self) -> str:
        return self.text_en if reads_english() else self.text_vi


class AppealRoute(Dated):
    """How, where and until when an order can be appealed."""

    text_vi = models.CharField(max_length=800)
    text_en = models.CharField(max_length=800)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="appeal_route_once_a_day")]

    @property
    def text(self) -> str:
        return self.text_en if reads_english() else self.text_vi


class Step(models.TextChoices):
    """The steps whose time is measured."""

    LIST = "list", _("Lập danh sách")
    DECISION = "decision", _("Ra quyết định")
    NOTICE = "notice", _("Thông báo, giao quyết định")


class StepLimit(models.Model):
    """Within how many minutes a step must be done, from a day on."""

    step = models.CharField(max_length=10, choices=Step.choices)
    valid_from = models.DateField()
    instrument = models.CharField(max_length=60)
    minutes = models.PositiveIntegerField()
    is_verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["step", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["step", "valid_from"], name="step_limit_once_a_day")]

    def __str__(self) -> str:
        return f"{self.step}: {self.minutes}"


class RetentionPurpose(models.TextChoices):
    FOLLOW_UP = "follow_up", _("Theo dõi sức khỏe")
    ORDERS = "orders", _("Quyết định cách ly")


class RetentionRule(models.Model):
    """How many days after the end personal data of a purpose goes."""

    purpose = models.CharField(max_length=10, choices=RetentionPurpose.choices)
    valid_from = models.DateField()
    days = models.PositiveIntegerField()
    note_vi = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["purpose", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["purpose", "valid_from"], name="retention_rule_once_a_day")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.days}"
