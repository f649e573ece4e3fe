"""How people are checked in at a door, and the orders by which an authority lays it down."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    POSTER = "poster", _("Khách tự quét mã tại cửa")
    GATE = "gate", _("Người kiểm soát quét mã của khách")
    BOTH = "both", _("Cả hai cách")


class ModeOrder(models.Model):
    """An order on how some kinds of venue in an area check people in, from one day until another.

    It is never edited: it is withdrawn and another one made, so that what was in force at any past moment stays known.
    Which order holds at a venue is decided by `venue_mode_order` (sql/0006_mode_orders.sql).
    """

    categories = models.ManyToManyField("venues.Category", related_name="mode_orders", verbose_name=_("Loại hình"))
    # The unit and everything below it.
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("Địa bàn áp dụng"))
    mode = models.CharField(_("Cách quét"), max_length=10, choices=Mode.choices)
    starts_on = models.DateField(_("Từ ngày"))
    # The first day on which it no longer holds; null: until further notice.
    ends_on = models.DateField(null=True, blank=True)
    document_number = models.CharField(_("Số văn bản"), max_length=60)
    document_title = models.CharField(_("Trích yếu văn bản"), max_length=300)
    # In whose name: only whoever acts there, or above, may withdraw it.
    issuer = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="mode_order_period_not_inverted"
            )
        ]

    def __str__(self) -> str:
        return self.document_number

    @property
    def last_on(self) -> dt.date | None:
        """The last day on which it holds, as a document writes it."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None


#: Modes under which somebody has to stand at the door with a device.
GATE_MODES = frozenset({Mode.GATE, Mode.BOTH})
