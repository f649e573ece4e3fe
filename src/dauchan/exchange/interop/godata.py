"""Go.Data: cases and contacts as its API gives them and its imports take them, JSON.

Values of lists are language tokens (`LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE`); their last words are what they say. Days are
instants at midnight UTC, of which the day counts as written. Source: the Go.Data API, models `case`, `contact` and `relationship`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.reading import Taking, objects_of, sex_of, text_of
from dauchan.exchange.interop.records import (
    CaseTold,
    Classification,
    ContactTold,
    Fault,
    HappeningTold,
    PersonTold,
    Reason,
    Told,
)
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PREFIX = "LNG_REFERENCE_DATA_CATEGORY_"
PERSON_TYPE = f"{PREFIX}PERSON_TYPE_"
_CLASSES = {
    "CONFIRMED": Classification.CONFIRMED,
    "PROBABLE": Classification.PROBABLE,
    "SUSPECT": Classification.SUSPECT,
    "NOT_A_CASE_DISCARDED": Classification.NOT_A_CASE,
    "NOT_A_CASE_(DISCARDED)": Classification.NOT_A_CASE,
    "NOT_A_CASE": Classification.NOT_A_CASE,
    "CONFIRMADO": Classification.CONFIRMED,
    "CONFIRME": Classification.CONFIRMED,
    "SOSPECHOSO": Classification.SUSPECT,
    "SUSPEITO": Classification.SUSPECT,
    "DESCARTADO": Classification.NOT_A_CASE,
}
_KNOWN = {
    "visualId",
    "firstName",
    "lastName",
    "classification",
    "dateOfReporting",
    "dateOfOnset",
    "dateOfLastContact",
    "persons",
}
#: Names that nobody else has: two of them tell where no token does.
_TELLING = {
    "visualId",
    "dateOfReporting",
    "dateOfOnset",
    "dateOfLastContact",
    "dateBecomeCase",
    "outbreakId",
    "wasContact",
    "followUp",
}
#: Of the program itself, of no meaning elsewhere.
_OWN = {
    "id", "_id", "outbreakId", "createdAt", "createdBy", "updatedAt", "updatedBy", "dbUpdatedAt", "deleted", "createdOn", "type", "active",
    "hasRelationships", "numberOfContacts", "numberOfExposures", "wasContact", "wasCase", "isDateOfOnsetApproximate",
    "isDateOfReportingApproximate", "duplicateKeys",
}  # fmt: skip


def is_godata(content: object) -> bool:
    """Whether parsed JSON is a list of its cases, contacts or relationships, or an object that holds such lists."""
    lists = _lists(content)
    first = [one for some in lists.values() for one in some[:20]]
    return any((_KNOWN & one.keys() and PREFIX in str(one)) or len(_TELLING & one.keys()) > 1 for one in first)


def read_godata(content: object) -> Told:
    """Cases and contacts, with the case of each contact where a relationship tells it."""
    told = Told("godata")
    lists = _lists(content)
    everybody = [*lists.get("cases", []), *lists.get("contacts", []), *lists.get("events", []), *lists.get("", [])]
    numbers = {_uid(one): text_of(one.get("visualId")) or _uid(one) for one in everybody}
    sources = _sources(everybody, lists.get("relationships", []))
    samples = {text_of(one.get("personId")): one for one in lists.get("labResults", [])}
    for at, one in enumerate(everybody):
        uid = _uid(one)
        _take(told, f"[{at}]", one, _source_of(uid, sources, numbers), samples.get(uid, {}))
    return told


def _uid(one: Mapping[str, Any]) -> str:
    return text_of(one.get("id")) or text_of(one.get("_id"))


def _source_of(uid: str, sources: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    """What the case is called; its id where only its contacts stand in the file."""
    source = sources.get(uid, "")
    return numbers.get(source, source)


def _take(told: Told, at: str, one: Mapping[str, Any], of_case: str, sample: Mapping[str, Any]) -> None:
    kind = text_of(one.get("type")).removeprefix(PERSON_TYPE)
    taking = Taking(told, at, {**_flat(one), **{f"sample.{name}": value for name, value in sample.items()}})
    if kind == "EVENT":
        happening = HappeningTold(
            at, taking.text("visualId"), taking.joined("name", "description"), "", taking.day("date")
        )
        told.happenings.append(happening)
    elif kind in {"CONTACT", "CONTACT_OF_CONTACT"} or ("dateOfLastContact" in one and "classification" not in one):
        contact = _contact(taking, _uid(one), of_case)
        told.contacts.append(contact)
        _note_nameless(told, at, contact.person)
    else:
        case = _case(taking, _uid(one))
        told.cases.append(case)
        _note_nameless(told, at, case.person)
    taking.done()


def _note_nameless(told: Told, at: str, person: PersonTold) -> None:
    if not person.full_name and not person.phone:
        told.faults.append(Fault(at, "lastName", Reason.NO_NAME))


def _case(taking: Taking, uid: str) -> CaseTold:
    return CaseTold(
        at=taking.at,
        person=_person(taking),
        number=taking.text("visualId") or uid,
        classification=classification_of(word_of(taking.text("classification"))),
        onset_on=taking.day("dateOfOnset"),
        sampled_on=taking.day("sample.dateSampleTaken", "dateBecomeCase"),
        reported_on=taking.day("dateOfReporting"),
        isolated_on=taking.day("dateRanges.startDate"),
        isolated_where=taking.text("dateRanges.centerName"),
        laboratory=word_of(taking.text("sample.labName")),
        result=word_of(taking.text("sample.result")).lower(),
        note=taking.joined("notes"),
    )


def _contact(taking: Taking, uid: str, of_case: str) -> ContactTold:
    return ContactTold(
        at=taking.at,
        person=_person(taking),
        number=taking.text("visualId") or uid,
        of_case=of_case,
        relation=word_of(taking.text("relationship.socialRelationshipTypeId")).lower(),
        kind=word_of(taking.text("relationship.exposureTypeId")).lower(),
        last_on=taking.day("dateOfLastContact", "relationship.contactDate"),
        reported_on=taking.day("dateOfReporting"),
        follow_up_until=taking.day("followUp.endDate"),
        note=taking.joined("notes"),
    )


def _person(taking: Taking) -> PersonTold:
    return PersonTold(
        full_name=taking.joined("lastName", "middleName", "firstName"),
        born=taking.text("dob")[:10],
        sex=sex_of(taking.text("gender")),
        phone=taking.text("addresses.phoneNumber"),
        document=taking.text("documents.number"),
        address=taking.joined("addresses.addressLine1", "addresses.addressLine2"),
        places=tuple(value for _name, value in taking.left(["addresses.city"])),
    )


def _flat(one: Mapping[str, Any]) -> dict[str, object]:
    """One level deeper with dots; of a list its first object; days without the midnight that is written with them."""
    flat: dict[str, object] = {}
    for name, value in one.items():
        if name in _OWN or name == "relationships":
            continue
        value = value["$date"] if isinstance(value, dict) and "$date" in value else value  # noqa: PLW2901 - the same, unwrapped
        inner = objects_of(value)[:1]
        flat |= {f"{name}.{deeper}": _day(text) for deeper, text in inner[0].items()} if inner else {name: _day(value)}
    for relationship in objects_of(one.get("relationships"))[:1]:
        flat |= {f"relationship.{name}": _day(value) for name, value in relationship.items()}
    return flat


def _day(value: object) -> object:
    """`2021-08-03T00:00:00.000Z` is 3 August wherever it is read; a dump of its database writes `{"$date": …}`."""
    return value[:10] if isinstance(value, str) and value[10:12] == "T0" and value.endswith("00:00.000Z") else value


def _sources(people: Sequence[Mapping[str, Any]], relationships: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The source of each person's exposure, by their ids."""
    found: dict[str, str] = {}
    for one in [*relationships, *(inner for person in people for inner in objects_of(person.get("relationships")))]:
        ends = objects_of(one.get("persons"))
        source = next((text_of(end.get("id")) for end in ends if end.get("source")), "")
        target = next((text_of(end.get("id")) for end in ends if end.get("target")), "")
        if source and target:
            found.setdefault(target, source)
    return found


def _lists(content: object) -> dict[str, list[dict[str, Any]]]:
    """The lists of an export by what they hold; of relationships without a name too."""
    if isinstance(content, list):
        found = objects_of(content)
        return {"relationships": found} if found and "persons" in found[0] else {"": found}
    if not isinstance(content, dict):
        return {}
    named = {name: objects_of(value) for name, value in content.items() if isinstance(value, list)}
    return named if any(named.values()) and "visualId" not in content else {"": [content]}


def classification_of(word: str) -> Classification:
    """Of a token's last words, or of the label that an export has instead of it."""
    return _CLASSES.get("_".join(fold(word).upper().split()), Classification.UNKNOWN)


def word_of(token: str) -> str:
    """`CONFIRMED` of `LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_CONFIRMED`; other text as it is."""
    if not token.startswith("LNG_"):
        return token
    for category in (
        "CASE_CLASSIFICATION_", "LAB_TEST_RESULT_", "LAB_NAME_", "CONTEXT_OF_TRANSMISSION_", "EXPOSURE_TYPE_", "CENTRE_NAME_",
    ):  # fmt: skip
        token = token.removeprefix(f"{PREFIX}{category}")
    return token.removeprefix(PREFIX).strip("_")
