"""The OpenAPI 3.1 description of `OPERATIONS`, made of the types that requests are read into and answers made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from dauchan.exchange.programs import schemas
from dauchan.exchange.programs.models import SENSITIVE, EventKind
from dauchan.exchange.programs.operations import OPERATIONS, PREFIX, Operation
from dauchan.exchange.programs.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]

_TEMPLATE = "#/components/schemas/{name}"
_ALWAYS = (Code.UNAUTHORIZED, Code.TOKEN_EXPIRED, Code.TOO_MANY_REQUESTS, Code.METHOD_NOT_ALLOWED)
_OF_READING = (*_ALWAYS, Code.BAD_PARAMETER)
_OF_WRITING = (
    *(*_ALWAYS, Code.NOT_JSON, Code.MALFORMED, Code.WRONG_TYPE, Code.TOO_LARGE),
    *(Code.ID_TAKEN, Code.TOO_MANY_WAITING),
)
_ABOUT = (
    "For programs of others, by agreement with the authority. Every list is read by page, in a fixed order. All refusals are "
    "problem+json (RFC 9457) with a reason from a closed list. Nothing here tells of a single visit."
)


def program_paths() -> Json:
    """Paths and components of what programs ask, to stand in one document with the door's."""
    return {"paths": _paths(), "webhooks": _webhooks(), "components": _components()}


def openapi() -> Json:
    """A whole document of it, for the generator of the client."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dấu Chân for programs",
            "version": "1",
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        **program_paths(),
    }


def _paths() -> Json:
    paths: Json = {}
    for operation in OPERATIONS:
        paths.setdefault(PREFIX + operation.path, {})[operation.method.lower()] = _operation(operation)
    return paths


def _operation(operation: Operation) -> Json:
    scope = operation.scope
    needs = f"Needs `{scope.value}`." if scope else "Every token may ask this."
    if scope in SENSITIVE:
        needs += " Each reading says what for (`purpose`) and is written down; a second officer must have consented."
    elif operation.keeps and operation.method == "GET":
        needs += " Answers carry an `ETag`; with `If-None-Match` an unchanged one is answered 304."
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": needs,
        "tags": ["programs"],
        "security": [{"program": []}],
        **_asking(operation),
        "responses": {**_good(operation), **_bad(operation)},
    }


def _asking(operation: Operation) -> Json:
    if operation.method == "POST":
        content = {"application/json": {"schema": _ref(operation.asked.__name__)}}
        return {"requestBody": {"required": True, "content": content}}
    (shown,), _components = msgspec.json.schema_components([operation.asked], ref_template=_TEMPLATE)
    described = _components[shown["$ref"].rpartition("/")[2]]
    in_path = set(re.findall(r"{(\w+)}", operation.path))
    needed = set(described.get("required", ())) | ({"purpose"} if operation.scope in SENSITIVE else set())
    return {
        "parameters": [
            _parameter(name, about, is_in_path=name in in_path, is_needed=name in needed)
            for name, about in described["properties"].items()
        ]
    }


def _parameter(name: str, about: Json, *, is_in_path: bool, is_needed: bool) -> Json:
    about = dict(about)
    options = [one for one in about.pop("anyOf", ()) if one != {"type": "null"}]
    if options:  # an address has no null: what is not said is left out
        about = {**options[0], **{key: value for key, value in about.items() if key != "default"}}
    words = about.pop("description", "")
    told = {"name": name, "in": "path" if is_in_path else "query", "required": is_in_path or is_needed, "schema": about}
    return told | ({"description": words} if words else {})


def _good(operation: Operation) -> Json:
    (shown,), _components = msgspec.json.schema_components([operation.answer], ref_template=_TEMPLATE)
    answer = {"description": operation.summary, "content": {"application/json": {"schema": shown}}}
    if operation.method == "POST":
        return {"200": {**answer, "description": "Handed in before: what became of it"}, "201": answer}
    if not operation.keeps:
        return {"200": answer}
    tag = {"ETag": {"schema": {"type": "string"}, "description": "Changes with the answer"}}
    return {"200": {**answer, "headers": tag}, "304": {"description": "Nothing has changed"}}


def _bad(operation: Operation) -> Json:
    codes: list[Code] = list(_OF_WRITING if operation.method == "POST" else _OF_READING)
    if operation.scope:
        codes.append(Code.SCOPE_MISSING)
    if operation.scope in SENSITIVE:
        codes += [Code.NOT_APPROVED, Code.PURPOSE_MISSING]
    if "unit_id" in operation.asked.__struct_fields__ or "{" in operation.path:
        codes.append(Code.NOT_FOUND)
    return {str(status): _problem(status, codes) for status in sorted({code.status for code in codes})}


def _problem(status: int, codes: Iterable[Code]) -> Json:
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    said = {"description": "Refused: " + ", ".join(code for code in codes if code.status == status), "content": content}
    if status == Code.TOO_MANY_REQUESTS.status:
        said["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
    return said


def _webhooks() -> Json:
    """What is posted to the webhooks of a program."""
    told = {
        "post": {
            "operationId": "event",
            "summary": "Something changed",
            "description": "Signed as Standard Webhooks have it. Any answer of 2xx means it was taken; 410 ends the webhook.",
            "tags": ["programs"],
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Event")}}},
            "responses": {"200": {"description": "Taken"}},
        }
    }
    return {"event": told}


def _components() -> Json:
    types = [schemas.Problem, schemas.Event]
    for operation in OPERATIONS:
        types.append(operation.answer)
        if operation.method == "POST":
            types.append(operation.asked)
    _shown, components = msgspec.json.schema_components(types, ref_template=_TEMPLATE)
    components["Event"]["properties"]["type"] = {"type": "string", "enum": list(EventKind.values)}
    token = {
        "type": "http",
        "scheme": "bearer",
        "description": "A program's token, made by an officer of the authority",
    }
    return {"schemas": dict(sorted(components.items())), "securitySchemes": {"program": token}}


def _ref(name: str) -> Json:
    return {"$ref": _TEMPLATE.format(name=name)}
