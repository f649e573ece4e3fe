"""Set a sign aside with a reason, and take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.compliance.signs.access import JUDGES_SIGNS, access_dismissal, access_sign
from dauchan.compliance.signs.dismissing import dismiss_sign, withdraw_dismissal
from dauchan.compliance.signs.errors import SignsRefused, TooLong
from dauchan.web.officer.guards import officer_required
from dauchan.web.signs.forms import DismissalForm
from dauchan.web.signs.venue import shown_signs

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest


@require_POST
@officer_required(*JUDGES_SIGNS)
def dismiss(request: OfficerRequest, sign_id: int) -> HttpResponse:
    sign = access_sign(request.user, sign_id)
    form = DismissalForm(request.POST, prefix=f"s{sign.pk}")
    if not form.is_valid():
        return shown_signs(request, sign.venue, form, sign.pk)
    asked = form.cleaned_data
    try:
        dismiss_sign(sign, request.user, asked["reason"], asked["words"], asked["until"])
    except TooLong as refused:
        form.add_error("until", str(refused.message))
        return shown_signs(request, sign.venue, form, sign.pk)
    except SignsRefused as refused:
        messages.error(request, str(refused.message))
    else:
        words = _("Đã bỏ qua dấu hiệu đến hết ngày %(until)s.") % {"until": f"{asked['until']:%d/%m/%Y}"}
        messages.success(request, words)
    return redirect("signs:venue", sign.venue_id)


@require_POST
@officer_required(*JUDGES_SIGNS)
def withdraw(request: OfficerRequest, dismissal_id: int) -> HttpResponse:
    dismissal = access_dismissal(request.user, dismissal_id)
    try:
        withdraw_dismissal(dismissal, request.user)
    except SignsRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Dấu hiệu trở lại danh sách cần xem."))
    return redirect("signs:venue", dismissal.venue_id)
