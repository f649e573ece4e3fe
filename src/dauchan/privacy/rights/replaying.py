"""Doing again, after a restore, what people had asked for since the backup was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.people.actions import withdraw_consent
from dauchan.people.models import Person
from dauchan.people.restrictions.actions import restrict
from dauchan.privacy.rights.erasing import erase
from dauchan.privacy.rights.erasure_list import ERASED, RESTRICTED, Line, append, lines_of, list_path
from dauchan.privacy.rights.erasure_models import Erasure

if TYPE_CHECKING:
    from pathlib import Path


def replay(file: Path) -> int:
    """Carry out every line about somebody whom the database knows; doing one again changes nothing. Returns: people erased.

    An erasure that had been carried out was free of any case then: it is not held up again by a case of the backup.
    """
    gone = 0
    for line in lines_of(file):
        person = Person.objects.filter(pk=line.person).first()
        if person is None:
            continue
        if line.what == ERASED:
            erase(person.pk)
            gone += 1
        elif line.what == RESTRICTED:
            restrict(person, line.scope)
        else:
            withdraw_consent(person)
    return gone


def list_what_was_missed() -> int:
    """Erasures that were committed, and whose line the process did not live to write. Returns: how many."""
    listed = {line.person for line in lines_of(list_path()) if line.what == ERASED}
    done = Erasure.objects.filter(erased_at__isnull=False, listed_at=None)
    missed = [one for one in done if one.person_id not in listed]
    append([Line(one.person_id, one.asked_at.isoformat(), ERASED) for one in missed])
    Erasure.objects.filter(pk__in=[one.pk for one in done]).update(listed_at=timezone.now())
    return len(missed)
