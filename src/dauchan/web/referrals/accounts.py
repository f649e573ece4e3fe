"""How each unit meets its deadlines: counts with their denominators, ranked only where there are enough."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dauchan.compliance.referrals.access import SEES_REFERRALS, access_referrals
from dauchan.compliance.referrals.queries import LEAST_FOR_A_SHARE, accounts_of
from dauchan.web.layout.widgets import DateInput
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

USUAL = dt.timedelta(days=90)


class PeriodForm(forms.Form):
    since = forms.DateField(label=_("Chuyển từ ngày"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Đến hết ngày"), required=False, widget=DateInput)


@require_safe
@officer_required(*SEES_REFERRALS)
def by_unit(request: OfficerRequest) -> HttpResponse:
    today = timezone.localdate()
    form = PeriodForm(request.GET)
    form.is_valid()
    since = form.cleaned_data.get("since") or today - USUAL
    until = form.cleaned_data.get("until") or today
    within = access_referrals(request.user).filter(handed_at__date__gte=since, handed_at__date__lte=until)
    context = {
        "form": PeriodForm(initial={"since": since, "until": until}),
        "since": since,
        "until": until,
        "accounts": accounts_of(within.select_related(None), timezone.now()),
        "least": LEAST_FOR_A_SHARE,
    }
    return render(request, "referrals/units.html", context)
