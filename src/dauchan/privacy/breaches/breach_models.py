"""Breaches and their history."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField

#: Notified within 72 hours of its detection (Luật 91/2025/QH15, Điều 23).
NOTIFY_WITHIN = dt.timedelta(hours=72)
#: Told to those above when so much of it has passed.
WARN_AFTER = (dt.timedelta(hours=24), dt.timedelta(hours=48), dt.timedelta(hours=66), NOTIFY_WITHIN)


class BreachKind(models.TextChoices):
    LEAK = "leak", _("Lộ, lọt dữ liệu")
    ACCESS = "access", _("Truy cập trái phép")
    LOSS = "loss", _("Mất dữ liệu, mất thiết bị")
    CHANGE = "change", _("Dữ liệu bị sửa, bị xóa trái phép")
    PURPOSE = "purpose", _("Sử dụng sai mục đích")
    SENT = "sent", _("Gửi nhầm người nhận")


class BreachState(models.TextChoices):
    OPEN = "open", _("Đang xử lý")
    NOTIFIED = "notified", _("Đã thông báo cơ quan chuyên trách")
    NOT_DUE = "not_due", _("Không phải thông báo, có lý do")
    CLOSED = "closed", _("Đã kết thúc")


class Breach(models.Model):
    """One breach.

    Attributes:
        found_at: when it was detected; the 72 hours run from here.
        categories: which kinds of data, codes of `categories.py`.
        people: how many people it touches, as far as is known; null while nobody knows.
        what, measures: in words; sealed, as they may name somebody.
        notified_at: when the authority was told; people_told_at: when those it touches were.
    """

    kind = models.CharField(_("Loại sự cố"), max_length=10, choices=BreachKind.choices)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="breaches")
    found_at = models.DateTimeField(_("Phát hiện lúc"))
    began_at = models.DateTimeField(_("Xảy ra từ lúc"), null=True, blank=True)
    found_by = models.CharField(_("Người phát hiện"), max_length=120)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    categories = models.JSONField(_("Loại dữ liệu"), default=list)
    people = models.PositiveIntegerField(_("Số người bị ảnh hưởng"), null=True, blank=True)
    is_estimate = models.BooleanField(default=True)
    what = EncryptedTextField(_("Diễn biến, nguyên nhân"))
    harm = EncryptedTextField(_("Hậu quả có thể xảy ra"), blank=True, default="")
    measures = EncryptedTextField(_("Biện pháp đã và sẽ làm"), blank=True, default="")
    state = models.CharField(max_length=10, choices=BreachState.choices, default=BreachState.OPEN)
    due_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True)
    people_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-found_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="notified") | Q(notified_at__isnull=False), name="breach_notified_at_an_instant"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_running(self) -> bool:
        """The 72 hours run, or ran out with nobody told."""
        return self.notified_at is None and self.state == BreachState.OPEN


class BreachStep(models.TextChoices):
    RECORDED = "recorded", _("Ghi nhận sự cố")
    CHANGED = "changed", _("Bổ sung hồ sơ")
    PAPER = "paper", _("Lập văn bản thông báo")
    NOTIFIED = "notified", _("Đã thông báo cơ quan chuyên trách")
    PEOPLE_TOLD = "told", _("Đã thông báo người bị ảnh hưởng")
    NOT_DUE = "not_due", _("Không phải thông báo, có lý do")
    CLOSED = "closed", _("Kết thúc")
    ESCALATED = "escalated", _("Báo động hạn 72 giờ")


class BreachEvent(models.Model):
    """One thing that happened. The database lets nobody change or remove a row."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="events")
    step = models.CharField(max_length=10, choices=BreachStep.choices)
    at = models.DateTimeField(default=timezone.now)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = EncryptedTextField(blank=True, default="")
    mark = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["breach", "mark"], condition=~Q(mark=""), name="breach_alarm_once")
        ]

    def __str__(self) -> str:
        return f"{self.breach_id}: {self.step}"
