"""A whole installation in production, as docs/operations says: its own database, a gateway of text messages, a proxy.

The test run's database server stands for the external one. Requests from 127.0.0.2 are those of the reverse proxy that
terminates TLS, and from 127.0.0.1 those of a stranger who found the port.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dauchan.project.door_fixtures import drop_database
from dauchan.project.keys import fresh_keys
from tests.project.installation import Installation, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "dauchan.example"
FORM_COOKIE = "__Host-csrftoken"
PROXY, STRANGER = "127.0.0.2", "127.0.0.1"


class TextMessages:
    """A gateway that keeps what it was told to send."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        sent = self.sent

        class Post(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(202)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Post)
        self.url = f"http://127.0.0.1:{self.server.server_port}/messages"

    @contextmanager
    def running(self) -> Iterator[TextMessages]:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        yield self
        self.server.shutdown()
        self.server.server_close()

    def code_for(self, phone: str) -> str:
        """The code in the last message to *phone* (E.164)."""
        text = next(message["text"] for message in reversed(self.sent) if message["to"] == phone)
        found = re.search(r"\b\d{6}\b", text)
        assert found, text
        return found[0]


@dataclass
class Browser:
    """Somebody's browser behind the proxy, or a stranger's program; cookies are kept whatever the scheme."""

    port: int
    source: str = PROXY
    address: str = "203.0.113.7"
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        transport = httpx.HTTPTransport(local_address=self.source)
        self.http = httpx.Client(transport=transport, base_url=f"http://127.0.0.1:{self.port}", timeout=60)

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:  # noqa: ANN401 - httpx's arguments
        said = {"host": HOST, "x-forwarded-for": self.address, "x-forwarded-proto": "https"}
        said["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.http.request(method, path, headers=said | (headers or {}), **more)
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.ask("GET", path, headers)

    def send(self, path: str, form: dict[str, str], on: str = "") -> httpx.Response:
        """Fill in and send the form on the page *on* (else the one at *path*)."""
        page = self.get(on or path).text
        assert 'name="csrfmiddlewaretoken"' in page, page[:2000]
        return self.post(path, form)

    def post(self, path: str, form: dict[str, str]) -> httpx.Response:
        """Send a form of the page that is open."""
        headers = {"referer": f"https://{HOST}{path}", "origin": f"https://{HOST}"}
        return self.ask("POST", path, headers, data={"csrfmiddlewaretoken": self.cookies[FORM_COOKIE], **form})


@dataclass
class Production:
    """The running installation."""

    installation: Installation
    messages: TextMessages
    database_url: str
    opened: list[Browser] = field(default_factory=list)

    def browser(self, source: str = PROXY, address: str = "203.0.113.7") -> Browser:
        self.opened.append(Browser(self.installation.port, source, address))
        return self.opened[-1]

    def run(self, *words: str, given: str = "", status: int = 0) -> str:
        """What a command of ours prints in this installation's environment."""
        environ = surroundings(self.installation.var, **self.installation.variables)
        done = subprocess.run(
            [sys.executable, *words], env=environ, input=given, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == status, done.stderr
        return done.stdout

    def command(self, *words: str, status: int = 0) -> str:
        return self.run("-m", "dauchan.project", *words, status=status)

    def do(self, program: str) -> str:
        """What a few lines of Python print, with Django loaded."""
        return self.run("-", given=f"from dauchan.project.loading import load_django\nload_django()\n{program}")

    def sign_in(self, phone: str, name: str) -> Browser:
        """A browser in which the holder of *phone* (E.164) has signed up or in."""
        browser = self.browser()
        assert browser.send("/visitor/sign-in/?next=/me/", {"phone": phone}).status_code == 302
        asked = browser.send("/visitor/sign-in/code/", {"code": self.messages.code_for(phone)})
        # For the name alone where the number is somebody's already, else for name and consent.
        browser.send(asked.headers["location"], {"full_name": name, "consent": "on"})
        assert browser.get("/me/").status_code == 200
        return browser


def production_variables(database_url: str, gateway_url: str, door_url: str = "") -> dict[str, str]:
    return {
        "DAUCHAN_ENV": "production",
        "DAUCHAN_BASE_URL": f"https://{HOST}",
        "DATABASE_URL": database_url,
        "DAUCHAN_DATABASE_DOOR_URL": door_url or database_url,
        "DAUCHAN_SMS_GATEWAY_URL": gateway_url,
        "DAUCHAN_SMS_GATEWAY_TOKEN": "token-of-the-gateway",
        "DAUCHAN_TRUSTED_PROXIES": PROXY,
        **fresh_keys(),
    }


@contextmanager
def new_database(database_url: str, template: str = "template0") -> Iterator[str]:
    """The address of an empty database, or of a copy, on the server of the test run; dropped afterwards."""
    from django.db import connection

    connection.close()
    name = f"production_{uuid.uuid4().hex[:12]}"
    maintenance = make_conninfo(database_url, dbname=connection.settings_dict["TEST"].get("MAINTENANCE") or "postgres")
    with psycopg.connect(maintenance, autocommit=True) as server:
        made = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}")
        server.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
        yield f"{database_url.rpartition('/')[0]}/{name}"
        drop_database(server, name)


@pytest.fixture(scope="session")
def production(
    tmp_path_factory: pytest.TempPathFactory, database_url: str, door_database_url: str, audit_database_url: str
) -> Iterator[Production]:
    """One installation for all tests that do not hurt it."""
    var: Path = tmp_path_factory.mktemp("production") / "var"
    with TextMessages().running() as messages, new_database(database_url) as url:
        door_url, audit_url = (
            f"{other.rpartition('/')[0]}/{url.rpartition('/')[2]}" for other in (door_database_url, audit_database_url)
        )
        variables = production_variables(url, messages.url, door_url) | {"DAUCHAN_DATABASE_AUDIT_URL": audit_url}
        installation = Installation(var, variables=variables)
        try:
            installation.wait_until_ready()
            made = Production(installation, messages, url)
            yield made
            for browser in made.opened:
                browser.http.close()
        finally:
            installation.end()


@pytest.fixture(scope="session")
def demonstration_database(database_url: str) -> Iterator[str]:
    """A database with our tables and the accounts of a demonstration, whose passwords everybody knows."""
    from dauchan.simulation.accounts import demonstration_accounts

    with new_database(database_url, str(conninfo_to_dict(database_url)["dbname"])) as url:
        with psycopg.connect(url) as database:
            for account in demonstration_accounts():
                database.execute(
                    "INSERT INTO units_officer (username, full_name, password, email, is_superuser, is_staff, is_active,"
                    " date_joined) VALUES (%s, %s, 'x', '', false, false, true, now())",
                    [account.sign_in, account.full_name],
                )
        yield url
