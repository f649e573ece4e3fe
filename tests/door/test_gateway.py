"""All that is not the door's own goes to the console: unchanged, in pieces, and without what a client may not say."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dauchan.door.running import RunningDoor

NOWHERE = "postgresql://nobody@127.0.0.1:9/none?connect_timeout=1"
PIECE = b"x" * 100_000


@pytest.fixture(scope="module")
def console_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a running stand-in for the console."""
    socket = tmp_path_factory.mktemp("run") / "c.sock"
    here = Path(__file__).parent
    words = [sys.executable, "-m", "uvicorn", "echo_console:app", "--uds", str(socket), "--log-level", "warning"]
    with subprocess.Popen(words, cwd=here) as console:
        for _ in range(600):
            if socket.exists():
                break
            time.sleep(0.05)
        yield str(socket)
        console.terminate()


@pytest.fixture(scope="module")
def gateway(console_socket: str) -> Iterator[RunningDoor]:
    """A door without a database before the console."""
    with RunningDoor(NOWHERE, {"DAUCHAN_CONSOLE_SOCKET": console_socket}, has_database=False) as door:
        yield door


@pytest.fixture(scope="module")
def proxied(console_socket: str) -> Iterator[RunningDoor]:
    """The same behind a proxy that it was told of."""
    environ = {"DAUCHAN_CONSOLE_SOCKET": console_socket, "DAUCHAN_TRUSTED_PROXIES": "127.0.0.0/8, 10.0.0.5"}
    with RunningDoor(NOWHERE, environ, has_database=False) as door:
        yield door


def headers_of(answer: httpx.Response, name: str) -> list[str]:
    said: dict[str, Any] = answer.json()
    return [value for key, value in said["headers"] if key == name]


def test_a_request_reaches_the_console_as_it_was_sent(gateway: RunningDoor) -> None:
    path = "/q/T%C3%ACm%2Fki%E1%BA%BFm"
    answer = gateway.client.request(
        "PATCH",
        f"{path}?a=%20b&a=c",
        content=b"12345",
        headers={"host": "hue.example", "cookie": "s=1", "x-mine": "yes"},
    )
    said = answer.json()
    assert (answer.status_code, said["method"], said["path"], said["query"]) == (299, "PATCH", path, "a=%20b&a=c")
    assert said["size"] == 5
    assert headers_of(answer, "host") == ["hue.example"]
    assert headers_of(answer, "cookie") == ["s=1"]
    assert headers_of(answer, "x-mine") == ["yes"]
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]


def test_the_gauges_of_the_exchange_stand_beside_the_doors_own_and_nowhere_else(gateway: RunningDoor) -> None:
    said = gateway.client.get("/metrics").text
    assert "dauchan_door_requests_total" in said
    assert said.endswith("dauchan_exchange_backlog_records 7\n")
    asked = {"X-Forwarded-Metrics": "exchange"}
    assert gateway.client.get("/officer/exchange/gauges.txt", headers=asked).status_code == 299


FORGED = {
    "x-forwarded-for": "1.2.3.4",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "evil.example",
    "forwarded": "for=1.2.3.4",
    "x-real-ip": "1.2.3.4",
    "script_name": "/x",
    "x_forwarded_for": "1.2.3.4",
}


def test_what_only_a_proxy_may_say_is_not_believed_from_a_client(gateway: RunningDoor) -> None:
    answer = gateway.client.get("/", headers=FORGED)
    assert headers_of(answer, "x-forwarded-for") == ["127.0.0.1"]
    assert headers_of(answer, "x-forwarded-proto") == ["http"]
    for name in ("x-forwarded-host", "forwarded", "x-real-ip", "script_name", "x_forwarded_for"):
        assert headers_of(answer, name) == []


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 10.0.0.5", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_behind_a_trusted_proxy_the_client_is_the_last_stranger(proxied: RunningDoor, chain: str, client: str) -> None:
    answer = proxied.client.get("/", headers={"x-forwarded-for": chain, "x-forwarded-proto": "https"})
    assert headers_of(answer, "x-forwarded-for") == [client]
    assert headers_of(answer, "x-forwarded-proto") == ["https"]


def test_a_proxy_that_adds_a_header_below_the_client_s_is_understood(proxied: RunningDoor) -> None:
    twice = [("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "203.0.113.9"), ("x-forwarded-proto", "http")]
    answer = proxied.client.get("/", headers=[*twice, ("x-forwarded-proto", "https")])
    assert headers_of(answer, "x-forwarded-for") == ["203.0.113.9"]
    assert headers_of(answer, "x-forwarded-proto") == ["https"]


def test_headers_of_the_connection_stay_behind(gateway: RunningDoor) -> None:
    answer = gateway.client.get(
        "/", headers={"connection": "keep-alive, x-hop", "x-hop": "1", "te": "trailers", "upgrade": "h2c"}
    )
    for name in ("x-hop", "te", "upgrade"):
        assert headers_of(answer, name) == []


def test_bodies_pass_in_pieces_both_ways(gateway: RunningDoor) -> None:
    assert gateway.client.post("/count", content=iter([PIECE] * 50)).json()["size"] == 50 * len(PIECE)
    assert gateway.client.post("/count", content=PIECE * 50).json()["size"] == 50 * len(PIECE)
    with gateway.client.stream("GET", "/long") as answer:
        assert sum(map(len, answer.iter_bytes())) == 2_000_000


def test_an_upload_that_is_too_large_is_refused_whether_it_says_its_length_or_not(gateway: RunningDoor) -> None:
    for content in (PIECE * 121, iter([PIECE] * 121)):
        answer = gateway.client.post("/count", content=content)
        assert (answer.status_code, answer.json()["reason"]["code"]) == (413, "too_large")


def test_a_head_request_has_no_body(gateway: RunningDoor) -> None:
    answer = gateway.client.head("/")
    assert (answer.status_code, answer.content) == (299, b"")


def test_a_browser_gets_a_page_in_both_languages_while_the_console_is_away(tmp_path: Path) -> None:
    environ = {"DAUCHAN_CONSOLE_SOCKET": str(tmp_path / "nobody.sock"), "DAUCHAN_HOTLINE": "02343 822 <1>"}
    with RunningDoor(NOWHERE, environ, has_database=False) as alone:
        page = alone.client.get("/", headers={"accept": "text/html,*/*"})
        assert page.status_code == 502
        assert int(page.headers["retry-after"]) >= 1
        assert "Trang tạm thời không truy cập được" in page.text
        assert "This page is unavailable for the moment" in page.text
        assert "style=" not in page.text
        assert '<a href="tel:02343 822 &lt;1&gt;">' in page.text
        problem = alone.client.get("/api/v1/venues")
        assert (problem.status_code, problem.json()["reason"]["code"]) == (502, "console_down")
        assert alone.client.get("/readyz").json()["console"] == "down"
