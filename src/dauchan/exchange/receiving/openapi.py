"""The OpenAPI 3.1 document of the national interface, made of the schema, the questions and the refusals that the code has."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from dauchan.exchange.contract.manifest import Manifest
from dauchan.exchange.contract.schema import CURRENT, KINDS, WITHDRAWN, Kind, Type
from dauchan.exchange.receiving.comparing import Question
from dauchan.exchange.receiving.problems import SAID, Code

Json = dict[str, Any]

_TYPES: dict[Type, Json] = {
    Type.UUID: {"type": ["string", "null"], "format": "uuid"},
    Type.INT: {"type": ["integer", "null"], "format": "int64"},
    Type.INSTANT: {"type": ["string", "null"], "format": "date-time"},
    Type.TEXT: {"type": ["string", "null"]},
    Type.FLOAT: {"type": ["number", "null"]},
}
_ABOUT = (
    "Numbered, signed batches of what a province's doors recorded, with reconciliation. A batch is a PUT under its number: repeating it "
    "is harmless and gets the first answer. `X-Manifest` is the manifest in base64url, `X-Signature` the key's version, a colon and "
    "the Ed25519 signature of the manifest's bytes in base64url. The digest of a batch is the SHA-256 of its manifest's bytes, and each manifest "
    "names the digest of the one before. Parquet columns and JSON Lines members bear the names of the record schemas below."
)


@cache
def document() -> bytes:
    return msgspec.json.encode(openapi())


def openapi() -> Json:
    _, schemas = msgspec.json.schema_components([Manifest, Question], ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dấu Chân: national exchange",
            "version": str(CURRENT),
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": _paths(),
        "components": {
            "schemas": {
                **schemas,
                **{kind.name: _record(kind) for kind in KINDS.values()},
                "Problem": _problem_schema(),
            },
            "securitySchemes": {
                "client": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": "/v1/token", "scopes": {}}},
                },
                "certificate": {"type": "mutualTLS"},
            },
        },
        "security": [{"client": []}],
    }


def _paths() -> Json:
    stream = {
        "name": "stream",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,79}$"},
    }
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    kind = {"name": "kind", "in": "path", "required": True, "schema": {"enum": list(KINDS)}}
    headers = [_header("X-Manifest"), _header("X-Signature")]
    payloads: Json = {
        name: {} for name in ("application/vnd.apache.parquet", "application/x-ndjson", "application/octet-stream")
    }
    usual = (Code.UNAUTHORIZED, Code.CERTIFICATE_REFUSED, Code.DATABASE_DOWN)
    batch_refusals = (
        *(Code.SIGNATURE_REFUSED, Code.NOT_AS_MANIFEST, Code.SCHEMA_UNKNOWN, Code.OTHER_BATCH, Code.CHAIN_BROKEN),
        *(Code.TOO_LARGE, Code.TOO_FAR_AHEAD, Code.BUSY, Code.NOT_FOUND),
    )
    taken = _object(
        number="integer",
        count="integer",
        taken="integer",
        repeated="integer",
        last="integer",
        digest="string",
        set_aside={"type": "array", "items": _object(key="string", reason="string")},
    )
    rows: Json = {
        "type": "array",
        "items": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}, {"type": "integer"}]},
    }
    return {
        "/v1/": {
            "get": _operation(
                "about",
                "What is taken",
                {
                    "200": _object(
                        schemas=_list("integer"),
                        encodings=_list("string"),
                        compressions=_list("string"),
                        rows="integer",
                        bytes="integer",
                        window="integer",
                    )
                },
                usual,
            )
        },
        "/v1/token": {
            "post": _operation(
                "token",
                "An access token",
                {"200": _object(access_token="string", token_type="string", expires_in="integer")},  # noqa: S106 - types, no secrets
                (Code.CLIENT_REFUSED, Code.CERTIFICATE_REFUSED, Code.MALFORMED, Code.TOO_LARGE, Code.DATABASE_DOWN),
            )
            | {
                "security": [],
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": _object(grant_type="string", client_id="string", client_secret="string")  # noqa: S106
                        }
                    }
                },
            }
        },
        "/v1/streams/{stream}": {
            "get": _operation(
                "stream",
                "How far a stream has come",
                {"200": _object(stream="string", last="integer", digest="string", ahead=_list("integer"))},
                (*usual, Code.NOT_FOUND),
            )
            | {"parameters": [stream]}
        },
        "/v1/streams/{stream}/batches/{number}": {
            "put": _operation("batch", "Hand in a batch", {"200": taken, "201": taken}, (*usual, *batch_refusals))
            | {"parameters": [stream, number, *headers], "requestBody": {"required": True, "content": payloads}}
        },
        "/v1/reconciliation/{kind}": {
            "post": _operation(
                "reconciliation",
                "Counts and digests of what is here",
                {"200": {"type": "object", "properties": {"rows": rows}}},
                (*usual, Code.MALFORMED, Code.NOT_FOUND, Code.SCHEMA_UNKNOWN, Code.TOO_LARGE),
            )
            | {
                "parameters": [kind],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Question"}}},
                },
            }
        },
    }


def _operation(name: str, summary: str, answers: Json, refusals: tuple[Code, ...]) -> Json:
    by_status: dict[str, list[str]] = {}
    for code in refusals:
        by_status.setdefault(str(SAID[code][0]), []).append(code)
    good = {
        status: {"description": summary, "content": {"application/json": {"schema": schema}}}
        for status, schema in answers.items()
    }
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    bad = {
        status: {"description": f"Refused: {', '.join(codes)}", "content": problem}
        for status, codes in by_status.items()
    }
    return {"operationId": name, "summary": summary, "responses": good | bad}


def _record(kind: Kind) -> Json:
    return {
        "type": "object",
        "description": f"Key: {kind.key}. Taken back by batches of kind {kind.name}{WITHDRAWN}, which hold keys only.",
        "properties": {
            field.name: _TYPES[field.type] | {"description": f"since version {field.since}"} for field in kind.fields
        },
        "required": [field.name for field in kind.fields if field.needed],
    }


def _problem_schema() -> Json:
    return _object(
        type="string", title="string", title_vi="string", status="integer", code={"enum": list(Code)}, detail="string"
    )


def _header(name: str) -> Json:
    return {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}


def _list(of: str) -> Json:
    return {"type": "array", "items": {"type": of}}


def _object(**properties: str | Json) -> Json:
    return {
        "type": "object",
        "properties": {
            name: {"type": about} if isinstance(about, str) else about for name, about in properties.items()
        },
    }
