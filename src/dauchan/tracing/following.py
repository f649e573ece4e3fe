"""Going on with a trace beside the request that began it; and telling, in any process, whether somebody still does."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from django.db import connection, transaction

from dauchan.tracing.models import RunFailure, RunStatus, TraceRun
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

#: How long an order to trace takes at most before the first generation is shown alone, if that is there by then.
PATIENCE_SECONDS = 0.5
_READY_SECONDS = 10.0
#: With the run's number: held by the connection that carries it out. The database lets go of it when that process dies.
LOCK = 7257
_AT_WORK = """
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


class Following(threading.Thread):
    """The work on a run after its first generation, in a thread and with a connection of its own. The run's lock is held before
    the run is committed: it is never seen running without somebody at work.
    """

    def __init__(self, run: TraceRun, work: Callable[[], None]) -> None:
        super().__init__(name=f"trace {run.pk}", daemon=True)
        self._run, self._work = run, work
        self._is_ready, self._may_begin = threading.Event(), threading.Event()

    def go_on(self, seconds: float) -> None:
        """The run is committed: begin, and wait so long for the end."""
        self._may_begin.set()
        self.join(seconds)

    def wait_until_ready(self) -> None:
        self._is_ready.wait(_READY_SECONDS)

    def run(self) -> None:
        try:
            _take(self._run.pk)
            self._is_ready.set()
            if self._may_begin.wait(_READY_SECONDS):  # else the request failed, and there is no run
                self._carry_out()
        finally:
            self._is_ready.set()
            connection.close()  # and with it the lock

    def _carry_out(self) -> None:
        try:
            self._work()
        except Exception:
            log.exception("trace %s stopped", self._run.pk)
            mark_failed(self._run, RunFailure.ERROR)


def follow(run: TraceRun, work: Callable[[], None]) -> Following:
    """Make ready to go on with a run that is not committed yet."""
    following = Following(run, work)
    following.start()
    following.wait_until_ready()
    return following


def _take(run_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, run_id])


@transaction.atomic
def mark_failed(run: TraceRun, why: RunFailure) -> None:
    """What was kept stays and is whole to `complete_to`; harmless for a run that has ended."""
    running = TraceRun.objects.filter(pk=run.pk, status=RunStatus.RUNNING)
    if running.update(status=RunStatus.FAILED, failure=why):
        run.refresh_from_db()
        record_run(run, "trace.stopped")


def record_run(run: TraceRun, action: str) -> None:
    """Log what a run has found by now."""
    detail = {"run": run.pk, "contacts": run.contacts.count(), "notices": run.notices.count()}
    audit.record(run.requested_by, action, f"case:{run.case_id}", detail=detail)


def mark_if_interrupted(run: TraceRun) -> None:
    """A run that nobody works on any more says so: its process was stopped."""
    if run.status != RunStatus.RUNNING or is_at_work(run.pk):
        return
    mark_failed(run, RunFailure.INTERRUPTED)


def is_at_work(run_id: int) -> bool:
    """Whether a process carries out this run."""
    with connection.cursor() as cursor:
        cursor.execute(_AT_WORK, [LOCK, run_id])
        return bool(cursor.fetchone()[0])
