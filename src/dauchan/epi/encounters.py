"""The single overlaps behind one row of a contact list: who with whom, where, when."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.contact_rows import instants
from dauchan.epi.policy import TracePolicy
from dauchan.epi.visit_index import VisitIndex


def encounters_of(
    index: VisitIndex, source_id: int, contact_id: int, window: tuple[int, int], policy: TracePolicy | None = None
) -> pa.Table:
    """The overlaps of a contact with a source during the source's window [from, to), in seconds since the epoch.

    The window of an index case is its infectious period; of a contact `source_window`.

    Returns:
        One row per encounter by start: `venue_id, starts_at, ends_at, overlap_seconds, tail_seconds`, and the two stays
        behind it as they were recorded, `source_entered_at, source_left_at, source_left_imputed` and the same of the contact.
        The overlaps add up to the contact's row as long as no crowd limit holds some of them back.
    """
    tails = index.tails(policy or TracePolicy())
    ours, theirs = index.stays_of(source_id), index.stays_of(contact_id)
    a = np.maximum(ours["entered"], window[0] - index.origin)
    b = np.minimum(ours["left"], window[1] - index.origin)
    start = np.maximum(a[:, None], theirs["entered"][None, :])
    end = np.minimum((b + tails[ours["venue"]])[:, None], theirs["left"][None, :])
    same_venue = ours["venue"][:, None] == theirs["venue"][None, :]
    met = same_venue & (a < b)[:, None] & (start < end)
    i, j = np.nonzero(met) if source_id != contact_id else (np.empty(0, np.int64),) * 2
    order = np.lexsort((index.venue_ids[ours["venue"][i]], start[i, j]))
    i, j = i[order], j[order]
    start, end = start[i, j], end[i, j]
    return pa.table(
        {
            "venue_id": index.venue_ids[ours["venue"][i]],
            "starts_at": instants(index, start),
            "ends_at": instants(index, end),
            "overlap_seconds": end - start,
            "tail_seconds": np.maximum(0, end - np.maximum(start, b[i])),
            **_recorded(index, "source", ours[i]),
            **_recorded(index, "contact", theirs[j]),
        }
    )


def source_window(index: VisitIndex, first_at: int, policy: TracePolicy | None = None) -> tuple[int, int]:
    """When a contact first exposed at `first_at` is a source for the next generation; seconds since the epoch."""
    policy = policy or TracePolicy()
    return first_at + policy.latent_period, index.horizon if policy.horizon is None else policy.horizon


def _recorded(index: VisitIndex, who: str, stays: NDArray[Any]) -> dict[str, Any]:
    return {
        f"{who}_entered_at": instants(index, stays["entered"]),
        f"{who}_left_at": instants(index, stays["left"]),
        f"{who}_left_imputed": stays["imputed"],
    }
