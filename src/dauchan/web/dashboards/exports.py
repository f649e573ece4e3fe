"""The tables of the dashboards as files: what is on the screen, all pages of it. Counts only, nobody's scans."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from django.http import FileResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dauchan.compliance.unit_use import UnitUse, days_of_unit
from dauchan.compliance.venue_use import VenueUse, use_of_venues
from dauchan.exchange.tables import Column, csv_chunks, write_xlsx
from dauchan.units.errors import NoSuchThing
from dauchan.web.dashboards.asked import SEES_DASHBOARDS, Asked, asked
from dauchan.web.dashboards.units import order_of, ordered, use_of
from dauchan.web.dashboards.venues import UseFilter, venues_of
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.exports import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dauchan.compliance.models import UnitDay
    from dauchan.web.requests import OfficerRequest

VENUES_AT_ONCE = 1000
ENDINGS = ("csv", "xlsx")


@require_safe
@officer_required(*SEES_DASHBOARDS)
def download(request: OfficerRequest, table: str, ending: str) -> FileResponse:
    """`units`, `days` or `venues`, as `csv` or `xlsx`."""
    if table not in TABLES or ending not in ENDINGS:
        raise NoSuchThing
    chosen = asked(request)
    columns, rows = TABLES[table](request, chosen)
    out = io.BytesIO()
    if ending == "xlsx":
        write_xlsx(columns, rows, out, _("Chỉ số"))
    else:
        out.writelines(csv_chunks(columns, rows))
    out.seek(0)
    period = f"{chosen.period.first:%Y%m%d}-{chosen.period.last:%Y%m%d}"
    name = f"{table}-{slugify(chosen.unit.search_key)}-{period}-{timezone.localtime():%H%M}.{ending}"
    return FileResponse(out, as_attachment=True, filename=name, content_type=TYPES[ending])


def _units(request: OfficerRequest, chosen: Asked) -> tuple[list[Column[UnitUse]], list[UnitUse]]:
    whole, *parts = use_of(chosen)
    order, upwards = order_of(request)
    figures: dict[str, Callable[[UnitUse], object]] = {
        _("Mã đơn vị"): lambda use: use.unit.code,
        _("Đơn vị"): lambda use: use.unit.full_name,
        _("Từ ngày"): lambda _use: chosen.period.first,
        _("Đến hết ngày"): lambda _use: chosen.period.last,
        _("Số ngày có số liệu"): lambda use: use.sums.days,
        _("Địa điểm đã duyệt đến hết ngày cuối"): lambda use: use.on_last.registered,
        _("Địa điểm mới duyệt trong kỳ"): lambda use: use.sums.new,
        _("Địa điểm có lượt quét, trung bình mỗi ngày"): lambda use: _short(use.sums.active_a_day),
        _("Tỷ lệ địa điểm có lượt quét"): lambda use: _short(use.sums.active_share, 4),
        _("Lượt quét (lượt vào) trong kỳ"): lambda use: use.sums.scans,
        _("Lượt quét (lượt vào), trung bình mỗi ngày"): lambda use: _short(use.sums.scans_a_day),
        _("Số người, trung bình mỗi ngày"): lambda use: _short(use.sums.people_a_day),
        _("Lượt quét mỗi ngày trên một địa điểm đã duyệt"): lambda use: _short(use.sums.scans_a_venue, 2),
        _("Lượt quét mỗi ngày của kỳ trước"): lambda use: _short(use.before.scans_a_day),
        _("Quét không thành trong kỳ"): lambda use: use.sums.failed,
        _("Số ngày liền không có lượt quét"): lambda use: use.silent_days,
    }
    return [Column(title, value) for title, value in figures.items()], [whole, *ordered(parts, order, upwards=upwards)]


def _days(_request: OfficerRequest, chosen: Asked) -> tuple[list[Column[UnitDay]], list[UnitDay]]:
    figures: dict[str, Callable[[UnitDay], object]] = {
        _("Mã đơn vị"): lambda _row: chosen.unit.code,
        _("Đơn vị"): lambda _row: chosen.unit.full_name,
        _("Ngày"): lambda row: row.day,
        _("Số liệu đến"): lambda row: timezone.localtime(chosen.counted[row.day]).strftime("%H:%M %d/%m/%Y"),
        _("Địa điểm đã duyệt"): lambda row: row.registered,
        _("Mới duyệt trong ngày"): lambda row: row.new,
        _("Địa điểm có lượt quét"): lambda row: row.active,
        _("Lượt quét (lượt vào)"): lambda row: row.scans,
        _("Số người"): lambda row: row.people,
        _("Quét không thành"): lambda row: row.failed,
    }
    rows = [row for day, row in days_of_unit(chosen.unit, chosen.period).items() if day in chosen.counted]
    return [Column(title, value) for title, value in figures.items()], rows


def _venues(request: OfficerRequest, chosen: Asked) -> tuple[list[Column[VenueUse]], Iterator[VenueUse]]:
    figures: dict[str, Callable[[VenueUse], object]] = {
        _("Mã địa điểm"): lambda use: use.venue.pk,
        _("Địa điểm"): lambda use: use.venue.name,
        _("Loại hình"): lambda use: use.venue.category.name,
        _("Địa chỉ"): lambda use: use.venue.full_address,
        _("Trạng thái"): lambda use: use.venue.get_status_display(),
        _("Lượt quét (lượt vào), trung bình mỗi ngày"): lambda use: _short(use.scans_a_day),
        _("Số người, trung bình mỗi ngày"): lambda use: _short(use.people_a_day),
        _("Quét không thành trong kỳ"): lambda use: use.failed_in_all,
        _("Ngày quét gần nhất"): lambda use: use.last_on,
    }
    return [Column(title, value) for title, value in figures.items()], _every_venue(request, chosen)


def _every_venue(request: OfficerRequest, chosen: Asked) -> Iterator[VenueUse]:
    found, counted = venues_of(chosen, UseFilter(request.GET)), frozenset(chosen.counted)
    start = 0
    while part := found[start : start + VENUES_AT_ONCE]:
        yield from use_of_venues(part, chosen.period, counted)
        start += VENUES_AT_ONCE


def _short(number: float | None, digits: int = 1) -> float | None:
    return None if number is None else round(number, digits)


TABLES: Final[dict[str, Callable[[OfficerRequest, Asked], tuple[list[Column[Any]], Any]]]] = {
    "units": _units,
    "days": _days,
    "venues": _venues,
}
