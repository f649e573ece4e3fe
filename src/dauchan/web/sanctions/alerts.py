"""Many suspensions at once: somebody outside asks why, and writes what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight.sanctions.access import SEES_ALERTS, access_alert, access_alerts
from dauchan.oversight.sanctions.alerts import MANY, see_alert
from dauchan.web.officer.guards import officer_required
from dauchan.web.sanctions.forms import AlertNoteForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

ALERTS_A_PAGE = 25


@require_safe
@officer_required(*SEES_ALERTS)
def alert_list(request: OfficerRequest) -> HttpResponse:
    page = Paginator(access_alerts(request.user), ALERTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sanctions/alerts.html", {"page": page, "many": MANY})


@require_POST
@officer_required(*SEES_ALERTS)
def see(request: OfficerRequest, alert_id: int) -> HttpResponse:
    alert, form = access_alert(request.user, alert_id), AlertNoteForm(request.POST)
    if form.is_valid():
        see_alert(alert, request.user, form.cleaned_data["note"])
        messages.success(request, _("Đã ghi kết luận."))
    else:
        messages.error(request, _("Hãy ghi kết luận, ít nhất 5 ký tự."))
    return redirect("sanctions:alerts")
