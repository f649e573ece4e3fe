"""The OpenAPI 3.1 document of the telephone line, made of the types that requests are decoded into."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from dauchan.web.phone_line.schemas import Answer, Call, Problem, TextMessage
from dauchan.web.phone_line.signatures import SIGNATURE_HEADER, TIMESTAMP_HEADER, WINDOW_SECONDS
from dauchan.web.phone_line.words import Outcome

Json = dict[str, Any]

REFUSALS = {
    "400": "Not the JSON that is described here",
    "401": f"No valid signature, or a timestamp more than {WINDOW_SECONDS} seconds away",
    "404": "This installation has no telephone line",
    "413": "The body is too large",
}


@cache
def document() -> bytes:
    """The document as JSON."""
    _types, schemas = msgspec.json.schema_components(
        (TextMessage, Call, Answer, Problem), ref_template="#/components/schemas/{name}"
    )
    schemas["Answer"]["properties"]["outcome"] = {"enum": [outcome.value for outcome in Outcome]}
    told = {
        "openapi": "3.1.0",
        "info": {
            "title": "Dấu Chân: the telephone line",
            "version": "1",
            "description": "A gateway posts each text message and each moment of a call, and sends or speaks the answer's "
            "words. Repeating a request with the same message_id is harmless and gets the first answer.",
        },
        "paths": {
            "/api/v1/phone-line/messages": _operation("take_message", "A text message came in", "TextMessage"),
            "/api/v1/phone-line/calls": _operation("take_call", "Somebody called, or pressed keys", "Call"),
        },
        "components": {"schemas": schemas, "securitySchemes": {"signature": _signature()}},
    }
    return msgspec.json.encode(told)


def _operation(name: str, summary: str, body: str) -> Json:
    stamp = {"name": TIMESTAMP_HEADER, "in": "header", "required": True, "schema": {"type": "integer"}}
    answers: Json = {"200": {"description": "What came of it", "content": _content("Answer")}}
    for status, words in REFUSALS.items():
        answers[status] = {"description": words}
        if status != "404":
            answers[status]["content"] = _content("Problem", "application/problem+json")
    return {
        "post": {
            "operationId": name,
            "summary": summary,
            "security": [{"signature": []}],
            "parameters": [{**stamp, "description": "Epoch seconds, signed together with the body"}],
            "requestBody": {"required": True, "content": _content(body)},
            "responses": answers,
        }
    }


def _content(schema: str, kind: str = "application/json") -> Json:
    return {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _signature() -> Json:
    words = "sha256= and the hex digits of HMAC-SHA256 over timestamp, full stop and body, with a shared secret's bytes"
    return {"type": "apiKey", "in": "header", "name": SIGNATURE_HEADER, "description": words}
