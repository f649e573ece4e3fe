"""Who a report may be about: by number, by document, and by name without reading a single one.

Names are ciphertext. A case's name is kept as keyed hashes of a few spellings (`CaseName`), so that two lists that write one
person differently are still brought together, and a copy of the table tells nobody a name. They are compared within the
officer's own area only; numbers and documents within all that is known, as at a gate.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dauchan.people.models import Identity, Person
from dauchan.people.told import identities_with_phones, people_with_documents
from dauchan.tracing.access import access_cases
from dauchan.tracing.intake.likeness import Likeness
from dauchan.tracing.intake.models import CaseName
from dauchan.tracing.intake.reports import Alike
from dauchan.tracing.intake.spellings import name_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dauchan.tracing.intake.reports import CaseReport
    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer

#: Surest first.
ORDER = (Likeness.NAME_YEAR, Likeness.ENDS_YEAR, Likeness.NAME)


def remembered_names(case: Case, full_name: str, birth_year: int | None) -> list[CaseName]:
    """Rows, not yet kept, by which *case* will be found again."""
    return [CaseName(case=case, kind=kind, hash=found) for kind, found in name_hashes(full_name, birth_year).items()]


@dataclass
class _Found:
    by_phone: bool = False
    by_document: bool = False
    names: set[Likeness] = field(default_factory=set)


@dataclass(frozen=True)
class _Names:
    """People of an area by likeness and hash; those whose year of birth is known."""

    people: dict[tuple[str, bytes], set[int]]
    dated: set[int]

    def alike(self, own: dict[Likeness, bytes]) -> Iterator[tuple[int, Likeness]]:
        """Somebody with the same name and another year of birth is somebody else."""
        for kind, text in own.items():
            people = self.people.get((kind, text), set())
            if kind is Likeness.NAME and Likeness.NAME_YEAR in own:
                same_year = self.people.get((Likeness.NAME_YEAR, own[Likeness.NAME_YEAR]), set())
                people = people - (self.dated - same_year)
            yield from ((person, kind) for person in people)


def people_alike(reports: Sequence[CaseReport], officer: Officer) -> list[tuple[Alike, ...]]:
    """For each of *reports* who it may be about, the surest first; a handful of queries however many there are."""
    phones = identities_with_phones({report.phone for report in reports if report.phone})
    documents = people_with_documents({report.document.subject for report in reports if report.document})
    hashes = [name_hashes(report.full_name, report.birth_year) for report in reports]
    names = _names_of_area(hashes, officer)
    found: list[dict[int, _Found]] = []
    for report, own in zip(reports, hashes, strict=True):
        people: dict[int, _Found] = defaultdict(_Found)
        if report.phone in phones:
            people[phones[report.phone].person_id].by_phone = True
        if report.document and report.document.subject in documents:
            people[documents[report.document.subject].pk].by_document = True
        for person_id, kind in names.alike(own):
            people[person_id].names.add(kind)
        found.append(people)
    return _described(found, officer)


def _names_of_area(hashes: Iterable[dict[Likeness, bytes]], officer: Officer) -> _Names:
    wanted = {text for own in hashes for text in own.values()}
    people: dict[tuple[str, bytes], set[int]] = defaultdict(set)
    if not wanted:
        return _Names(people, set())
    cases = access_cases(officer).order_by().values("pk")
    rows = CaseName.objects.filter(hash__in=list(wanted), case__in=cases).values_list("kind", "hash", "case__person")
    for kind, text, person_id in rows:
        people[kind, bytes(text)].add(person_id)
    everybody = set().union(*people.values())
    dated = CaseName.objects.filter(case__person__in=everybody, kind=Likeness.NAME_YEAR)
    return _Names(people, set(dated.values_list("case__person", flat=True)))


def _described(found: Sequence[dict[int, _Found]], officer: Officer) -> list[tuple[Alike, ...]]:
    everybody = {person for people in found for person in people}
    identities = Identity.objects.select_related("person").in_bulk(everybody)
    cases: dict[int, list[Case]] = defaultdict(list)
    for case in access_cases(officer).filter(person__in=everybody).select_related("person").order_by("-registered_at"):
        cases[case.person_id].append(case)
    return [
        tuple(sorted((_alike(pk, why, identities, cases) for pk, why in people.items()), key=_doubt))
        for people in found
    ]


def _alike(person_id: int, why: _Found, identities: dict[int, Identity], cases: dict[int, list[Case]]) -> Alike:
    identity = identities.get(person_id)
    own = tuple(cases.get(person_id, ()))
    names = tuple(kind for kind in ORDER if kind in why.names)
    return Alike(_person(person_id, identity, own), identity, why.by_phone, why.by_document, names, own)


def _person(person_id: int, identity: Identity | None, cases: tuple[Case, ...]) -> Person:
    if identity:
        return identity.person
    if cases:
        return cases[0].person
    return Person(pk=person_id)


def _doubt(alike: Alike) -> tuple[bool, bool, int]:
    return not alike.by_phone, not alike.by_document, ORDER.index(alike.names[0]) if alike.names else len(ORDER)
