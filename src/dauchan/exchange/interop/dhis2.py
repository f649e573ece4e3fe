"""DHIS2: what the tracker importer takes (`/api/tracker`), JSON nested or flat, and events as JSON or CSV.

People and their facts stand in attributes and data values whose names are the installation's own random ids. Which is which is
told by a mapping, else by the `displayName` that the payload writes beside an id, else by its code. What is none of it is
passed over and counted. Source: DHIS2 developer guide, Tracker (web API 2.36 and later), and the payloads of its tests.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.days import order_of
from dauchan.exchange.interop.dhis2_facts import fact_of
from dauchan.exchange.interop.dhis2_payload import Json, Payload, payload_of, uid_of
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
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

FactsById = dict[str, str]

#: Whoever has none of these and is somebody's contact is no case.
_OF_A_CASE = {"classification", "result", "sampled_on", "onset_on", "isolated_on"}
_CLASSES = {"confirmed": Classification.CONFIRMED, "probable": Classification.PROBABLE, "suspect": Classification.SUSPECT,
            "suspected": Classification.SUSPECT, "not a case": Classification.NOT_A_CASE}  # fmt: skip


def is_dhis2_table(head: Sequence[str]) -> bool:
    """Whether the first row of a table is that of an export of events or of tracked entities."""
    names = set(head)
    return {"event", "programStage", "orgUnit"} <= names or {"trackedEntity", "trackedEntityType", "attribute"} <= names


def read_dhis2(content: object, mapping: FactsById | None = None) -> Told:
    """The people of a payload as cases, the relationships among them as contacts, events of nobody as happenings.

    Whoever is a contact, and of whom nothing is said that is said of cases, is told as a contact only.

    Args:
        content: the parsed JSON.
        mapping: our facts (`first_name`, `onset_on` …) by the installation's ids.
    """
    return _Reader(mapping or {}).read(content)


def read_dhis2_table(rows: Sequence[Sequence[str]], mapping: FactsById | None = None) -> Told:
    """Events or tracked entities of a table: a row for each, or for each data value or attribute of one."""
    head, *body = rows
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for number, cells in enumerate(body, start=2):
        row = dict(zip(head, cells, strict=False))
        if not any(row.values()):
            continue
        uid = row.get("event") or row.get("trackedEntity") or f"row {number}"
        kind = "events" if "event" in row else "trackedEntities"
        one = found.setdefault((kind, uid), {"dataValues": [], "attributes": [], **row, "at": f"row {number}"})
        for name, held in (("dataElement", "dataValues"), ("attribute", "attributes")):
            if row.get(name):
                one[held].append({name: row[name], "value": row.get("value"), "displayName": row.get("displayName")})
    content = {
        kind: [one for (held, _uid), one in found.items() if held == kind] for kind in ("events", "trackedEntities")
    }
    return _Reader(mapping or {}).read(content)


class _Reader:
    def __init__(self, mapping: FactsById) -> None:
        self.mapping = mapping
        self.names: dict[str, str] = {}
        self.told = Told("dhis2")
        self.last_on: dict[str, dt.date | None] = {}
        self.like_cases: set[str] = set()

    def read(self, content: object) -> Told:
        self.names = dict(_names_in(content))
        payload = payload_of(content)
        self.told.order = order_of(_days(content))
        enrolled, of_enrollment = _flat(payload)
        for at, person in enumerate(payload.people):
            uid = text_of(person.get("trackedEntity") or person.get("trackedEntityInstance"))
            enrollments = [*objects_of(person.get("enrollments")), *enrolled.pop(uid, [])]
            place = text_of(person.get("at")) or f"trackedEntities[{at}]"
            self._person(place, uid, person, enrollments, of_enrollment)
        for uid, enrollments in enrolled.items():
            self._person(f"enrollments of {uid or '?'}", uid, {}, enrollments, of_enrollment)
        loose = [event for events in of_enrollment.values() for event in events]
        for at, event in enumerate(loose):
            self._happening(event, text_of(event.get("at")) or f"events[{at}]")
        self._relationships(payload)
        return self.told

    def _person(
        self,
        at: str,
        uid: str,
        person: Mapping[str, Any],
        enrollments: list[Json],
        of_enrollment: dict[str, list[Json]],
    ) -> None:
        facts = self._facts(person.get("attributes"), "attribute")
        begun = ended = ""
        for enrollment in enrollments:
            facts = {**self._facts(enrollment.get("attributes"), "attribute"), **facts}
            begun = begun or text_of(enrollment.get("enrolledAt") or enrollment.get("enrollmentDate"))
            ended = ended or text_of(enrollment.get("occurredAt") or enrollment.get("incidentDate"))
            events = objects_of(enrollment.get("events"))
            for event in [*events, *of_enrollment.pop(text_of(enrollment.get("enrollment")), [])]:
                facts = {**self._facts(event.get("dataValues"), "dataElement"), **facts}
        taking = Taking(self.told, at, {**facts, "reported_on": begun, "onset_on": facts.get("onset_on") or ended})
        if _OF_A_CASE & facts.keys():
            self.like_cases.add(uid)
        told = _case(taking, uid)
        self.last_on[uid] = taking.day("last_on")
        taking.done()
        if told.person.full_name or told.person.phone:
            self.told.cases.append(told)
        else:
            self.told.faults.append(Fault(at, "attributes", Reason.NO_NAME))

    def _facts(self, values: object, key: str) -> dict[str, str]:
        """Attributes or data values by our fact, those without one by their own id."""
        found: dict[str, str] = {}
        for one in objects_of(values):
            uid, text = text_of(one.get(key)), text_of(one.get("value"))
            named = (text_of(one.get("displayName")), self.names.get(uid, ""), text_of(one.get("code")))
            fact = self.mapping.get(uid) or next((fact for name in named if (fact := fact_of(name))), "")
            if text:
                found.setdefault(fact or uid, text)
        return found

    def _happening(self, event: Mapping[str, Any], at: str) -> None:
        facts = self._facts(event.get("dataValues"), "dataElement")
        days = {"on": event.get("occurredAt") or event.get("eventDate")}
        taking = Taking(self.told, at, {**facts, **days})
        told = HappeningTold(
            at,
            text_of(event.get("event")),
            taking.joined("disease", "note"),
            text_of(event.get("orgUnitName") or event.get("orgUnit")),
            taking.day("on"),
        )
        taking.done()
        self.told.happenings.append(told)

    def _relationships(self, payload: Payload) -> None:
        """Whoever is the `to` of a relationship is told as a contact of its `from`."""
        by_uid = {case.number: case for case in self.told.cases if case.number}
        nested = [one for person in payload.people for one in objects_of(person.get("relationships"))]
        seen, met = set(), set()
        for at, one in enumerate([*payload.relationships, *nested]):
            source, target, place = uid_of(one.get("from")), uid_of(one.get("to")), f"relationships[{at}]"
            if not source or not target:
                self.told.passed_over["relationships"] += 1  # of events or enrolments
            elif (source, target) not in seen and (contact := by_uid.get(target)):
                last_on = self.last_on.get(target)
                self.told.contacts.append(
                    ContactTold(
                        place,
                        contact.person,
                        target,
                        source,
                        contact.disease,
                        last_on=last_on,
                        reported_on=contact.reported_on,
                        note=contact.note,
                    )
                )
                met |= {target} - {source}
            elif (source, target) not in seen:
                self.told.faults.append(Fault(place, "to", Reason.NO_SUCH_PERSON, target))
            seen.add((source, target))
        only_met = met - self.like_cases
        self.told.cases[:] = [one for one in self.told.cases if one.number not in only_met]


def _flat(payload: Payload) -> tuple[dict[str, list[Json]], dict[str, list[Json]]]:
    """Enrolments by person and events by enrolment, of a payload that does not nest them."""
    enrolled: dict[str, list[Json]] = defaultdict(list)
    for one in payload.enrollments:
        enrolled[text_of(one.get("trackedEntity") or one.get("trackedEntityInstance"))].append(one)
    events: dict[str, list[Json]] = defaultdict(list)
    for one in payload.events:
        events[text_of(one.get("enrollment"))].append(one)
    return enrolled, events


def _case(taking: Taking, uid: str) -> CaseTold:
    names = [taking.text("last_name"), taking.text("first_name")]
    return CaseTold(
        at=taking.at,
        person=PersonTold(
            full_name=taking.text("full_name") or " ".join(filter(None, names)),
            born=taking.text("born")[:10],
            sex=sex_of(taking.text("sex")),
            phone=taking.text("phone"),
            document=taking.text("document"),
            address=taking.text("address"),
        ),
        number=uid,
        disease=taking.text("disease"),
        classification=_CLASSES.get(fold(taking.text("classification")), Classification.UNKNOWN),
        onset_on=taking.day("onset_on"),
        sampled_on=taking.day("sampled_on"),
        reported_on=taking.day("reported_on"),
        isolated_on=taking.day("isolated_on"),
        result=taking.text("result").lower(),
        note=taking.text("note"),
    )


def _names_in(content: object) -> Iterator[tuple[str, str]]:
    """The names of attributes and data elements by their ids; a payload often writes them at one of many only."""
    if isinstance(content, dict):
        uid = text_of(content.get("attribute") or content.get("dataElement"))
        if uid and text_of(content.get("displayName")):
            yield uid, text_of(content["displayName"])
        for value in content.values():
            yield from _names_in(value)
    elif isinstance(content, list):
        for one in content:
            yield from _names_in(one)


def _days(content: object) -> Iterator[str]:
    """Every value of a name that is one of a day, at any depth."""
    if isinstance(content, dict):
        for name, value in content.items():
            if isinstance(value, str) and (name == "value" or name.endswith(("At", "Date"))):
                yield value
            else:
                yield from _days(value)
    elif isinstance(content, list):
        for one in content:
            yield from _days(one)
