"""What is written down of a case's interview, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.people.told import ToldOf, identities_with_phones, people_told_of
from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.interviews.errors import IsTheCase, NamedBefore, NobodySaid, NowhereSaid, OutsidePeriod
from dauchan.tracing.interviews.models import NamedPerson, ToldStay
from dauchan.tracing.interviews.told_visits import end_of
from dauchan.tracing.models import Case, CaseStatus
from dauchan.units import audit
from dauchan.visits.models import CheckIn

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.people.models import Person
    from dauchan.units.models import Officer, Unit
    from dauchan.venues.models import Venue


@dataclass(frozen=True)
class StayTold:
    """Where the case says to have been."""

    began_at: dt.datetime
    ended_at: dt.datetime | None = None
    venue: Venue | None = None
    place: str = ""
    note: str = ""


@dataclass(frozen=True)
class PersonNamed:
    """Whom the case says to have met.

    Attributes:
        phone: E.164, or empty.
        shares_phone: the number is somebody else's, a parent's perhaps.
    """

    relation: str
    last_contact_at: dt.datetime
    full_name: str = ""
    phone: str = ""
    shares_phone: bool = False
    venue: Venue | None = None
    place: str = ""
    commune: Unit | None = None
    note: str = ""


def _require_open(officer: Officer, case: Case) -> None:
    require_tracer(officer, case)
    if case.status != CaseStatus.CONFIRMED:
        raise CaseWithdrawn


@transaction.atomic
def tell_stay(case: Case, officer: Officer, told: StayTold) -> ToldStay:
    """Keep a place and time the case told of. Raises: RoleMissing, CaseWithdrawn, NowhereSaid, OutsidePeriod."""
    _require_open(officer, case)
    if told.venue is None and not told.place:
        raise NowhereSaid
    stay = ToldStay(case=case, told_by=officer, **vars(told))
    if stay.began_at >= case.infectious_to or end_of(stay) <= case.infectious_from:
        raise OutsidePeriod
    stay.save()
    audit.record(officer, "interview.stay_told", f"case:{case.pk}", detail={"stay": stay.pk})
    return stay


@transaction.atomic
def remove_stay(stay: ToldStay, officer: Officer) -> None:
    """It was told wrongly. Raises: RoleMissing, CaseWithdrawn."""
    _require_open(officer, stay.case)
    detail = {"stay": stay.pk}
    stay.delete()
    audit.record(officer, "interview.stay_removed", f"case:{stay.case_id}", detail=detail)


@transaction.atomic
def name_person(case: Case, officer: Officer, named: PersonNamed) -> NamedPerson:
    """Keep whom the case met. A number somebody is known by stands for them, unless it is another's.

    Raises: RoleMissing, CaseWithdrawn, NobodySaid, OutsidePeriod, IsTheCase, NamedBefore.
    """
    _require_open(officer, case)
    if not named.full_name and (not named.phone or named.shares_phone):
        raise NobodySaid
    if not case.infectious_from <= named.last_contact_at < case.infectious_to:
        raise OutsidePeriod
    known = None if named.shares_phone else _holder_of(named.phone)
    if known is not None and known.pk == case.person_id:
        raise IsTheCase
    if known is not None and NamedPerson.objects.filter(case=case, person=known).exists():
        raise NamedBefore
    person = known or people_told_of([ToldOf(named.full_name, named.phone, not named.shares_phone)])[0]
    kept = NamedPerson.objects.create(
        case=case,
        person=person,
        is_new=known is None,
        relation=named.relation,
        last_contact_at=named.last_contact_at,
        venue=named.venue,
        place=named.place,
        commune=named.commune,
        note=named.note,
        told_by=officer,
    )
    audit.record(officer, "interview.person_named", f"case:{case.pk}", detail={"named": kept.pk})
    return kept


def _holder_of(phone: str) -> Person | None:
    found = identities_with_phones([phone]) if phone else {}
    return found[phone].person if found else None


@transaction.atomic
def remove_named(named: NamedPerson, officer: Officer) -> None:
    """The case did not meet them after all. Who was written down for this alone is forgotten.

    Raises: RoleMissing, CaseWithdrawn.
    """
    _require_open(officer, named.case)
    detail, person = {"named": named.pk}, named.person if named.is_new else None
    named.delete()
    if person is not None and not _is_known_otherwise(person):
        person.delete()
    audit.record(officer, "interview.person_removed", f"case:{named.case_id}", detail=detail)


def _is_known_otherwise(person: Person) -> bool:
    identity = getattr(person, "identity", None)
    return bool(
        (identity and identity.verified_at)
        or person.cases.exists()
        or person.credentials.exists()
        or NamedPerson.objects.filter(person=person).exists()
        or CheckIn.objects.filter(person_id=person.pk).exists()
    )
