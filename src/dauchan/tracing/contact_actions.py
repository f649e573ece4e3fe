"""What the tracing team does with a list of contacts: judge them, take a judgement back, take the list away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import NothingToUndo
from dauchan.tracing.follow_up.beginning import follow_verdict
from dauchan.tracing.interviews.calling import note_verified
from dauchan.tracing.models import Verdict
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Collection

    from dauchan.tracing.models import TraceRun
    from dauchan.units.models import AuditEntry, Officer

#: Actions of the log that `queries.last_judgement` looks for.
JUDGED, UNDONE = "contacts.judged", "contacts.judgement_undone"


@transaction.atomic
def judge_contacts(run: TraceRun, officer: Officer, numbers: Collection[int], verdict: str) -> int:
    """Keep what the interviews showed of the contacts with these numbers; one line in the log, however many they are.

    Returns: how many verdicts changed. Raises: RoleMissing.
    """
    require_tracer(officer, run.case)
    changing = run.contacts.select_for_update().filter(number__in=numbers).exclude(verdict=verdict)
    before = {str(number): was for number, was in changing.values_list("number", "verdict")}
    if before:
        run.contacts.filter(number__in=list(before)).update(verdict=Verdict(verdict))
        note_verified(run, [int(number) for number in before], verdict)
        detail = {"run": run.pk, "before": before, "after": verdict}
        audit.record(officer, JUDGED, f"case:{run.case_id}", detail=detail)
        follow_verdict(run, officer, [int(number) for number in before], verdict)
    return len(before)


@transaction.atomic
def undo_judgement(run: TraceRun, officer: Officer, entry: AuditEntry) -> int:
    """Give contacts back the verdicts they had before *entry*, the officer's own; what somebody changed since then stays.

    Returns: how many verdicts were given back. Raises: RoleMissing, NothingToUndo.
    """
    require_tracer(officer, run.case)
    is_own = entry.actor_id == officer.pk and entry.action == JUDGED and entry.detail["run"] == run.pk
    if not is_own:
        raise NothingToUndo
    back: dict[str, str] = {}
    for was in Verdict.values:
        numbers = [int(number) for number, verdict in entry.detail["before"].items() if verdict == was]
        contacts = run.contacts.select_for_update().filter(number__in=numbers, verdict=entry.detail["after"])
        given = list(contacts.values_list("number", flat=True))
        run.contacts.filter(number__in=given).update(verdict=was)
        note_verified(run, given, was)
        back |= {str(number): was for number in given}
        if given:
            follow_verdict(run, officer, given, was)
    if not back:
        raise NothingToUndo
    detail = {"run": run.pk, "entry": entry.pk, "back": back}
    audit.record(officer, UNDONE, f"case:{run.case_id}", detail=detail)
    return len(back)


def record_export(run: TraceRun, officer: Officer, *, kind: str, rows: int, set_aside: list[int], digest: str) -> None:
    """Log that a list left the system.

    Args:
        run: the trace it shows.
        officer: who took it.
        kind: csv, xlsx, parquet or notices.
        rows: how many rows the file has.
        set_aside: numbers of the rows that could not be written.
        digest: SHA-256 of the file, so that a copy found elsewhere can be told.
    """
    detail = {"run": run.pk, "kind": kind, "rows": rows, "set_aside": set_aside, "sha256": digest}
    if not run.is_whole:
        detail["complete_to"] = run.complete_to
    audit.record(officer, "contacts.exported", f"case:{run.case_id}", detail=detail)
