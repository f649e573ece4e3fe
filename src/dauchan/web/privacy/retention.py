"""What was purged, with its proof, and how long everything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dauchan.privacy.breaches.access import SEES_BREACHES
from dauchan.privacy.inventory import data_inventory
from dauchan.privacy.retention.certificate_models import PurgeCertificate
from dauchan.privacy.retention.certificates import is_signed
from dauchan.privacy.retention.papers import certificate_pdf
from dauchan.units.errors import NoSuchThing
from dauchan.units.languages import reads_english
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
SEES_CERTIFICATES = (*SEES_BREACHES, Role.OPERATOR)


@require_safe
@officer_required(*SEES_CERTIFICATES)
def certificate_list(request: OfficerRequest) -> HttpResponse:
    page = Paginator(PurgeCertificate.objects.all(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, is_signed(one), sum(left["rows"] for left in one.content["left_over"])) for one in page]
    is_english = reads_english()
    rules = [
        (
            rule.en if is_english else rule.vi,
            rule.days,
            rule.why_en if is_english else rule.why_vi,
            rule.source_en if is_english else rule.source,
            len(data_inventory().under(rule.code)),
        )
        for rule in data_inventory().rules.values()
    ]
    return render(request, "privacy/retention.html", {"page": page, "rows": rows, "rules": rules})


@require_safe
@officer_required(*SEES_CERTIFICATES)
def paper(request: OfficerRequest, certificate_id: int) -> HttpResponse:  # noqa: ARG001 - a view
    found = PurgeCertificate.objects.filter(pk=certificate_id).first()
    if found is None:
        raise NoSuchThing
    answer = HttpResponse(certificate_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="chung-nhan-xoa-{found.pk}.pdf"'
    return answer
