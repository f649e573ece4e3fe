"""The OpenAPI 3.1 document of `/api/v1/`, made of the types that requests are decoded into."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from dauchan.door.decoding import ITEMS_LIMIT
from dauchan.door.gate_schemas import GateScan, GateScanAnswer
from dauchan.door.http import BODY_LIMIT
from dauchan.door.reasons import Reason
from dauchan.door.schemas import (
    Answers,
    CheckIn,
    CheckInAnswer,
    CheckOut,
    CheckOutAnswer,
    Problem,
    ScanAttempt,
    ScanAttemptAnswer,
)

Json = dict[str, Any]

_TYPES = (
    *(CheckIn, CheckInAnswer, Answers[CheckInAnswer], CheckOut, CheckOutAnswer, Answers[CheckOutAnswer]),
    *(ScanAttempt, ScanAttemptAnswer, Answers[ScanAttemptAnswer], Problem),
    *(GateScan, GateScanAnswer, Answers[GateScanAnswer]),
)
_OF_REQUESTS = (400, 401, 408, 413, 415, 422, 429, 503)


@cache
def document() -> bytes:
    """The document as JSON, with the console's paths where it has written any."""
    extra = files("dauchan.door").joinpath("console_paths.json")
    return msgspec.json.encode(openapi(msgspec.json.decode(extra.read_bytes()) if extra.is_file() else None))


def openapi(extra: Mapping[str, Any] | None = None) -> Json:
    """The document.

    Args:
        extra: parts of another OpenAPI document, whose paths, webhooks, schemas and security schemes are taken in.
    """
    extra = extra or {}
    _, schemas = msgspec.json.schema_components(_TYPES, ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dấu Chân",
            "version": "1",
            "description": "Check-ins at the doors of a province. Repeating a request is harmless: an identifier is "
            "recorded once, and every repetition gets the first answer. All refusals are problem+json (RFC 9457) with "
            "a reason from a closed list, in Vietnamese and English.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {**_paths(), **extra.get("paths", {})},
        **({"webhooks": extra["webhooks"]} if "webhooks" in extra else {}),
        "components": {
            "schemas": {**_sorted(schemas), **extra.get("components", {}).get("schemas", {})},
            "securitySchemes": {
                **extra.get("components", {}).get("securitySchemes", {}),
                "person": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A person's token, from signing in by phone",
                },
                "device": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`Device` and the ticket that a gate gets from `GET /gate/sync/`",
                },
            },
        },
    }


def _paths() -> Json:
    person: list[Json] = [{"person": []}]
    check_in = _operation(
        *("record_check_ins", "Record one check-in, or a list of them", CheckIn, CheckInAnswer, person),
        *(Reason.VENUE_NOT_OPEN, Reason.ID_TAKEN),
    )
    check_out = _operation(
        *("record_check_outs", "End one visit, or a list of them", CheckOut, CheckOutAnswer, person, Reason.NOT_YOURS),
    )
    attempt = _operation(
        *("keep_scan_attempts", "Tell of a failed scan, or of a list of them", ScanAttempt, ScanAttemptAnswer),
        [{}, *person],
    )
    gate = _operation(
        *("record_gate_scans", "Hand in one scan of a gate, or a list of them", GateScan, GateScanAnswer),
        *([{"device": []}], Reason.DEVICE_REVOKED, Reason.ID_TAKEN),
    )
    return {
        "/api/v1/gate-scans": {"post": gate},
        "/api/v1/check-ins": {"post": check_in},
        "/api/v1/check-outs": {"post": check_out},
        "/api/v1/scan-attempts": {"post": attempt},
    }


def _operation(name: str, summary: str, item: type, answer: type, security: Sequence[Json], *reasons: Reason) -> Json:
    one, several = _ref(answer.__name__), _ref(f"Answers_{answer.__name__}_")
    statuses = sorted({*_OF_REQUESTS, *(reason.said.status for reason in reasons)})
    return {
        "operationId": name,
        "summary": summary,
        "description": f"At most {ITEMS_LIMIT} items and {BODY_LIMIT} bytes. A bad item never blocks the others of its list.",
        "security": list(security),
        "parameters": [
            {
                "name": "X-Device-Time",
                "in": "header",
                "description": "What the device's clock shows now, RFC 3339: corrects the times of its scans",
                "schema": {"type": "string", "format": "date-time"},
            }
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _one_or_several(item)}}},
        "responses": {
            "200": _response(
                "A list: an answer for each. A single item that was there already: its first answer; one that waits for an officer",
                {"anyOf": [one, several]},
            ),
            "201": _response("Recorded", one),
            **{str(status): _problem(status) for status in statuses},
        },
    }


def _one_or_several(item: type) -> Json:
    several = {"type": "array", "items": _ref(item.__name__), "minItems": 1, "maxItems": ITEMS_LIMIT}
    return {"oneOf": [_ref(item.__name__), several]}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _response(what: str, schema: Json) -> Json:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _problem(status: int) -> Json:
    meant = ", ".join(reason for reason in Reason if reason.said.status == status)
    wait = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}} if status in {429, 503} else {}
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    return {"description": f"Refused: {meant}", "content": content} | ({"headers": wait} if wait else {})


def _sorted(schemas: Mapping[str, Any]) -> Json:
    return {name: schemas[name] for name in sorted(schemas)}
