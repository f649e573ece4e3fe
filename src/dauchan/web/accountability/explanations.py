"""What heads of the area have signed, for them and for the levels above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dauchan.oversight.accountability.access import SEES_ACCOUNTS, access_explanation, access_explanations
from dauchan.oversight.accountability.explaining import digest_of
from dauchan.oversight.accountability.explanation_paper import explanation_pdf
from dauchan.oversight.accountability.overdue import Kept, promises_of, references_of
from dauchan.units import audit
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
KEPT_WORDS = {
    Kept.KEPT: (_("Đã trả lời đúng hứa"), "good"),
    Kept.WAITING: (_("Chưa đến ngày hứa"), "info"),
    Kept.BROKEN: (_("Không giữ lời hứa"), "critical"),
}


@require_safe
@officer_required(*SEES_ACCOUNTS)
def explanation_list(request: OfficerRequest) -> HttpResponse:
    found = access_explanations(request.user).prefetch_related("items__explanation")
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    items = [item for explanation in page for item in explanation.items.all()]
    promises = promises_of(items, timezone.localdate())
    rows = [
        (explanation, [(kept, KEPT_WORDS[kept], states.count(kept)) for kept in Kept if kept in states])
        for explanation in page
        for states in [[promises[item.pk] for item in explanation.items.all()]]
    ]
    return render(request, "accountability/explanations.html", {"page": page, "rows": rows, "tab": "explanations"})


@require_safe
@officer_required(*SEES_ACCOUNTS)
def explanation_page(request: OfficerRequest, explanation_id: int) -> HttpResponse:
    explanation = access_explanation(request.user, explanation_id)
    items = list(explanation.items.select_related("explanation"))
    promises, references = promises_of(items, timezone.localdate()), references_of(items)
    audit.record(request.user, "accountability.explanation_seen", f"explanation:{explanation.pk}")
    context = {
        "explanation": explanation,
        "rows": [(item, references[item.pk], *KEPT_WORDS[promises[item.pk]]) for item in items],
        "is_intact": digest_of(explanation, items) == explanation.digest,
        "tab": "explanations",
    }
    return render(request, "accountability/explanation.html", context)


@require_safe
@officer_required(*SEES_ACCOUNTS)
def paper(request: OfficerRequest, explanation_id: int) -> HttpResponse:
    """The official report as PDF."""
    explanation = access_explanation(request.user, explanation_id)
    answer = HttpResponse(explanation_pdf(explanation), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="giai-trinh-{explanation.pk}.pdf"'
    return answer
