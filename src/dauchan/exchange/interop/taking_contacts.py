"""Contacts of another system become people whom a case named: checked row by row, kept in one step, taken back in one step."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dauchan.tracing.access import require_tracer
from dauchan.tracing.errors import NothingToUndo, TracingRefused
from dauchan.tracing.interviews.actions import PersonNamed, name_person, remove_named
from dauchan.tracing.interviews.errors import NamedBefore
from dauchan.tracing.interviews.models import NamedPerson, Relation
from dauchan.units import audit
from dauchan.units.languages import reads_english
from dauchan.vietnamese import PhoneRefused, fold, read_phone
from dauchan.visits.partitions import ONE_DAY, midnight

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from dauchan.exchange.interop.records import ContactTold
    from dauchan.tracing.models import Case
    from dauchan.units.models import AuditEntry, Officer

TAKEN, UNDONE = "interview.contacts_imported", "interview.contacts_import_undone"
#: What a relation is called by others, by a word in it; the first that is found counts.
RELATIONS = (
    ("household", Relation.HOUSEHOLD), ("cung nha", Relation.HOUSEHOLD), ("medical", Relation.CARER), ("health", Relation.CARER),
    ("hospital", Relation.CARER), ("cham soc", Relation.CARER), ("y te", Relation.CARER), ("family", Relation.RELATIVE),
    ("relative", Relation.RELATIVE), ("ho hang", Relation.RELATIVE), ("nguoi than", Relation.RELATIVE), ("work", Relation.COLLEAGUE),
    ("colleague", Relation.COLLEAGUE), ("dong nghiep", Relation.COLLEAGUE), ("school", Relation.CLASSMATE), ("class", Relation.CLASSMATE),
    ("ban hoc", Relation.CLASSMATE), ("thay co", Relation.CLASSMATE), ("neighbo", Relation.NEIGHBOUR), ("hang xom", Relation.NEIGHBOUR),
    ("friend", Relation.FRIEND), ("ban be", Relation.FRIEND), ("transport", Relation.PASSENGER), ("cung xe", Relation.PASSENGER),
)  # fmt: skip
#: What the other system calls somebody whom it has ruled out.
_RULED_OUT = {"no_contact", "not_a_contact"}
_LONGEST_NAME, _LONGEST_NOTE = 100, 500
#: Notes of people named before who have no number, by their folded name and when they were met last.
Before = dict[tuple[str, "dt.datetime"], list[str]]


@dataclass(frozen=True)
class Taken:
    """What becomes of one row.

    Attributes:
        fault: why it is not taken; empty where it is.
        is_of_another: it tells of a contact of another case.
    """

    told: ContactTold
    fault: str = ""
    is_of_another: bool = False


def cases_told(contacts: Iterable[ContactTold]) -> list[str]:
    """What the file calls the cases whose contacts stand in it."""
    return sorted({one.of_case for one in contacts if one.of_case})


def number_of(case: Case, contacts: Sequence[ContactTold]) -> str:
    """What the file probably calls this case: its own code, or the only one there is; else it must be said."""
    found = cases_told(contacts)
    return case.code if case.code in found else found[0] if len(found) == 1 else ""


def check_contacts(
    case: Case, officer: Officer, contacts: Sequence[ContactTold], of_case: str, system: str
) -> list[Taken]:
    """What keeping them would do, row by row; nothing is kept. Raises: RoleMissing."""
    require_tracer(officer, case)
    with transaction.atomic():
        rows, _named = _tried(case, officer, contacts, of_case, system)
        transaction.set_rollback(True)
    return rows


@transaction.atomic
def take_contacts(
    case: Case, officer: Officer, contacts: Sequence[ContactTold], of_case: str, system: str
) -> list[Taken]:
    """Keep those that can be, and tell the others apart. Raises: RoleMissing."""
    require_tracer(officer, case)
    rows, named = _tried(case, officer, contacts, of_case, system)
    if named:
        detail = {"system": system, "rows": len(rows), "named": named}
        audit.record(officer, TAKEN, f"case:{case.pk}", detail=detail)
    return rows


@transaction.atomic
def undo_taking(case: Case, officer: Officer, entry: AuditEntry) -> int:
    """Take a whole import back; who was removed since is passed over. Returns: how many. Raises: RoleMissing, NothingToUndo."""
    require_tracer(officer, case)
    if entry.action != TAKEN or entry.subject != f"case:{case.pk}":
        raise NothingToUndo
    there = list(NamedPerson.objects.filter(case=case, pk__in=entry.detail["named"]).select_related("person", "case"))
    if not there:
        raise NothingToUndo
    for one in there:
        remove_named(one, officer)
    audit.record(officer, UNDONE, f"case:{case.pk}", detail={"entry": entry.pk, "people": len(there)})
    return len(there)


def _tried(
    case: Case, officer: Officer, contacts: Sequence[ContactTold], of_case: str, system: str
) -> tuple[list[Taken], list[int]]:
    """Row by row; what one row is refused for costs no other."""
    rows: list[Taken] = []
    named: list[int] = []
    before = _named_without_phone(case)
    for told in contacts:
        if of_case and told.of_case and told.of_case != of_case:
            rows.append(Taken(told, _("Tiếp xúc với ca khác (%(case)s).") % {"case": told.of_case}, is_of_another=True))
            continue
        try:
            person = _named(case, told, system)
            _require_new(person, told, before)
            with transaction.atomic():
                named.append(name_person(case, officer, person).pk)
            rows.append(Taken(told))
        except TracingRefused as refused:
            rows.append(Taken(told, str(refused.message)))
        except ValueError as refused:
            rows.append(Taken(told, str(refused)))
    return rows, named


def _named_without_phone(case: Case) -> Before:
    found: Before = defaultdict(list)
    for one in case.named_people.filter(person__identity__phone_hash=None).select_related("person__identity"):
        found[fold(one.person.identity.full_name), one.last_contact_at].append(one.note)
    return found


def _require_new(person: PersonNamed, told: ContactTold, before: Before) -> None:
    """No number tells them apart, so the same file again would name them once more. Of two with one name in a file each is somebody,
    and each meets one of those before. Raises: NamedBefore.
    """
    notes = [] if person.phone else before.get((fold(person.full_name), person.last_contact_at), [])
    same = next((note for note in notes if told.number in note), None)
    if same is not None:
        notes.remove(same)
        raise NamedBefore


def _named(case: Case, told: ContactTold, system: str) -> PersonNamed:
    """Raises: ValueError, whose text says why in the reader's language."""
    if told.classification in _RULED_OUT:
        raise ValueError(_("Hệ thống kia đã loại trừ người này."))
    if len(told.person.full_name) > _LONGEST_NAME:
        raise ValueError(_("Một ô dài quá %(most)s ký tự.") % {"most": _LONGEST_NAME})
    remarks = [f"{system} {told.number}".strip(), told.kind, told.note]
    return PersonNamed(
        relation=relation_of(told.relation),
        last_contact_at=_last_contact(case, told.last_on),
        full_name=told.person.full_name,
        phone=_phone(told.person.phone),
        note="; ".join(filter(None, remarks))[:_LONGEST_NOTE],
    )


def relation_of(text: str) -> Relation:
    words = fold(re.sub(r"[_/-]", " ", text))
    return next((relation for word, relation in RELATIONS if word in words), Relation.OTHER)


def _last_contact(case: Case, day: dt.date | None) -> dt.datetime:
    """A file knows the day: the first instant of it at which the case was infectious."""
    if day is None:
        raise ValueError(_("Thiếu ngày tiếp xúc lần cuối."))
    begins = max(midnight(day), case.infectious_from)
    if begins >= min(midnight(day + ONE_DAY), case.infectious_to):
        said = {"day": f"{day:%d/%m/%Y}"}
        raise ValueError(_("Ngày %(day)s nằm ngoài thời kỳ lây nhiễm của ca bệnh.") % said)
    return begins


def _phone(text: str) -> str:
    if not text:
        return ""
    try:
        return read_phone(text)
    except PhoneRefused as refused:
        why = refused.reason.en if reads_english() else refused.reason.vi
        raise ValueError(_("Số điện thoại «%(text)s»: %(why)s") % {"text": text, "why": why}) from None
