"""The legal bases that may be chosen, and those that an authority adds for its area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.oversight.sanctions.access import KEEPS_BASES, SEES_SANCTIONS, access_bases, access_basis
from dauchan.oversight.sanctions.bases import NewBasis, add_basis, end_basis
from dauchan.oversight.sanctions.errors import SanctionRefused
from dauchan.oversight.sanctions.models import Kind
from dauchan.units.errors import RoleMissing
from dauchan.web.officer.guards import officer_required
from dauchan.web.sanctions.forms import BasisForm, EndForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.oversight.sanctions.models import LegalBasis
    from dauchan.units.models import Unit
    from dauchan.web.requests import OfficerRequest


@officer_required(*SEES_SANCTIONS)
def basis_list(request: OfficerRequest) -> HttpResponse:
    """What is in force first; the form below it adds one for the officer's own area."""
    own = request.user.units_as(*KEEPS_BASES)
    form = BasisForm(request.POST or None)
    if request.method == "POST":
        if not own:
            raise RoleMissing
        if form.is_valid():
            try:
                add_basis(NewBasis(**form.cleaned_data), own[0], request.user)
            except SanctionRefused as refused:
                form.add_error(None, str(refused.message))
            else:
                messages.success(request, _("Đã thêm căn cứ pháp lý."))
                return redirect("sanctions:bases")
    today = timezone.localdate()
    bases = sorted(access_bases(request.user), key=lambda basis: (not basis.holds_on(today), basis.position))
    context = {
        "rows": [(basis, basis.holds_on(today), _kinds(basis), _may_end(basis, own)) for basis in bases],
        "form": form,
        "own": own[0] if own else None,
        "end_form": EndForm(initial={"valid_to": today}),
    }
    return render(request, "sanctions/bases.html", context, status=422 if form.errors else 200)


def _kinds(basis: LegalBasis) -> list[str]:
    return [str(kind.label) for kind in Kind if basis.allows(kind)]


def _may_end(basis: LegalBasis, own: list[Unit]) -> bool:
    return basis.unit is not None and basis.unit in own and basis.valid_to is None


@require_POST
@officer_required(*KEEPS_BASES)
def end(request: OfficerRequest, basis_id: int) -> HttpResponse:
    basis, form = access_basis(request.user, basis_id), EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi ngày hết hiệu lực."))
        return redirect("sanctions:bases")
    try:
        end_basis(basis, request.user, form.cleaned_data["valid_to"])
    except SanctionRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã ghi ngày hết hiệu lực."))
    return redirect("sanctions:bases")
