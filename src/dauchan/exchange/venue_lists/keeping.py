"""The rows of a checked list become venues, all of them or none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from dauchan.exchange.venue_lists.errors import NothingToKeep, NotThisStep
from dauchan.exchange.venue_lists.models import Decision, Outcome, RowState, State, VenueList
from dauchan.exchange.venue_lists.owners import owners_of
from dauchan.exchange.venue_lists.progress import tell
from dauchan.exchange.venue_lists.taking_in import Options
from dauchan.units import audit
from dauchan.venues.many import issue_first_posters
from dauchan.venues.models import Category, Venue, VenueStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dauchan.exchange.venue_lists.drafts import Draft
    from dauchan.exchange.venue_lists.models import VenueRow

#: What a list may fill in where a registered venue says nothing.
FILLED = ("phone", "opening_hours", "capacity", "lat", "lon", "description", "owner_id")
ROWS_AT_ONCE = 1000


@transaction.atomic
def begin_keeping(venue_list: VenueList) -> VenueList:
    """From now on nothing more is decided; the worker keeps it. Raises: NotThisStep, NothingToKeep."""
    taken = VenueList.objects.select_for_update(of=("self",)).defer("content").get(pk=venue_list.pk)
    if not taken.can_be_kept:
        raise NotThisStep
    wanted = taken.rows.filter(state=RowState.GOOD) | taken.rows.filter(decision__in=[Decision.MERGE, Decision.NEW])
    if not wanted.exists():
        raise NothingToKeep
    taken.state = State.KEEPING
    taken.save(update_fields=["state"])
    return taken


@transaction.atomic
def keep(venue_list: VenueList) -> VenueList:
    """Register and fill in what was decided on. Raises: NotThisStep."""
    taken = VenueList.objects.select_for_update(of=("self",)).defer("content").get(pk=venue_list.pk)
    if taken.state != State.KEEPING:
        raise NotThisStep
    rows = list(taken.rows.exclude(state=RowState.FAULTY))
    tell(taken.pk, 0, len(rows))
    new = [row for row in rows if row.state == RowState.GOOD or row.decision == Decision.NEW]
    merged = [row for row in rows if row.state == RowState.ASKS and row.decision == Decision.MERGE]
    owners = owners_of([*new, *merged])
    _register(taken, new, len(rows), owners)
    _merge(taken, merged, {row.position: row.venue for row in new}, owners)
    for row in rows:
        if not row.outcome:
            row.outcome = Outcome.SKIPPED if row.decision == Decision.SKIP else Outcome.LEFT_OUT
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        taken.rows.bulk_update(part, ["outcome", "venue", "filled", "is_new_owner", "why"])
        tell(taken.pk, (len(rows) + start + len(part)) // 2, len(rows))
    taken.state, taken.kept_at = State.KEPT, timezone.now()
    taken.counts = {**taken.counts, **Counter(str(row.outcome) for row in rows)}
    taken.save(update_fields=["state", "kept_at", "counts"])
    detail = {name: taken.counts.get(name, 0) for name in ("registered", "merged", "skipped", "left_out", "faulty")}
    audit.record(taken.officer, "venue_list.kept", f"venue_list:{taken.pk}", detail=detail)
    return taken


def _register(taken: VenueList, rows: Sequence[VenueRow], in_all: int, owners: dict[int, int]) -> None:
    kinds = {one.code: one for one in Category.objects.all()}
    approve = Options(**taken.options).approve
    venues = []
    for row in rows:
        draft = row.draft
        assert draft is not None  # noqa: S101 - only rows with one are kept
        venues.append(_venue(draft, kinds[draft.kind], owners.get(row.position), taken, approve=approve))
    for start in range(0, len(venues), ROWS_AT_ONCE):
        part = venues[start : start + ROWS_AT_ONCE]
        Venue.objects.bulk_create(part)
        if approve:
            issue_first_posters(part)
        # Registered is half of it: then each row notes what became of it.
        tell(taken.pk, (start + len(part)) // 2, in_all)
    for row, venue in zip(rows, venues, strict=True):
        row.venue, row.outcome = venue, Outcome.REGISTERED
    _log(taken, "venue.imported", rows)


def _venue(draft: Draft, kind: Category, owner: int | None, taken: VenueList, *, approve: bool) -> Venue:
    venue = Venue(
        name=draft.name,
        category=kind,
        address=draft.address,
        unit_id=draft.unit,
        owner_id=owner,
        phone=draft.phone,
        opening_hours=draft.hours,
        capacity=draft.capacity,
        lat=draft.lat,
        lon=draft.lon,
        description=draft.description,
        status=VenueStatus.APPROVED if approve else VenueStatus.PENDING,
        decided_by=taken.officer if approve else None,
        decided_at=timezone.now() if approve else None,
    )
    venue.search_key = venue.searchable()
    return venue


def _merge(
    taken: VenueList, rows: Sequence[VenueRow], of_rows: dict[int, Venue | None], owners: dict[int, int]
) -> None:
    """Fill in what the venue does not say; what it says stays. A row that is merged may be the twin of a later one."""
    ids = [row.into for row in rows if row.into is not None]
    known = {
        venue.pk: venue
        for venue in Venue.objects.select_for_update().filter(pk__in=ids).exclude(status=VenueStatus.CLOSED)
    }
    changed: dict[int, Venue] = {}
    for row in rows:
        venue = known.get(row.into) if row.into is not None else of_rows.get(row.twin or 0)
        of_rows[row.position] = venue
        if venue is None:
            row.outcome, row.why = Outcome.LEFT_OUT, "gone"
            continue
        row.venue, row.outcome, row.filled = venue, Outcome.MERGED, _fill(venue, row, owners.get(row.position))
        if row.filled:
            changed[venue.pk] = venue
    for venue in changed.values():
        venue.revision += 1
    Venue.objects.bulk_update(changed.values(), [*FILLED, "revision"], batch_size=ROWS_AT_ONCE)
    _log(taken, "venue.filled_from_list", [row for row in rows if row.outcome == Outcome.MERGED])


def _fill(venue: Venue, row: VenueRow, owner: int | None) -> dict[str, Any]:
    """Returns: by field what is now in it."""
    draft = row.draft
    assert draft is not None  # noqa: S101 - only rows with one are kept
    offered = {**vars(draft), "opening_hours": draft.hours, "owner_id": owner}
    filled = {}
    for name in FILLED:
        if offered[name] not in (None, "", {}) and getattr(venue, name) in (None, "", {}):
            setattr(venue, name, offered[name])
            filled[name] = offered[name]
    return filled


def _log(taken: VenueList, action: str, rows: Iterable[VenueRow]) -> None:
    entries = [
        (
            action,
            f"venue:{row.venue_id}",
            {"list": taken.pk, "fields": sorted(row.filled)} if row.filled else {"list": taken.pk},
        )
        for row in rows
    ]
    audit.record_many(taken.officer, entries)
