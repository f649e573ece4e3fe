"""Who asked that their data be kept but not used, or not used for something."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What somebody may ask not to have done. What a case needs is the law's matter and in none of them."""

    ALL = "all", _("Mọi việc ngoài phòng, chống dịch")
    CARDS = "cards", _("Tra cứu, mở thông tin người giữ thẻ")
    MESSAGES = "messages", _("Gửi tin nhắn tuyên truyền")


class Restriction(models.Model):
    """From an instant until it is lifted."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="restrictions")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    since = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scope"], condition=Q(lifted_at__isnull=True), name="restriction_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.person_id}: {self.scope}"
