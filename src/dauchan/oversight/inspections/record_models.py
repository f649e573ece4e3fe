"""Records of inspection (biên bản kiểm tra). Once signed nothing of them changes: the database refuses it.

A mistake is put right by a supplement (biên bản bổ sung), which says what it withdraws and what it adds.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.models import Finding
from dauchan.people.encryption import EncryptedTextField
from dauchan.units.uploads import unguessable_path


class Check(models.TextChoices):
    """What an inspector looks at; a closed list, in the order of the checklist."""

    POSTER_UP = "poster_up", _("Có bảng mã QR ở cửa ra vào")
    RIGHT_PLACE = "right_place", _("Mã đúng của địa điểm này")
    READABLE = "readable", _("Mã quét được, không rách, bẩn, bị che")
    BIG_ENOUGH = "big_enough", _("Cạnh mã từ 15 cm, đặt chỗ dễ quét")
    REMINDED = "reminded", _("Có người nhắc khách quét mã")
    RIGHT_SYSTEM = "right_system", _("Đúng hệ thống đang dùng, không phải ứng dụng cũ")


class Answer(models.TextChoices):
    YES = "yes", _("Đạt")
    NO = "no", _("Không đạt")
    UNSEEN = "unseen", _("Không kiểm tra được")


class PosterVerdict(models.TextChoices):
    """What the scanned code was, as the server judged it."""

    CURRENT = "current", _("Mã thật, bản hiện hành")
    OUTDATED = "outdated", _("Mã thật, bản cũ đã được thay")
    ELSEWHERE = "elsewhere", _("Mã thật của địa điểm khác")
    FORGED = "forged", _("Mã giả hoặc mã nhái")
    FOREIGN = "foreign", _("Không phải mã của hệ thống")


class Inspection(models.Model):
    """One visit of inspectors to one venue, with what they found. Its name in the audit log is `inspection:12`.

    Attributes:
        client_id: made by the inspector's phone: sending a record twice keeps it once.
        digest: of all that was sent under that id; another content under the same id is refused.
        unit: the venue's on the day, also when the map changes later.
        follows: the inspection whose shortcomings this one looked at again.
        checks: `{"poster_up": "yes", …}`, of `Check` and `Answer`.
        metres: from the registered place to where the inspector stood; None where one of them is unknown.
        poster_version: of the code that was scanned, where it is genuine.
        count_id: the count of visitors that was made meanwhile (`compliance.hand_counts`).
        refusal: why the representative did not sign; empty where they did.
    """

    client_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="inspections")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="inspections")
    stop = models.ForeignKey("inspections.Stop", models.PROTECT, null=True, related_name="inspections")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    took_part = models.JSONField(default=list)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    metres = models.PositiveIntegerField(null=True)
    checks = models.JSONField(default=dict)
    poster_verdict = models.CharField(max_length=10, choices=PosterVerdict.choices, blank=True)
    poster_version = models.PositiveSmallIntegerField(null=True)
    poster_reading = models.ForeignKey("venues.PosterReading", models.PROTECT, null=True, related_name="+")
    count_id = models.UUIDField(null=True)
    counted_entered = models.PositiveIntegerField(null=True)
    counted_scanned = models.PositiveIntegerField(null=True)
    counted_seconds = models.PositiveIntegerField(null=True)
    words = models.TextField(max_length=2000, blank=True)
    representative = EncryptedTextField(default="")
    representative_position = models.CharField(max_length=80, blank=True)
    statement = EncryptedTextField(default="")
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["stop"], condition=Q(stop__isnull=False), name="inspection_stop_done_once"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("began_at")), name="inspection_not_inverted"),
        ]
        indexes = [
            models.Index(fields=["venue", "-began_at"], name="inspection_by_venue"),
            models.Index(fields=["unit", "-began_at"], name="inspection_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def audit_name(self) -> str:
        """What a sanction or a referral cites."""
        return f"inspection:{self.pk}"

    @property
    def counted_percent(self) -> int | None:
        """Who scanned, of those who entered."""
        if not self.counted_entered or self.counted_scanned is None:
            return None
        return 100 * self.counted_scanned // self.counted_entered


class Supplement(models.Model):
    """What was put right in a record after it was signed (biên bản bổ sung); the record itself stays as it is."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="supplements")
    words = models.TextField(max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.inspection_id}/{self.pk}"


class InspectionFinding(models.Model):
    """One thing that was wrong at the door.

    Attributes:
        supplement: where it was added afterwards.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    supplement = models.ForeignKey(Supplement, models.PROTECT, null=True, related_name="findings")
    finding = models.CharField(max_length=20, choices=Finding.choices)
    words = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["finding"], name="inspection_finding_by_kind")]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.finding}"


class Withdrawal(models.Model):
    """A finding that a supplement takes back."""

    finding = models.OneToOneField(InspectionFinding, models.PROTECT, related_name="withdrawal")
    supplement = models.ForeignKey(Supplement, models.PROTECT, related_name="withdrawals")

    def __str__(self) -> str:
        return f"{self.finding_id}"


def picture_path(picture: InspectionPicture, filename: str) -> str:  # noqa: ARG001 - neither place nor file name is told
    return unguessable_path("inspections")


class InspectionPicture(models.Model):
    """A photo from the door, re-encoded so that no metadata of the phone remains.

    Attributes:
        finding: what it shows; None for the poster and the place as a whole.
        of_poster: the picture in which the code was read.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="pictures")
    finding = models.ForeignKey(InspectionFinding, models.PROTECT, null=True, related_name="pictures")
    of_poster = models.BooleanField(default=False)
    image = models.ImageField(upload_to=picture_path)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.inspection_id}"


class Signer(models.TextChoices):
    INSPECTOR = "inspector", _("Người kiểm tra")
    REPRESENTATIVE = "owner", _("Đại diện địa điểm")
    WITNESS = "witness", _("Người chứng kiến")


class Signature(models.Model):
    """Who stood behind a record. A witness of a refusal may be named without having signed.

    Attributes:
        name: of an officer it is empty, the account says it.
        strokes: the lines a finger drew, as JSON `{"width": …, "height": …, "lines": [[[x, y], …], …]}`; empty: not signed.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=10, choices=Signer.choices)
    name = EncryptedTextField(default="")
    about = models.CharField(max_length=80, blank=True)
    strokes = EncryptedTextField(default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.signer}"


class RecordNumber(models.Model):
    """The number and sign (số, ký hiệu) a person gave a record; until then its print is a draft."""

    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="numbered")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="inspection_number_once_a_unit")]

    def __str__(self) -> str:
        return self.number
