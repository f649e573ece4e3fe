"""Addresses of others that are told of changes, what they are told, and how each telling went.

An event names a thing and its state, never a person: whoever is told asks the interface for the rest, with its own rights.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField


class EventKind(models.TextChoices):
    """What somebody can be told of; a closed list, made by the triggers of `sql/0001_events.sql`."""

    VENUE = "venue.changed", _("Địa điểm được duyệt, sửa, đình chỉ, mở lại hoặc đóng")
    REFERRAL = "referral.changed", _("Phiếu chuyển xử lý đổi tình trạng")
    SIGNS = "signs.screened", _("Có kết quả rà soát dấu hiệu")
    INDICATORS = "indicators.counted", _("Có số liệu của một ngày")
    CASE = "case.changed", _("Có ca bệnh mới hoặc rút lại")
    TEST = "test", _("Gửi thử")


#: The scope that lets a program know of it; whoever may not read a thing is not told of it either.
SCOPE_OF = {
    EventKind.VENUE: "venues:read",
    EventKind.REFERRAL: "referrals:read",
    EventKind.SIGNS: "signs:read",
    EventKind.INDICATORS: "indicators:read",
    EventKind.CASE: "cases:read",
}


class Webhook(models.Model):
    """An address that is told of events by POST.

    Attributes:
        secret, former_secret: signatures are made with both until `former_until`, so that the other end can change over.
        failing_since: of the failures in a row up to now; null while it takes what it is sent.
        paused_at: nothing is sent, events wait. By an officer, or by itself after days of failures (`paused_by` null).
    """

    program = models.ForeignKey("programs.Program", models.CASCADE, related_name="webhooks")
    url = models.CharField(_("Địa chỉ nhận"), max_length=500)
    kinds = models.JSONField(_("Sự kiện"), default=list)
    secret = EncryptedTextField()
    former_secret = EncryptedTextField(null=True)  # type: ignore[misc]  # null until it was rolled
    former_until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    failing_since = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url


class Event(models.Model):
    """Something that changed, written by the transaction that changed it.

    Attributes:
        unit: where; null where it concerns every area.
        spread_at: when a delivery was made for each webhook that is to know.
    """

    event_id = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=24, choices=EventKind.choices)
    unit = models.ForeignKey("units.Unit", models.CASCADE, null=True, db_constraint=False, related_name="+")
    told = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    spread_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["id"], condition=Q(spread_at=None), name="event_to_spread")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ gửi")
    DELIVERED = "delivered", _("Bên nhận đã nhận")
    GIVEN_UP = "given_up", _("Thôi gửi")


class Delivery(models.Model):
    """An event on its way to one webhook."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["webhook", "-id"], name="delivery_by_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.webhook_id}: {self.state}"


class Attempt(models.Model):
    """One try to hand over: the answer's status, or the failure of a closed list (`delivering.Failure`) where there was none."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    failure = models.CharField(max_length=20, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.failure}"
