"""Places and times of exposure on their way to the public: drafted, approved by a second person, corrected, withdrawn, expired."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: 128 bits: nobody guesses one, and none says anything of its place or its order.
PUBLIC_ID_BYTES = 16
LONGEST_SEARCH_KEY = 500


def new_public_id() -> str:
    return secrets.token_urlsafe(PUBLIC_ID_BYTES)


class NoticeStatus(models.TextChoices):
    PROPOSED = "proposed", _("Chưa công bố")
    PUBLISHED = "published", _("Đang công bố")
    WITHDRAWN = "withdrawn", _("Thông báo đã thu hồi")
    EXPIRED = "expired", _("Đã hết hạn")
    DISCARDED = "discarded", _("Đã hủy")


class VersionStatus(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    WAITING = "waiting", _("Chờ phê duyệt")
    PUBLISHED = "published", _("Đang công bố")
    REPLACED = "replaced", _("Đã thay bằng bản mới")
    DISCARDED = "discarded", _("Đã hủy")


class Advice(models.TextChoices):
    WATCH = "watch", _("Tự theo dõi sức khỏe")
    TEST = "test", _("Xét nghiệm và theo dõi sức khỏe")
    CALL = "call", _("Gọi ngay đường dây nóng")


class Shape(models.TextChoices):
    """How much of a place and time everybody may read."""

    NAMED = "named", _("Nêu tên địa điểm và giờ chính xác")
    UNNAMED = "unnamed", _("Chỉ nêu phường, xã và khung giờ")


class Notice(models.Model):
    """One place and time of exposure. What it says stands in its versions; outsiders know it by a random number."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id)
    case = models.ForeignKey("tracing.Case", models.PROTECT, related_name="exposure_notices")
    # The trace that proposed it, where it was not written by hand.
    run = models.ForeignKey("tracing.TraceRun", models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=NoticeStatus.choices, default=NoticeStatus.PROPOSED)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    first_published_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["status", "expires_at"], name="notice_by_status"),
            models.Index(fields=["case", "-created_at"], name="notice_by_case"),
        ]

    def __str__(self) -> str:
        return self.public_id


class NoticeVersion(models.Model):
    """What a notice says. A correction is a version of its own and needs a second person like the first."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    # Where: a venue with a code, or a place in words (a bus line, a ceremony).
    venue = models.ForeignKey("venues.Venue", models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=160, blank=True)
    commune = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    # When: half-open.
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    advice = models.CharField(max_length=10, choices=Advice.choices)
    words_vi = models.CharField(max_length=300, blank=True)
    words_en = models.CharField(max_length=300, blank=True)
    # Of a place in words nobody knows who was there; the tracer says how many there were about.
    estimated_people = models.PositiveIntegerField(null=True, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    # What the publication settled: how many people were counted (for officers only), and the face that outsiders see.
    people = models.PositiveIntegerField(null=True)
    small_reason = models.CharField(max_length=300, blank=True)
    shape = models.CharField(max_length=10, choices=Shape.choices, blank=True)
    shown_place = models.CharField(max_length=160, blank=True)
    shown_address = models.CharField(max_length=330, blank=True)
    shown_from = models.DateTimeField(null=True)
    shown_to = models.DateTimeField(null=True)
    # The hours for a phone that was there: exact where enough people were.
    sealed_from = models.DateTimeField(null=True)
    sealed_to = models.DateTimeField(null=True)
    # Made of the face alone: searching must not find what the page does not show.
    search_key = models.CharField(max_length=LONGEST_SEARCH_KEY, blank=True, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="notice_version_once"),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(status__in=["draft", "waiting"]), name="notice_one_version_in_the_making"
            ),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(status="published"), name="notice_one_version_published"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="notice_hours_not_inverted"),
            # The second pair of eyes is a rule of the database, not only of the program.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("drafted_by")) & (Q(submitted_by__isnull=True) | ~Q(decided_by=F("submitted_by")))),
                name="notice_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "replaced"])
                | Q(shown_from__isnull=False, shown_to__isnull=False, decided_by__isnull=False),
                name="notice_published_has_a_face",
            ),
        ]
        indexes = [models.Index(fields=["venue", "starts_at"], name="notice_version_by_venue")]

    def __str__(self) -> str:
        return f"{self.notice_id} v{self.number}"

    @property
    def where(self) -> str:
        """For officers: the name of the venue or the place in words."""
        return str(self.venue) if self.venue else self.place

    @property
    def revision(self) -> str:
        """Another one after every change of the draft."""
        return f"{self.pk} {self.status} {self.drafted_at.isoformat()}"

    @property
    def is_sensitive(self) -> bool:
        return self.venue is not None and self.venue.is_sensitive


class Edition(models.Model):
    """The feed as phones fetch it, the same bytes for everybody; only the last few are kept."""

    issued_at = models.DateTimeField()
    notices = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    text = models.BinaryField()
    compressed = models.BinaryField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.pk)
