"""What every step on a paper with a revision begins with: the row locked, its revision checked and counted up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model, QuerySet

Paper = TypeVar("Paper", bound="Model")


@dataclass(frozen=True)
class Refusals:
    """What a domain says when somebody else was faster, and when the step does not follow."""

    changed_meanwhile: type[Exception]
    not_at_this_point: type[Exception]


def opened(
    rows: QuerySet[Paper],
    paper: Model,
    revision: int,
    states: Collection[str],
    refusals: Refusals,
    state: str = "state",
) -> Paper:
    """The row of *paper* among *rows*, locked for one step. Raises: either of *refusals*."""
    found: Any = rows.select_for_update(of=("self",)).get(pk=paper.pk)
    if found.revision != revision:
        raise refusals.changed_meanwhile
    if getattr(found, state) not in states:
        raise refusals.not_at_this_point
    found.revision += 1
    return found  # type: ignore[no-any-return]
