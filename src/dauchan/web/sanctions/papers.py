"""Sanctions and answers to appeals as official documents, for officers and for the owner; each that is made is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from dauchan.oversight.sanctions.access import SEES_SANCTIONS, access_own_sanction, access_sanction
from dauchan.oversight.sanctions.papers import appeal_pdf, sanction_pdf
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest, PersonRequest


@require_safe
@officer_required(*SEES_SANCTIONS)
def paper(request: OfficerRequest, sanction_id: int) -> HttpResponse:
    return _decision(access_sanction(request.user, sanction_id), request.user)


@require_safe
@officer_required(*SEES_SANCTIONS)
def answer_paper(request: OfficerRequest, sanction_id: int) -> HttpResponse:
    return _answer(access_sanction(request.user, sanction_id), request.user)


@require_safe
@person_required
def own_paper(request: PersonRequest, sanction_id: int) -> HttpResponse:
    return _decision(access_own_sanction(request.person.pk, sanction_id), None)


@require_safe
@person_required
def own_answer_paper(request: PersonRequest, sanction_id: int) -> HttpResponse:
    return _answer(access_own_sanction(request.person.pk, sanction_id), None)


def _decision(sanction: Sanction, officer: Officer | None) -> HttpResponse:
    return _pdf(sanction_pdf(sanction), f"{sanction.kind}-{sanction.pk}", sanction, officer)


def _answer(sanction: Sanction, officer: Officer | None) -> HttpResponse:
    """Raises: NoSuchThing while there is no answer."""
    appeal = getattr(sanction, "appeal", None)
    if appeal is None or appeal.is_open:
        raise NoSuchThing
    return _pdf(appeal_pdf(appeal), f"appeal-{sanction.pk}", sanction, officer)


def _pdf(made: bytes, name: str, sanction: Sanction, officer: Officer | None) -> HttpResponse:
    audit.record(officer, "sanction.printed", f"sanction:{sanction.pk}", detail={"paper": name})
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
