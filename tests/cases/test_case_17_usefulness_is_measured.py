"""NHS venue alerts: one in two weeks on 1.5 million check-ins a day. Here a seeded outbreak is traced and held against its truth."""

from pathlib import Path

from dauchan.epi import TracePolicy, trace
from dauchan.epi.tables import read_cases, read_visits
from dauchan.simulation.accuracy import TracingAccuracy, tracing_accuracy
from dauchan.simulation.province import Order
from dauchan.simulation.province_files import simulate

ORDER = Order(people=20_000, venues=400, days=14, outbreak=20)


def measured(folder: Path, policy: TracePolicy) -> TracingAccuracy:
    cases = read_cases(folder / "cases.csv").cases
    found = trace(read_visits(folder / "visits.parquet").index(), cases, policy)
    return tracing_accuracy(found.contacts, cases.person_id.tolist(), folder / "truth.csv")


def test_case_17_recall_and_precision_on_a_seeded_outbreak(tmp_path: Path) -> None:
    simulate(ORDER, tmp_path)
    accuracy = measured(tmp_path, TracePolicy(generations=1))
    assert accuracy.infected > 50, "an outbreak that says nothing measures nothing"
    # Whoever infected somebody while both had scanned is found but where they shared less than the threshold.
    assert accuracy.recall_of_scanned > 0.9
    # One visitor in ten does not scan, so of all infections about eight in ten can be found.
    assert 0.7 < accuracy.recall < 0.95
    assert 0 < accuracy.precision < 0.1, "a shared scan is co-presence, not proof of contact"
    stricter = measured(tmp_path, TracePolicy(generations=1, min_overlap_minutes=120))
    assert stricter.listed < accuracy.listed
    assert stricter.found <= accuracy.found
    assert stricter.precision > accuracy.precision
