"""The audit log: append with `record`, prove with `first_broken_entry`."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from dauchan.units.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.units.models import Officer

#: Writers queue on this advisory lock, so that two lines never claim the same predecessor.
CHAIN_LOCK = 7253
GENESIS = "0" * 64


@transaction.atomic
def record(
    actor: Officer | None, action: str, subject: str, *, purpose: str = "", detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Append one line about what *actor* (None: the system) did to *subject*, e.g. ``case:17``.

    The line joins the caller's transaction: what is rolled back was not done.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-id").values_list("digest", flat=True).first()
    entry = AuditEntry(
        at=timezone.now(),
        actor=actor,
        in_place_of=actor.stands_in_for() if actor else None,
        action=action,
        subject=subject,
        purpose=purpose,
        detail=detail or {},
        previous_digest=last or GENESIS,
    )
    entry.digest = digest_of(entry)
    entry.save()
    return entry


@transaction.atomic
def record_many(actor: Officer | None, lines: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    """As `record`, thousands of lines of (action, subject, detail) at once, in their order."""
    if not lines:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    previous = AuditEntry.objects.order_by("-id").values_list("digest", flat=True).first() or GENESIS
    now = timezone.now()
    entries = []
    for action, subject, detail in lines:
        entry = AuditEntry(at=now, actor=actor, action=action, subject=subject, detail=detail, previous_digest=previous)
        entry.digest = previous = digest_of(entry)
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries, batch_size=1000)


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over the canonical JSON of everything the line says, the digest before it included."""
    said = {
        "at": entry.at.isoformat(),
        "actor": entry.actor_id,
        "action": entry.action,
        "subject": entry.subject,
        "purpose": entry.purpose,
        "detail": entry.detail,
        "previous": entry.previous_digest,
    }
    if entry.in_place_of_id is not None:  # lines older than substitutions say nothing of them
        said["in_place_of"] = entry.in_place_of_id
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_broken_entry() -> AuditEntry | None:
    """The first line that was edited, or that follows a removed one; None if the chain holds."""
    expected = GENESIS
    for entry in AuditEntry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous_digest != expected or entry.digest != digest_of(entry):
            return entry
        expected = entry.digest
    return None
