"""Identities nobody needs any more: no consent, no visit, no card, no venue, no case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from dauchan.people.actions import CONSENT_DAYS
from dauchan.people.holders import KNOWN_DAYS
from dauchan.people.models import Credential, Identity
from dauchan.privacy.rights.holding import held_among
from dauchan.visits.rules import RETENTION_DAYS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

AT_ONCE = 5_000
_LAPSED = """
SELECT p.id FROM people_person p
WHERE p.created_at < %(now)s - make_interval(days => %(young)s)
  AND (EXISTS (SELECT FROM people_identity i WHERE i.person_id = p.id)
       OR EXISTS (SELECT FROM people_credential d WHERE d.person_id = p.id))
  AND NOT EXISTS (SELECT FROM people_consent c WHERE c.person_id = p.id
                  AND c.given_at > %(now)s - make_interval(days => %(consent)s))
  AND NOT EXISTS (SELECT FROM check_in v WHERE v.person_id = p.id)
  AND NOT EXISTS (SELECT FROM people_controlcard k WHERE k.person_id = p.id AND k.revoked_at IS NULL
                  AND k.expires_on > (%(now)s - make_interval(days => %(cards)s))::date)
  AND NOT EXISTS (SELECT FROM venues_venue v WHERE v.owner_id = p.id)
  AND NOT EXISTS (SELECT FROM tracing_case c WHERE c.person_id = p.id AND c.registered_at > %(now)s - interval '180 days')
  AND p.id > %(after)s
ORDER BY p.id LIMIT %(most)s
"""


def forget_lapsed(now: dt.datetime) -> int:
    """Remove their names, numbers and documents; the random number stays, and leads to nobody. Returns: how many people."""
    forgotten, after = 0, -1
    while people := _lapsed(now, after):
        free = sorted(set(people) - held_among(people, now))
        _forget(free)
        forgotten, after = forgotten + len(free), people[-1]
    return forgotten


def _lapsed(now: dt.datetime, after: int) -> list[int]:
    asked: dict[str, dt.datetime | int] = {
        "now": now,
        "young": RETENTION_DAYS,
        "consent": CONSENT_DAYS,
        "cards": KNOWN_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LAPSED, {**asked, "after": after, "most": AT_ONCE})
        return [person for (person,) in cursor.fetchall()]


@transaction.atomic
def _forget(people: Iterable[int]) -> None:
    Credential.objects.filter(person__in=people).delete()
    Identity.objects.filter(person__in=people).delete()
