"""A whole import is taken back: venues on which nothing was built go, blanks that were filled in are blank again.

What stays, and why, is told row by row: nobody's scan, inspection or own change is undone with somebody else's list.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.exchange.national.models import SentVenue
from dauchan.exchange.venue_lists.errors import NotThisStep
from dauchan.exchange.venue_lists.keeping import FILLED, ROWS_AT_ONCE
from dauchan.exchange.venue_lists.models import Outcome, State, VenueList, VenueRow
from dauchan.exchange.venue_lists.owners import forget_new_owners
from dauchan.units import audit
from dauchan.venues.many import close_all
from dauchan.venues.models import Poster, Venue

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dauchan.units.models import Officer

#: What a field that was blank held, where that was not null.
BLANK = {"phone": "", "description": "", "opening_hours": {}}
#: Models of this or that kind hang on every venue and go with it.
OWN = (Poster, VenueRow)
SCANS = frozenset({"CheckIn", "CheckOut", "ScanAttempt", "QuarantinedScan", "Visit"})


@transaction.atomic
def undo(venue_list: VenueList, officer: Officer | None) -> VenueList:
    """Take the import back as far as that harms nothing. Raises: NotThisStep, also once its rows are forgotten."""
    taken = VenueList.objects.select_for_update(of=("self",)).defer("content").get(pk=venue_list.pk)
    if taken.state != State.KEPT or not taken.rows.exists():
        raise NotThisStep
    registered = list(taken.rows.filter(outcome=Outcome.REGISTERED).exclude(venue=None))
    merged = list(taken.rows.filter(outcome=Outcome.MERGED).exclude(venue=None))
    made = {row.venue_id for row in registered if row.venue_id}
    _blank_again([row for row in merged if row.venue_id not in made])
    people = _take_back(registered, officer)
    # What was merged into a venue of the same list goes where that goes.
    fate = {row.position: row.outcome for row in registered}
    of_venue = {row.venue_id: fate[row.position] for row in registered}
    for row in merged:
        if row.venue_id in made:
            row.outcome = of_venue[row.venue_id]
    rows = [*registered, *merged]
    gone = [row for row in rows if row.outcome == Outcome.REMOVED and row.venue_id in made]
    Venue.objects.filter(pk__in={row.venue_id for row in gone}).delete()
    for row in gone:
        row.venue = None
    taken.rows.bulk_update(rows, ["outcome", "venue", "why"], batch_size=ROWS_AT_ONCE)
    forget_new_owners(people)
    taken.state, taken.undone_at = State.UNDONE, timezone.now()
    taken.counts = {
        **taken.counts,
        **dict.fromkeys(("registered", "merged"), 0),
        **Counter(str(row.outcome) for row in rows),
    }
    taken.save(update_fields=["state", "undone_at", "counts"])
    detail = {name: taken.counts.get(name, 0) for name in ("removed", "closed", "stays")}
    audit.record(officer, "venue_list.undone", f"venue_list:{taken.pk}", detail=detail)
    return taken


def _take_back(rows: Sequence[VenueRow], officer: Officer | None) -> set[int]:
    """Decide about every venue. Returns: owners who were written down for those that go."""
    ids = [row.venue_id for row in rows if row.venue_id]
    venues = {venue.pk: venue for venue in Venue.objects.select_for_update().filter(pk__in=ids)}
    built = built_upon(ids)
    sent = set(SentVenue.objects.filter(venue_id__in=ids).values_list("venue_id", flat=True))
    filled = VenueRow.objects.filter(venue__in=ids, outcome=Outcome.MERGED).exclude(filled={})
    merged = set(filled.values_list("venue", flat=True))
    closed = []
    for row in rows:
        venue = venues[row.venue_id or 0]
        # Every save counts the revision up; merges of the same list do so once.
        is_touched = venue.revision > 1 + (venue.pk in merged)
        row.why = built.get(venue.pk) or ("changed" if is_touched else "sent" if venue.pk in sent else "")
        row.outcome = {"": Outcome.REMOVED, "sent": Outcome.CLOSED}.get(row.why, Outcome.STAYS)
        if row.outcome == Outcome.CLOSED:
            closed.append(venue.pk)
    close_all(closed)
    audit.record_many(officer, [("venue.import_undone", f"venue:{pk}", {}) for pk in closed])
    return {
        venues[row.venue_id or 0].owner_id or 0 for row in rows if row.is_new_owner and row.outcome == Outcome.REMOVED
    }


def built_upon(venue_ids: Collection[int]) -> dict[int, str]:
    """Of the venues on which something was built: `scanned`, or `used` by something else. Whatever refers to a venue counts."""
    found: dict[int, str] = {}
    for relation in Venue._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's own name for it
        if not (relation.auto_created and not relation.concrete) or relation.related_model in OWN:
            continue
        model, field = relation.related_model, relation.field  # type: ignore[union-attr]  # of reverse relations
        kind = "scanned" if model.__name__ in SCANS else "used"  # type: ignore[union-attr]
        ids = list(venue_ids)
        for start in range(0, len(ids), ROWS_AT_ONCE):
            part = ids[start : start + ROWS_AT_ONCE]
            refers = model._base_manager.filter(**{f"{field.name}__in": part})  # type: ignore[union-attr]  # noqa: SLF001 - same
            for pk in refers.order_by().values_list(field.name, flat=True).distinct():
                if found.get(pk) != "scanned":
                    found[pk] = kind
    return found


def _blank_again(rows: Sequence[VenueRow]) -> None:
    """What was filled in and is still as it was filled in."""
    venues = Venue.objects.select_for_update().in_bulk([row.venue_id for row in rows if row.venue_id])
    changed = {}
    for row in rows:
        venue = venues[row.venue_id or 0]
        same = {name for name, value in row.filled.items() if getattr(venue, name) == value}
        for name in same:
            setattr(venue, name, BLANK.get(name))
        row.outcome, row.why = (Outcome.REMOVED, "") if len(same) == len(row.filled) else (Outcome.STAYS, "changed")
        if same:
            venue.revision += 1
            changed[venue.pk] = venue
    Venue.objects.bulk_update(changed.values(), [*FILLED, "revision"], batch_size=ROWS_AT_ONCE)
