"""The description of what programs ask is true, is what the door serves, and makes a client that works."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from dauchan.door.openapi import openapi as doors_document
from dauchan.exchange.programs.describing import DOOR, door_file
from dauchan.exchange.programs.document import openapi
from dauchan.exchange.programs.problems import SAID, Code
from dauchan.units.models import Unit
from tests.web.conftest import MakeVenue
from tests.web.open_programs import console, let_in, token_of

ROOT = Path(__file__).parents[2]
# What is well formed may still name nothing that is there. A parameter in an address has one spelling in JSON and many in
# an address: `limit=%2B5` reads as 5.
SAID_SO = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", 304, 400, 404, 409, 422]},
    "negative_data_rejection": {"expected-statuses": [200, 400, 401, 404, 405, 413, 415, 422]},
    # The token comes with every call here; test_open_api tries without one.
    "ignored_auth": {"enabled": False},
}
described = schemathesis.openapi.from_dict(
    openapi(), config=schemathesis.Config.from_dict({"checks": SAID_SO, "generation": {"max-examples": 8}})
)


@pytest.fixture
def token(commune: Unit, make_venue: MakeVenue) -> str:
    make_venue(commune)
    return token_of(let_in(commune, limit=1_000_000))


@described.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_does_what_its_description_says(case: schemathesis.Case[Any], token: str) -> None:
    case.call_and_validate(base_url="http://localhost", headers={"Authorization": f"Bearer {token}"}, app=console)


def test_the_door_serves_what_the_console_says() -> None:
    """`python -m dauchan.exchange.programs.describing --door` writes it anew."""
    assert DOOR.read_bytes() == door_file()
    whole = doors_document(json.loads(DOOR.read_bytes()))
    assert {"/api/v1/venues", "/api/v1/check-ins"} <= set(whole["paths"])
    ours, theirs = openapi()["components"]["schemas"], doors_document()["components"]["schemas"]
    shared = set(ours) & set(theirs)
    assert {name: sorted(ours[name]["properties"]) for name in shared} == {
        name: sorted(theirs[name]["properties"]) for name in shared
    }
    text = json.dumps(whole)
    named = {part.partition('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named <= set(whole["components"]["schemas"])


def test_every_refusal_is_described_where_it_can_come() -> None:
    paths = openapi()["paths"]
    told = " ".join(
        answer["description"]
        for path in paths.values()
        for one in path.values()
        for answer in one["responses"].values()
    )
    assert [code for code in Code if code not in told] == []
    assert set(SAID) == set(Code)


@pytest.fixture(scope="module")
def made_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client, made as `scripts/make-client` makes it."""
    folder = tmp_path_factory.mktemp("client")
    document, into = folder / "openapi.json", folder / "made"
    document.write_text(json.dumps(openapi()), encoding="utf-8")
    config = ROOT / "clients" / "python.yml"
    asked: list[str | Path] = [
        "generate",
        "--path",
        document,
        "--config",
        config,
        "--output-path",
        into,
        "--fail-on-warning",
    ]
    done = subprocess.run(
        [Path(sys.executable).with_name("openapi-python-client"), *asked], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return into


def test_a_client_is_made_of_it_that_works(
    made_client: Path, token: str, commune: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(made_client))
    there = {"base_url": "http://localhost", "httpx_args": {"transport": httpx.WSGITransport(app=console)}}
    made = importlib.import_module("dauchan_client").AuthenticatedClient
    client, stranger = made(token=token, **there), made(token="x", **there)
    ask = {
        name: importlib.import_module(f"dauchan_client.api.programs.{name}").sync_detailed
        for name in ("list_venues", "register_venue", "list_cases", "token")
    }
    page = ask["list_venues"](client=client, unit_id=commune.pk, limit=1).parsed
    (venue,) = page.items
    assert (venue.unit_id, venue.status.value, venue.registered_at.tzinfo is not None) == (commune.pk, "approved", True)
    models = importlib.import_module("dauchan_client.models")
    new = models.NewVenue(
        registration_id="01976b2e-0000-7000-8000-000000000000", name="Chợ Đầm", category="market", address="12 Lê Lợi",
        unit_id=commune.pk, lat=16.46, lon=107.59,
    )  # fmt: skip
    assert [ask["register_venue"](client=client, body=new).status_code for _time in range(2)] == [201, 200]
    assert ask["list_cases"](client=client, purpose="Đối chiếu ca bệnh của huyện").parsed.items == []
    assert ask["token"](client=stranger).parsed.reason.code == "unauthorized"
