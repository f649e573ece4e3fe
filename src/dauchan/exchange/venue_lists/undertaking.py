"""Handing the long work to the worker: the page shows how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.exchange.venue_lists.jobs import check_list, keep_list
from dauchan.exchange.venue_lists.keeping import begin_keeping
from dauchan.exchange.venue_lists.taking_in import choose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dauchan.exchange.venue_lists.models import VenueList
    from dauchan.exchange.venue_lists.taking_in import Options


@transaction.atomic
def ask_to_check(
    venue_list: VenueList, columns: Sequence[Mapping[str, int]], options: Options, heads: Mapping[int, int]
) -> None:
    """Raises: NotThisStep, NoTable, NotReadable."""
    check_list.defer(list_id=choose(venue_list, columns, options, heads).pk)


@transaction.atomic
def ask_to_keep(venue_list: VenueList) -> None:
    """Raises: NotThisStep, NothingToKeep."""
    keep_list.defer(list_id=begin_keeping(venue_list).pk)
