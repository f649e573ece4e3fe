"""All crowds of a case's trace as drafts, and all its drafts to the second person, each with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_case
from dauchan.tracing.notices.batches import draft_crowds, submit_drafts
from dauchan.tracing.notices.errors import NoticeRefused
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest


@require_POST
@officer_required(Role.TRACER)
def draft_all(request: OfficerRequest, case_id: int) -> HttpResponse:
    case = access_case(request.user, case_id)
    try:
        drafted = len(draft_crowds(case, request.user))
    except NoticeRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("notices:proposals", case.pk)
    if drafted:
        told = ngettext("Đã soạn %(count)s bản nháp.", "Đã soạn %(count)s bản nháp.", drafted)
        messages.success(request, told % {"count": drafted})
    else:
        messages.info(request, _("Mọi nơi đông người đều đã có thông báo."))
    return redirect("notices:proposals", case.pk)


@require_POST
@officer_required(Role.TRACER)
def submit_all(request: OfficerRequest, case_id: int) -> HttpResponse:
    """What became of each is told: handed in, held back for too few people, refused with its reason."""
    case = access_case(request.user, case_id)
    handed = submit_drafts(case, request.user)
    if sent := len(handed.submitted):
        told = ngettext("Đã gửi phê duyệt %(count)s thông báo.", "Đã gửi phê duyệt %(count)s thông báo.", sent)
        messages.success(request, told % {"count": sent})
    if few := len(handed.few):
        told = ngettext(
            "%(count)s bản nháp chưa gửi: ở đó có ít hơn 10 người, hãy gọi điện cho từng người. Nếu vẫn cần công bố, hãy gửi riêng bản đó.",
            "%(count)s bản nháp chưa gửi: ở đó có ít hơn 10 người, hãy gọi điện cho từng người. Nếu vẫn cần công bố, hãy gửi riêng bản đó.",
            few,
        )
        messages.warning(request, told % {"count": few})
    for reason in dict.fromkeys(str(refused.message) for _notice, refused in handed.refused):
        messages.error(request, reason)
    return redirect("notices:proposals", case.pk)
