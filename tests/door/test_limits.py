"""What the door does not take, and how it says so."""

import ipaddress
import json
import re
from collections.abc import Iterator

import httpx
import pytest

from dauchan.door.config import Config
from dauchan.door.gate_keys import GateKeys
from dauchan.door.gate_kit import GateKit
from dauchan.door.metrics_access import may_read_metrics
from dauchan.door.reasons import Reason
from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in
from dauchan.qr.signing import Keyring

pytestmark = pytest.mark.django_db

PATH = "/api/v1/check-ins"
MEGABYTE = 1_000_000


def post(door: RunningDoor, content: bytes | Iterator[bytes], content_type: str = "application/json") -> httpx.Response:
    headers = door.person(door.someone) | {"content-type": content_type}
    return door.client.post(PATH, content=content, headers=headers)


def reason(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert said["reason"]["vi"]
    assert said["reason"]["en"] == said["title"]
    return str(said["reason"]["code"])


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[", b"[{]", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000, b"nonsense"],
    ids=["empty", "open object", "open list", "crossed", "no UTF-8", "deep list", "deep object", "word"],
)
def test_what_is_no_json_is_called_so(door: RunningDoor, body: bytes) -> None:
    answer = post(door, body)
    assert (answer.status_code, reason(answer)) == (400, "not_json")


@pytest.mark.parametrize("body", [b"null", b"3", b'"text"', b"{}", b'{"check_in_id": 7}'])
def test_json_of_another_shape_is_malformed_and_the_answer_says_where(door: RunningDoor, body: bytes) -> None:
    answer = post(door, body)
    assert (answer.status_code, reason(answer)) == (422, "malformed")
    assert answer.json()["detail"]


def test_an_empty_list_is_refused(door: RunningDoor) -> None:
    assert reason(post(door, b" \n[]")) == "empty"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
def test_another_content_type_is_refused(door: RunningDoor, content_type: str) -> None:
    answer = post(door, b"{}", content_type)
    assert (answer.status_code, reason(answer)) == (415, "wrong_type")


def test_a_compressed_body_is_refused(door: RunningDoor) -> None:
    headers = door.person(door.someone) | {"content-type": "application/json", "content-encoding": "gzip"}
    assert door.client.post(PATH, content=b"x", headers=headers).status_code == 415


def test_a_body_of_more_than_a_megabyte_is_refused_whether_it_says_its_length_or_not(door: RunningDoor) -> None:
    for content in (b" " * (MEGABYTE + 1), iter([b" " * 100_000] * 11)):
        answer = post(door, content)
        assert (answer.status_code, reason(answer)) == (413, "too_large")


def test_five_hundred_items_are_taken_and_one_more_is_not(door: RunningDoor, ledger: Ledger) -> None:
    items = [check_in(door) for _ in range(501)]
    answer = post(door, json.dumps(items).encode())
    assert (answer.status_code, reason(answer)) == (413, "too_many_items")
    assert len(post(door, json.dumps(items[:500]).encode()).json()["items"]) == 500
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (500,)


def test_other_methods_are_told_which_one_to_use(door: RunningDoor) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = door.client.request(method, PATH)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("said", ["yesterday", "2026-01-01T00:00:00", '"', "1700000000"])
def test_a_device_time_that_is_none_is_refused(door: RunningDoor, said: str) -> None:
    headers = door.person(door.someone) | {"x-device-time": said}
    answer = door.client.post(PATH, json=check_in(door), headers=headers)
    assert (answer.status_code, reason(answer)) == (400, "bad_device_time")


def test_one_person_can_not_fill_the_ledger(door: RunningDoor) -> None:
    answers = [post(door, json.dumps([check_in(door)] * 500).encode()) for _ in range(8)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert reason(refused[0]) == "too_many_requests"
    assert 1 <= int(refused[0].headers["retry-after"]) <= 60


def test_a_full_queue_turns_away_and_says_when_to_come_again(ledger_urls: tuple[str, str], ledger: Ledger) -> None:
    with RunningDoor(ledger_urls[1], {"DAUCHAN_DOOR_QUEUE": "100"}) as small:
        answer = post(small, json.dumps([check_in(small) for _ in range(101)]).encode())
        assert (answer.status_code, reason(answer)) == (503, "busy")
        assert int(answer.headers["retry-after"]) >= 1
        assert len(post(small, json.dumps([check_in(small) for _ in range(100)]).encode()).json()["items"]) == 100
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (100,)


def test_every_reason_has_words_and_a_status() -> None:
    for each in Reason:
        assert 400 <= each.said.status < 600
        assert each.said.vi
        assert each.said.en
        assert each.said.vi != each.said.en


def test_health_and_metrics(door: RunningDoor) -> None:
    assert door.client.get("/healthz").text == "ok\n"
    assert door.client.get("/readyz").json() == {"database": "ok", "disk": "ok", "console": "ok"}
    before = door.client.get("/metrics").text
    post(door, json.dumps(check_in(door)).encode())
    after = door.client.get("/metrics").text
    assert recorded(after) == recorded(before) + 1
    assert float(re.search(r"^dauchan_door_commit_seconds_total (\S+)$", after, re.MULTILINE)[1]) > 0  # type: ignore[index]  # fails if it is not there
    assert "dauchan_door_waiting 0" in after


@pytest.fixture(scope="module")
def guarded() -> Iterator[RunningDoor]:
    """A door without a database, whose counters have a token."""
    nowhere = "postgresql://nobody@127.0.0.1:9/none?connect_timeout=1"
    with RunningDoor(nowhere, {"DAUCHAN_METRICS_TOKEN": "a-long-token"}, has_database=False) as door:
        yield door


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"x-forwarded-for": "203.0.113.9"}, 403),
        ({"forwarded": "for=127.0.0.1"}, 403),
        ({"x-forwarded-for": "203.0.113.9", "authorization": "Bearer a-long-token"}, 200),
        ({"x-forwarded-for": "203.0.113.9", "authorization": "Bearer another"}, 403),
    ],
)
def test_metrics_are_for_this_machine_or_a_token(guarded: RunningDoor, headers: dict[str, str], status: int) -> None:
    answer = guarded.client.get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("dauchan_door_waiting" in answer.text) == (status == 200)


def scope_from(address: str) -> dict[str, object]:
    return {"client": (address, 5), "headers": []}


def test_metrics_are_not_for_other_machines() -> None:
    keys = Keyring(1, {1: b"k" * 32})
    proxies = (ipaddress.ip_network("10.0.0.0/8"),)
    config = Config("", "", keys, keys, GateKeys.read(GateKit(keys).environ), frozenset(), proxies, 1, 1)
    found = {address: may_read_metrics(scope_from(address), config) for address in ("::1", "10.2.0.1", "203.0.113.9")}
    assert found == {"::1": True, "10.2.0.1": True, "203.0.113.9": False}


def test_the_doors_own_answers_are_never_guessed_at(door: RunningDoor) -> None:
    for path in ("/healthz", "/readyz", "/metrics", "/api/v1/openapi.json", PATH, "/nowhere"):
        assert door.client.get(path).headers["x-content-type-options"] == "nosniff", path


def recorded(page: str) -> float:
    name = 'dauchan_door_scans_total{outcome="recorded"} '
    return next((float(line.removeprefix(name)) for line in page.splitlines() if line.startswith(name)), 0.0)
