"""The screenings themselves: with what, how long, how they ended; and one for any past day, by hand."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dauchan.compliance.signs.access import JUDGES_SIGNS, SEES_SIGNS, access_runs
from dauchan.compliance.signs.asking import ask_for_screening
from dauchan.compliance.signs.errors import SignsRefused
from dauchan.compliance.signs.queries import next_due_at, under_way
from dauchan.compliance.signs.reading import first_day
from dauchan.units.jurisdiction import require_role
from dauchan.web.officer.guards import officer_required
from dauchan.web.signs.forms import ScreeningForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

RUNS_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*SEES_SIGNS)
def screening_list(request: OfficerRequest) -> HttpResponse:
    """The list; sent as a form, a screening is asked for."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    form = ScreeningForm(request.POST or None, initial={"on": yesterday})
    form.fields["on"].widget.attrs |= {"min": f"{first_day():%Y-%m-%d}", "max": f"{yesterday:%Y-%m-%d}"}
    if request.method == "POST":
        require_role(request.user, *JUDGES_SIGNS)
        if form.is_valid() and _asked(request, form):
            return redirect("signs:screenings")
    page = Paginator(access_runs(request.user), RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "under_way": under_way(),
        "next_at": next_due_at(timezone.now()),
        "may_judge": bool(request.user.units_as(*JUDGES_SIGNS)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "signs/screenings.html", context, status=status)


def _asked(request: OfficerRequest, form: ScreeningForm) -> bool:
    try:
        run = ask_for_screening(request.user, form.cleaned_data["on"])
    except SignsRefused as refused:
        form.add_error("on", str(refused.message))
        return False
    messages.success(request, _("Sẽ rà soát đến hết ngày %(on)s; kết quả hiện ở đây.") % {"on": f"{run.on:%d/%m/%Y}"})
    return True
