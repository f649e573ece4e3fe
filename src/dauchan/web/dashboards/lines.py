"""The indicators of a unit line by line: what each means, on the last day, on average, and against the period before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dauchan.compliance.indicators import DEFINITIONS
from dauchan.compliance.unit_use import change

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from dauchan.compliance.unit_use import UnitUse

NONE = "–"


@dataclass(frozen=True)
class Line:
    """One indicator, its figures as they are read."""

    label: StrOrPromise
    meaning: StrOrPromise
    on_last: str
    in_period: str = NONE
    before: str = NONE
    change: str = NONE


def lines_of(use: UnitUse) -> list[Line]:
    last, now, before = use.on_last, use.sums, use.before
    return [
        Line(gettext_lazy("Địa điểm đã duyệt"), DEFINITIONS["registered"], whole(last.registered)),
        Line(
            gettext_lazy("Địa điểm mới duyệt"), DEFINITIONS["new"], whole(last.new),
            _("tổng %(number)s") % {"number": whole(now.new)}, _("tổng %(number)s") % {"number": whole(before.new)},
        ),
        Line(
            gettext_lazy("Địa điểm có lượt quét"), DEFINITIONS["active"], whole(last.active),
            mean(now.active_a_day), mean(before.active_a_day), by(change(before.active_a_day, now.active_a_day)),
        ),
        Line(
            gettext_lazy("Tỷ lệ địa điểm có lượt quét"), DEFINITIONS["active_share"], share(last.active_share),
            share(now.active_share), share(before.active_share), points(use.share_change),
        ),
        Line(
            gettext_lazy("Lượt quét (lượt vào)"), DEFINITIONS["scans"], whole(last.scans),
            mean(now.scans_a_day), mean(before.scans_a_day), by(use.scans_change),
        ),
        Line(
            gettext_lazy("Số người"), DEFINITIONS["people"], whole(last.people),
            mean(now.people_a_day), mean(before.people_a_day), by(use.people_change),
        ),
        Line(
            gettext_lazy("Lượt quét trên một địa điểm đã duyệt"), DEFINITIONS["scans_a_venue"],
            mean(last.scans_a_venue), mean(now.scans_a_venue), mean(before.scans_a_venue),
        ),
        Line(
            gettext_lazy("Quét không thành"), DEFINITIONS["failed"], whole(last.failed),
            mean(now.failed_a_day), mean(before.failed_a_day), by(change(before.failed_a_day, now.failed_a_day)),
        ),
    ]  # fmt: skip


def whole(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def mean(number: float | None) -> str:
    return NONE if number is None else number_format(number, decimal_pos=1, use_l10n=True, force_grouping=True)


def share(part: float | None) -> str:
    return NONE if part is None else f"{mean(100 * part)}%"


def by(per_cent: float | None) -> str:
    return NONE if per_cent is None else f"{_signed(per_cent)}%"


def points(number: float | None) -> str:
    """The change of a share: points of a hundred, never per cent of per cent."""
    return NONE if number is None else _("%(number)s điểm") % {"number": _signed(number)}


def _signed(number: float) -> str:
    rounded = round(number, 1)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{mean(abs(rounded))}"
