"""Legal bases that an authority adds for its area, and ends. A basis is never changed or removed: sanctions have copied it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.sanctions.errors import BasisExists, NotAtThisPoint
from dauchan.oversight.sanctions.models import LegalBasis, SanctionBasis
from dauchan.units import audit
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.units.models import Officer, Unit

COPIED = ("title_vi", "title_en", "number", "article", "source", "valid_from", "valid_to", "is_verified")


@dataclass(frozen=True)
class NewBasis:
    """What an authority says of a legal basis. Whoever adds it has read it: it counts as established for their area."""

    title_vi: str
    number: str
    kinds: Sequence[str]
    valid_from: dt.date
    valid_to: dt.date | None = None
    article: str = ""
    source: str = ""
    title_en: str = ""
    note_vi: str = ""


@transaction.atomic
def add_basis(new: NewBasis, unit: Unit, officer: Officer) -> LegalBasis:
    """Raises: BasisExists."""
    said = {name: value for name, value in vars(new).items() if name != "kinds"}
    # Titles differ in words, numbers do not: the same document and clause in one area is one basis.
    code = f"{unit.pk}-{fold(f'{new.number} {new.article}').replace(' ', '-').replace('/', '-')}"[:40]
    if LegalBasis.objects.filter(code=code, valid_from=new.valid_from).exists():
        raise BasisExists
    basis = LegalBasis.objects.create(
        code=code,
        kinds=" ".join(new.kinds),
        unit=unit,
        added_by=officer,
        added_at=timezone.now(),
        is_verified=True,
        **said,
    )
    detail = {"basis": basis.pk, "number": basis.number, "article": basis.article, "kinds": basis.kinds}
    audit.record(officer, "sanction_basis.added", f"unit:{unit.pk}", detail=detail)
    return basis


@transaction.atomic
def end_basis(basis: LegalBasis, officer: Officer, valid_to: dt.date) -> LegalBasis:
    """From *valid_to* on nobody chooses it any more. Raises: NotAtThisPoint where it has ended, or would before it began."""
    basis = LegalBasis.objects.select_for_update(of=("self",)).get(pk=basis.pk)
    if basis.valid_to is not None or valid_to <= basis.valid_from:
        raise NotAtThisPoint
    basis.valid_to = valid_to
    basis.save(update_fields=["valid_to"])
    detail = {"basis": basis.pk, "valid_to": valid_to.isoformat()}
    audit.record(officer, "sanction_basis.ended", f"unit:{basis.unit_id}", detail=detail)
    return basis


def copy_bases(sanction: Sanction, bases: Iterable[LegalBasis | SanctionBasis]) -> None:
    """What is cited is kept word for word."""
    SanctionBasis.objects.bulk_create(
        SanctionBasis(
            sanction=sanction,
            basis_id=basis.basis_id if isinstance(basis, SanctionBasis) else basis.pk,
            **{name: getattr(basis, name) for name in COPIED},
        )
        for basis in bases
    )
