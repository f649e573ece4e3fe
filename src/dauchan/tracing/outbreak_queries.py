"""The cases of an outbreak as columns, and what their lists say of how it went on: chains, clusters, attack rates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from dauchan.epi.arrays import MISSING
from dauchan.epi.attack_rates import AttackRate, attack_rates
from dauchan.epi.chains import Cluster, Link, SerialInterval, clusters_of, possible_links, reproduction_numbers
from dauchan.epi.risk import OUTDOORS, REFERENCE_PEOPLE
from dauchan.tracing.models import Case, CaseStatus, Disease
from dauchan.tracing.risk_of_contacts import parameters_on
from dauchan.units.jurisdiction import in_area
from dauchan.venues.models import Category
from dauchan.vietnamese.dates import LOCAL
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from numpy.typing import NDArray

    from dauchan.tracing.models import EpidemiologicalParameters
    from dauchan.units.models import Unit

    Int64s = NDArray[np.int64]

SQL = "dauchan.tracing.sql"
#: In the order of `OutbreakCase`.
CASE_COLUMNS = (
    "pk",
    "code",
    "person_id",
    "onset_on",
    "sampled_on",
    "registered_at",
    "unit_id",
    "infectious_from",
    "infectious_to",
)


@dataclass(frozen=True)
class Outbreak:
    """Which cases are looked at: a disease, an area, and the days of onset (of the sample, without symptoms), both included."""

    disease: Disease
    unit: Unit
    first_on: dt.date
    last_on: dt.date

    @cached_property
    def parameters(self) -> EpidemiologicalParameters | None:
        return parameters_on(self.disease, self.last_on)


@dataclass(frozen=True)
class OutbreakCase:
    """A case of the outbreak, without its person's name."""

    pk: int
    code: str
    person_id: int
    onset_on: dt.date | None
    sampled_on: dt.date
    registered_at: dt.datetime
    unit_id: int
    infectious_from: dt.datetime
    infectious_to: dt.datetime

    @property
    def began_on(self) -> dt.date:
        """Onset, or the sample of a case without symptoms."""
        return self.onset_on or self.sampled_on

    @property
    def began_at(self) -> int:
        """Epoch seconds of that day's local midnight."""
        return midnight(self.began_on)


def midnight(day: dt.date) -> int:
    """Epoch seconds of a local midnight."""
    return int(dt.datetime.combine(day, dt.time(), LOCAL).timestamp())


def cases_within(cases: QuerySet[Case], outbreak: Outbreak) -> list[OutbreakCase]:
    """The confirmed ones of *cases* that belong to the outbreak, by the day they began; one query.

    *cases* come from `tracing.access`: whoever calls this has asked who may see what.
    """
    chosen = cases.filter(in_area([outbreak.unit]), disease=outbreak.disease, status=CaseStatus.CONFIRMED)
    days = chosen.alias(began_on=Coalesce("onset_on", "sampled_on")).filter(
        began_on__gte=outbreak.first_on, began_on__lte=outbreak.last_on
    )
    return [OutbreakCase(*row) for row in days.order_by("began_on", "pk").values_list(*CASE_COLUMNS)]


def outbreak_case(case: Case) -> OutbreakCase:
    """One case as its outbreak knows it."""
    return OutbreakCase(*(getattr(case, column) for column in CASE_COLUMNS))


def disease_most_seen(cases: QuerySet[Case], since: dt.date) -> Disease | None:
    """The disease with the most of *cases* since a day; of equals, and without any, the first under surveillance."""
    counted = Count("case", filter=Q(case__in=cases.filter(sampled_on__gte=since)))
    return Disease.objects.annotate(cases=counted).order_by("-cases", "position", "code").first()


@dataclass(frozen=True)
class Chains:
    """Who may have infected whom. A person with two cases stands for the earlier one.

    Attributes:
        cases: by person.
        links: every possible infector of every case, weighted, by person.
        clusters: connected cases, the largest first, by person.
        reproduction: expected number of people each infected, by person.
    """

    cases: dict[int, OutbreakCase]
    links: list[Link]
    clusters: list[Cluster]
    reproduction: dict[int, float]


