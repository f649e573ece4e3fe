"""Go.Data: cases as a table, as its exports to CSV and XLSX have them, with the labels of a language or the names of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.exchange.interop.contact_list import HEADINGS as CONTACT_HEADINGS
from dauchan.exchange.interop.contact_list import in_their_words
from dauchan.exchange.interop.days import order_of
from dauchan.exchange.interop.godata import classification_of, word_of
from dauchan.exchange.interop.reading import Taking, sex_of
from dauchan.exchange.interop.records import CaseTold, Fault, PersonTold, Reason, Told
from dauchan.vietnamese import headings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHARED = (
    "full_name",
    "last_name",
    "middle_name",
    "first_name",
    "born",
    "sex",
    "phone",
    "address",
    "reported_on",
    "note",
)
HEADINGS: dict[str, set[str]] = {fact: CONTACT_HEADINGS[fact] for fact in _SHARED} | {
    "number": {"case id", "visual id", "visualid", "id de caso", "identifiant du cas", "id do caso"},
    "classification": {"classification", "case classification", "clasificacion", "clasificacion del caso", "classificacao"},
    "onset_on": {"date of onset", "dateofonset", "fecha de inicio de sintomas", "fecha de inicio", "date d apparition des symptomes",
                 "date de debut", "data de inicio dos sintomas"},
    "became_on": {"date become case", "date of becoming a case", "date of becoming case", "datebecomecase", "fecha de convertirse en caso",
                  "date de devenir un cas"},
    "document": {"documents number", "document number", "documents documents number", "documentos numero"},
    "city": {"addresses city", "city", "ciudad", "ville", "cidade"},
    "isolated_on": {"date ranges start date", "isolation startdate", "hospitalization startdate", "date of isolation"},
    "isolated_where": {"date ranges centre name", "date ranges centername", "isolation centername", "hospitalization centername"},
}  # fmt: skip
_DAYS = ("reported_on", "onset_on", "became_on", "isolated_on")
#: What Go.Data's cases always have.
_NEEDED = {"classification", "reported_on"}
#: What they never have: a list with it is one that people made.
_SAMPLED = {
    "sampled_on": {
        "sample date",
        "date of sample",
        "sampled",
        "sampled on",
        "date sampled",
        "specimen date",
        "test date",
    }
}


def is_godata_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of the first rows has the headings of its cases."""
    columns, head = headings.columns_of(rows, HEADINGS, _NEEDED)
    return columns.keys() >= _NEEDED and not any(headings.heading_of(cell, _SAMPLED) for cell in rows[head - 1])


def read_godata_table(rows: Sequence[Sequence[str]]) -> Told:
    """A case for each row."""
    columns, head = headings.columns_of(rows, HEADINGS, _NEEDED)
    told = Told("godata")
    body = [(number, row) for number, row in enumerate(rows[head:], start=head + 1) if any(row)]
    told.order = order_of(
        row[columns[fact]] for _n, row in body for fact in _DAYS if fact in columns and columns[fact] < len(row)
    )
    names = {at: fact for fact, at in columns.items()}
    for number, row in body:
        said = {
            names.get(at, rows[head - 1][at] if at < len(rows[head - 1]) else f"#{at + 1}"): cell
            for at, cell in enumerate(row)
        }
        _take(told, f"row {number}", {name: "" if cell in {"NA", "N/A"} else cell for name, cell in said.items()})
    told.faults[:] = [in_their_words(fault, columns, rows[head - 1]) for fault in told.faults]
    return told


def _take(told: Told, at: str, said: Mapping[str, str]) -> None:
    taking = Taking(told, at, said)
    person = PersonTold(
        full_name=taking.joined("full_name", "last_name", "middle_name", "first_name"),
        born=taking.text("born")[:10],
        sex=sex_of(taking.text("sex")),
        phone=taking.text("phone"),
        document=taking.text("document"),
        address=taking.text("address"),
        places=tuple(value for _name, value in taking.left(["city"])),
    )
    case = CaseTold(
        at=at,
        person=person,
        number=taking.text("number"),
        classification=classification_of(word_of(taking.text("classification"))),
        onset_on=taking.day("onset_on"),
        sampled_on=taking.day("became_on"),
        reported_on=taking.day("reported_on"),
        isolated_on=taking.day("isolated_on"),
        isolated_where=taking.text("isolated_where"),
        note=taking.text("note"),
    )
    taking.done()
    told.cases.append(case)
    if not person.full_name and not person.phone:
        told.faults.append(Fault(at, "name", Reason.NO_NAME))
