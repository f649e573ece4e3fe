"""How the exchange stands with each receiver, unit by unit, and what was set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dauchan.exchange.national.access import (
    RUNS_EXCHANGE,
    SEES_EXCHANGE,
    access_agreement,
    access_agreements,
    access_set_aside,
)
from dauchan.exchange.national.errors import AgreementRefused
from dauchan.exchange.national.queries import Situation, comparisons_of, lines_of_units, reasons_of, situation_of
from dauchan.exchange.national.status import metrics
from dauchan.exchange.national.streams import agreed_days
from dauchan.units.models import Unit
from dauchan.web.exchange.forms import BackfillForm
from dauchan.web.exchange.words import face_of, reason_in_words, wait_of
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 50
UNITS_A_PAGE = 60


@require_safe
@officer_required(*SEES_EXCHANGE)
def receivers(request: OfficerRequest) -> HttpResponse:
    """The only one's page where there is one; else a list, or what to do where there is none."""
    try:
        found = access_agreements(request.user)
    except AgreementRefused as refused:
        return render(request, "exchange/receivers.html", {"refused": str(refused)})
    if len(found) == 1:
        return redirect("exchange:one", found[0].code)
    situations = [(agreement, face_of(situation_of(agreement))) for agreement in found]
    return render(request, "exchange/receivers.html", {"receivers": situations})


@require_safe
@officer_required(*SEES_EXCHANGE)
def one(request: OfficerRequest, code: str) -> HttpResponse:
    agreement = access_agreement(request.user, code)
    days = agreed_days(agreement, timezone.now())
    lines = lines_of_units(agreement.code, Unit.objects.valid_on(timezone.localdate()))
    context = _figures(request, situation_of(agreement)) | {
        "form": BackfillForm(days=days),
        "days": days,
        "page": Paginator(lines, UNITS_A_PAGE).get_page(request.GET.get("page")),
        "comparisons": comparisons_of(agreement.code),
        "reasons": [(each, reason_in_words(str(each["reason"]))) for each in reasons_of(agreement.code)],
    }
    return render(request, "exchange/one.html", context)


@require_safe
@officer_required(*SEES_EXCHANGE)
def figures(request: OfficerRequest, code: str) -> HttpResponse:
    """The part of the page that renews itself."""
    agreement: Agreement = access_agreement(request.user, code)
    return render(request, "exchange/figures.html", _figures(request, situation_of(agreement)))


@require_safe
@officer_required(*SEES_EXCHANGE)
def set_aside(request: OfficerRequest, code: str) -> HttpResponse:
    agreement = access_agreement(request.user, code)
    page = Paginator(access_set_aside(request.user, code), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "agreement": agreement,
        "page": page,
        "rows": [(each, reason_in_words(each.reason)) for each in page],
        "may_run": bool(request.user.units_as(*RUNS_EXCHANGE)),
    }
    return render(request, "exchange/set_aside.html", context)


@require_safe
def gauges(request: HttpRequest) -> HttpResponse:
    """For the door's /metrics, which knows who may read them: nobody else can send this header."""
    if request.headers.get("X-Forwarded-Metrics") != "exchange":
        raise Http404
    return HttpResponse(metrics(), content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def _figures(request: OfficerRequest, situation: Situation) -> dict[str, Any]:
    return {
        "situation": situation,
        "agreement": situation.agreement,
        "face": face_of(situation),
        "wait": wait_of(situation.lag),
        "empty_on": f"{timezone.localtime(situation.empty_at):%d/%m/%Y}" if situation.empty_at else "",
        "may_run": bool(request.user.units_as(*RUNS_EXCHANGE)),
        "now": timezone.now(),
    }
