"""`dauchan phone-line` as an operator uses it against a gateway's endpoint."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from click.testing import CliRunner

from dauchan.project.commands import main
from dauchan.web.phone_line.signatures import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_signed
from tests.phone_line.conftest import NEXT_SECRET, SECRET

WRITTEN = ",".join(f"{n}:{base64.urlsafe_b64encode(key).decode()}" for n, key in ((1, SECRET), (2, NEXT_SECRET)))


class Line:
    """An installation that checks signatures and says one thing."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, Any]]] = []
        got = self.got

        class Post(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stamp, signature = self.headers[TIMESTAMP_HEADER], self.headers[SIGNATURE_HEADER]
                good = is_signed(body, stamp, signature, [NEXT_SECRET], int(time.time()))
                got.append((self.path, json.loads(body)))
                reply = {"text": "Đã ghi", "plain": "Da ghi"}
                said = {"outcome": "recorded", "reply": reply, "next": "hang_up"}
                wrong = {"status": 401, "reason": "bad_signature", "title": "No valid signature"}
                self.send_response(200 if good else 401)
                self.send_header("Content-Type", "application/json" if good else "application/problem+json")
                self.end_headers()
                self.wfile.write(json.dumps(said if good else wrong).encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Post)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def run(*words: str, secrets: str = WRITTEN) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["phone-line", *words], env={"DAUCHAN_PHONE_LINE_SECRETS": secrets})
    return done.exit_code, done.output


def test_a_text_and_a_call_are_signed_with_the_newest_secret(line: Line) -> None:
    assert run("text", "0905123456", "VAO K7M3-2QXD", "--to", line.url) == (0, "recorded: Đã ghi\n")
    assert run("call", "0905123456", "12345678#", "--to", f"{line.url}/", "--message-id", "again")[0] == 0
    (path, text), (other, call) = line.got
    assert (path, text["from"], text["text"]) == ("/api/v1/phone-line/messages", "0905123456", "VAO K7M3-2QXD")
    assert (other, call["keys"], call["message_id"]) == ("/api/v1/phone-line/calls", "12345678#", "again")


def test_the_whole_answer_is_there_for_programs(line: Line) -> None:
    status, said = run("call", "0905123456", "--json", "--to", line.url)
    assert (status, json.loads(said)["reply"]["plain"]) == (0, "Da ghi")


def test_a_refusal_and_a_silence_are_told(line: Line) -> None:
    wrong = base64.urlsafe_b64encode(SECRET).decode()
    status, said = run("text", "0905123456", "RA", "--to", line.url, "--secret", wrong)
    assert (status, said) == (1, "401 bad_signature: No valid signature\n")
    status, said = run("text", "0905123456", "RA", "--to", "http://127.0.0.1:9")
    assert status == 1
    assert "không trả lời" in said
    assert run("text", "0905123456")[0] == 2


@pytest.mark.parametrize("words", [("--help",), ("text", "--help"), ("call", "--help")])
def test_help_has_an_example(words: tuple[str, ...]) -> None:
    status, said = run(*words)
    assert status == 0
    assert "Example: dauchan phone-line text" in said
