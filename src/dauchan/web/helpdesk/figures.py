"""How the hotline does: every share with its denominator; counts only, nobody's words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dauchan.helpdesk.access import SEES_HELP_FIGURES, agents
from dauchan.helpdesk.models import Channel, Ticket, Topic
from dauchan.helpdesk.queries import COUNTED_DAYS, counted_by, figures_of, frequent_problems
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.db import models
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

PERIODS = (7, 30, 90)
HOUR = dt.timedelta(hours=1)
#: By person only for who is one of them or answers for them.
SEES_AGENTS = frozenset({Role.AGENT, Role.MONITOR})


def _words(choices: type[models.TextChoices]) -> dict[object, str]:
    return {one.value: str(one.label) for one in choices}


@require_safe
@officer_required(*SEES_HELP_FIGURES)
def page(request: OfficerRequest) -> HttpResponse:
    now = timezone.now()
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(one) for one in PERIODS} else PERIODS[1]
    tickets = Ticket.objects.filter(opened_at__gt=now - dt.timedelta(days=days))
    figures = figures_of(tickets, now)
    names: dict[object, str] = {one.pk: one.full_name for one in agents()}
    context = {
        "days": days,
        "periods": PERIODS,
        "figures": figures,
        **_waited(figures.wait),
        "topics": counted_by(tickets, "topic", _words(Topic)),
        "channels": counted_by(tickets, "channel", _words(Channel)),
        "agents": counted_by(tickets.exclude(agent=None), "agent", names) if request.user.roles() & SEES_AGENTS else [],
        "problems": frequent_problems(now),
        "counted_days": COUNTED_DAYS,
    }
    return render(request, "helpdesk/figures.html", context)


def _waited(wait: dt.timedelta | None) -> dict[str, object]:
    """In minutes below an hour, in hours with one decimal from there on."""
    if wait is None:
        return {"waited": "–", "waited_unit": ""}
    if wait < HOUR:
        return {"waited": max(1, round(wait.total_seconds() / 60)), "waited_unit": _("phút")}
    return {"waited": round(wait / HOUR, 1), "waited_unit": _("giờ")}
