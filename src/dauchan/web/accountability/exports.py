"""The accountability table as a file: the unit, those below it, every figure with its denominator."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dauchan.exchange.tables import Column as TableColumn
from dauchan.exchange.tables import csv_chunks, write_xlsx
from dauchan.oversight.accountability.access import SEES_ACCOUNTS
from dauchan.oversight.accountability.queries import Line, all_columns
from dauchan.oversight.accountability.written import figure_written
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing
from dauchan.web.accountability.asked import Asked, asked
from dauchan.web.accountability.units import lines
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.exports import TYPES

if TYPE_CHECKING:
    from dauchan.oversight.accountability.columns import Column, Figure
    from dauchan.web.requests import OfficerRequest

ENDINGS = ("csv", "xlsx")


@require_safe
@officer_required(*SEES_ACCOUNTS)
def download(request: OfficerRequest, ending: str) -> FileResponse:
    if ending not in ENDINGS:
        raise NoSuchThing
    chosen = asked(request)
    whole, parts = lines(chosen)
    out, columns = io.BytesIO(), table_columns(chosen)
    if ending == "xlsx":
        write_xlsx(columns, [whole, *parts], out, _("Trách nhiệm đơn vị"))
    else:
        out.writelines(csv_chunks(columns, [whole, *parts]))
    out.seek(0)
    period = chosen.window.period
    name = f"trach-nhiem-{slugify(chosen.unit.search_key)}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{ending}"
    audit.record(request.user, "accountability.exported", f"unit:{chosen.unit.pk}", detail={"file": name})
    return FileResponse(out, as_attachment=True, filename=name, content_type=TYPES[ending])


def table_columns(chosen: Asked) -> list[TableColumn[Line]]:
    """Every figure as its number, its denominator, its share and the same of the period before."""
    period = chosen.window.period
    table: list[TableColumn[Line]] = [
        TableColumn(_("Mã đơn vị"), lambda line: line.unit.code),
        TableColumn(_("Đơn vị"), lambda line: line.unit.full_name),
        TableColumn(_("Người đứng đầu"), lambda line: ", ".join(line.heads)),
        TableColumn(_("Từ ngày"), lambda _line: period.first),
        TableColumn(_("Đến hết ngày"), lambda _line: period.last),
        TableColumn(_("Lập lúc"), lambda _line: timezone.localtime(chosen.window.now)),
    ]
    for column in all_columns():
        table += _columns_of(column)
    return table


def _columns_of(column: Column) -> list[TableColumn[Line]]:
    label = str(column.label)
    number = TableColumn[Line](label, lambda line: _number(line.figure(column), column))
    before = _("%(figure)s, kỳ trước") % {"figure": label}
    if not column.of:
        return [number, TableColumn(before, lambda line: _number(line.figure_before(column), column))]
    of, share = _("%(figure)s, trên tổng số") % {"figure": label}, _("%(figure)s, tỷ lệ") % {"figure": label}
    return [
        number,
        TableColumn(of, lambda line: _short(line.figure(column).of)),
        TableColumn(share, lambda line: _short(line.figure(column).share, 4)),
        TableColumn(before, lambda line: _short(line.figure_before(column).share, 4)),
    ]


def _number(figure: Figure, column: Column) -> object:
    return figure_written(figure, column) if figure.is_few else _short(figure.number)


def _short(number: float | None, digits: int = 1) -> float | None:
    return None if number is None else round(number, digits)
