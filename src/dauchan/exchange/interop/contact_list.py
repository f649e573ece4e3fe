"""Contacts as a table: what Go.Data exports as CSV or XLSX, with its labels or the names of its fields, and lists that people made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dauchan.exchange.interop.days import day_of, order_of
from dauchan.exchange.interop.reading import Taking, sex_of
from dauchan.exchange.interop.records import ContactTold, Fault, PersonTold, Reason, Told
from dauchan.vietnamese import headings
from dauchan.vietnamese.dates import DayUnreadable, read_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

HEADINGS: dict[str, set[str]] = {
    "full_name": {"ho ten", "ho va ten", "ten", "nguoi tiep xuc", "ho ten nguoi tiep xuc", "full name", "name", "nombre completo", "nom complet", "nome completo"},
    "last_name": {"ho", "ho va ten dem", "last name", "lastname", "surname", "apellido", "apellidos", "nom", "nom de famille", "sobrenome"},
    "middle_name": {"ten dem", "middle name", "middlename"},
    "first_name": {"first name", "firstname", "given name", "nombre", "nombres", "prenom", "primeiro nome"},
    "born": {"nam sinh", "ngay sinh", "date of birth", "dob", "year of birth", "birth year", "fecha de nacimiento", "date de naissance", "data de nascimento", "birth date"},
    "sex": {"gioi tinh", "gioi", "gender", "sex", "sexo", "sexe", "genero", "genre"},
    "phone": {"dien thoai", "so dien thoai", "sdt", "dt", "phone", "phone number", "addresses phone number", "addresses phonenumber",
              "mobile", "telephone", "telefono", "telefone", "numero de telefono", "numero de telephone", "direcciones telefono", "adresses telephone"},
    "address": {"dia chi", "noi o", "cho o", "address", "addresses address line 1", "addresses addressline1", "addresses address line1", "direccion", "adresse", "endereco", "address line 1", "direcciones"},
    "number": {"ma", "ma so", "ma nguoi tiep xuc", "contact id", "visual id", "visualid", "id", "id de contacto", "identifiant du contact"},
    "of_case": {"ma ca benh", "ca benh", "tiep xuc voi", "case id", "case", "source id", "related person visual id",
                "relationship related person id", "relationship relatedpersondata visualid", "source visualid", "source case", "caso relacionado", "id de caso", "cas source"},
    "relation": {"quan he", "quan he voi ca benh", "relation", "relationship", "context of transmission",
                 "relationship context of transmission", "relationship socialrelationshiptypeid"},
    "last_on": {"tiep xuc lan cuoi", "ngay tiep xuc lan cuoi", "lan tiep xuc cuoi", "ngay tiep xuc gan nhat", "ngay tiep xuc", "ngay tiep xuc cuoi", "ngay tiep xuc cuoi cung", "gap lan cuoi",
                "date of last contact", "dateoflastcontact", "last contact", "last contact date", "contact date",
                "relationship contact date", "relationship contactdate", "fecha del ultimo contacto", "fecha de ultimo contacto", "date du dernier contact", "data do ultimo contacto", "data do ultimo contato"},
    "reported_on": {"ngay bao cao", "date of reporting", "dateofreporting", "fecha de notificacion", "date de notification", "report date", "reporting date"},
    "note": {"ghi chu", "note", "notes", "comment", "description"},
    "at": {"place in file", "vi tri trong tep"},
}  # fmt: skip
TITLES = {
    "full_name": "Full name",
    "born": "Year of birth",
    "sex": "Sex",
    "phone": "Phone",
    "address": "Address",
    "number": "Contact ID",
    "of_case": "Case ID",
    "relation": "Relation",
    "last_on": "Last contact",
    "note": "Note",
    "at": "Place in file",
}
_GODATA = {"date of last contact", "dateoflastcontact", "visual id", "visualid"}
_NAMES = ("full_name", "last_name", "first_name", "phone")


def read_contact_list(rows: Sequence[Sequence[str]], today: dt.date) -> Told | None:
    """The contacts of a table; None where no row of headings has a name or phone and the day of the last contact."""
    columns, head = headings.columns_of(rows, HEADINGS, _NAMES)
    if "last_on" not in columns:
        return None
    is_theirs = any(headings.heading_of(cell, {"x": _GODATA}) for cell in rows[head - 1])
    told = Told("godata" if is_theirs else "list")
    told.passed_over.update(
        title
        for at, title in enumerate(rows[head - 1])
        if title and at not in columns.values() and any(at < len(row) and row[at] for row in rows[head:])
    )
    last = columns["last_on"]
    told.order = order_of(row[last] for row in rows[head:] if last < len(row))
    for number, cells in enumerate(rows[head:], start=head + 1):
        said = {fact: cells[at] for fact, at in columns.items() if at < len(cells)}
        # A list that was made of another system's file says of each row where it stood there.
        at = said.pop("at", "") or f"row {number}"
        if any(said.values()):
            _take(told, at, said, today)
    told.faults[:] = [in_their_words(fault, columns, rows[head - 1]) for fault in told.faults]
    return told


def in_their_words(fault: Fault, columns: Mapping[str, int], heading: Sequence[str]) -> Fault:
    """The fault with the name that the file has for our fact."""
    at = columns.get(fault.name)
    return fault if at is None or at >= len(heading) else replace(fault, name=heading[at])


def _take(told: Told, at: str, said: Mapping[str, str], today: dt.date) -> None:
    taking = Taking(told, at, said)
    contact = ContactTold(
        at=at,
        person=PersonTold(
            full_name=taking.joined("full_name", "last_name", "middle_name", "first_name"),
            born=taking.text("born")[:10],
            sex=sex_of(taking.text("sex")),
            phone=_phone(taking.text("phone")),
            address=taking.text("address"),
        ),
        number=taking.text("number"),
        of_case=taking.text("of_case"),
        relation=taking.text("relation"),
        last_on=_day(told, at, taking.text("last_on"), today),
        note=taking.text("note"),
    )
    if contact.person.full_name or contact.person.phone:
        told.contacts.append(contact)
    else:
        told.faults.append(Fault(at, "name", Reason.NO_NAME))


def _phone(text: str) -> str:
    """A spreadsheet takes a number for one and drops its first 0."""
    return (
        f"0{text}"
        if text.isascii() and text.isdigit() and len(text) == len("905000000") and text[0] in "35789"
        else text
    )


def _day(told: Told, at: str, text: str, today: dt.date) -> dt.date | None:
    """As other systems write days, else as people do."""
    if not text:
        return None
    try:
        return day_of(text, told.order)
    except ValueError:
        pass
    try:
        return read_day(text, today)
    except DayUnreadable:
        told.faults.append(Fault(at, "last_on", Reason.NOT_A_DAY, text))
        return None


def contact_rows(contacts: Iterable[ContactTold]) -> list[list[str]]:
    """The headings and a row for each contact, which `read_contact_list` reads again."""
    return [list(TITLES.values()), *([_cell(one, fact) for fact in TITLES] for one in contacts)]


def _cell(one: ContactTold, fact: str) -> str:
    if fact == "last_on":
        return f"{one.last_on:%d/%m/%Y}" if one.last_on else ""
    return str(getattr(one.person if fact in {"full_name", "born", "sex", "phone", "address"} else one, fact))
