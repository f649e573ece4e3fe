"""Figures as pictures: lines over days, and the small bars of a venue in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.compliance.periods import Period
from dauchan.web.layout.charts import Chart, Series

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dauchan.compliance.models import UnitDay
    from dauchan.compliance.venue_use import VenueUse

WEEK = 7
BAR, GAP, HEIGHT = 5, 2, 28
#: Days that a small picture shows; more would be hairs.
MOST_BARS = 28


def scans_and_people(days: dict[date, UnitDay], period: Period) -> Chart:
    return Chart(
        _("Lượt quét và số người mỗi ngày"),
        _("Ngày"),
        _names(period),
        [
            Series(_("Lượt quét (lượt vào)"), _along(days, period, "scans"), "series-1"),
            Series(_("Lượt quét, trung bình 7 ngày"), _seven_days(days, period), "series-4"),
            Series(_("Số người (mỗi người tính một lần trong ngày)"), _along(days, period, "people"), "series-2"),
        ],
    )


def active_venues(days: dict[date, UnitDay], period: Period) -> Chart:
    return Chart(
        _("Địa điểm đã duyệt và địa điểm có lượt quét"),
        _("Ngày"),
        _names(period),
        [
            Series(_("Đã duyệt"), _along(days, period, "registered"), "series-3"),
            Series(_("Có lượt quét trong ngày"), _along(days, period, "active"), "series-1"),
        ],
    )


def use_of_one(use: VenueUse, period: Period) -> Chart:
    return Chart(
        _("Lượt quét, số người và lượt quét không thành mỗi ngày"),
        _("Ngày"),
        _names(period),
        [
            Series(_("Lượt quét (lượt vào)"), use.scans, "series-1"),
            Series(_("Số người (mỗi người tính một lần trong ngày)"), use.people, "series-2"),
            Series(_("Quét không thành"), use.failed, "series-4"),
        ],
    )


def _names(period: Period) -> list[str]:
    return [f"{day:%d/%m}" for day in period.days]


def _along(days: dict[date, UnitDay], period: Period, name: str) -> list[float | None]:
    return [getattr(days[day], name) if day in days else None for day in period.days]


def _seven_days(days: dict[date, UnitDay], period: Period) -> list[float | None]:
    """To each day the mean of the seven days that end with it; none where one of them was not counted."""
    weeks = [[days.get(last) for last in Period.ending(day, WEEK).days] for day in period.days]
    return [round(sum(row.scans for row in week if row) / WEEK, 1) if all(week) else None for week in weeks]


@dataclass(frozen=True)
class Sparkline:
    """Bars of one venue as one path of SVG, the last day at the right; a day that was not counted leaves its place empty."""

    width: int
    bars: str
    height: int = HEIGHT


def sparkline(numbers: Sequence[int | None]) -> Sparkline:
    """Each venue against its own highest day: the shape is shown, the size stands beside it in figures."""
    shown = list(numbers)[-MOST_BARS:]
    top = max((number or 0 for number in shown), default=0)
    bars = (
        f"M{place * (BAR + GAP)} {HEIGHT}v-{max(1, round(HEIGHT * number / top) if top else 1)}h{BAR}V{HEIGHT}z"
        for place, number in enumerate(shown)
        if number is not None
    )
    return Sparkline(len(shown) * (BAR + GAP), "".join(bars))
