"""The approver's inbox: who asks for names, for what, and the decision."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dauchan.tracing.access import access_disclosure
from dauchan.tracing.disclosure_actions import decide_disclosure
from dauchan.tracing.disclosure_models import DISCLOSURE_HOURS
from dauchan.tracing.errors import AlreadyDecided, SecondPersonNeeded
from dauchan.tracing.notices.queries import waiting_for_approver
from dauchan.tracing.queries import decided_for, generation_counts, waiting_for
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.list_forms import DecisionForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.tracing.models import Disclosure
    from dauchan.web.requests import OfficerRequest

DECIDED_A_PAGE = 20


@officer_required(Role.APPROVER)
def inbox(request: OfficerRequest) -> HttpResponse:
    requests = waiting_for(request.user).order_by("requested_at")
    context = {
        "requests": requests,
        "waiting": len(requests),
        "notices_waiting": waiting_for_approver(request.user).count(),
        "page": Paginator(decided_for(request.user), DECIDED_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "tracer/approvals.html", context)


@officer_required(Role.TRACER, Role.APPROVER)
def decide(request: OfficerRequest, disclosure_id: int) -> HttpResponse:
    """One request with what it would open; a tracer may look at it, only another person's approval opens it."""
    disclosure = access_disclosure(request.user, disclosure_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, disclosure, form)
        except SecondPersonNeeded as refused:
            return _render(request, disclosure, form, HTTPStatus.FORBIDDEN, str(refused.message))
        except AlreadyDecided as refused:
            messages.error(request, str(refused.message))
            return redirect("tracer:decide", disclosure.pk)
        return redirect("tracer:approvals")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _render(request, disclosure, form, status)


def _decide(request: OfficerRequest, disclosure: Disclosure, form: DecisionForm) -> None:
    approve = form.cleaned_data["decision"] == "approve"
    decide_disclosure(disclosure, request.user, approve=approve, note=form.cleaned_data["note"])
    if approve:
        told = _("Đã phê duyệt. Thông tin mở cho %(officer)s trong %(hours)s giờ.")
        messages.success(request, told % {"officer": disclosure.requested_by, "hours": DISCLOSURE_HOURS})
    else:
        messages.success(request, _("Đã từ chối."))


def _render(
    request: OfficerRequest, disclosure: Disclosure, form: DecisionForm, status: HTTPStatus, refusal: str = ""
) -> HttpResponse:
    run = disclosure.run
    context = {
        "disclosure": disclosure,
        "run": run,
        "case": run.case,
        "generations": generation_counts(run),
        "others": run.disclosures.exclude(pk=disclosure.pk).select_related("requested_by", "decided_by"),
        "form": form,
        "refusal": refusal,
        "is_own": disclosure.requested_by_id == request.user.pk,
        "may_decide": request.user.may_act_as(Role.APPROVER, run.case.unit),
        "hours": DISCLOSURE_HOURS,
    }
    return render(request, "tracer/disclosure.html", context, status=status)
