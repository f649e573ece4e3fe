"""Cases of another system as the rows of a case list, to be checked, mended and kept like any other (`tracing.intake`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dauchan.exchange.interop.records import CaseTold, Classification

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

HEADINGS = (
    "Full name", "Phone", "Date of birth", "ID number", "Disease", "Sample date", "Result", "Laboratory", "Onset", "Symptoms",
    "Isolation date", "Facility", "Commune", "Address", "Note", "Place in file",
)  # fmt: skip
#: What a case that the other system does not call confirmed has for a result: the intake then says why it is not kept.
_UNCONFIRMED = {
    Classification.PROBABLE: "inconclusive",
    Classification.SUSPECT: "inconclusive",
    Classification.NOT_A_CASE: "negative",
    Classification.UNKNOWN: "inconclusive",
}
_OURS = re.compile(r"\d{9}|\d{12}|[A-Z]{2}\d{13}|\d{10}", re.ASCII)


def case_rows(cases: Iterable[CaseTold], system: str) -> list[list[str]]:
    """The headings and a row for each case, which tells its place in the other system's file.

    Where the other system tells no sample, the day of its report stands in its place, and the note says so. What a cell cannot
    hold goes into the note.
    """
    return [list(HEADINGS), *(_row(case, system) for case in cases)]


def _row(case: CaseTold, system: str) -> list[str]:
    person = case.person
    document = person.document if _OURS.fullmatch(person.document) else ""
    sampled_on = case.sampled_on or case.reported_on
    remarks = [f"{system.upper()} {case.number}".strip(), case.note]
    if case.sampled_on is None and sampled_on is not None:
        remarks.append("sample date = report date")
    if person.document and not document:
        remarks.append(f"ID {person.document}")
    return [
        person.full_name,
        person.phone,
        person.born,
        document,
        case.disease,
        _day(sampled_on),
        _result(case),
        case.laboratory,
        _day(case.onset_on),
        ", ".join(case.symptoms),
        _day(case.isolated_on),
        case.isolated_where,
        person.places[0] if person.places else "",
        person.address,
        "; ".join(filter(None, remarks)),
        case.at,
    ]


def _result(case: CaseTold) -> str:
    if case.result:
        return case.result
    return "positive" if case.classification is Classification.CONFIRMED else _UNCONFIRMED[case.classification]


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
