"""Where a person is signed in, and from when on codes made before are refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Ending(models.TextChoices):
    SIGNED_OUT = "signed_out", _("Đăng xuất trên máy")
    ELSEWHERE = "elsewhere", _("Đăng xuất từ máy khác")
    HOTLINE = "hotline", _("Điện thoại viên đăng xuất")
    NUMBER = "number", _("Số điện thoại đã đổi chủ")
    WITHDRAWN = "withdrawn", _("Rút lại đồng ý")


#: The phone itself did not do it: whoever holds it now may be somebody else.
FROM_AFAR = (Ending.ELSEWHERE, Ending.HOTLINE, Ending.NUMBER)


class OwnPhone(models.Model):
    """One browser in which somebody signed in. Its session names this row; without it the session is nobody's.

    Attributes:
        label: system and browser in words, of a closed list of ours; not what the browser said.
        seen_on: the last day on which it was used.
        ended_by: the agent, where the hotline did it.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="phones")
    label = models.CharField(max_length=40)
    signed_in_at = models.DateTimeField(default=timezone.now)
    seen_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-seen_on", "-pk"]
        # The door asks every second (sql/0002_signed_out.sql).
        indexes = [
            models.Index(fields=["ended_at"], condition=Q(ending__in=FROM_AFAR), name="phone_signed_out_from_afar")
        ]

    def __str__(self) -> str:
        return f"#{self.person_id}: {self.label}"


class CodesRefused(models.Model):
    """Personal codes and bearer tokens of a person that were made before an instant are worth nothing."""

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="codes_refused")
    made_before = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.person_id}: {self.made_before:%Y-%m-%d %H:%M:%S}"


class NumberLetGo(models.Model):
    """A number stopped standing for a person: changed by them, or proved by somebody who is not them."""

    class Why(models.TextChoices):
        CHANGED = "changed", _("Người dùng đổi số")
        NEW_HOLDER = "new_holder", _("Số đã có người dùng mới")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="numbers_let_go")
    why = models.CharField(max_length=12, choices=Why.choices)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"#{self.person_id}: {self.why}"
