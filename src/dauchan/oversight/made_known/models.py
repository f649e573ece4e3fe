"""Templates of materials as dated data; messages to owners as a log. Of an owner's number nothing is kept here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.owner_messages import OwnersMessage, State

__all__ = ["Kind", "MaterialTemplate", "OptOut", "OwnerMessage", "Sending", "State", "Why"]


class Kind(models.TextChoices):
    SHEET = "sheet", _("Tờ hướng dẫn")
    LOUDSPEAKER = "loudspeaker", _("Bài phát thanh")
    PICTURE = "picture", _("Ảnh cho mạng xã hội")
    OWNER_MESSAGE = "message", _("Tin nhắn cho chủ địa điểm")


class MaterialTemplate(models.Model):
    """One version of the words of a material; what was made from an older one stays explained by it.

    Attributes:
        audience: code of the kind of venue it is for; empty for all.
        body_vi, body_en: lines; names in braces are filled in from a closed list (`wording.FACTS`).
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    audience = models.CharField(max_length=40, blank=True)
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    title_vi = models.CharField(max_length=120)
    body_vi = models.TextField()
    title_en = models.CharField(max_length=120)
    body_en = models.TextField()

    class Meta:
        ordering = ["kind", "audience", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "audience", "version"], name="material_template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.audience or 'all'} {self.version}"


class Sending(models.Model):
    """One round of messages to the owners of silent places of a unit: prepared, looked at a second time, sent by a job.

    Attributes:
        first_on, last_on: the days without a scan that the messages speak of.
        goes_out_at: until then it can be called off whole; None while nobody has confirmed.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    template = models.ForeignKey(MaterialTemplate, models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    goes_out_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(goes_out_at__isnull=True, confirmed_by__isnull=True)
                | Q(goes_out_at__isnull=False, confirmed_by__isnull=False),
                name="sending_confirmed_by_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "-prepared_at"], name="sending_by_unit"),
            models.Index(
                fields=["goes_out_at"],
                condition=Q(goes_out_at__isnull=False, called_off_at__isnull=True, ended_at__isnull=True),
                name="sending_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.goes_out_at is not None and self.called_off_at is None and self.ended_at is None

    @property
    def is_draft(self) -> bool:
        return self.goes_out_at is None and self.called_off_at is None


class Why(models.TextChoices):
    """Why somebody gets no message."""

    NO_PHONE = "no_phone", _("chưa xác nhận số điện thoại")
    OPTED_OUT = "opted_out", _("đã từ chối nhận tin")
    LATELY = "lately", _("đã nhận tin trong 7 ngày qua")
    CALLED_OFF = "called_off", _("đợt gửi bị hủy")


class OwnerMessage(OwnersMessage):
    """One message of a round to one owner."""

    sending = models.ForeignKey(Sending, models.PROTECT, related_name="messages")
    venues = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sending", "person"], name="owner_message_once_a_round")]
        indexes = [models.Index(fields=["person", "-sent_at"], name="owner_message_by_person")]

    def __str__(self) -> str:
        return f"{self.pk}"


class OptOut(models.Model):
    """An owner who wants no such messages."""

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.person_id}"
