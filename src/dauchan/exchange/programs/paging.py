"""What every list shares: the area it is of, and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from dauchan.exchange.programs import cursors, questions, schemas
from dauchan.exchange.programs.problems import Code, Refused
from dauchan.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet

    from dauchan.exchange.programs.admission import Caller

    Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")

#: Of venues: sensitive ones are told of to nobody.
OPEN_TO_KNOW = {"sensitive": False, "category__sensitive": False}


def area_of(caller: Caller, unit_id: int | None) -> Unit:
    """The unit that is asked about, within what the program was let into. Raises: Refused."""
    own = caller.program.unit
    if unit_id is None:
        return own
    return only(Unit.objects.within(own).filter(pk=unit_id))


def by_number(found: QuerySet[Any], asked: questions.Paged, tell: Callable[[Any], Item]) -> schemas.Page[Item]:
    """A page in the order of the rows' numbers: what comes while somebody reads moves nothing."""
    (after,) = cursors.read(asked.cursor)
    rows = list(found.filter(pk__gt=after).order_by("pk")[: asked.limit + 1])
    return page_of(rows, asked.limit, tell, lambda row: (row.pk,))


def page_of(
    rows: list[Any], limit: int, tell: Callable[[Any], Item], key: Callable[[Any], tuple[int, ...]]
) -> schemas.Page[Item]:
    shown = rows[:limit]
    return schemas.Page([tell(row) for row in shown], cursors.written(*key(shown[-1])) if len(rows) > limit else None)


def only(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise Refused(Code.NOT_FOUND)
    return row
