"""Cases, trace runs and the contacts they found; the doctrine and requests for names stand in files of their own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField
from dauchan.tracing.disclosure_models import Disclosure
from dauchan.tracing.doctrine_models import AerosolTail, Disease, DoctrineRule, EpidemiologicalParameters, PlaceSetting

__all__ = [
    "AerosolTail",
    "Case",
    "CaseStatus",
    "Contact",
    "CrowdNotice",
    "Disclosure",
    "Disease",
    "DoctrineRule",
    "EpidemiologicalParameters",
    "PlaceSetting",
    "RunFailure",
    "RunStatus",
    "TraceRun",
    "Verdict",
]


class CaseStatus(models.TextChoices):
    CONFIRMED = "confirmed", _("Đã xác định")
    WITHDRAWN = "withdrawn", _("Đã rút lại")


class Case(models.Model):
    """A confirmed case (F0). Nothing is traced without one, and never beyond its infectious period."""

    code = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="cases")
    disease = models.ForeignKey(Disease, models.PROTECT, verbose_name=_("Bệnh"))
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="cases")
    onset_on = models.DateField(_("Ngày khởi phát triệu chứng"), null=True, blank=True)
    sampled_on = models.DateField(_("Ngày lấy mẫu xét nghiệm"))
    isolated_at = models.DateTimeField(_("Thời điểm cách ly"), null=True, blank=True)
    rule = models.ForeignKey(DoctrineRule, models.PROTECT, related_name="+")
    infectious_from = models.DateTimeField()
    infectious_to = models.DateTimeField()
    status = models.CharField(max_length=10, choices=CaseStatus.choices, default=CaseStatus.CONFIRMED)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=timezone.now)
    # What a tracer writes of a case may name people: ciphertext, in a column beside the one of older releases.
    note = EncryptedTextField(_("Ghi chú"), blank=True, null=True, db_column="note_sealed")  # type: ignore[misc]  # null only in rows of older releases
    # Codes of `intake.symptoms.SYMPTOMS`.
    symptoms = models.JSONField(_("Triệu chứng"), default=list, blank=True, db_default=[])
    isolated_where = models.CharField(_("Nơi điều trị hoặc cách ly"), max_length=200, blank=True, db_default="")
    address = EncryptedTextField(_("Nơi ở: số nhà, đường, thôn"), blank=True, null=True)  # type: ignore[misc]  # null in rows of older releases
    # The contact that this case was before they fell ill: the chain goes on.
    source_contact = models.ForeignKey("Contact", models.SET_NULL, null=True, blank=True, related_name="cases")
    intake = models.ForeignKey("intake.CaseImport", models.SET_NULL, null=True, blank=True, related_name="cases")

    class Meta:
        ordering = ["-registered_at"]
        constraints = [
            models.CheckConstraint(condition=Q(infectious_to__gt=F("infectious_from")), name="case_period_not_inverted")
        ]
        indexes = [models.Index(fields=["unit", "-registered_at"], name="case_by_unit")]

    def __str__(self) -> str:
        return self.code


class TraceRunQuerySet(models.QuerySet["TraceRun"]):
    def with_counts(self) -> TraceRunQuerySet:
        """Adds `contact_count` and `notice_count`, by subqueries: two joins would multiply each other."""
        return self.annotate(
            contact_count=_counted(Contact.objects.filter(run=OuterRef("pk"))),
            notice_count=_counted(CrowdNotice.objects.filter(run=OuterRef("pk"))),
        )


def _counted(rows: models.QuerySet[Any]) -> Coalesce:
    counts = rows.order_by().values("run").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counts), 0)


class RunStatus(models.TextChoices):
    RUNNING = "running", _("Đang truy vết")
    FINISHED = "finished", _("Đã xong")
    FAILED = "failed", _("Dừng giữa chừng")


class RunFailure(models.TextChoices):
    """Why a run ended before its last generation."""

    INTERRUPTED = "interrupted", _("hệ thống khởi động lại khi đang truy vết")
    ERROR = "error", _("có lỗi khi truy vết, đã ghi vào nhật ký hệ thống")


class TraceRun(models.Model):
    """One calculation of a case's contacts, with the policy it used: it can be repeated to the same result.

    The list grows generation by generation, and is of use from the first: `complete_generation` says how far it is whole.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="runs")
    policy = models.JSONField()
    horizon = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    # When the first generation could be looked at; null in rows of older releases, which had all at once.
    listed_at = models.DateTimeField(null=True)
    # When the last generation was kept that is.
    finished_at = models.DateTimeField()
    status = models.CharField(
        max_length=10, choices=RunStatus.choices, default=RunStatus.FINISHED, db_default=RunStatus.FINISHED
    )
    # Null in rows of older releases: all that the policy asks for.
    complete_generation = models.PositiveSmallIntegerField(null=True)
    failure = models.CharField(max_length=12, choices=RunFailure.choices, blank=True, default="", db_default="")
    visits_read = models.PositiveIntegerField()
    imputed_stays = models.PositiveIntegerField()

    objects = TraceRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.case} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def generations(self) -> int:
        """How many were asked for."""
        return int(self.policy["generations"])

    @property
    def complete_to(self) -> int:
        """The generation up to which the list is whole."""
        return self.generations if self.complete_generation is None else self.complete_generation

    @property
    def is_whole(self) -> bool:
        return self.complete_to >= self.generations


