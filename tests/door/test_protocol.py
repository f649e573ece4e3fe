"""The edges of HTTP/1.1, with bare sockets: what a hand-written client, a proxy or an attacker may send."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in

pytestmark = pytest.mark.django_db

HEALTH = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"


@contextmanager
def line_to(door: RunningDoor) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", door.port), timeout=10) as line:
        yield line


def heard(line: socket.socket) -> bytes:
    """All that comes until the door hangs up."""
    parts = []
    try:
        while part := line.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def answers(line: socket.socket, count: int) -> list[tuple[int, bytes]]:
    """The next answers with their bodies."""
    found: list[tuple[int, bytes]] = []
    buffer = b""
    while len(found) < count:
        head, end, rest = buffer.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        size = int(length[1]) if length else 0
        if end and len(rest) >= size:
            found.append((int(head[9:12]), rest[:size]))
            buffer = rest[size:]
            continue
        part = line.recv(65_536)
        assert part, buffer
        buffer += part
    assert buffer == b""
    return found


def post(door: RunningDoor, item: object, extra: bytes = b"") -> bytes:
    body = json.dumps(item).encode()
    token = door.person(door.someone)["authorization"].encode()
    head = b"POST /api/v1/check-ins HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: " + token
    return head + b"\r\n" + extra + b"content-length: %d\r\n\r\n" % len(body) + body


def stored(ledger: Ledger) -> int:
    (count,) = ledger.execute("SELECT count(*) FROM check_in").fetchone() or (0,)
    return int(count)


def test_a_request_may_come_byte_by_byte(door: RunningDoor, ledger: Ledger) -> None:
    with line_to(door) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in post(door, check_in(door)):
            line.sendall(bytes([byte]))
        assert answers(line, 1)[0][0] == 201
    assert stored(ledger) == 1


def test_requests_that_are_sent_ahead_are_answered_in_order(door: RunningDoor, ledger: Ledger) -> None:
    items = [check_in(door) for _ in range(20)]
    sent = b"".join(post(door, item) + HEALTH for item in items) + post(door, items[0])
    with line_to(door) as line:
        line.sendall(sent)
        said = answers(line, 41)
    assert [status for status, _ in said] == [201, 200] * 20 + [200]
    assert [json.loads(body)["check_in_id"] for _, body in said[::2]] == [
        item["check_in_id"] for item in [*items, items[0]]
    ]
    assert all(body == b"ok\n" for _, body in said[1::2])
    assert stored(ledger) == 20


def test_thousands_sent_ahead_that_are_refused_at_once_are_all_answered(door: RunningDoor) -> None:
    refused = b"POST /api/v1/check-ins HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n"
    with line_to(door) as line:
        sender = threading.Thread(target=line.sendall, args=(refused * 3_000,))
        sender.start()
        said = answers(line, 3_000)
        sender.join()
    assert {status for status, _ in said} == {415}


def test_a_body_in_chunks_is_read(door: RunningDoor, ledger: Ledger) -> None:
    whole = post(door, check_in(door))
    head, _, body = whole.partition(b"\r\n\r\n")
    head = re.sub(rb"content-length: \d+", b"transfer-encoding: chunked", head)
    chunks = b"".join(b"%x;odd=1\r\n%b\r\n" % (len(part), part) for part in (body[:7], body[7:50], body[50:]))
    with line_to(door) as line:
        line.sendall(head + b"\r\n\r\n" + chunks + b"0\r\nx-trailer: 1\r\n\r\n" + HEALTH)
        assert [status for status, _ in answers(line, 2)] == [201, 200]
    assert stored(ledger) == 1


def test_who_asks_first_is_told_to_go_on(door: RunningDoor, ledger: Ledger) -> None:
    head, end, body = post(door, check_in(door), b"expect: 100-continue\r\n").partition(b"\r\n\r\n")
    with line_to(door) as line:
        line.sendall(head + end)
        assert line.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(body)
        assert answers(line, 1)[0][0] == 201
    assert stored(ledger) == 1


def test_an_oversized_body_is_refused_before_it_is_sent(door: RunningDoor) -> None:
    with line_to(door) as line:
        line.sendall(post(door, [], b"expect: 100-continue\r\n").replace(b"length: 2", b"length: 2000000"))
        said = heard(line)
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in said


def test_a_refusal_in_the_midst_of_a_body_is_seen_although_the_client_sends_on(door: RunningDoor) -> None:
    with line_to(door) as line:
        line.sendall(post(door, []).replace(b"length: 2", b"length: 5000000") + b" " * 300_000)
        time.sleep(0.2)
        line.sendall(b" " * 300_000)
        assert heard(line).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "sent",
    [
        b"NONSENSE\r\n\r\n",
        b"GET http://x/ HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\n folded: y\r\n\r\n",
        b"POST /api/v1/check-ins HTTP/1.1\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/v1/check-ins HTTP/1.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nxxxxxx",
        b"POST /api/v1/check-ins HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        b"POST /api/v1/check-ins HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/3.7\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_clean_http_is_refused_and_ends_the_connection(door: RunningDoor, sent: bytes) -> None:
    with line_to(door) as line:
        line.sendall(sent + HEALTH)
        said = heard(line)
    assert said.startswith(b"HTTP/1.1 400 ")
    assert said.count(b"HTTP/1.1 ") == 1


def test_endless_headers_are_refused(door: RunningDoor) -> None:
    with line_to(door) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        for _ in range(100):
            line.sendall(b"x-more: " + b"y" * 1_000 + b"\r\n")
        assert heard(line).startswith(b"HTTP/1.1 431 ")


def test_a_head_request_gets_the_length_and_no_body(door: RunningDoor) -> None:
    with line_to(door) as line:
        line.sendall(HEALTH.replace(b"GET", b"HEAD") + HEALTH.replace(b"host", b"connection: close\r\nhost"))
        said = heard(line)
    first, second = said.split(b"HTTP/1.1 ")[1:]
    assert first.endswith(b"\r\n\r\n")
    assert b"content-length: 3" in first
    assert second.endswith(b"\r\n\r\nok\n")


@pytest.mark.parametrize("wish", [b"HTTP/1.1\r\nconnection: close", b"HTTP/1.0"])
def test_who_wants_one_answer_gets_one_and_the_end(door: RunningDoor, wish: bytes) -> None:
    with line_to(door) as line:
        line.sendall(b"GET /healthz " + wish + b"\r\nhost: x\r\n\r\n")
        said = heard(line)
    assert said.endswith(b"ok\n")
    assert b"connection: close" in said


def test_an_upgrade_is_not_taken_up_but_answered(door: RunningDoor, ledger: Ledger) -> None:
    with line_to(door) as line:
        line.sendall(post(door, check_in(door), b"connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\n"))
        assert answers(line, 1)[0][0] == 201
        line.sendall(HEALTH)
        assert answers(line, 1) == [(200, b"ok\n")]
    assert stored(ledger) == 1


def test_who_closes_the_sending_half_still_gets_the_answer(door: RunningDoor, ledger: Ledger) -> None:
    with line_to(door) as line:
        line.sendall(post(door, check_in(door)))
        line.shutdown(socket.SHUT_WR)
        assert heard(line).startswith(b"HTTP/1.1 201 ")
    assert stored(ledger) == 1


def test_another_spelling_of_the_path_is_the_same_path(door: RunningDoor, ledger: Ledger) -> None:
    with line_to(door) as line:
        line.sendall(post(door, check_in(door)).replace(b"check-ins", b"check%2Dins?source=x", 1))
        assert answers(line, 1)[0][0] == 201
    assert stored(ledger) == 1


def test_what_was_taken_in_is_answered_before_the_door_stops(ledger_urls: tuple[str, str], ledger: Ledger) -> None:
    with RunningDoor(ledger_urls[1]) as other, line_to(other) as line, line_to(other) as idle:
        with psycopg.connect(ledger_urls[0]) as busy:
            busy.execute("LOCK TABLE check_in IN ACCESS EXCLUSIVE MODE")
            line.sendall(post(other, check_in(other)))
            time.sleep(0.3)
            stopping = threading.Thread(target=other.stop)
            stopping.start()
            assert heard(idle) == b""
        said = heard(line)
        stopping.join()
    assert said.startswith(b"HTTP/1.1 201 ")
    assert b"connection: close" in said
    assert stored(ledger) == 1
