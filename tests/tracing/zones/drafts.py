"""Zones for tests: a circle around the example outbreak's places."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from dauchan.tracing.models import Disease
from dauchan.tracing.zones.actions import Draft, decide_order, draft_zone
from dauchan.tracing.zones.geometry import Point
from dauchan.tracing.zones.models import RiskLevel, Zone, ZoneOrder
from dauchan.tracing.zones.outlines import outline_around
from dauchan.tracing.zones.reference import load_levels
from dauchan.units.models import Officer, Unit

#: Where the places of `make_places` stand.
CENTRE = Point(107.59, 16.46)


def draft_of(**changes: Any) -> Draft:  # noqa: ANN401 - any field of Draft
    if not RiskLevel.objects.exists():
        load_levels()
    facts: dict[str, Any] = {
        "name": "Vùng thử quanh chợ",
        "area_words": "Trong bán kính 500 m quanh chợ",
        "outline": outline_around(CENTRE, 500),
        "level": RiskLevel.objects.in_force_on(dt.date(2026, 1, 1)).get(rank=4),
        "basis": "Luật Phòng, chống bệnh truyền nhiễm",
        "document_number": "12/QĐ-UBND",
        "begins_at": timezone.now(),
        "reason": "Có ca bệnh đã đến nhiều nơi trong khu vực",
    }
    return Draft(**(facts | changes))


def zone_in_force(unit: Unit, disease: Disease, drafter: Officer, approver: Officer, **changes: Any) -> Zone:  # noqa: ANN401 - same
    order = draft_zone(unit, disease, draft_of(**changes), drafter)
    return approved(order, approver).zone


def approved(order: ZoneOrder, approver: Officer) -> ZoneOrder:
    return decide_order(order, approver, approve=True)
