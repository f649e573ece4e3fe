"""Zones around an outbreak, and the orders that draw, change and lift them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.zones.level_models import RiskLevel
from dauchan.tracing.zones.list_models import Presence, PresenceDisclosure, PresenceList
from dauchan.tracing.zones.public_models import PublicFigure, PublishedDay
from dauchan.venues.mode_models import Mode

if TYPE_CHECKING:
    import datetime as dt

__all__ = [
    "Act",
    "Measure",
    "Presence",
    "PresenceDisclosure",
    "PresenceList",
    "PublicFigure",
    "PublishedDay",
    "RiskLevel",
    "Shape",
    "VenueEffect",
    "Zone",
    "ZoneOrder",
]


class Act(models.TextChoices):
    ESTABLISH = "establish", _("Thiết lập vùng")
    CHANGE = "change", _("Điều chỉnh vùng")
    LIFT = "lift", _("Gỡ bỏ vùng")


class Shape(models.TextChoices):
    POLYGON = "polygon", _("Vẽ trên bản đồ, hoặc nhập tọa độ các đỉnh")
    COMMUNES = "communes", _("Trọn phường, xã")
    CIRCLE = "circle", _("Vòng tròn quanh một điểm hoặc một địa điểm")
    CASES = "cases", _("Vòng tròn quanh những nơi ca bệnh đã đến")
    CELLS = "cells", _("Các ô lục giác quanh những nơi ca bệnh đã đến")


class Measure(models.TextChoices):
    """What an order asks of people and places inside."""

    STAY_IN = "stay_in", _("Không ra khỏi vùng, trừ trường hợp được phép")
    STAY_HOME = "stay_home", _("Ở nhà, chỉ ra ngoài khi thật cần thiết")
    ENTRY_CONTROL = "entry_control", _("Kiểm soát người ra, vào tại các chốt")
    SCAN_ALL = "scan_all", _("Mọi người ra, vào đều quét mã")
    NO_GATHERING = "no_gathering", _("Không tập trung đông người")
    TESTING = "testing", _("Lấy mẫu xét nghiệm theo lịch của y tế")
    CLOSE_NON_ESSENTIAL = "close_non_essential", _("Tạm dừng cơ sở kinh doanh không thiết yếu")
    TAKE_AWAY_ONLY = "take_away_only", _("Hàng ăn uống chỉ bán mang về")
    DISINFECTION = "disinfection", _("Khử khuẩn")
    SUPPLIES = "supplies", _("Tổ chức cung ứng lương thực, thuốc men")
    HEALTH_DECLARATION = "health_declaration", _("Khai báo y tế hằng ngày")


class VenueEffect(models.TextChoices):
    NONE = "none", _("Không thay đổi trạng thái địa điểm")
    SUSPEND = "suspend", _("Tạm đình chỉ những loại hình đã chọn")
    MODE = "mode", _("Quy định cách quét cho những loại hình đã chọn")


class Zone(models.Model):
    """An area with measures against an outbreak. What it is on a day is said by the order that held on that day."""

    code = models.CharField(max_length=20, unique=True)
    # The head of the area it belongs to: who acts there may act on it, and no venue outside is touched by it.
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="zones")
    disease = models.ForeignKey("tracing.Disease", models.PROTECT, verbose_name=_("Bệnh"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.code


class ZoneOrderQuerySet(models.QuerySet["ZoneOrder"]):
    def holding_at(self, at: dt.datetime) -> ZoneOrderQuerySet:
        """The order of each zone that held at an instant, past or present."""
        return self.filter(Q(holds_to__isnull=True) | Q(holds_to__gt=at), approved=True, holds_from__lte=at)

    def waiting(self) -> ZoneOrderQuerySet:
        return self.filter(approved=None)


class ZoneOrder(models.Model):
    """One order on a zone. Once decided it never changes, but for `holds_to`, which a later order may bring nearer.

    The database refuses everything else (sql/0001_orders_stay.sql): what held on a past day can always be shown.
    """

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="orders")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=10, choices=Act.choices)
    name = models.CharField(_("Tên vùng"), max_length=120)
    area_words = models.CharField(_("Phạm vi, bằng lời"), max_length=500)
    shape = models.CharField(_("Cách khoanh vùng"), max_length=10, choices=Shape.choices)
    # A GeoJSON MultiPolygon in degrees, and the box around it; none for whole communes.
    geometry = models.JSONField(null=True)
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    # How the geometry was made: {"metres": 200, "points": [[107.59, 16.46]]}, {"cells": ["89…"]}; for those who act only.
    made_from = models.JSONField(default=dict)
    communes = models.ManyToManyField("units.Unit", related_name="+", verbose_name=_("Phường, xã"))
    level = models.ForeignKey(RiskLevel, models.PROTECT, related_name="+", verbose_name=_("Mức độ"))
    measures = models.JSONField(_("Biện pháp"), default=list)
    measures_words = models.TextField(_("Biện pháp khác, bằng lời"), max_length=2000, blank=True)
    basis = models.CharField(_("Căn cứ pháp lý"), max_length=300)
    document_number = models.CharField(_("Số văn bản"), max_length=60)
    begins_at = models.DateTimeField(_("Từ"))
    ends_at = models.DateTimeField(_("Đến"), null=True, blank=True)
    cases = models.ManyToManyField("tracing.Case", related_name="zone_orders", verbose_name=_("Ca bệnh liên quan"))
    effect = models.CharField(_("Đối với địa điểm bên trong"), max_length=10, choices=VenueEffect.choices)
    mode = models.CharField(_("Cách quét"), max_length=10, choices=Mode.choices, blank=True)
    categories = models.ManyToManyField("venues.Category", related_name="+", verbose_name=_("Loại hình"))
    reason = models.CharField(_("Lý do"), max_length=500)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    decision_note = models.CharField(_("Ý kiến"), max_length=300, blank=True)
    # What held: from the later of the approval and `begins_at`, until the end, a later order or the lifting.
    holds_from = models.DateTimeField(null=True)
    holds_to = models.DateTimeField(null=True)

    objects = ZoneOrderQuerySet.as_manager()

    class Meta:
        ordering = ["zone", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "number"], name="zone_order_number_once"),
            models.UniqueConstraint(fields=["zone"], condition=Q(approved=None), name="zone_order_one_waits"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")), name="zone_order_not_inverted"
            ),
            # The second pair of eyes is a rule of the database, not only of the program.
            models.CheckConstraint(
                condition=~Q(approved=True) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("drafted_by"))),
                name="zone_order_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone} #{self.number}"

    @property
    def cause(self) -> str:
        """Under which name it holds venues."""
        return f"zone_order:{self.pk}"

    @property
    def measure_words(self) -> list[Any]:
        return [Measure(code).label for code in self.measures]

    def never_held(self) -> bool:
        return bool(self.holds_from and self.holds_to and self.holds_to <= self.holds_from)

    def holds_at(self, at: dt.datetime) -> bool:
        begun = bool(self.approved and self.holds_from and self.holds_from <= at)
        return begun and (self.holds_to is None or self.holds_to > at)
