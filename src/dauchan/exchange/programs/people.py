"""Cases and their contacts under pseudonyms: each read says what for, and is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from dauchan.exchange.programs import questions, schemas
from dauchan.exchange.programs.actions import subject_of
from dauchan.exchange.programs.paging import area_of, by_number
from dauchan.exchange.programs.problems import Code, Refused
from dauchan.people.encryption import keyed_hash
from dauchan.tracing.models import Case, Contact, TraceRun
from dauchan.units import audit
from dauchan.units.jurisdiction import in_area

if TYPE_CHECKING:
    from collections.abc import Callable

    from dauchan.exchange.programs.admission import Caller

PSEUDONYM_DIGITS = 32


@transaction.atomic
def cases(caller: Caller, asked: questions.CasesAsked) -> schemas.Page[schemas.Case]:
    purpose = _stated(asked.purpose)
    found = Case.objects.filter(in_area([area_of(caller, asked.unit_id)])).select_related("disease")
    if asked.registered_since:
        found = found.filter(registered_at__gte=asked.registered_since)
    called = _pseudonyms(caller)
    page = by_number(found, asked, lambda case: _case(case, called))
    told = [case.case_code for case in page.items]
    audit.record(
        None, "program.cases_read", subject_of(caller.program), purpose=purpose, detail=_who(caller) | {"cases": told}
    )
    return page


@transaction.atomic
def contacts(caller: Caller, asked: questions.ContactsAsked) -> schemas.Page[schemas.Contact]:
    """Those of the last trace, as far as it has come."""
    purpose = _stated(asked.purpose)
    case = Case.objects.filter(in_area([caller.program.unit]), code=asked.case_code).first()
    if case is None:
        raise Refused(Code.NOT_FOUND)
    last = TraceRun.objects.filter(case=OuterRef("run__case")).order_by("-started_at").values("pk")[:1]
    found = Contact.objects.filter(run__case=case, run=Subquery(last))
    called = _pseudonyms(caller)
    page = by_number(found, asked, lambda contact: _contact(contact, called))
    detail = _who(caller) | {"contacts": len(page.items)}
    audit.record(None, "program.contacts_read", f"case:{case.pk}", purpose=purpose, detail=detail)
    return page


def _stated(purpose: str | None) -> str:
    if purpose is None:
        raise Refused(Code.PURPOSE_MISSING)
    return " ".join(purpose.split())


def _who(caller: Caller) -> dict[str, object]:
    return {"program": caller.program.pk, "token": caller.token.pk}


def _pseudonyms(caller: Caller) -> Callable[[int], str]:
    """Of one program: with another the same person is called otherwise."""
    purpose = f"program-{caller.program.pk}"
    return lambda person_id: keyed_hash(str(person_id), purpose).hex()[:PSEUDONYM_DIGITS]


def _case(case: Case, called: Callable[[int], str]) -> schemas.Case:
    return schemas.Case(
        case_code=case.code,
        person=called(case.person_id),
        disease=case.disease.code,
        unit_id=case.unit_id,
        status=case.status,
        onset_on=case.onset_on,
        sampled_on=case.sampled_on,
        infectious_from=case.infectious_from,
        infectious_to=case.infectious_to,
        registered_at=case.registered_at,
    )


def _contact(contact: Contact, called: Callable[[int], str]) -> schemas.Contact:
    return schemas.Contact(
        number=contact.number,
        person=called(contact.person_id),
        source=called(contact.source_id),
        generation=contact.generation,
        verdict=contact.verdict,
        first_on=timezone.localdate(contact.first_at),
        last_on=timezone.localdate(contact.last_at),
    )
