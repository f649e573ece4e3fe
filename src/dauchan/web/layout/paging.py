"""Lists of many wide rows, cut into pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import QuerySet


class KeysFirst(Paginator):  # type: ignore[type-arg]  # generic for the type checker only
    """Cuts the keys of a page first and then reads its rows: the database sorts numbers, not whole rows with all they join."""

    def __init__(self, rows: QuerySet[Any], per_page: int) -> None:
        super().__init__(rows, per_page)
        self.rows = rows

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        cut: Any = page.object_list
        page.object_list = self.rows.filter(pk__in=list(cut.values_list("pk", flat=True)))
        return page
