"""Invitations to an account. The link itself is kept nowhere; of it stands a keyed hash."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField

__all__ = ["AccountState", "Identified", "Invitation"]

#: How long a second person may wait with their answer.
WAITS = dt.timedelta(days=3)


class AccountState(models.TextChoices):
    WAITING = "waiting", _("Chờ xác nhận")
    INVITED = "invited", _("Đã mời")
    EXPIRED = "expired", _("Cần gửi lại lời mời")
    ACTIVE = "active", _("Đã kích hoạt")
    RESTING = "resting", _("Không còn vai trò")
    CLOSED = "closed", _("Đã khóa")


class Identified(models.TextChoices):
    """How a second person made sure who asks for a new sign-in."""

    IN_PERSON = "in_person", _("Đã gặp trực tiếp và đối chiếu giấy tờ tùy thân")
    VIDEO = "video", _("Đã gọi có hình và đối chiếu giấy tờ tùy thân")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> InvitationQuerySet:
        """Renewals to which a second person has still to agree."""
        return self.filter(needs_two=True, sent_at=None, withdrawn_at=None, made_at__gt=timezone.now() - WAITS)


class Invitation(models.Model):
    """One invitation, or one renewal of an account whose holder lost password or phone.

    `token_hash` is null until the message is sent: an invitation to a role that waits for a second person waits with it,
    and so does a renewal that takes the second factor away or goes to another number.
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
    # A renewal of an account in use: what it takes away, and who besides `made_by` answers for it.
    ends_factor = models.BooleanField(default=False, db_default=False)
    needs_two = models.BooleanField(default=False, db_default=False)
    confirmed_by = models.ForeignKey("units.Officer", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    identified = models.CharField(max_length=10, choices=Identified.choices, blank=True, default="", db_default="")
    # Of the link with which the account's owner stops it.
    stop_hash = models.BinaryField(max_length=32, null=True, unique=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_factor=False) | Q(needs_two=True), name="invitation_factor_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(needs_two=False) | Q(token_hash=None) | Q(confirmed_by__isnull=False),
                name="invitation_no_link_before_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("made_by")) & ~Q(confirmed_by=F("officer")),
                name="invitation_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.made_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether its link could still be used, or is still to be sent."""
        now = timezone.now()
        is_live = self.expires_at is None or self.expires_at > now
        return self.accepted_at is None and self.withdrawn_at is None and is_live

    @property
    def waits(self) -> bool:
        """Whether a second person could still agree to it."""
        return self.needs_two and self.sent_at is None and self.withdrawn_at is None and not self.is_stale

    @property
    def is_stale(self) -> bool:
        return self.needs_two and self.sent_at is None and self.made_at <= timezone.now() - WAITS
