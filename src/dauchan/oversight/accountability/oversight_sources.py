"""The sources of the accountability table that other parts of oversight count: citizens' reports, inspections, sanctions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.referrals.queries import LEAST_FOR_A_SHARE
from dauchan.oversight.accountability.columns import (
    Column,
    Figure,
    Figures,
    Group,
    Source,
    Window,
    added_up,
    outermost,
)
from dauchan.oversight.inspections.queries import inspection_counts
from dauchan.oversight.queries import report_counts
from dauchan.oversight.sanctions.queries import sanction_counts
from dauchan.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

REPORTS = Column(
    "reports", Group.OVERSIGHT, _("Phản ánh nhận trong kỳ"),
    _("Phản ánh của người dân gửi trong kỳ, không kể phản ánh trùng đã gộp."),
)  # fmt: skip
REPORTS_IN_TIME = Column(
    "reports_in_time", Group.OVERSIGHT, _("Phản ánh trả lời đúng hạn"),
    _("Phản ánh gửi trong kỳ mà đơn vị trả lời trước hạn, trên số đã trả lời hoặc đã quá hạn."),
    _("phản ánh đã trả lời hoặc quá hạn"), LEAST_FOR_A_SHARE,
)  # fmt: skip
INSPECTED = Column(
    "inspected", Group.OVERSIGHT, _("Lượt kiểm tra"), _("Lượt kiểm tra tại chỗ bắt đầu trong kỳ, đã lập biên bản.")
)
MEASURES_LATE = Column(
    "measures_late", Group.OVERSIGHT, _("Yêu cầu khắc phục quá hạn"),
    _("Yêu cầu nêu trong các biên bản của kỳ mà đến nay chủ địa điểm chưa trả lời và đã quá hạn."),
)  # fmt: skip
SANCTIONED = Column(
    "sanctioned", Group.OVERSIGHT, _("Quyết định xử lý"),
    _("Nhắc nhở, đề nghị phạt tiền, tạm đình chỉ có hiệu lực trong kỳ, kể cả quyết định sau đó bị thu hồi."),
)  # fmt: skip
SUSPENDED = Column("suspended", Group.OVERSIGHT, _("Đang tạm đình chỉ"), _("Tạm đình chỉ còn hiệu lực đến hết kỳ."))


def _reports(units: Sequence[Unit], windows: Sequence[Window]) -> list[Mapping[int, Figures]]:
    return [
        {
            pk: {
                "reports": Figure(of["received"]),
                "reports_in_time": Figure(of["in_time"], of["in_time"] + of["late"] + of["overdue"]),
            }
            for pk, of in sums.items()
        }
        for sums in _summed(units, windows, report_counts, ("received", "in_time", "late", "overdue"))
    ]


def _inspections(units: Sequence[Unit], windows: Sequence[Window]) -> list[Mapping[int, Figures]]:
    return [
        {
            pk: {"inspected": Figure(of["done"]), "measures_late": Figure(of["measures_overdue"])}
            for pk, of in sums.items()
        }
        for sums in _summed(units, windows, inspection_counts, ("done", "measures_overdue"))
    ]


def _sanctions(units: Sequence[Unit], windows: Sequence[Window]) -> list[Mapping[int, Figures]]:
    names = ("warnings", "fines", "suspensions", "suspended")
    return [
        {
            pk: {
                "sanctioned": Figure(of["warnings"] + of["fines"] + of["suspensions"]),
                "suspended": Figure(of["suspended"]),
            }
            for pk, of in sums.items()
        }
        for sums in _summed(units, windows, sanction_counts, names)
    ]


def _summed(
    units: Sequence[Unit], windows: Sequence[Window], counts: Callable[..., Mapping[int, Any]], names: Sequence[str]
) -> Iterator[Mapping[int, Mapping[str, float]]]:
    """Counts of every unit in the area, added up to those asked for; of each window."""
    within = Q(pk__in=[])
    for unit in outermost(units):
        within |= Q(pk=unit.pk) | Q(path__startswith=f"{unit.path}.")
    paths = dict(Unit.objects.filter(within).order_by().values_list("pk", "path"))
    for window in windows:
        found = counts(list(paths), window.period.first, _until(window))
        rows = ((paths[pk], {name: float(getattr(of, name)) for name in names}) for pk, of in found.items())
        yield added_up(units, rows)


def _until(window: Window) -> dt.date:
    return window.period.last + dt.timedelta(days=1)


OVERSIGHT_SOURCES = (
    Source((REPORTS, REPORTS_IN_TIME), _reports),
    Source((INSPECTED, MEASURES_LATE), _inspections),
    Source((SANCTIONED, SUSPENDED), _sanctions),
)
