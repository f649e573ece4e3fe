"""The list of sanctions: what waits for approval, what holds, appeals and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dauchan.exchange.tables import Column
from dauchan.oversight.sanctions.access import APPROVES, PROPOSES, SEES_SANCTIONS, access_sanctions
from dauchan.oversight.sanctions.queries import counts_of, tabs
from dauchan.units import audit
from dauchan.web.downloads import csv_download
from dauchan.web.layout.paging import KeysFirst
from dauchan.web.officer.guards import officer_required
from dauchan.web.sanctions.filters import SanctionFilter
from dauchan.web.sanctions.words import Row, rows_of

if TYPE_CHECKING:
    from django.http import HttpResponse, StreamingHttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
ROWS_AT_ONCE = 500


@require_safe
@officer_required(*SEES_SANCTIONS)
def sanction_list(request: OfficerRequest) -> HttpResponse:
    sanctions, now = access_sanctions(request.user), timezone.now()
    tab, chosen = _tab(request), SanctionFilter(request.GET, officer=request.user)
    page = KeysFirst(chosen.narrowed(sanctions, tab), ROWS_A_PAGE).get_page(request.GET.get("page"))
    counts = counts_of(sanctions, now)
    names = {
        "waiting": _("Chờ phê duyệt"),
        "in_force": _("Có hiệu lực"),
        "appeals": _("Khiếu nại"),
        "late": _("Quá hạn"),
        "ended": _("Đã kết thúc"),
    }
    context = {
        "filter": chosen,
        "tab": tab,
        "tabs": [(name, label, counts[name]) for name, label in names.items()],
        "page": page,
        "rows": rows_of(page),
        "may_propose": bool(request.user.roles() & set(PROPOSES)),
    }
    return render(request, "sanctions/sanctions.html", context)


@require_safe
@officer_required(*SEES_SANCTIONS)
def export(request: OfficerRequest) -> StreamingHttpResponse:
    """What the list shows now, all of its pages."""
    tab, chosen = _tab(request), SanctionFilter(request.GET, officer=request.user)
    found = chosen.narrowed(access_sanctions(request.user), tab)
    audit.record(request.user, "sanctions.exported", "sanctions", detail={"rows": found.count(), "tab": tab})
    rows = iter(rows_of(found.iterator(chunk_size=ROWS_AT_ONCE)))
    return csv_download(_columns(), rows, f"xu-ly-vi-pham-{timezone.localdate():%Y-%m-%d}")


def _tab(request: OfficerRequest) -> str:
    """An approver begins with what waits, others with what holds."""
    asked = request.GET.get("tab", "")
    usual = "waiting" if request.user.roles() & set(APPROVES) else "in_force"
    return asked if asked == "all" or asked in tabs(timezone.now()) else usual


def _columns() -> list[Column[Row]]:
    return [
        Column(_("Số"), lambda row: row.sanction.pk),
        Column(_("Hình thức"), lambda row: row.sanction.get_kind_display()),
        Column(_("Trạng thái"), lambda row: row.sanction.get_state_display()),
        Column(_("Địa điểm"), lambda row: row.sanction.venue.name),
        Column(_("Địa chỉ"), lambda row: row.sanction.venue.full_address),
        Column(_("Đơn vị"), lambda row: row.sanction.unit.full_name),
        Column(_("Vi phạm"), lambda row: "; ".join(row.sanction.finding_words)),
        Column(_("Số và ký hiệu"), lambda row: row.sanction.document_number),
        Column(_("Hiệu lực từ"), lambda row: row.sanction.in_force_at and timezone.localtime(row.sanction.in_force_at)),
        Column(_("Đến"), lambda row: row.sanction.until_at and timezone.localtime(row.sanction.until_at)),
        Column(_("Kết thúc lúc"), lambda row: row.sanction.ended_at and timezone.localtime(row.sanction.ended_at)),
        Column(_("Khiếu nại"), lambda row: row.clock),
    ]
