"""Lists of many wide rows, cut into pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

#: Of a page's number; whoever writes a longer one in the address gets the last page.
MOST_DIGITS = 6


class KeysFirst(Paginator):  # type: ignore[type-arg]  # generic for the type checker only
    """Cuts the keys of a page first and then reads its rows: the database sorts numbers, not whole rows with all they join.

    The keys come with the number of all rows: a search is carried out once, not a second time to be counted.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int) -> None:
        super().__init__(rows, per_page)
        self.rows = rows

    def get_page(self, number: Any) -> Page[Any]:  # noqa: ANN401 - Django's own; as it stands in the address
        asked = str(number or 1)
        at = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS else 0
        keys = self._keys_and_count(at) if at else []
        return Page(self._read(keys), at, self) if keys else super().get_page(number)

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        cut: Any = page.object_list
        page.object_list = self._read(list(cut.values_list("pk", flat=True)))
        return page

    def _keys_and_count(self, number: int) -> list[int]:
        """The keys of a page; none where it does not exist."""
        first = (number - 1) * self.per_page
        counted = self.rows.annotate(number_of_all=Window(Count("*")))
        found = list(counted.values_list("pk", "number_of_all")[first : first + self.per_page])
        if found:
            self.count = found[0][1]
        return [key for key, _of_all in found]

    def _read(self, keys: Sequence[int]) -> QuerySet[Any]:
        return self.rows.filter(pk__in=keys)
