"""A new case: fill in, look at what follows and who it may be, keep."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dauchan.tracing.actions import preview_case, register_case
from dauchan.tracing.engine import make_ready
from dauchan.tracing.errors import NobodyWithThisPhone, NoNameGiven, TracingRefused, WhoIsIt
from dauchan.tracing.intake.likeness import Likeness
from dauchan.tracing.models import CaseStatus
from dauchan.units.models import Role
from dauchan.vietnamese import mask_name, mask_phone
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.intake_forms import ANOTHER, CaseForm
from dauchan.web.tracer.kept import kept_since

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.tracing.intake.reports import Alike, Preview
    from dauchan.tracing.models import Case
    from dauchan.web.requests import OfficerRequest


@officer_required(Role.TRACER)
def new_case(request: OfficerRequest) -> HttpResponse:
    """Three looks at one form, which never loses what was typed."""
    make_ready()
    form = CaseForm(request.POST or None, officer=request.user, initial={"unit": request.user.units_as(Role.TRACER)[0]})
    preview: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("reading") == form.reading() and (case := _kept(request, form)):
                return redirect("tracer:case", case.pk)
            preview = _shown(form, preview_case(form.report(), request.user))
        except NobodyWithThisPhone as refused:
            form.add_error("phone", refused.message)
        except NoNameGiven as refused:
            form.add_error("full_name", refused.message)
        except TracingRefused as refused:
            form.add_error(None, refused.message)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "tracer/new_case.html", {"form": form, "preview": preview}, status=status)


def _kept(request: OfficerRequest, form: CaseForm) -> Case | None:
    """The case, registered; None where it must still be said who it is."""
    try:
        case = register_case(form.report(), request.user)
    except WhoIsIt:
        return None
    messages.success(request, _("Đã ghi nhận ca bệnh %(code)s.") % {"code": case.code})
    return case


def _shown(form: CaseForm, follows: Preview) -> dict[str, Any]:
    """What follows from the form: whose number it is, masked, and the infectious period with its rule."""
    report, person = form.report(), follows.person
    known = [case for one in follows.alike if one.person == person for case in one.cases]
    identity = getattr(person, "identity", None)
    return {
        "name": mask_name(identity.full_name if identity else report.full_name),
        "is_new": person is None,
        "phone": mask_phone(report.phone) if report.phone else "",
        "follows": follows,
        "alike": [AlikeRow(one) for one in follows.alike] if _asks(form, follows) else [],
        "chosen": form.cleaned_data["who"],
        "is_asked_again": follows.must_choose and form.data.get("reading") == form.reading(),
        "another": ANOTHER,
        "known": next((c for c in known if c.disease == report.disease and c.status == CaseStatus.CONFIRMED), None),
        "reading": form.reading(),
        **kept_since(follows.begins),
    }


def _asks(form: CaseForm, follows: Preview) -> bool:
    return follows.must_choose or bool(form.cleaned_data["who"])


class AlikeRow:
    """Somebody who may be the same person, as much of them as the question needs: masked."""

    def __init__(self, alike: Alike) -> None:
        self.alike = alike
        identity = alike.identity
        self.value = str(alike.person.pk)
        self.name = mask_name(identity.full_name) if identity else ""
        self.birth_year = identity.birth_year if identity else None
        self.phone = mask_phone(identity.phone) if identity and identity.phone else ""
        self.cases = alike.cases

    @property
    def reasons(self) -> list[str]:
        found = [_("cùng số điện thoại")] if self.alike.by_phone else []
        found += [_("cùng giấy tờ")] if self.alike.by_document else []
        return found + [str(Likeness(kind).label) for kind in self.alike.names[:1]]
