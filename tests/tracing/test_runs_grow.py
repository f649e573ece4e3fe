"""A list is of use from its first generation: it is kept and shown while the later ones are still looked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_person
from dauchan.tracing import runs
from dauchan.tracing.actions import policy_for, run_trace, start_trace
from dauchan.tracing.engine import Found, Search
from dauchan.tracing.following import is_at_work, mark_if_interrupted, record_run
from dauchan.tracing.models import Case, Contact, RunFailure, RunStatus, TraceRun, Verdict
from dauchan.tracing.writing import copy_rows
from dauchan.units.models import AuditEntry, Officer

pytestmark = pytest.mark.usefixtures("committed_ledger")
FOUND = "BFCGI"


class Gate:
    """The second generation waits here, or breaks."""

    def __init__(self) -> None:
        self.is_open = threading.Event()
        self.breaks = False


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate, search = Gate(), Search.to_generation

    def to_generation(self: Search, generations: int) -> Found:
        if generations > 1:
            gate.is_open.wait(60)
            if gate.breaks:
                raise MemoryError
        return search(self, generations)

    monkeypatch.setattr(Search, "to_generation", to_generation)
    monkeypatch.setattr(runs, "PATIENCE_SECONDS", 0.05)
    yield gate
    gate.is_open.set()


def ended(run: TraceRun) -> TraceRun:
    deadline = time.monotonic() + 60
    while TraceRun.objects.get(pk=run.pk).status == RunStatus.RUNNING or is_at_work(run.pk):
        assert time.monotonic() < deadline, "nobody ends the run"
        time.sleep(0.02)
    return TraceRun.objects.get(pk=run.pk)


def numbered(run: TraceRun) -> list[tuple[int, int]]:
    return list(run.contacts.order_by("number").values_list("number", "person_id"))


def test_a_short_trace_is_whole_when_it_answers(case: Case, tracer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "PATIENCE_SECONDS", 60)
    run = start_trace(case, tracer, policy_for(case))
    assert (run.status, run.is_whole, run.complete_to) == (RunStatus.FINISHED, True, 2)
    assert numbered(run) == [(nth, example_person(name)) for nth, name in enumerate(FOUND, start=1)]
    assert run.listed_at is not None
    assert run.listed_at <= run.finished_at
    ended(run)


def test_the_first_generation_is_there_while_the_second_is_looked_for(case: Case, tracer: Officer, gate: Gate) -> None:
    run = start_trace(case, tracer, policy_for(case))
    assert (run.status, run.complete_to, run.is_whole) == (RunStatus.RUNNING, 1, False)
    assert is_at_work(run.pk)
    assert numbered(run) == [(1, example_person("B")), (2, example_person("F")), (3, example_person("C"))]
    run.contacts.filter(number=2).update(verdict=Verdict.CONFIRMED)
    mark_if_interrupted(run)
    assert run.status == RunStatus.RUNNING
    gate.is_open.set()
    run = ended(run)
    assert (run.status, run.complete_to) == (RunStatus.FINISHED, 2)
    assert [person for _, person in numbered(run)] == [example_person(name) for name in FOUND]
    assert run.contacts.get(number=2).verdict == Verdict.CONFIRMED
    (line,) = AuditEntry.objects.filter(action="trace.run")
    assert (line.actor, line.detail["contacts"]) == (tracer, 5)


def test_a_request_that_looks_while_the_end_is_being_kept_does_not_undo_it(
    case: Case, tracer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_keeping, may_keep = threading.Event(), threading.Event()

    def slow_record(run: TraceRun, action: str) -> None:
        is_keeping.set()
        may_keep.wait(60)
        record_run(run, action)

    monkeypatch.setattr(runs, "record_run", slow_record)
    monkeypatch.setattr(runs, "PATIENCE_SECONDS", 0.5)
    run = start_trace(case, tracer, policy_for(case))
    assert is_keeping.wait(60)
    run.refresh_from_db()
    assert (run.status, run.complete_to) == (RunStatus.RUNNING, 1)
    may_keep.set()
    run = ended(run)
    assert (run.status, run.complete_to) == (RunStatus.FINISHED, 2)


def test_it_is_the_same_list_as_in_one_go(case: Case, tracer: Officer) -> None:
    columns = [field.attname for field in Contact._meta.fields if field.name not in {"id", "run"}]
    policy = policy_for(case, generations=3, crowd_limit=2)
    one, other = start_trace(case, tracer, policy), run_trace(case, tracer, policy)
    one = ended(one)
    assert list(one.contacts.values_list(*columns)) == list(other.contacts.values_list(*columns))
    notices = ("venue_id", "on", "visits")
    assert list(one.notices.values_list(*notices)) == list(other.notices.values_list(*notices)) != []


def test_an_error_leaves_what_was_found_and_says_so(
    case: Case, tracer: Officer, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    gate.breaks = True
    gate.is_open.set()
    run = ended(start_trace(case, tracer, policy_for(case)))
    assert (run.status, run.failure, run.complete_to) == (RunStatus.FAILED, RunFailure.ERROR, 1)
    assert len(numbered(run)) == 3
    assert "MemoryError" in caplog.text
    (line,) = AuditEntry.objects.filter(action="trace.stopped")
    assert line.detail["contacts"] == 3


def test_a_run_whose_process_was_stopped_says_so(case: Case, tracer: Officer) -> None:
    run = run_trace(case, tracer, policy_for(case))
    TraceRun.objects.update(status=RunStatus.RUNNING, complete_generation=1)
    run.refresh_from_db()
    mark_if_interrupted(run)
    assert (run.status, run.failure, run.complete_to) == (RunStatus.FAILED, RunFailure.INTERRUPTED, 1)
    mark_if_interrupted(run)
    assert AuditEntry.objects.filter(action="trace.stopped").count() == 1


def test_a_run_of_an_older_release_is_whole(case: Case, tracer: Officer) -> None:
    run = run_trace(case, tracer, policy_for(case))
    TraceRun.objects.update(complete_generation=None)
    run.refresh_from_db()
    assert (run.complete_to, run.is_whole) == (2, True)


def test_many_rows_are_copied_with_the_fields_defaults(case: Case, tracer: Officer) -> None:
    run = run_trace(case, tracer, policy_for(case, generations=1))
    known = Contact.objects.filter(run=run).values("source_id", "venue_id", "first_at", "last_at").first()
    assert known is not None
    figures = {"generation": 2, "overlap_seconds": 900, "tail_seconds": 0, "encounters": 1}
    rows = ({**known, **figures, "run_id": run.pk, "number": n, "person_id": n} for n in range(1000, 4000))
    began = timezone.now()
    copy_rows(Contact, rows)
    copy_rows(Contact, [])
    last = run.contacts.get(number=3999)
    assert (last.verdict, last.assurance, last.labels, last.is_doubtful) == (Verdict.TO_VERIFY, None, 0, False)
    assert last.first_at == known["first_at"]
    assert (timezone.now() - began).total_seconds() < 30
