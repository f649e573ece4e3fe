"""Invitations to an account. The link itself is kept nowhere; of it stands a keyed hash."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField

__all__ = ["AccountState", "Invitation"]


class AccountState(models.TextChoices):
    WAITING = "waiting", _("Chờ xác nhận")
    INVITED = "invited", _("Đã mời")
    EXPIRED = "expired", _("Cần gửi lại lời mời")
    ACTIVE = "active", _("Đã kích hoạt")
    RESTING = "resting", _("Không còn vai trò")
    CLOSED = "closed", _("Đã khóa")


class Invitation(models.Model):
    """One invitation, or one renewal of an account whose holder lost password or phone.

    `token_hash` is null until the message is sent: an invitation to a role that waits for a second person waits with it.
    """

    officer = models.ForeignKey("units.Officer", models.CASCADE, related_name="invitations")
    phone = EncryptedTextField(_("Số điện thoại"))
    phone_hash = models.BinaryField(max_length=32, db_index=True)
    language = models.CharField(max_length=5)
    made_by = models.ForeignKey("units.Officer", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.officer} {self.made_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether its link could still be used, or is still to be sent."""
        now = timezone.now()
        is_live = self.expires_at is None or self.expires_at > now
        return self.accepted_at is None and self.withdrawn_at is None and is_live
