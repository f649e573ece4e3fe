"""The official reminder to one unit, with all that is overdue there."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dauchan.compliance.referrals.access import HANDS_OVER, access_referrals
from dauchan.compliance.referrals.letter import Letterhead, draw_up_letter
from dauchan.compliance.referrals.queries import overdue
from dauchan.units.deadlines import add_working_days
from dauchan.units.jurisdiction import access_unit
from dauchan.units.working_days import office_calendar
from dauchan.web.officer.guards import officer_required
from dauchan.web.referrals.forms import LetterForm
from dauchan.web.referrals.words import rows_of

if TYPE_CHECKING:
    from dauchan.units.models import Officer, Unit
    from dauchan.web.requests import OfficerRequest

#: Working days that a letter grants where its writer says nothing else.
GRANTED = 3


@officer_required(*HANDS_OVER)
def letter(request: OfficerRequest, unit_id: int) -> HttpResponse:
    """The form first; sent, the PDF."""
    unit = access_unit(request.user, unit_id, *HANDS_OVER)
    found = list(overdue(access_referrals(request.user, *HANDS_OVER).filter(unit=unit), timezone.now()))
    own = _own(request.user, unit)
    form = LetterForm(request.POST or None, initial=_initial(own))
    if request.method == "POST" and found and form.is_valid():
        pdf = draw_up_letter(unit, found, Letterhead(**form.cleaned_data), request.user, own.name)
        answer = HttpResponse(pdf, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="cong-van-don-doc-{unit.code}.pdf"'
        return answer
    context = {"unit": unit, "rows": rows_of(found), "form": form}
    return render(request, "referrals/letter.html", context, status=422 if form.errors else 200)


def _own(officer: Officer, unit: Unit) -> Unit:
    """The monitor's own unit, in whose place the letter is dated."""
    return next(own for own in officer.units_as(*HANDS_OVER) if own.contains(unit))


def _initial(own: Unit) -> dict[str, object]:
    answer_by = timezone.localdate(add_working_days(timezone.now(), GRANTED, office_calendar()))
    upper = f"Ủy ban nhân dân {own.full_name}"
    head = Letterhead(upper, "Sở Thông tin và Truyền thông", "", "Giám đốc", "", answer_by)
    return asdict(head)
