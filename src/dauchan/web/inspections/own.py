"""What an owner sees of inspections of their own places, and how they say that something was mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight.inspections.access import (
    access_own_inspection,
    access_own_inspections,
    access_own_measure,
    access_own_picture,
)
from dauchan.oversight.inspections.errors import InspectionRefused
from dauchan.oversight.inspections.measuring import answer_mended
from dauchan.oversight.inspections.models import MeasureState
from dauchan.oversight.inspections.paper import record_pdf
from dauchan.oversight.inspections.queries import with_findings
from dauchan.units import audit
from dauchan.web.inspections.forms import MendedForm
from dauchan.web.inspections.records import paper_answer
from dauchan.web.inspections.words import checks_shown, measure_rows
from dauchan.web.pictures import picture_shown
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.oversight.inspections.models import Inspection, Measure
    from dauchan.venues.models import Venue
    from dauchan.web.requests import PersonRequest

MOST_ON_VENUE = 5


def own_inspections(venue: Venue) -> list[Inspection]:
    """The latest records of a venue, for its owner's page."""
    if venue.owner_id is None:
        return []
    return list(with_findings(access_own_inspections(venue.owner_id).filter(venue=venue))[:MOST_ON_VENUE])


@require_safe
@person_required
def page(request: PersonRequest, inspection_id: int) -> HttpResponse:
    return _shown(request, access_own_inspection(request.person.pk, inspection_id))


def _shown(
    request: PersonRequest, inspection: Inspection, sent: dict[int, MendedForm] | None = None, *, status: int = 200
) -> HttpResponse:
    measures = inspection.measures.prefetch_related("events__pictures")
    context = {
        "inspection": inspection,
        "checks": checks_shown(inspection),
        "findings": inspection.findings.filter(withdrawal=None).prefetch_related("pictures"),
        "measures": [(row, _form_for(row.measure, sent or {})) for row in measure_rows(measures)],
        "supplements": inspection.supplements.all(),
    }
    return render(request, "inspections/own.html", context, status=status)


def _form_for(measure: Measure, sent: dict[int, MendedForm]) -> MendedForm | None:
    if measure.state != MeasureState.OPEN:
        return None
    return sent.get(measure.pk) or MendedForm(measure=measure)


@require_safe
@person_required
def pdf(request: PersonRequest, inspection_id: int) -> HttpResponse:
    inspection = access_own_inspection(request.person.pk, inspection_id)
    audit.record(None, "inspection.printed_by_owner", inspection.audit_name)
    return paper_answer(record_pdf(inspection), f"bien-ban-kiem-tra-{inspection.pk}")


@require_safe
@person_required
def picture(request: PersonRequest, picture_id: int) -> HttpResponse:
    return picture_shown(access_own_picture(request.person.pk, picture_id))


@require_POST
@person_required
def mended(request: PersonRequest, measure_id: int) -> HttpResponse:
    """A refused answer shows the page as it is now, with what was typed."""
    measure = access_own_measure(request.person.pk, measure_id)
    inspection = access_own_inspection(request.person.pk, measure.inspection_id)
    form = MendedForm(request.POST, request.FILES, measure=measure)
    if not form.is_valid():
        return _shown(request, inspection, {measure.pk: form}, status=422)
    said = form.cleaned_data
    try:
        answer_mended(measure, said["revision"], said["words"], said["pictures"])
    except InspectionRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã gửi. Cán bộ phường, xã sẽ xem và xác nhận."))
    return redirect("inspections:own", inspection.pk)
