"""What a team writes down of a case before it is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.people.told import ToldOf
from dauchan.tracing.intake.models import LabOutcome, SampleKind

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from dauchan.people.models import Identity, Person
    from dauchan.tracing.intake.likeness import Likeness
    from dauchan.tracing.models import Case, Disease, DoctrineRule
    from dauchan.units.models import Unit


@dataclass(frozen=True)
class LabReport:
    """A laboratory result, but for the day of its sample, which stands in the report."""

    kind: str = SampleKind.PCR
    sampled_time: dt.time | None = None
    resulted_at: dt.datetime | None = None
    laboratory: str = ""
    ct: Decimal | None = None
    result: str = LabOutcome.POSITIVE


@dataclass(frozen=True)
class Document:
    """The number of an identity or insurance card: *subject* goes through a keyed hash, and nothing else of it is kept."""

    kind: str
    subject: str


@dataclass(frozen=True)
class CaseReport:
    """What the tracer wrote down of a confirmed case."""

    #: E.164; may be empty where there is a name.
    phone: str
    disease: Disease
    unit: Unit
    sampled_on: dt.date
    onset_on: dt.date | None = None
    isolated_at: dt.datetime | None = None
    note: str = ""
    #: Of somebody who has never scanned: with a name, an unknown number is no refusal.
    full_name: str = ""
    birth_year: int | None = None
    document: Document | None = None
    symptoms: tuple[str, ...] = ()
    isolated_where: str = ""
    address: str = ""
    lab: LabReport | None = None
    #: Which of the people who are alike this is, as the officer decided; None: not asked, or not answered.
    same_as: int | None = None
    #: The officer decided that it is none of them.
    is_another: bool = False

    def told_of(self, *, owns_phone: bool) -> ToldOf:
        return ToldOf(self.full_name, self.phone, owns_phone, self.birth_year, self.address)


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the person of a report.

    Attributes:
        person: the one known here.
        identity: what is kept of them; None where it was erased or never told.
        by_phone, by_document: the report's number or document is theirs.
        names: how the names are alike, the surest likeness first.
        cases: their cases in the officer's area, the latest first.
    """

    person: Person
    identity: Identity | None
    by_phone: bool = False
    by_document: bool = False
    names: tuple[Likeness, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def is_sure(self) -> bool:
        """A number or a document is nobody else's, as a rule; a name may be."""
        return self.by_phone or self.by_document


@dataclass(frozen=True)
class Preview:
    """What would follow from a report.

    Attributes:
        person: whom it is taken for; None: somebody new.
        rule, begins, ends: the infectious period with its rule.
        alike: who else, or who at all, it may be.
        must_choose: nobody can tell but the officer: until then `person` is no more than the likeliest.
    """

    person: Person | None
    rule: DoctrineRule
    begins: dt.datetime
    ends: dt.datetime
    alike: tuple[Alike, ...] = ()
    must_choose: bool = False
