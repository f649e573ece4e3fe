"""The files of an outbreak's report: tables for programs, one page for people."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dauchan.epi.errors import TableRefused
from dauchan.epi.writing import write_table
from dauchan.project.report_page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dauchan.epi.line_list import LineList
    from dauchan.epi.outbreak_report import OutbreakReport, ReportRules


def figures_of(found: LineList, report: OutbreakReport, rules: ReportRules) -> dict[str, Any]:
    """The figures of a report, as `--json` prints them and `report.json` keeps them."""
    whole = report.rates[0] if report.rates else None
    rate = {"infected": whole.infected, "at_risk": whole.at_risk, "low": whole.low, "high": whole.high} if whole else {}
    return {
        "people": found.people,
        "places": len(found.places),
        "stays": len(found.stays),
        "onsets": len(found.onsets),
        "onsets_outside_stays": found.onsets_outside_stays(),
        "refused": [asdict(row) for row in found.refused],
        "contact_pairs": report.contacts.num_rows,
        "cases_with_contacts": report.cases_with_contacts,
        "distinct_contacts": report.distinct_contacts,
        "linked_cases": len({link.infected for link in report.links}),
        "links": len(report.links),
        "clusters": len(report.clusters),
        "largest_cluster": len(report.clusters[0].cases) if report.clusters else 0,
        "attack_rate": rate or {"infected": 0, "at_risk": 0, "low": 0.0, "high": 1.0},
        "rules": {
            "before_days": rules.before_days,
            "after_days": rules.after_days,
            "min_overlap_minutes": rules.min_overlap_minutes,
            "tail_minutes": rules.tail_minutes,
            "serial_interval_days": list(asdict(rules.serial).values()),
            "longest_incubation_days": rules.longest_incubation_days,
            "timezone": str(rules.zone),
        },
    }


def write_report(
    folder: Path, name: str, found: LineList, report: OutbreakReport, figures: dict[str, Any]
) -> None:  # fmt: skip
    """Write every file of the report.

    Raises:
        TableRefused: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_tables(folder, found, report)
        (folder / "report.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
        (folder / "report.html").write_text(page_of(name, found, report, figures), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise TableRefused(f"{folder}: {reason}", f"không ghi được {folder}: {reason}") from error


def _write_tables(folder: Path, found: LineList, report: OutbreakReport) -> None:
    write_table(report.contacts, folder / "contacts.csv")
    _write(folder / "venues.csv", ("venue_id", "name"), enumerate(found.places, start=1))
    if found.names:
        _write(folder / "people.csv", ("person_id", "name"), sorted(found.names.items()))
    _write(folder / "curve.csv", ("on", "cases"), report.curve)
    links = (
        (
            link.infector,
            link.infected,
            f"{link.interval_days:.3f}",
            f"{link.weight:.4f}",
            _instant(found, link.infected),
        )
        for link in report.links
    )
    _write(folder / "links.csv", ("infector_id", "infected_id", "interval_days", "weight", "onset_at"), links)
    rates = ((rate.group, rate.infected, rate.at_risk, f"{rate.low:.4f}", f"{rate.high:.4f}") for rate in report.rates)
    _write(folder / "attack_rates.csv", ("place", "infected", "at_risk", "low", "high"), rates)
    refused = ((row.row, row.column, row.reason.value, row.reason.english) for row in found.refused)
    _write(folder / "refused.csv", ("row", "column", "reason", "in_words"), refused)


def _instant(found: LineList, person: int) -> str:
    return datetime.fromtimestamp(found.onsets[person], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
