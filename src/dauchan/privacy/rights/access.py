"""The only ways to a request: of the area where an officer protects data or took it in, or by the person it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from dauchan.privacy.rights.request_models import PersonRequest
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.people.models import Person
    from dauchan.units.models import Officer

#: Who answers requests, records breaches and sees what was purged.
PROTECTS_DATA = (Role.PRIVACY,)
#: Who takes requests in at a counter.
TAKES_IN = (Role.OFFICER, Role.HEAD, Role.PRIVACY)


def access_requests(officer: Officer) -> QuerySet[PersonRequest]:
    """Those of the area where *officer* protects data, and those they took in themselves. Raises: RoleMissing."""
    require_role(officer, *TAKES_IN)
    area = in_area(officer.units_as(*PROTECTS_DATA)) | Q(received_by=officer)
    return PersonRequest.objects.filter(area).select_related("unit", "clock", "received_by", "ended_by", "escalated_to")


def access_request(officer: Officer, request_id: int) -> PersonRequest:
    """Raises: RoleMissing, NoSuchThing."""
    found = access_requests(officer).filter(pk=request_id).first()
    if found is None:
        raise NoSuchThing
    return found


def access_request_to_answer(officer: Officer, request_id: int) -> PersonRequest:
    """One that *officer* may answer. Raises: RoleMissing, NoSuchThing."""
    require_role(officer, *PROTECTS_DATA)
    found = access_requests(officer).filter(in_area(officer.units_as(*PROTECTS_DATA)), pk=request_id).first()
    if found is None:
        raise NoSuchThing
    return found


def may_answer(officer: Officer, request: PersonRequest) -> bool:
    return any(own.contains(request.unit) for own in officer.units_as(*PROTECTS_DATA))


def own_requests(person: Person) -> QuerySet[PersonRequest]:
    return PersonRequest.objects.filter(person_id=person.pk).select_related("clock").order_by("-received_at")


def access_own_request(person: Person, code: str) -> PersonRequest:
    """Raises: NoSuchThing."""
    found = own_requests(person).filter(code=code).first()
    if found is None:
        raise NoSuchThing
    return found
