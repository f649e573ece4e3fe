"""The outbreak at a glance: its curve, the way its contacts went, the team's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dauchan.epi.curves import epidemic_curve
from dauchan.tracing.outbreak_queries import instants_by
from dauchan.tracing.team_clock import clocks_of, list_limit_on, team_clock, work_on_contacts
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.outbreak.chosen import chosen_outbreak
from dauchan.web.outbreak.curve_drawing import CurveDrawing

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.epi.curves import FunnelStep
    from dauchan.web.outbreak.chosen import Chosen
    from dauchan.web.requests import OfficerRequest


STEPS = {
    "found": gettext_lazy("Tìm thấy"),
    "reached": gettext_lazy("Liên hệ được"),
    "verified": gettext_lazy("Đã xác minh"),
    "tested": gettext_lazy("Đã xét nghiệm"),
    "positive": gettext_lazy("Dương tính"),
}


@officer_required(Role.TRACER, Role.APPROVER, Role.LEADER)
def overview(request: OfficerRequest) -> HttpResponse:
    """Figures only: they stand for who traces, approves and leads alike."""
    chosen = chosen_outbreak(request)
    now = timezone.now()
    context = {
        "tab": "outbreak",
        "chosen": chosen,
        "curve": curve_of(chosen),
        "clock": team_clock(clocks_of(chosen.cases), now),
        "deadline": list_limit_on(timezone.localdate()),
        "funnel": funnel_of(chosen),
    }
    return render(request, "outbreak/overview.html", context)


def funnel_of(chosen: Chosen) -> list[tuple[str, FunnelStep]]:
    """The steps of the work on contacts by their names; empty without contacts."""
    if chosen.outbreak is None or not chosen.cases:
        return []
    steps = work_on_contacts(chosen.cases, chosen.outbreak.disease)
    return [(str(STEPS[step.name]), step) for step in steps] if steps[0].reached else []


def curve_of(chosen: Chosen) -> CurveDrawing | None:
    """The curve of the cases, stacked by the unit that has them for who may see them; None without any."""
    if chosen.outbreak is None or not chosen.cases:
        return None
    groups = [chosen.unit_names[case.unit_id] for case in chosen.cases] if chosen.sees_cases else None
    curve = epidemic_curve(instants_by(chosen.cases, chosen.basis), groups)
    # A case counts by its onset or sample, so a report may lie after the period.
    last_on = max([chosen.outbreak.last_on, *curve.days()[-1:]])
    return CurveDrawing(curve, chosen.outbreak.first_on, last_on, _("Những nơi khác"), _("Ca bệnh"))
