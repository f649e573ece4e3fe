"""Finding a place by its name, street or commune, typed with diacritics or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When

from dauchan.venues.access import public_venues
from dauchan.venues.models import Category
from dauchan.venues.queries import matching
from dauchan.vietnamese import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.paginator import Page
    from django.db.models import QuerySet

    from dauchan.venues.models import Venue

PER_PAGE = 20
LONGEST_QUERY = 100


@dataclass(frozen=True)
class Search:
    """What was asked for. An unknown category is no filter."""

    words: str
    category: Category | None
    page: str

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Search:
        words = clean_text(parameters.get("q", ""))[:LONGEST_QUERY]
        category = Category.objects.filter(code=parameters.get("category", "")).first()
        return cls(words, category, parameters.get("page", "1"))

    def found(self) -> Page[Venue]:
        """One page of public venues; names that hold the words with their very diacritics come first."""
        venues = matching(public_venues(), self.words)
        if self.category:
            venues = venues.filter(category=self.category)
        return Paginator(_exact_first(venues, self.words), PER_PAGE).get_page(self.page)


def _exact_first(venues: QuerySet[Venue], words: str) -> QuerySet[Venue]:
    exact = When(name__icontains=words, then=Value(0)) if words else None
    rank = Case(*([exact] if exact else []), default=Value(1), output_field=IntegerField())
    return venues.annotate(rank=rank).order_by("rank", "sort_key", "pk")
