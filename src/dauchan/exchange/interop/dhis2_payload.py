"""The people, enrolments, events and relationships of a DHIS2 payload, whichever of its ways of nesting and naming it has.

What the importer takes nests enrolments in people and events in enrolments, or lists each kind flat; before release 2.36 the names were
others. What `/api/tracker` answers has the same, or a page of one kind as `instances`; one object asked for by its id stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dauchan.exchange.interop.reading import objects_of, text_of

Json = dict[str, Any]
_LISTS = {"trackedEntities": "people", "trackedEntityInstances": "people", "enrollments": "enrollments", "events": "events",
          "relationships": "relationships"}  # fmt: skip
_IDS = ("trackedEntity", "trackedEntityInstance", "trackedEntityType")


@dataclass
class Payload:
    """Attributes:
    people, enrollments, events, relationships: as they stand in the payload, those that it does not nest.
    """

    people: list[Json] = field(default_factory=list)
    enrollments: list[Json] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)
    relationships: list[Json] = field(default_factory=list)


def is_dhis2(content: object) -> bool:
    """Whether parsed JSON is a payload of the tracker, a page of what it answers, one of its objects, or a list of them."""
    if isinstance(content, list):
        return any(map(_kind_of, objects_of(content)[:20]))
    if not isinstance(content, dict):
        return False
    lists = _LISTS.keys() - {"relationships"}
    return bool(lists & content.keys() or _kind_of(content)) or is_dhis2(content.get("instances") or None)


def payload_of(content: object) -> Payload:
    """Its objects by kind."""
    found = Payload()
    if isinstance(content, dict) and not _kind_of(content):
        for name, kind in _LISTS.items():
            getattr(found, kind).extend(objects_of(content.get(name)))
        content = content.get("instances")
    for one in objects_of(content):
        if kind := _kind_of(one):
            getattr(found, kind).append(one)
    return found


def _kind_of(one: Json) -> str:
    """Which kind of object this is by itself; empty for none."""

    def says(*names: str) -> bool:
        return any(text_of(one.get(name)) for name in names)

    if {"from", "to"} <= one.keys():
        return "relationships"
    if says(*_IDS) and "enrollments" in one:
        return "people"
    if says("event", "programStage") or "dataValues" in one:
        return "events"
    if says("enrollment", "enrolledAt", "enrollmentDate"):
        return "enrollments"
    return "people" if says(*_IDS) else ""


def uid_of(end: object) -> str:
    """Of a relationship's end: `{"trackedEntity": {"trackedEntity": uid}}`, or flat, or of an older release."""
    if not isinstance(end, dict):
        return ""
    inner = end.get("trackedEntity") or end.get("trackedEntityInstance")
    if isinstance(inner, dict):
        inner = inner.get("trackedEntity") or inner.get("trackedEntityInstance")
    return text_of(inner)
