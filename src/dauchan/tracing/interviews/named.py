"""People named by a case on its list of contacts, beside those whom the scans brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dauchan.tracing.interviews.models import NamedPerson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dauchan.tracing.models import Case, TraceRun


def with_named(run: TraceRun, found: Iterable[dict[str, Any]], generation: int) -> Iterator[dict[str, Any]]:
    """Rows for `Contact` of one generation: those of the trace, and after them in generation 1 those whom the case named.

    Whom the trace found as well keeps what the scans say of them in generation 1; a later generation gives way to what the
    case itself said. Nobody stands on a list twice.
    """
    if generation > 1:
        told = set(run.contacts.filter(is_named=True).values_list("person_id", flat=True))
        yield from (row for row in found if row["person_id"] not in told)
        return
    named = {one.person_id: one for one in NamedPerson.objects.filter(case=run.case_id)}
    for row in found:
        yield {**row, "is_named": named.pop(row["person_id"], None) is not None}
    yield from (_row(run.case, one) for one in named.values())


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
