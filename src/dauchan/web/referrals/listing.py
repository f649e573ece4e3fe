"""The list of referrals with their clocks: a monitor's overview and a unit's inbox are one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.compliance.referrals.access import ANSWERS, HANDS_OVER, SEES_REFERRALS, access_referrals, may_answer
from dauchan.compliance.referrals.actions import accept
from dauchan.compliance.referrals.errors import ReferralRefused
from dauchan.compliance.referrals.models import State
from dauchan.compliance.referrals.queries import counts_of
from dauchan.exchange.tables import Column
from dauchan.units import audit
from dauchan.web.downloads import csv_download
from dauchan.web.layout.paging import KeysFirst
from dauchan.web.many import accept_each, ticked
from dauchan.web.officer.guards import officer_required
from dauchan.web.referrals.forms import TABS, ReferralFilter
from dauchan.web.referrals.words import Row, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse, StreamingHttpResponse

    from dauchan.compliance.referrals.models import Referral
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
ROWS_AT_ONCE = 500
#: Nobody of the unit has taken them up.
NEW = (State.HANDED, State.RETURNED)


@require_safe
@officer_required(*SEES_REFERRALS)
def referral_list(request: OfficerRequest) -> HttpResponse:
    referrals = access_referrals(request.user)
    tab, chosen = _tab(request), ReferralFilter(request.GET, officer=request.user)
    page = KeysFirst(chosen.narrowed(referrals, tab), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "tab": tab,
        "page": page,
        "rows": rows_of(page),
        "counts": counts_of(referrals, timezone.now()),
        "acceptable": {one.pk for one in page if one.state in NEW and may_answer(request.user, one)},
        "may_hand_over": bool(request.user.roles() & set(HANDS_OVER)),
    }
    return render(request, "referrals/referrals.html", context)


@require_POST
@officer_required(*ANSWERS)
def accept_many(request: OfficerRequest) -> HttpResponse:
    """Those that were ticked, of the officer's area."""
    asked = ticked(request)
    found = access_referrals(request.user, *ANSWERS).filter(pk__in=asked)
    accept_each(request, found, lambda one: accept(one, request.user, asked[one.pk]), ReferralRefused)
    return redirect("referrals:referrals")


@require_safe
@officer_required(*SEES_REFERRALS)
def export(request: OfficerRequest) -> StreamingHttpResponse:
    """What the list shows now, all of its pages."""
    tab, chosen = _tab(request), ReferralFilter(request.GET, officer=request.user)
    found = chosen.narrowed(access_referrals(request.user), tab)
    audit.record(request.user, "referrals.exported", "referrals", detail={"rows": found.count(), "tab": tab})
    return csv_download(_columns(), _rows(found), f"phieu-chuyen-{timezone.localdate():%Y-%m-%d}")


def _tab(request: OfficerRequest) -> str:
    asked = request.GET.get("tab", "")
    return asked if asked in {*TABS, "overdue"} else "running"


def _rows(referrals: QuerySet[Referral]) -> Iterator[Row]:
    yield from rows_of(referrals.iterator(chunk_size=ROWS_AT_ONCE))


def _columns() -> list[Column[Row]]:
    return [
        Column(_("Số phiếu"), lambda row: row.referral.pk),
        Column(_("Địa điểm"), lambda row: row.referral.venue.name),
        Column(_("Địa chỉ"), lambda row: row.referral.venue.full_address),
        Column(_("Đơn vị"), lambda row: row.referral.unit.full_name),
        Column(_("Nội dung"), lambda row: row.referral.what),
        Column(_("Chứng cứ"), lambda row: row.referral.told),
        Column(_("Trạng thái"), lambda row: row.referral.get_state_display()),
        Column(_("Kết quả"), lambda row: row.referral.get_outcome_display()),
        Column(_("Chuyển lúc"), lambda row: timezone.localtime(row.referral.handed_at)),
        Column(_("Hạn trả lời"), lambda row: timezone.localtime(row.referral.due_at)),
        Column(_("Đồng hồ"), lambda row: row.clock),
        Column(_("Số lần nhắc"), lambda row: row.referral.reminders),
        Column(_("Đã báo lên"), lambda row: str(row.referral.escalated_to or "")),
    ]
