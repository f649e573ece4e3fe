"""The examples of docs/api.md are run as they stand, one after the other, against the console."""

from __future__ import annotations

import json
import re
import shlex
import time
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from dauchan.exchange.programs.signatures import new_secret, signed_headers
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.units.models import Role, Unit
from tests.tracing.outbreak import make_disease, make_places
from tests.web.conftest import appointed, make_category, make_person, make_unit, registered
from tests.web.open_programs import console, let_in, token_of

PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def commune(db: None) -> Unit:
    """With a venue, and a case whose contacts are listed."""
    commune = make_unit("90001", "commune", "Phường Thuận Thử", make_unit("90", "province", "Thành phố Thử"))
    registered(make_person("+84905000001", "Trần Thị Mẫu"), make_category(), commune)
    make_places(commune)
    tracer = appointed(Role.TRACER, commune)
    from django.utils import timezone

    case = register_case(CaseReport(example_phone("A"), make_disease(), commune, timezone.localdate()), tracer)
    run_trace(case, tracer, policy_for(case))
    return commune


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch, settings: Any) -> type[httpx.Client]:  # noqa: ANN401 - pytest-django's
    """httpx, for which the example's host is the console of this test."""
    settings.ALLOWED_HOSTS = ["dauchan.example"]
    here = partial(httpx.Client, transport=httpx.WSGITransport(app=console))
    monkeypatch.setattr(httpx, "Client", here)
    return here  # type: ignore[return-value]  # makes one


def test_the_examples_in_python_work(commune: Unit, reached: object, capsys: pytest.CaptureFixture[str]) -> None:
    secret, body = new_secret(), next(text for kind, text in BLOCKS if kind == "json").encode()
    known: dict[str, Any] = {"token": token_of(let_in(commune)), "secret": secret, "body": body}
    known["headers"] = signed_headers("e-1", body, [secret], int(time.time()))
    for kind, text in BLOCKS:
        if kind == "python":
            exec(compile(text, "docs/api.md", "exec"), known)  # noqa: S102 - our own page
    printed = capsys.readouterr().out
    for part in ("approved", "pending", "bad_parameter", "venue.changed"):
        assert part in printed
    assert re.search(r"^\S+ [1-9]\d*$", printed, re.MULTILINE)  # a case with its contacts


def test_the_example_of_the_shell_works(commune: Unit, reached: type[httpx.Client]) -> None:
    line = next(text for _kind, text in BLOCKS if text.startswith("curl"))
    _curl, _flag, header, address = shlex.split(line.replace("$TOKEN", token_of(let_in(commune))))
    name, _colon, value = header.partition(": ")
    answer = reached().get(address, headers={name: value})
    assert (answer.status_code, answer.json()["unit_id"]) == (200, commune.pk)


def test_every_reason_is_told_on_the_page() -> None:
    from dauchan.exchange.programs.operations import OPERATIONS
    from dauchan.exchange.programs.problems import Code

    assert [code for code in Code if f"`{code}`" not in PAGE] == []
    assert [
        one.path for one in OPERATIONS if f"`{one.path}`" not in PAGE.replace("GET ", "").replace("POST ", "")
    ] == []
    assert json.loads(next(text for kind, text in BLOCKS if kind == "json"))["data"]
