"""Reads of the administrative map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from dauchan.units.models import Unit, UnitLevel
from dauchan.vietnamese import clean_text, fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet


def communes_of(units: Iterable[Unit], day: dt.date) -> QuerySet[Unit]:
    """Communes of the map in force on *day* within any of *units*, in the order of the dictionary."""
    within = Q(pk__in=[])
    for unit in units:
        within |= Q(pk=unit.pk) | Q(path__startswith=f"{unit.path}.")
    return Unit.objects.valid_on(day).filter(within, level=UnitLevel.COMMUNE).order_by("sort_key")


def communes_matching(words: str, day: dt.date) -> QuerySet[Unit]:
    """Communes of the map in force on *day* whose name has words that begin with each of *words*, diacritics or not.

    Those that hold them exactly as typed come first, then in the order of the dictionary. No words: all communes.
    """
    found = Unit.objects.valid_on(day).filter(level=UnitLevel.COMMUNE).select_related("parent")
    for word in fold(words).split():
        # From the beginning of a word: 'huong' means Hương Trà, not every Phường.
        found = found.filter(Q(search_key__startswith=word) | Q(search_key__contains=f" {word}"))
    exactly = When(full_name__icontains=clean_text(words), then=Value(0))
    return found.alias(rank=Case(exactly, default=Value(1), output_field=IntegerField())).order_by(
        "rank", "sort_key", "code"
    )
