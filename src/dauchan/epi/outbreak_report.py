"""An outbreak's figures from a line list alone: curve, contacts, possible infectors, clusters, attack rates."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

import numpy as np
import pyarrow as pa

from dauchan.epi.attack_rates import AttackRate, attack_rates
from dauchan.epi.cases import Cases
from dauchan.epi.chains import Cluster, Link, SerialInterval, clusters_of, possible_links, reproduction_numbers
from dauchan.epi.generations import trace
from dauchan.epi.line_list import LineList
from dauchan.epi.policy import TracePolicy
from dauchan.epi.visit_index import VisitIndex

DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRules:
    """How an outbreak is read.

    Attributes:
        before_days, after_days: of the infectious period around onset.
        min_overlap_minutes, tail_minutes: who is a contact, as in a trace; 0 is anybody who shared any time.
        serial: days between the onsets of an infector and of the one infected.
        longest_incubation_days: up to when a contact who falls ill was infected by the exposure.
        zone: the local calendar.
    """

    before_days: float = 2
    after_days: float = 5
    min_overlap_minutes: float = 0
    tail_minutes: float = 0
    serial: SerialInterval
    longest_incubation_days: float
    zone: tzinfo


@dataclass(frozen=True, slots=True, eq=False)
class OutbreakReport:
    """What a line list says of an outbreak.

    Attributes:
        contacts: rows of generation 1, as `dauchan.epi.trace` gives them.
        cases_with_contacts, distinct_contacts: of these rows.
        curve: cases by local day of onset, days without cases included.
        links: every possible infector of every case.
        clusters: connected cases, the largest first.
        reproduction: expected number infected by each case.
        rates: attack rate of all contacts (""), then by place of the longest overlap.
    """

    contacts: pa.Table
    cases_with_contacts: int
    distinct_contacts: int
    curve: list[tuple[date, int]]
    links: list[Link]
    clusters: list[Cluster]
    reproduction: dict[int, float]
    rates: list[AttackRate]


def outbreak_report(line_list: LineList, rules: ReportRules) -> OutbreakReport:
    """Read an outbreak; people without an onset are contacts only."""
    people, onsets = (np.array(list(part), np.int64) for part in (line_list.onsets, line_list.onsets.values()))
    contacts = _contacts(line_list, people, onsets, rules)
    source, contact = (contacts.column(name).to_numpy() for name in ("index_id", "person_id"))
    dose = contacts.column("overlap_seconds").to_numpy().astype(np.float64)
    links = possible_links(people, onsets, source, contact, rules.serial, np.maximum(dose, 1))
    return OutbreakReport(
        contacts=contacts,
        cases_with_contacts=len(np.unique(source)),
        distinct_contacts=len(np.unique(contact)),
        curve=curve_by_day(onsets.tolist(), rules.zone),
        links=links,
        clusters=clusters_of(people, onsets, links),
        reproduction=reproduction_numbers(people, links),
        rates=_rates(line_list, contacts, rules),
    )


def curve_by_day(instants: list[int], zone: tzinfo) -> list[tuple[date, int]]:
    """How many instants fall on each local day, from the first to the last."""
    counts = Counter(datetime.fromtimestamp(at, zone).date() for at in instants)
    if not counts:
        return []
    first, last = min(counts), max(counts)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return [(day, counts[day]) for day in days]


def _contacts(
    line_list: LineList, people: "np.ndarray[tuple[int], np.dtype[np.int64]]", onsets: "np.ndarray[tuple[int], np.dtype[np.int64]]", rules: ReportRules
) -> pa.Table:  # fmt: skip
    columns = np.array(line_list.stays, np.int64).reshape(-1, 4).T
    index = VisitIndex.from_arrays(*columns)
    before, after = round(rules.before_days * DAY), round(rules.after_days * DAY)
    cases = Cases.from_arrays(people, onsets - before, onsets + after)
    policy = TracePolicy(
        generations=1, min_overlap_minutes=rules.min_overlap_minutes, tail_minutes=rules.tail_minutes
    )  # fmt: skip
    return trace(index, cases, policy).contacts


def _rates(line_list: LineList, contacts: pa.Table, rules: ReportRules) -> list[AttackRate]:
    person = contacts.column("person_id").to_numpy()
    first = contacts.column("first_at").cast(pa.int64()).to_numpy() // 1_000_000
    venue = contacts.column("venue_id").to_numpy()
    longest = rules.longest_incubation_days
    whole = attack_rates(
        person, first, np.zeros(len(person), np.int64), line_list.onsets, longest_incubation_days=longest, names=[""]
    )
    places = attack_rates(
        person, first, venue - 1, line_list.onsets, longest_incubation_days=longest, names=line_list.places
    )
    return [*whole, *places]
