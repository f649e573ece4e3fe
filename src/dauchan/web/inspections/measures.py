"""What has to be mended: what is overdue, what owners say they have mended, and judging it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight.inspections.access import (
    INSPECTS,
    SEES_INSPECTIONS,
    access_measure,
    access_measure_picture,
    access_measures,
)
from dauchan.oversight.inspections.errors import InspectionRefused
from dauchan.oversight.inspections.measuring import confirm_mended, give_back
from dauchan.oversight.inspections.models import MeasureState
from dauchan.oversight.inspections.queries import overdue
from dauchan.units.errors import NoSuchThing
from dauchan.web.inspections.forms import TABS, GiveBackForm, MeasureForm
from dauchan.web.inspections.words import measure_rows
from dauchan.web.officer.guards import officer_required
from dauchan.web.pictures import picture_shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
STEPS = {"confirm": (MeasureForm, confirm_mended), "return": (GiveBackForm, give_back)}


@require_safe
@officer_required(*SEES_INSPECTIONS)
def measure_list(request: OfficerRequest) -> HttpResponse:
    """Tabs: overdue, open, answered, done."""
    now = timezone.now()
    asked = request.GET.get("tab", "")
    tab = asked if asked in {*TABS, "overdue"} else "overdue"
    measures = access_measures(request.user)
    found = overdue(measures, now) if tab == "overdue" else measures.filter(state__in=TABS[tab])
    page = Paginator(found.order_by("due_at", "pk"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    counts = measures.order_by().aggregate(
        overdue=Count("pk", Q(state=MeasureState.OPEN, due_at__lt=now)),
        open=Count("pk", Q(state=MeasureState.OPEN)),
        answered=Count("pk", Q(state=MeasureState.ANSWERED)),
    )
    context = {"tab": tab, "page": page, "rows": measure_rows(page), "counts": counts}
    return render(request, "inspections/measures.html", context)


@require_POST
@officer_required(*INSPECTS)
def step(request: OfficerRequest, measure_id: int, step: str) -> HttpResponse:
    if step not in STEPS:
        raise NoSuchThing
    measure = access_measure(request.user, measure_id, *INSPECTS)
    kind, act = STEPS[step]
    form = kind(request.POST, measure=measure)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi rõ lý do, ít nhất 5 ký tự."))
        return redirect("inspections:record", measure.inspection_id)
    try:
        act(measure, request.user, form.cleaned_data["revision"], form.cleaned_data["words"])
    except InspectionRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã ghi."))
    return redirect("inspections:record", measure.inspection_id)


@require_safe
@officer_required(*SEES_INSPECTIONS)
def picture(request: OfficerRequest, picture_id: int) -> HttpResponse:
    return picture_shown(access_measure_picture(request.user, picture_id))