def chains_among(cases: list[OutbreakCase], parameters: EpidemiologicalParameters) -> Chains:
    """Chains of the people of an outbreak from the latest list of each case; one query, however many they are."""
    by_person: dict[int, OutbreakCase] = {}
    for case in cases:
        by_person.setdefault(case.person_id, case)
    people = np.array(list(by_person), np.int64)
    onsets = np.array([case.began_at for case in by_person.values()], np.int64)
    given = {"cases": [case.pk for case in cases], "people": people.tolist()}
    with connection.cursor() as cursor:
        cursor.execute(blocks("outbreak.sql", SQL)["pairs_of_cases"], given)
        rows = cursor.fetchall()
    source, contact = (np.array([row[place] for row in rows], np.int64) for place in (0, 1))
    dose = np.array([_exposure(*row[2:]) for row in rows], np.float64)
    links = possible_links(people, onsets, source, contact, serial_interval(parameters), dose)
    return Chains(by_person, links, clusters_of(people, onsets, links), reproduction_numbers(people, links))


def serial_interval(parameters: EpidemiologicalParameters) -> SerialInterval:
    return SerialInterval(
        parameters.serial_mean_days,
        parameters.serial_sd_days,
        parameters.serial_shortest_days,
        parameters.serial_longest_days,
    )


def _exposure(seconds: int, people: float | None, outdoor_share: float | None) -> float:
    """In proportion to the dose; a second at least, so that somebody named without minutes is kept."""
    return max(1, seconds) / (people or REFERENCE_PEOPLE) * (1 + (outdoor_share or 0) * (OUTDOORS - 1))


@dataclass(frozen=True, eq=False)
class ContactColumns:
    """Everybody on the latest list of each case; columns of one length.

    Attributes:
        case: id of the case.
        person: id of the contact.
        generation: 1, 2, 3.
        first_at: first exposure, epoch seconds.
        category: id of the kind of place of the longest exposure; 0 where there is none.
    """

    case: Int64s
    person: Int64s
    generation: Int64s
    first_at: Int64s
    category: Int64s


def contacts_among(cases: list[OutbreakCase]) -> ContactColumns:
    """One query and no object a row: an outbreak may have a hundred thousand contacts."""
    with connection.cursor() as cursor:
        cursor.execute(blocks("outbreak.sql", SQL)["contacts_of_cases"], {"cases": [case.pk for case in cases]})
        packed = cursor.fetchone()
    table = np.frombuffer(bytes(packed[0] or b"") if packed else b"", ">i8").reshape(-1, 5).astype(np.int64)
    return ContactColumns(*table.T)


@dataclass(frozen=True)
class AttackRates:
    """Secondary attack rates of an outbreak's contacts, each group with its denominator."""

    by_generation: list[AttackRate]
    by_setting: list[AttackRate]
    by_category: list[AttackRate]


def attack_rates_among(
    contacts: ContactColumns, onsets: dict[int, int], longest_incubation_days: float
) -> AttackRates:  # fmt: skip
    """Attack rates by generation, by setting and by kind of place of the longest exposure.

    Args:
        contacts: as `contacts_among` reads them.
        onsets: of every known case of the disease, by person, those of other areas included.
        longest_incubation_days: of the disease.
    """
    kinds = {kind.pk: kind for kind in Category.objects.all()}

    def rates(group: Int64s, names: list[str]) -> list[AttackRate]:
        return attack_rates(
            contacts.person,
            contacts.first_at,
            group,
            onsets,
            longest_incubation_days=longest_incubation_days,
            names=names,
        )

    codes, place = np.unique(contacts.category, return_inverse=True)
    settings = ["indoor", "outdoor", "vehicle", ""]
    setting = [settings.index(kinds[code].setting) if code in kinds else 3 for code in codes.tolist()]
    return AttackRates(
        rates(contacts.generation, [f"F{generation}" for generation in range(10)]),
        rates(np.array(setting, np.int64)[place] if len(codes) else place, settings),
        rates(place, [kinds[code].name if code in kinds else "" for code in codes.tolist()]),
    )


def onsets_of_disease(disease: Disease, since: dt.date) -> dict[int, int]:
    """Epoch seconds of the first onset of everybody who is a case of the disease since a day, wherever; of use as numbers only."""
    cases = Case.objects.filter(disease=disease, status=CaseStatus.CONFIRMED, sampled_on__gte=since)
    found: dict[int, int] = {}
    for person, onset_on, sampled_on in cases.values_list("person_id", "onset_on", "sampled_on"):
        at = midnight(onset_on or sampled_on)
        found[person] = min(at, found.get(person, at))
    return found


def instants_by(cases: list[OutbreakCase], basis: str) -> Int64s:
    """When each case counts: by `onset`, `sample` or `report`; epoch seconds, `MISSING` without symptoms."""
    if basis == "report":
        return np.array([int(case.registered_at.timestamp()) for case in cases], np.int64)
    days = [case.onset_on if basis == "onset" else case.sampled_on for case in cases]
    return np.array([MISSING if day is None else midnight(day) for day in days], np.int64)
