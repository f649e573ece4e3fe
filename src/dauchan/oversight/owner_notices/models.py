"""What owners were told of decisions about their places. Of an owner's number nothing is kept here."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.owner_messages import OwnersMessage, State

__all__ = ["OwnerNotice", "State", "Subject", "Why"]


class Subject(models.TextChoices):
    """What an owner is told of."""

    WARNING = "warning", _("Nhắc nhở")
    FINE = "fine", _("Đề nghị xử phạt")
    SUSPENSION = "suspension", _("Tạm đình chỉ")
    LIFTING = "lifting", _("Gỡ bỏ tạm đình chỉ")
    EXPIRED = "expired", _("Hết thời hạn tạm đình chỉ")
    PAUSED = "paused", _("Tạm ngừng thi hành")
    RESUMED = "resumed", _("Tiếp tục thi hành")
    SETTLED = "settled", _("Xác nhận đã khắc phục vi phạm")
    APPEAL = "appeal", _("Kết quả khiếu nại")
    MEASURES = "measures", _("Yêu cầu khắc phục sau kiểm tra")
    MEASURE_DUE = "due", _("Nhắc hạn khắc phục")
    MEASURE_BACK = "back", _("Chưa đạt, khắc phục tiếp")
    MEASURE_MENDED = "mended", _("Xác nhận đã khắc phục")


class Why(models.TextChoices):
    """Why an owner got no message."""

    NO_PHONE = "no_phone", _("chưa xác nhận số điện thoại")
    MANY = "many", _("hôm nay đã nhận nhiều tin")
    RESTRICTED = "restricted", _("đã yêu cầu hạn chế tin nhắn")


#: Reminders: what was decided was told before, and the law asks for no second word.
NOT_A_DUTY = (Subject.MEASURE_DUE,)


class OwnerNotice(OwnersMessage):
    """One message about one decision.

    Attributes:
        source: what it is about, in the words of the audit log, `sanction:12`.
        goes_out_at: not before; never at night.
    """

    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=12, choices=Subject.choices)
    source = models.CharField(max_length=40)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    goes_out_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["goes_out_at"], condition=models.Q(state=State.WAITING), name="owner_notice_waiting"),
            models.Index(fields=["source"], name="owner_notice_by_source"),
            models.Index(fields=["person", "-sent_at"], name="owner_notice_by_person"),
            models.Index(fields=["venue", "-made_at"], name="owner_notice_by_venue"),
            models.Index(fields=["-sent_at"], name="owner_notice_by_day"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def is_duty(self) -> bool:
        """A decision reaches its addressee, whatever they had restricted."""
        return self.subject not in NOT_A_DUTY
