"""DHIS2: what the tracker importer takes (`/api/tracker`), JSON nested or flat, and events as JSON or CSV.

People and their facts stand in attributes and data values whose names are the installation's own random ids. Which is which is
told by a mapping, else by the `displayName` that the payload writes beside an id, else by its code. What is none of it is
passed over and counted. Source: DHIS2 developer guide, Tracker (web API 2.36 and later), and the payloads of its tests.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.days import order_of
from dauchan.exchange.interop.dhis2_facts import fact_of
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
    from collections.abc import Iterator, Mapping

FactsById = dict[str, str]

_CLASSES = {"confirmed": Classification.CONFIRMED, "probable": Classification.PROBABLE, "suspect": Classification.SUSPECT,
            "suspected": Classification.SUSPECT, "not a case": Classification.NOT_A_CASE}  # fmt: skip


def is_dhis2(content: object) -> bool:
    """Whether a JSON object is a payload of the tracker."""
    return isinstance(content, dict) and any(
        name in content
        for name in ("trackedEntities", "trackedEntityInstances", "enrollments", "events", "trackedEntity")
    )


def is_dhis2_csv(head: list[str]) -> bool:
    """Whether the first row of a table is that of an export of events."""
    return {"event", "programStage", "orgUnit"} <= set(head)


def read_dhis2(content: Mapping[str, Any], mapping: FactsById | None = None) -> Told:
    """The people of a payload as cases, the relationships among them as contacts, events of nobody as happenings.

    Args:
        content: the parsed JSON.
        mapping: our facts (`first_name`, `onset_on` …) by the installation's ids.
    """
    return _Reader(mapping or {}).read(content)


def read_dhis2_events(text: str, mapping: FactsById | None = None) -> Told:
    """Events of a CSV: a row for each event, or for each data value of one."""
    events: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2):
        event = events.setdefault(row.get("event") or f"row {number}", {"dataValues": [], "at": f"row {number}", **row})
        if row.get("dataElement"):
            event["dataValues"].append({"dataElement": row["dataElement"], "value": row.get("value")})
    return _Reader(mapping or {}).read({"events": list(events.values())})


class _Reader:
    def __init__(self, mapping: FactsById) -> None:
        self.mapping = mapping
        self.names: dict[str, str] = {}
        self.told = Told("dhis2")

    def read(self, content: Mapping[str, Any]) -> Told:
        self.names = dict(_names_in(content))
        people = [*objects_of(content.get("trackedEntities")), *objects_of(content.get("trackedEntityInstances"))]
        if "trackedEntity" in content and "trackedEntities" not in content:
            people.append(dict(content))
        enrolled, of_enrollment = self._flat(content)
        self.told.day_first, self.told.is_order_sure = order_of(_days(content))
        for at, person in enumerate(people):
            uid = text_of(person.get("trackedEntity") or person.get("trackedEntityInstance"))
            enrollments = [*objects_of(person.get("enrollments")), *enrolled.pop(uid, [])]
            self._person(f"trackedEntities[{at}]", uid, person, enrollments, of_enrollment)
        for uid, enrollments in enrolled.items():
            self._person(f"enrollments of {uid or '?'}", uid, {}, enrollments, of_enrollment)
        loose = [event for events in of_enrollment.values() for event in events]
        for at, event in enumerate(loose):
            self._happening(event, text_of(event.get("at")) or f"events[{at}]")
        self._relationships(content, people)
        return self.told

    def _flat(
        self, content: Mapping[str, Any]
    ) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[dict[str, Any]]]]:
        """Enrolments by person and events by enrolment, of a payload that does not nest them."""
        enrolled: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in objects_of(content.get("enrollments")):
            if "trackedEntity" not in content:
                enrolled[text_of(one.get("trackedEntity") or one.get("trackedEntityInstance"))].append(one)
        events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in objects_of(content.get("events")):
            events[text_of(one.get("enrollment"))].append(one)
        return enrolled, events

    def _person(
        self,
        at: str,
        uid: str,
        person: Mapping[str, Any],
        enrollments: list[dict[str, Any]],
        of_enrollment: dict[str, list[dict[str, Any]]],
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
        told = _case(taking, uid)
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

    def _relationships(self, content: Mapping[str, Any], people: list[dict[str, Any]]) -> None:
        """Whoever is the `to` of a relationship is told as a contact of its `from`."""
        by_uid = {case.number: case for case in self.told.cases if case.number}
        nested = [one for person in people for one in objects_of(person.get("relationships"))]
        seen = set()
        for at, one in enumerate([*objects_of(content.get("relationships")), *nested]):
            source, target = _uid_of(one.get("from")), _uid_of(one.get("to"))
            if not source or not target or (source, target) in seen:
                continue
            seen.add((source, target))
            contact = by_uid.get(target)
            if contact is None:
                self.told.faults.append(Fault(f"relationships[{at}]", "to", Reason.NO_SUCH_PERSON, target))
                continue
            place = f"relationships[{at}]"
            self.told.contacts.append(ContactTold(place, contact.person, target, source, contact.disease))


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


def _uid_of(end: object) -> str:
    """Of a relationship's end: `{"trackedEntity": {"trackedEntity": uid}}`, or flat, or of an older release."""
    if not isinstance(end, dict):
        return ""
    inner = end.get("trackedEntity") or end.get("trackedEntityInstance")
    if isinstance(inner, dict):
        inner = inner.get("trackedEntity") or inner.get("trackedEntityInstance")
    return text_of(inner)


def _names_in(content: object) -> Iterator[tuple[str, str]]:
    """The names of attributes and data elements by their ids; a payload often writes them at one of many only."""
    if isinstance(content, dict):
        uid = text_of(content.get("attribute") or content.get("dataElement"))
        if uid and isinstance(content.get("displayName"), str):
            yield uid, content["displayName"]
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
