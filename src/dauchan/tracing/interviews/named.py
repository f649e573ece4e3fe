"""People named by a case on its list of contacts, beside those whom the scans brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dauchan.tracing.interviews.models import NamedPerson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.tracing.models import Case


def with_named(case: Case, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows for `Contact`, generation by generation: those of the trace, and those whom the case named, in generation 1.

    Whom the trace found as well keeps what the scans say of them in generation 1; a later generation gives way to what the
    case itself said. Nobody stands on a list twice.
    """
    named = {one.person_id: one for one in NamedPerson.objects.filter(case=case)}
    if not named:
        return list(found)
    met = {row["person_id"] for row in found if row["generation"] == 1}
    first = [{**row, "is_named": row["person_id"] in named} for row in found if row["generation"] == 1]
    told = [_row(case, one) for person_id, one in named.items() if person_id not in met]
    later = [row for row in found if row["generation"] > 1 and row["person_id"] not in named]
    return [*first, *told, *later]


def _row(case: Case, named: NamedPerson) -> dict[str, Any]:
    return {
        "person_id": named.person_id,
        "source_id": case.person_id,
        "generation": 1,
        "overlap_seconds": 0,
        "tail_seconds": 0,
        "encounters": 0,
        "first_at": named.last_contact_at,
        "last_at": named.last_contact_at,
        "venue_id": named.venue_id,
        "is_named": True,
    }
