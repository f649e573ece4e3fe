"""What a granted request does: every right has a real effect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dauchan.people.actions import withdraw_consent
from dauchan.people.holders import birth_lookup, name_lookup
from dauchan.people.models import Person
from dauchan.people.restrictions.actions import restrict
from dauchan.people.restrictions.models import Scope
from dauchan.privacy.rights.erasing import ask_erasure
from dauchan.privacy.rights.erasure_list import list_restriction, list_withdrawal
from dauchan.privacy.rights.erasure_models import Correction
from dauchan.privacy.rights.errors import NothingToChange
from dauchan.privacy.rights.request_models import PersonRequest, Right, State

if TYPE_CHECKING:
    from dauchan.people.models import Identity

CORRECTABLE = ("full_name", "birth_year", "address")


def carry_out(request: PersonRequest) -> State:
    """Do what was asked for. Returns: granted, or held where a case does not let it be done yet. Raises: NothingToChange."""
    person = Person.objects.select_related("identity").get(pk=request.person_id or 0)
    if request.right == Right.CORRECT:
        _correct(request, person.identity)
    elif request.right in {Right.RESTRICT, Right.OBJECT}:
        scope = json.loads(request.wants or "{}").get("scope", Scope.ALL)
        restrict(person, scope)
        list_restriction(person.pk, scope)
    elif request.right == Right.WITHDRAW:
        withdraw_consent(person)
        list_withdrawal(person.pk)
    elif request.right == Right.DELETE and not ask_erasure(person.pk):
        return State.HELD
    return State.GRANTED


def _correct(request: PersonRequest, identity: Identity) -> None:
    """Set the fields that were asked for; what they were stays known until the identity goes."""
    wanted = {name: text for name, text in json.loads(request.wants or "{}").items() if name in CORRECTABLE}
    changed = {name: text for name, text in wanted.items() if (getattr(identity, name) or "") != text}
    if not changed:
        raise NothingToChange
    for name, text in changed.items():
        before = getattr(identity, name) or ""
        Correction.objects.create(person_id=identity.person_id, request=request, field=name, before=before, after=text)
        setattr(identity, name, text or None if name != "full_name" else text)
    if identity.name_hash is not None:  # somebody who carries a card is found by these
        identity.name_hash = name_lookup(identity.full_name)
        year = identity.birth_year
        identity.name_year_hash = birth_lookup(identity.full_name, int(year)) if year else None
    identity.save()
