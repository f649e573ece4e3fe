"""The OpenAPI document is true: a running door does what it says, for requests made of it and for spoilt ones."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from dauchan.door.openapi import document, openapi
from dauchan.door.reasons import Reason
from dauchan.door.running import RunningDoor
from dauchan.door.testing import check_in

pytestmark = pytest.mark.django_db


# What is well formed may still be refused, as too old for one (422); of a list with a bad item that item is refused and
# the list answered (200). A single bad item that were taken would be answered 201, which stays a finding.
SAID = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 409, 422, 429]},
    # The token comes with every call here; test_check_ins tries without one.
    "ignored_auth": {"enabled": False},
    "negative_data_rejection": {"expected-statuses": [200, 400, 401, 405, 408, 413, 415, 422, 429]},
}
described = schemathesis.openapi.from_dict(
    openapi(), config=schemathesis.Config.from_dict({"checks": SAID, "generation": {"max-examples": 40}})
)


@described.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_door_does_what_its_description_says(case: schemathesis.Case[Any], door: RunningDoor) -> None:
    headers = door.gates.ticket(1, 1) if case.path.endswith("gate-scans") else door.person(door.someone)
    case.call_and_validate(base_url=door.url, headers=headers)


def test_the_door_serves_its_description(door: RunningDoor) -> None:
    assert door.client.get("/api/v1/openapi.json").content == document()
    assert json.loads(document())["openapi"].startswith("3.1")


def test_the_description_names_every_status_of_every_reason_of_an_item() -> None:
    paths = openapi()["paths"]
    said = set(paths["/api/v1/check-ins"]["post"]["responses"])
    assert {str(Reason(name).said.status) for name in ("forged", "venue_not_open", "id_taken", "too_old")} <= said
    assert "403" in paths["/api/v1/check-outs"]["post"]["responses"]


def test_the_consoles_paths_are_taken_in() -> None:
    extra = {"paths": {"/api/v1/units": {"get": {}}}, "components": {"schemas": {"Unit": {"type": "object"}}}}
    document = openapi(extra)
    assert {"/api/v1/units", "/api/v1/check-ins"} <= set(document["paths"])
    assert {"Unit", "CheckIn"} <= set(document["components"]["schemas"])


def test_every_reference_leads_somewhere() -> None:
    document = openapi()
    schemas = document["components"]["schemas"]
    assert all(name in schemas for name in _references(document))


def _references(node: object) -> set[str]:
    if isinstance(node, dict):
        here = {str(node["$ref"]).rpartition("/")[2]} if "$ref" in node else set()
        return here.union(*map(_references, node.values()))
    return set().union(*map(_references, node)) if isinstance(node, list) else set()


def test_an_unknown_field_is_no_reason_to_refuse_a_newer_phone(door: RunningDoor) -> None:
    answer = door.client.post("/api/v1/check-ins", json=check_in(door, mood="good"), headers=door.person(door.someone))
    assert answer.status_code == 201
