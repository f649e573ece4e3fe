"""What is overdue in a head's unit, and the form in which they explain and sign."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dauchan.oversight.accountability.access import EXPLAINS, access_explanations
from dauchan.oversight.accountability.errors import AccountabilityRefused
from dauchan.oversight.accountability.explaining import Said, sign_explanation
from dauchan.oversight.accountability.overdue import overdue_work
from dauchan.web.accountability.confirming import confirm
from dauchan.web.accountability.forms import ExplanationForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.oversight.accountability.models import Explanation
    from dauchan.web.requests import OfficerRequest

#: As many as a person reads before they sign; the others follow when these are explained.
MOST_SHOWN = 50


@officer_required(*EXPLAINS)
def overdue(request: OfficerRequest) -> HttpResponse:
    """The list first; sent, the signed explanation."""
    form = ExplanationForm(request.POST or None, officer=request.user)
    chosen = request.POST.getlist("item")
    if request.method == "POST" and form.is_valid():
        signed = _signed(request, form, chosen)
        if signed is not None:
            messages.success(request, _("Đã ký giải trình. Cấp trên đã thấy; hạn vẫn giữ nguyên."))
            return redirect("accountability:explanation", signed.pk)
    work = overdue_work(request.user.units_as(*EXPLAINS), timezone.now(), MOST_SHOWN)
    context = {
        "items": work.first,
        "more": work.count - len(work.first),
        "chosen": chosen or [item.key for item in work.first if item.needs_explanation],
        "form": form,
        "explanations": access_explanations(request.user).count(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "accountability/overdue.html", context, status=status)


def _signed(request: OfficerRequest, form: ExplanationForm, chosen: list[str]) -> Explanation | None:
    said = form.cleaned_data
    try:
        by = confirm(request, said["secret"])
        return sign_explanation(
            request.user, chosen, Said(said["words"], said["remedy"], said["promised_on"], by.value)
        )
    except ValidationError as wrong:
        form.add_error("secret", wrong)
    except AccountabilityRefused as refused:
        form.add_error(None, str(refused.message))
    return None
