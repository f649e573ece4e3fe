"""The officers' lists: all notices of the area, and what a case suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.access import access_case
from dauchan.tracing.models import CaseStatus
from dauchan.tracing.notices.batches import drafts_of
from dauchan.tracing.notices.proposals import proposals_for
from dauchan.tracing.notices.queries import notices_as, waiting_for_approver, with_latest
from dauchan.units import audit
from dauchan.units.models import Role
from dauchan.venues.access import access_venues
from dauchan.venues.queries import matching
from dauchan.vietnamese import clean_text
from dauchan.web.notices.forms import LONGEST_QUERY
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

NOTICES_A_PAGE = 25
MOST_FOUND = 20
KINDS = (
    ("", _("Tất cả")),
    ("waiting", _("Chờ phê duyệt")),
    ("drafts", _("Bản nháp")),
    ("published", _("Đang công bố")),
    ("ended", _("Đã kết thúc")),
)


@officer_required(Role.TRACER, Role.APPROVER)
def notice_list(request: OfficerRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    notices = with_latest(notices_as(request.user, kind).order_by("-created_at", "-pk"))
    context = {
        "page": Paginator(notices, NOTICES_A_PAGE).get_page(request.GET.get("page")),
        "kind": kind,
        "kinds": KINDS,
        "waiting": waiting_for_approver(request.user).count(),
    }
    return render(request, "notices/list.html", context)


@officer_required(Role.TRACER, Role.APPROVER)
def proposals(request: OfficerRequest, case_id: int) -> HttpResponse:
    """Where the case was, and where its trace found crowds, each with one press to a draft; any other place by search."""
    case = access_case(request.user, case_id)
    audit.record(request.user, "case.places_seen", f"case:{case.pk}")
    words = clean_text(request.GET.get("q", ""))[:LONGEST_QUERY]
    proposed = proposals_for(case)
    context = {
        "case": case,
        "proposals": proposed,
        "open_crowds": sum(bool(one.run_id) and one.notice is None for one in proposed),
        "drafts": len(drafts_of(case)),
        "words": words,
        "found": _found(request, words),
        "notices": with_latest(case.exposure_notices.all()),
        "may_write": request.user.may_act_as(Role.TRACER, case.unit) and case.status == CaseStatus.CONFIRMED,
    }
    return render(request, "notices/proposals.html", context)


def _found(request: OfficerRequest, words: str) -> list[Venue]:
    return list(matching(access_venues(request.user, Role.TRACER), words)[:MOST_FOUND]) if words else []
