"""Inspections of the demonstration: a round under way, two records, a measure that is overdue and one that its owner answered."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from dauchan.oversight.inspections.keeping import keep_measure_clocks
from dauchan.oversight.inspections.measuring import answer_mended
from dauchan.oversight.inspections.models import Check, ChosenBy
from dauchan.oversight.inspections.planning import Plan, add_stops, draw_stops, open_round
from dauchan.oversight.inspections.sent import read_record
from dauchan.oversight.inspections.supplements import number_record
from dauchan.oversight.inspections.taking_in import Parcel, take_in
from dauchan.oversight.models import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.oversight.inspections.models import Inspection, Stop
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

#: Days ago, finding, what was seen, what is required, for each of the first places of the round.
STORIES = (
    (12, "wrong_size", "Mã in rộng 6 cm, dán sau quầy.", "In lại bảng mã khổ A4, dán ở cửa chính."),
    (
        1,
        "not_enforced",
        "Trong 15 phút có 21 khách vào, không ai được nhắc.",
        "Cử người nhắc khách quét mã vào giờ đông.",
    ),
)


def load_inspections(venues: Sequence[Venue], officer: Officer) -> None:
    """A round of the first commune with places by risk and by lot; its first two were inspected."""
    first_unit = venues[0].unit
    today = timezone.localdate()
    in_use = [venue for venue in venues if venue.status == "approved" and venue.unit_id == first_unit.pk]
    week = dt.timedelta(days=7)
    plan = Plan(
        "Kiểm tra định kỳ", "12/KH-UBND", today - week * 2, today + week, "Ưu tiên nơi đông khách.", officer, []
    )
    made = open_round(first_unit, plan, officer)
    add_stops(made, [venue.pk for venue in in_use[6:10]], officer, ChosenBy.RISK)
    draw_stops(made, 2, officer, "7253")
    stops = list(made.stops.select_related("venue").order_by("position"))
    kept = [_inspected(stop, officer, story) for stop, story in zip(stops, STORIES, strict=False)]
    number_record(kept[0], officer, "05/BB-KT")
    measure = kept[1].measures.get()
    answer_mended(measure, measure.revision, "Đã phân công bảo vệ nhắc khách từ sáng nay.")
    keep_measure_clocks(timezone.now())


def _inspected(stop: Stop, officer: Officer, story: tuple[int, str, str, str]) -> Inspection:
    days, finding, seen, required = story
    ended = timezone.now() - dt.timedelta(days=days)
    at = int(ended.timestamp() * 1000)
    told: dict[str, Any] = {
        "id": str(UUID(int=at << 80 | 7 << 76 | stop.pk)),
        "officer": officer.pk,
        "venue": stop.venue_id,
        "stop": stop.pk,
        "began": at - 1_500_000,
        "ended": at,
        "checks": {check: "no" if check == _check_of(finding) else "yes" for check in Check.values},
        "findings": [{"finding": finding, "words": seen, "pictures": []}],
        "measures": [{"words": required, "days": 3, "finding": 0}],
        "representative": "Nguyễn Thị Đại Diện",
        "representative_position": "Quản lý",
        "statement": "Đồng ý với kết quả kiểm tra.",
        "inspector_signature": _signature(1.0),
        "representative_signature": _signature(1.7),
    }
    record = read_record(told, frozenset(Finding.values), frozenset(Check.values))
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return take_in(Parcel(record, digest, {}), officer)[0]


def _check_of(finding: str) -> str:
    return {"wrong_size": Check.BIG_ENOUGH, "not_enforced": Check.REMINDED}[finding].value


def _signature(swing: float) -> dict[str, Any]:
    """Two invented lines that look like a signature."""
    wave = [[20 + step * 6, round(70 + 34 * math.sin(step * swing * 0.9) - step / 2)] for step in range(36)]
    return {"width": 280, "height": 130, "lines": [wave, [[30, 108], [90, 102], [150, 104], [230, 92], [250, 96]]]}
