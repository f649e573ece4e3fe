"""The indicators a province publishes, per unit and local day, each defined once: here in words, in `counting` in numbers.

They follow the daily figures of Hà Nội in autumn 2021. Scans are never fewer than people, and active venues never more
than registered ones: the tests hold the definitions to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.compliance.models import UnitDay

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.units.models import Unit

#: What each figure means, in words that stand beside it on screen.
DEFINITIONS = {
    "registered": _("Địa điểm đã được duyệt và chưa đóng, tính đến hết ngày."),
    "new": _("Địa điểm được duyệt trong ngày."),
    "active": _("Địa điểm có ít nhất một lượt quét vào trong ngày."),
    "scans": _("Số lượt quét vào trong ngày; một người vào ba nơi là ba lượt."),
    "active_share": _(
        "Số địa điểm có lượt quét chia cho số địa điểm đã duyệt; trung bình của kỳ lấy trên các ngày có số liệu."
    ),
    "people": _("Số người khác nhau đã quét ít nhất một lần trong ngày tại địa bàn này."),
    "scans_a_venue": _("Số lượt quét chia cho số địa điểm đã duyệt: để so sánh các đơn vị lớn nhỏ khác nhau."),
    "failed": _("Số lần quét mã của địa điểm nhưng không ghi được lượt vào."),
}


@dataclass(frozen=True)
class Indicators:
    """The figures of one unit's whole area on one local day."""

    unit: Unit
    registered: int
    new: int
    active: int
    scans: int
    people: int
    failed: int

    @property
    def active_share(self) -> float | None:
        """Active of registered venues, 0 to 1; None where no venue is registered, which is not the same as 0."""
        return self.active / self.registered if self.registered else None

    @property
    def scans_a_venue(self) -> float | None:
        return self.scans / self.registered if self.registered else None

    @property
    def is_silent(self) -> bool:
        """A unit that has venues but not a single scan that day."""
        return bool(self.registered) and not self.scans


def indicators_of(units: Sequence[Unit], day: dt.date) -> list[Indicators]:
    """The figures of each unit on *day* as they were last counted, in the order given; nothing but zeros for a day not counted.

    People are counted once per unit, so the figures of communes add up to more than the province's.
    """
    names = ("registered", "new", "active", "scans", "people", "failed")
    rows = UnitDay.objects.filter(day=day, unit__in=units).values_list("unit_id", *names)
    figures = {unit_id: numbers for unit_id, *numbers in rows}
    nothing = [0] * len(names)
    return [Indicators(unit, *figures.get(unit.pk, nothing)) for unit in units]
