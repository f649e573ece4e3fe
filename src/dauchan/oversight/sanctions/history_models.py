"""What belongs to a sanction and is only ever added: the law and the sources it cites, what happened, what the owner showed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.sanctions.reference_models import Citation, LegalBasis
from dauchan.people.encryption import EncryptedTextField
from dauchan.units.histories import HistoryLine
from dauchan.units.languages import reads_english
from dauchan.units.uploads import unguessable_path


class SanctionBasis(Citation):
    """A legal basis as it was when the sanction was written: a copy, so that a later edition changes no history."""

    sanction = models.ForeignKey("Sanction", models.PROTECT, related_name="bases")
    basis = models.ForeignKey(LegalBasis, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.citation


class SanctionGround(models.Model):
    """What the sanction rests on: the row it came from in the words of the audit log, `inspection:12`, and what it said."""

    sanction = models.ForeignKey("Sanction", models.PROTECT, related_name="grounds")
    source = models.CharField(max_length=40)
    text_vi = models.CharField(max_length=600)
    text_en = models.CharField(max_length=600, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["sanction", "source"], name="sanction_ground_once")]
        indexes = [models.Index(fields=["source"], name="sanction_by_source")]

    def __str__(self) -> str:
        return self.source

    @property
    def text(self) -> str:
        return (self.text_en or self.text_vi) if reads_english() else self.text_vi


class EventKind(models.TextChoices):
    """What can happen to a sanction."""

    PROPOSED = "proposed", _("Lập dự thảo, trình phê duyệt")
    ISSUED = "issued", _("Ban hành")
    APPROVED = "approved", _("Phê duyệt, có hiệu lực")
    RETURNED = "returned", _("Trả lại, không phê duyệt")
    DROPPED = "dropped", _("Rút dự thảo")
    NUMBERED = "numbered", _("Ghi số văn bản, người ký")
    ACKNOWLEDGED = "acknowledged", _("Chủ địa điểm đã nhận")
    MENDED = "mended", _("Chủ địa điểm báo đã khắc phục")
    SETTLED = "settled", _("Xác nhận đã khắc phục")
    APPEALED = "appealed", _("Chủ địa điểm khiếu nại")
    PAUSED = "paused", _("Tạm ngừng thi hành trong lúc giải quyết khiếu nại")
    RESUMED = "resumed", _("Tiếp tục thi hành")
    ANSWERED = "answered", _("Giải quyết khiếu nại")
    LIFTED = "lifted", _("Được gỡ bỏ")
    EXPIRED = "expired", _("Hết thời hạn")
    REPLACED = "replaced", _("Được thay bằng quyết định khác")
    REVOKED = "revoked", _("Hủy bỏ")
    NOTED = "noted", _("Ghi chú")
    REMINDED = "reminded", _("Nhắc việc giải quyết khiếu nại")
    ESCALATED = "escalated", _("Báo lên cấp trên")
    RECOUNTED = "recounted", _("Tính lại hạn")


class SanctionEvent(HistoryLine):
    """One thing that happened. Rows are only ever added: the database refuses anything else.

    Attributes:
        officer: None for what the owner did, or the clock.
        words: ciphertext, for owners write names and numbers into such a box, asked or not.
        unit: whom it was told to.
    """

    sanction = models.ForeignKey("Sanction", models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    by_owner = models.BooleanField(default=False)
    words = EncryptedTextField(blank=True, default="")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey("Sanction", models.PROTECT, null=True, related_name="+")

    class Meta(HistoryLine.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["sanction", "mark"], condition=~Q(mark=""), name="sanction_clock_strikes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sanction_id}: {self.kind}"


def picture_path(picture: SanctionPicture, filename: str) -> str:  # noqa: ARG001 - neither place nor file name is told
    return unguessable_path("sanctions")


class SanctionPicture(models.Model):
    """What an owner shows of what was mended, re-encoded on upload so that no metadata of the photographer remains."""

    event = models.ForeignKey(SanctionEvent, models.PROTECT, related_name="pictures")
    image = models.ImageField(upload_to=picture_path)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.event_id}"
