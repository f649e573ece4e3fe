"""Programs of others with a token, for tests of what they ask and are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from dauchan.exchange.programs.actions import enter_program, issue_token
from dauchan.exchange.programs.models import Program, Scope
from dauchan.units.models import Role
from tests.web.conftest import appointed

if TYPE_CHECKING:
    from dauchan.units.models import Officer, Unit

APPLICATION = WSGIHandler()
PURPOSE = "Đối chiếu danh sách cơ sở kinh doanh"


def let_in(
    unit: Unit, officer: Officer | None = None, scopes: list[str] | None = None, *, limit: int = 6000
) -> Program:
    """A program that may do everything; what is sensitive has its consent."""
    officer = officer or appointed(Role.MONITOR, unit)
    facts = {"organisation": "Sở Thử", "contact": "0234 000 000", "instrument": "Quy chế 7", "purpose": PURPOSE}
    wanted = Scope.values if scopes is None else scopes
    program = enter_program(Program(name="Cổng Thử", unit=unit, scopes=wanted, limit_a_minute=limit, **facts), officer)
    if program.waits:
        approver = appointed(Role.APPROVER, unit)
        Program.objects.filter(pk=program.pk).update(approved_by=approver, approved_at=timezone.now())
        program.refresh_from_db()
    return program


def token_of(program: Program, days: int = 30) -> str:
    return issue_token(program, program.made_by, "máy chủ", days)[1]


def console(environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401 - as WSGI has it
    """The console as a web server runs it, but within the test's transaction: a request's end closes no connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        answer = APPLICATION(environ, start_response)
        said = b"".join(answer)
        answer.close()
        return [said]
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def browser_with(token: str) -> Client:
    return Client(raise_request_exception=False, headers={"authorization": f"Bearer {token}"})
