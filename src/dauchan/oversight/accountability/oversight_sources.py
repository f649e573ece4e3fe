"""The sources of the accountability table that other parts of oversight count: citizens' reports, inspections, sanctions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.referrals.queries import LEAST_FOR_A_SHARE
from dauchan.oversight.accountability.columns import (
    Column,
    Counts,
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
from dauchan.visits.partitions import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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


#: Who counts what is in a period, and what is told of it.
_COUNTED: tuple[tuple[Callable[..., Mapping[int, Any]], tuple[str, ...]], ...] = (
    (report_counts, ("received", "in_time", "late", "overdue")),
    (inspection_counts, ("done", "measures_overdue")),
    (sanction_counts, ("warnings", "fines", "suspensions", "suspended")),
)


def _oversight(units: Sequence[Unit], windows: Sequence[Window]) -> list[dict[int, Figures]]:
    """Of every unit in the area, added up to those asked for. The area goes to the database as one, not as a list of its units."""
    within = Q(pk__in=[])
    for unit in outermost(units):
        within |= Q(pk=unit.pk) | Q(path__startswith=f"{unit.path}.")
    area = Unit.objects.filter(within).order_by()
    paths, keys = dict(area.values_list("pk", "path")), area.values_list("pk", flat=True)
    return [
        {pk: _figures(of) for pk, of in added_up(units, _counted(keys, paths, window)).items()} for window in windows
    ]


def _counted(keys: Iterable[int], paths: Mapping[int, str], window: Window) -> Iterator[tuple[str, Counts]]:
    until = window.period.last + ONE_DAY
    for counts, names in _COUNTED:
        for pk, of in counts(keys, window.period.first, until).items():
            yield paths[pk], {name: float(getattr(of, name)) for name in names}


def _figures(of: Counts) -> Figures:
    return {
        "reports": Figure(of["received"]),
        "reports_in_time": Figure(of["in_time"], of["in_time"] + of["late"] + of["overdue"]),
        "inspected": Figure(of["done"]),
        "measures_late": Figure(of["measures_overdue"]),
        "sanctioned": Figure(of["warnings"] + of["fines"] + of["suspensions"]),
        "suspended": Figure(of["suspended"]),
    }


OVERSIGHT = Source((REPORTS, REPORTS_IN_TIME, INSPECTED, MEASURES_LATE, SANCTIONED, SUSPENDED), _oversight)
