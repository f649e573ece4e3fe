"""Numbers for what another system did not number, so that no two people become one where a form is told by its numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dauchan.exchange.interop.records import CaseTold, ContactTold

if TYPE_CHECKING:
    from dauchan.exchange.interop.records import Told

Named = TypeVar("Named", CaseTold, ContactTold)


def number_all(told: Told) -> None:
    """A case or contact without a number has its place in the file; of two cases with one number the second is `number (2)`.

    A contact may well come twice: once for each case that it met.
    """
    seen: Counter[str] = Counter()
    told.contacts[:] = map(_numbered, told.contacts)
    cases = list(map(_numbered, told.cases))
    for at, one in enumerate(cases):
        seen[one.number] += 1
        if seen[one.number] > 1:
            cases[at] = replace(one, number=f"{one.number} ({seen[one.number]})")
    told.cases[:] = cases


def _numbered(one: Named) -> Named:
    return one if one.number else replace(one, number=one.at)
