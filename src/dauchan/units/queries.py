"""Reads of the administrative map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from dauchan.units.models import Unit, UnitLevel
from dauchan.vietnamese import clean_text, fold

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet


def communes_matching(words: str, day: dt.date) -> QuerySet[Unit]:
    """Communes of the map in force on *day* whose name has words that begin with each of *words*, diacritics or not.

    Those that hold them exactly as typed come first, then in the order of the dictionary. No words: all communes.
    """
    found = Unit.objects.valid_on(day).filter(level=UnitLevel.COMMUNE).select_related("parent")
    for word in fold(words).split():
        # From the beginning of a word: 'huong' means Hương Trà, not every Phường.
        found = found.filter(Q(search_key__startswith=word) | Q(search_key__contains=f" {word}"))
    exactly = When(full_name__icontains=clean_text(words), then=Value(0))
    return found.alias(rank=Case(exactly, default=Value(1), output_field=IntegerField())).order_by("rank", "sort_key")
