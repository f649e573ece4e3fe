"""Control cards for people without a phone, and the numbered list of what changed about them."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def random_card_id() -> int:
    """A number that says nothing, not even whose card it is, and fits a JavaScript number."""
    return secrets.randbelow(2**53 - 2**40) + 2**40


class RevokeReason(models.TextChoices):
    LOST = "lost", _("Bị mất")
    DAMAGED = "damaged", _("Bị hỏng, không quét được")
    MISTAKE = "mistake", _("Cấp nhầm hoặc sai thông tin")
    MISUSED = "misused", _("Cho người khác dùng")
    LEFT = "left", _("Người giữ thẻ đã chuyển đi hoặc đã mất")


class CardState(models.TextChoices):
    GOOD = "good", _("Còn hiệu lực")
    EXPIRED = "expired", _("Hết hạn")
    REVOKED = "revoked", _("Đã thu hồi")


class ControlCard(models.Model):
    """A printed card whose code checks its holder in at a gate and can do nothing else.

    Nothing here is personal: the name stands in the holder's `Identity`.
    """

    id = models.BigIntegerField(primary_key=True, default=random_card_id, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="cards")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    serial = models.CharField(_("Số thẻ"), max_length=12, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("units.Officer", models.PROTECT, related_name="+")
    #: The first day on which the card is no longer good.
    expires_on = models.DateField()
    printed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("units.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    revoke_reason = models.CharField(max_length=10, choices=RevokeReason.choices, blank=True)
    replaced_by = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-issued_at"], name="card_by_unit")]

    def __str__(self) -> str:
        return self.serial

    @property
    def last_on(self) -> dt.date:
        """The last day on which the card is good, as it is printed."""
        return self.expires_on - dt.timedelta(days=1)

    def state_on(self, day: dt.date) -> CardState:
        if self.revoked_at is not None:
            return CardState.REVOKED
        return CardState.EXPIRED if day >= self.expires_on else CardState.GOOD

    @property
    def state(self) -> CardState:
        return self.state_on(timezone.localdate())


class CardChange(models.Model):
    """A card was revoked, or a revocation was taken back. Numbered in the order of commits: see `cards.card_changes`."""

    number = models.BigIntegerField(primary_key=True)
    card = models.ForeignKey(ControlCard, models.CASCADE, related_name="changes")
    revoked = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number}: {self.card_id}"
