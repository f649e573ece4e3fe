"""A trace as it is carried out: the first generation is kept and shown at once, the later ones follow as they are found."""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from dauchan.tracing import engine
from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.following import PATIENCE_SECONDS, follow, record_run
from dauchan.tracing.interviews.contact_work import link_interviews
from dauchan.tracing.interviews.named import with_named
from dauchan.tracing.models import CaseStatus, Contact, CrowdNotice, RunStatus, TraceRun, Verdict
from dauchan.tracing.writing import copy_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.epi import TracePolicy
    from dauchan.tracing.engine import Found, Search
    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer


def run_trace(case: Case, officer: Officer, policy: TracePolicy) -> TraceRun:
    """Trace the case through the ledger as it stands now and keep the contacts found, all generations before it returns.

    Raises: RoleMissing, CaseWithdrawn.
    """
    search = _search(case, officer, policy)
    with transaction.atomic():
        run = _opened(search, officer)
        _grow(run, search)
    return run


def start_trace(case: Case, officer: Officer, policy: TracePolicy) -> TraceRun:
    """As `run_trace`, for somebody who waits: the first generation is kept when it returns, and nearly always all of them. What
    takes longer than a moment goes on beside, and the run tells how far it is.

    Raises: RoleMissing, CaseWithdrawn.
    """
    if policy.generations == 1 or connection.in_atomic_block:  # beside, nobody would see what is not committed
        return run_trace(case, officer, policy)
    ordered_at = time.monotonic()
    search = _search(case, officer, policy)
    with transaction.atomic():
        run = _opened(search, officer)
        # The thread reads the run anew: what it sets before it saves is not for the eyes of this one, nor to be reset by them.
        following = follow(run, lambda: _grow(TraceRun.objects.get(pk=run.pk), search))
    following.go_on(max(PATIENCE_SECONDS - (time.monotonic() - ordered_at), 0))
    run.refresh_from_db()
    return run


def _search(case: Case, officer: Officer, policy: TracePolicy) -> Search:
    require_tracer(officer, case)
    if case.status != CaseStatus.CONFIRMED:
        raise CaseWithdrawn
    return engine.search(case, policy, horizon=timezone.now())


def _opened(search: Search, officer: Officer) -> TraceRun:
    """The run with its first generation."""
    found = search.to_generation(1)
    now = timezone.now()
    run = TraceRun.objects.create(
        case=search.case,
        policy=dataclasses.asdict(found.policy),
        horizon=search.horizon,
        requested_by=officer,
        started_at=search.horizon,
        listed_at=now,
        finished_at=now,
        status=RunStatus.RUNNING,
        complete_generation=0,
        visits_read=found.visits_read,
        imputed_stays=found.imputed_stays,
    )
    _keep(run, found, 1)
    return run


def _grow(run: TraceRun, search: Search) -> None:
    """The generations after the first, each kept as soon as it is found."""
    for generation in range(2, run.generations + 1):
        _keep(run, search.to_generation(generation), generation)


@transaction.atomic
def _keep(run: TraceRun, found: Found, generation: int) -> None:
    """Add the rows of a generation. Numbers go on where those before it end: nobody's number changes as the list grows."""
    copy_rows(Contact, _contacts(run, found, generation))
    link_interviews(run)
    before = set(run.notices.values_list("venue_id", "on"))
    copy_rows(
        CrowdNotice, ({"run_id": run.pk, **row} for row in found.notices if (row["venue_id"], row["on"]) not in before)
    )
    run.complete_generation, run.finished_at = generation, timezone.now()
    changed = ["complete_generation", "finished_at"]
    if run.is_whole:
        run.status = RunStatus.FINISHED
        changed.append("status")
        record_run(run, "trace.run")
    run.save(update_fields=changed)


def _contacts(run: TraceRun, found: Found, generation: int) -> Iterator[dict[str, object]]:
    known, kept = _verdicts_before(run), run.contacts.count()
    for number, row in enumerate(with_named(run, found.rows_after(generation - 1), generation), start=kept + 1):
        verdict = known.get((row["person_id"], row["source_id"]), Verdict.TO_VERIFY)
        yield {"run_id": run.pk, "number": number, "verdict": verdict, **row}


def _verdicts_before(run: TraceRun) -> dict[tuple[int, int], str]:
    """What the team found out on the case's run before this one, by contact and source: nobody is asked twice."""
    before = TraceRun.objects.filter(case=run.case_id).exclude(pk=run.pk).first()
    judged = Contact.objects.filter(run=before).exclude(verdict=Verdict.TO_VERIFY)
    return {
        (person, source): verdict for person, source, verdict in judged.values_list("person_id", "source_id", "verdict")
    }
