"""The list of requests with the law's clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dauchan.exchange.tables import Column
from dauchan.privacy.rights.access import PROTECTS_DATA, TAKES_IN, access_requests
from dauchan.privacy.rights.request_models import RUNNING, State
from dauchan.units import audit
from dauchan.web.downloads import csv_download
from dauchan.web.officer.guards import officer_required
from dauchan.web.privacy.forms import TABS, RequestFilter
from dauchan.web.privacy.words import RequestRow, request_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse, StreamingHttpResponse

    from dauchan.privacy.rights.request_models import PersonRequest
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
ROWS_AT_ONCE = 500


@require_safe
@officer_required(*TAKES_IN)
def request_list(request: OfficerRequest) -> HttpResponse:
    requests, tab = access_requests(request.user), _tab(request)
    chosen = RequestFilter(request.GET)
    page = Paginator(chosen.narrowed(_in_tab(requests, tab)), ROWS_A_PAGE).get_page(request.GET.get("page"))
    counts = requests.order_by().aggregate(
        running=Count("pk", Q(state__in=RUNNING)),
        overdue=Count("pk", Q(state__in=RUNNING, due_at__lt=timezone.now())),
        held=Count("pk", Q(state=State.HELD)),
        ended=Count("pk", Q(state__in=TABS["ended"])),
    )
    context = {"filter": chosen, "tab": tab, "page": page, "rows": request_rows(page), "counts": counts}
    context["protects"] = bool(request.user.roles() & set(PROTECTS_DATA))
    return render(request, "privacy/requests.html", context)


@require_safe
@officer_required(*PROTECTS_DATA)
def export(request: OfficerRequest) -> StreamingHttpResponse:
    """The register of requests: never who asked, nor in which words."""
    tab = _tab(request)
    found = RequestFilter(request.GET).narrowed(_in_tab(access_requests(request.user), tab))
    audit.record(request.user, "rights.exported", "person_requests", detail={"rows": found.count(), "tab": tab})
    return csv_download(_columns(), _rows(found), f"yeu-cau-du-lieu-{timezone.localdate():%Y-%m-%d}")


def _tab(request: OfficerRequest) -> str:
    asked = request.GET.get("tab", "")
    return asked if asked in {*TABS, "overdue"} else "running"


def _in_tab(requests: QuerySet[PersonRequest], tab: str) -> QuerySet[PersonRequest]:
    if tab == "overdue":
        return requests.filter(state__in=RUNNING, due_at__lt=timezone.now())
    ordered = requests if tab in {"running", "held"} else requests.order_by("-received_at")
    return ordered.filter(state__in=TABS[tab])


def _rows(requests: QuerySet[PersonRequest]) -> Iterator[RequestRow]:
    yield from request_rows(requests.iterator(chunk_size=ROWS_AT_ONCE))


def _columns() -> list[Column[RequestRow]]:
    return [
        Column(_("Mã theo dõi"), lambda row: row.request.code),
        Column(_("Yêu cầu"), lambda row: row.request.get_right_display()),
        Column(_("Nơi tiếp nhận"), lambda row: row.request.get_channel_display()),
        Column(_("Đơn vị"), lambda row: row.request.unit.full_name),
        Column(_("Nhận lúc"), lambda row: timezone.localtime(row.request.received_at)),
        Column(_("Hạn thực hiện"), lambda row: timezone.localtime(row.request.act_by_at)),
        Column(_("Trạng thái"), lambda row: row.request.get_state_display()),
        Column(_("Lý do không thực hiện"), lambda row: row.request.get_refusal_display()),
        Column(_("Đồng hồ"), lambda row: row.clock),
        Column(_("Số lần nhắc"), lambda row: row.request.reminders),
    ]