class CrowdNotice(models.Model):
    """A place and day with so many visits that its visitors are not listed: to be told of in public instead."""

    run = models.ForeignKey(TraceRun, models.CASCADE, related_name="notices")
    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="+")
    on = models.DateField()
    visits = models.PositiveIntegerField()

    class Meta:
        ordering = ["-visits", "on", "venue_id"]
        constraints = [models.UniqueConstraint(fields=["run", "venue", "on"], name="crowd_notice_once_a_run")]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.on}: {self.visits}"


class Verdict(models.TextChoices):
    TO_VERIFY = "to_verify", _("Cần xác minh")
    CONFIRMED = "confirmed", _("Đã xác minh tiếp xúc")
    RULED_OUT = "ruled_out", _("Đã loại trừ")


class Contact(models.Model):
    """Someone present at the same time as a case or as one of its contacts: to be verified, not proven."""

    run = models.ForeignKey(TraceRun, models.CASCADE, related_name="contacts")
    # How the team speaks of somebody before the name is opened: 'contact 12'.
    number = models.PositiveIntegerField()
    # Numbers of the ledger, not foreign keys: erasing a person must not be blocked by a list they once stood on.
    person_id = models.BigIntegerField()
    source_id = models.BigIntegerField()
    generation = models.PositiveSmallIntegerField()
    overlap_seconds = models.PositiveIntegerField()
    tail_seconds = models.PositiveIntegerField()
    encounters = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Null: somebody whom the case named, met at a place that takes no part.
    venue = models.ForeignKey("venues.Venue", models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.TO_VERIFY)
    # What the contact rests on (dauchan.epi.weigh_contacts), as the ledger had it at the trace: it outlives the visits.
    # Of the contact's own check-ins behind the exposures: the surest `visits.registry.Assurance` (null: of an older
    # list), all `Label`s, and the `Source`s as bits (1 << source).
    assurance = models.PositiveSmallIntegerField(null=True)
    labels = models.IntegerField(default=0, db_default=0)
    sources = models.IntegerField(default=0, db_default=0)
    # No exposure is free of doubt: with each of them one of the two may not have been there (`visits.rules.DOUBTFUL`).
    is_doubtful = models.BooleanField(default=False, db_default=False)
    # The case named them in the interview, whatever the scans say; without a scan there are no seconds of overlap.
    is_named = models.BooleanField(default=False, db_default=False)
    # What the team did about this person for the case, whichever list they stand on.
    interview = models.ForeignKey(
        "interviews.ContactInterview", models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    # In how much company, and how far in the open air (dauchan.epi.presence); null: of an older list, or nobody scanned.
    people_present = models.FloatField(null=True)
    outdoor_share = models.FloatField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "person_id"], name="contact_once_a_run"),
            models.UniqueConstraint(fields=["run", "number"], name="contact_number_once_a_run"),
        ]

    def __str__(self) -> str:
        return f"F{self.generation} #{self.person_id}"
