"""The receiving end by itself: numbers, signatures, the chain, other versions, records it cannot take."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from dauchan.exchange.contract.manifest import GENESIS, Manifest, sha256, signed, to_header, written
from dauchan.exchange.receiving.retention import purge
from tests.exchange.national.conftest import Ends
from tests.exchange.national.test_link import agreement_seed


def visit(number: int, **more: object) -> dict[str, Any]:
    return {
        "visit_id": str(UUID(int=number)),
        "revision": 1,
        "venue_id": 5,
        "entered_at": "2021-08-20T05:00:00Z",
    } | more


@dataclass
class Sender:
    """Somebody who speaks the interface without our program."""

    client: httpx.Client
    token: str

    def batch(
        self, number: int, lines: list[Any], previous: str = GENESIS, **more: object
    ) -> tuple[httpx.Response, str]:
        """The answer and the batch's digest."""
        body = "".join(json.dumps(line) + "\n" for line in lines).encode()
        payload = more.pop("payload", body)
        facts = {
            "source": "hue", "stream": "visits", "number": number, "kind": "visits", "schema": 2, "encoding": "jsonl",
            "compression": "none", "count": len(lines), "first": "", "last": "", "payload": sha256(body),
            "bytes": len(body), "previous": previous, "cut_at": 1_700_000_000_000_000 + number,
        } | more  # fmt: skip
        raw = written(Manifest(**facts))  # type: ignore[arg-type]
        answer = self.client.put(
            f"/v1/streams/visits/batches/{number}",
            content=payload,  # type: ignore[arg-type]
            headers=self._headers() | {"X-Manifest": to_header(raw), "X-Signature": signed(raw, 1, agreement_seed())},
        )
        return answer, sha256(raw)

    def ask(self, path: str, **more: object) -> httpx.Response:
        method = "POST" if "json" in more else "GET"
        return self.client.request(method, path, headers=self._headers(), **more)  # type: ignore[arg-type]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
def sender(ends: Ends) -> Iterator[Sender]:
    with httpx.Client(base_url=ends.receiver.url, timeout=30, trust_env=False) as client:
        auth = ("hue", (ends.folder / "secret").read_text(encoding="utf-8"))
        said = client.post("/v1/token", data={"grant_type": "client_credentials"}, auth=auth)
        assert said.status_code == 200
        yield Sender(client, said.json()["access_token"])


def test_batches_twice_and_out_of_order_come_to_the_same(ends: Ends, sender: Sender) -> None:
    _, one = sender.batch(1, [visit(1), visit(2)])
    made: dict[int, tuple[list[Any], str]] = {
        2: ([visit(3), visit(1, revision=2, left_at="2021-08-20T06:00:00Z")], one)
    }
    # The second's digest is needed for the third, so it is signed before it is sent.
    lines, previous = made[2]
    body = "".join(json.dumps(line) + "\n" for line in lines).encode()
    second = Manifest(
        "hue",
        "visits",
        2,
        "visits",
        2,
        "jsonl",
        "none",
        2,
        "",
        "",
        sha256(body),
        len(body),
        previous,
        1_700_000_000_000_002,
    )
    third, _ = sender.batch(3, [visit(1), visit(4)], sha256(written(second)))
    assert (third.status_code, third.json()["last"]) == (201, 1)
    assert sender.ask("/v1/streams/visits").json()["ahead"] == [3]
    answer, _ = sender.batch(2, *made[2])
    assert (answer.status_code, answer.json()["last"], answer.json()["taken"]) == (201, 3, 2)
    again, _ = sender.batch(2, *made[2])
    assert (again.status_code, again.json()["taken"]) == (200, 2)
    assert ends.count() == 4
    assert ends.there("SELECT revision FROM national.visits WHERE visit_id = %s", UUID(int=1)) == [(2,)]


def test_what_does_not_fit_is_refused_with_its_reason(sender: Sender, ends: Ends) -> None:
    def refused(answer: tuple[httpx.Response, str]) -> tuple[int, str]:
        assert answer[0].headers["content-type"] == "application/problem+json"
        return answer[0].status_code, answer[0].json()["code"]

    _, one = sender.batch(1, [visit(1)])
    assert refused(sender.batch(1, [visit(2)])) == (409, "other_batch_under_this_number")
    assert refused(sender.batch(2, [visit(2)], GENESIS)) == (409, "chain_broken")
    assert refused(sender.batch(99, [visit(2)], one)) == (429, "too_far_ahead")
    assert refused(sender.batch(2, [visit(2)], one, count=3)) == (422, "not_as_manifest")
    assert refused(sender.batch(2, [visit(2)], one, payload=b"{}")) == (422, "not_as_manifest")
    assert refused(sender.batch(2, [visit(2)], one, source="dana")) == (422, "not_as_manifest")
    assert refused(sender.batch(2, [visit(2)], one, schema=9)) == (422, "schema_unknown")
    assert refused(sender.batch(2, [visit(2)], one, kind="people")) == (422, "not_as_manifest")
    assert refused(sender.batch(2, [visit(2)], one, count=300_000)) == (413, "too_large")
    assert refused(sender.batch(2, [visit(2)], one, encoding="csv")) == (422, "not_as_manifest")
    raw = base64.urlsafe_b64encode(b"{}").decode()
    headers = {"Authorization": f"Bearer {sender.token}", "X-Manifest": raw, "X-Signature": "1:AAAA"}
    forged = sender.client.put("/v1/streams/visits/batches/2", content=b"", headers=headers)
    assert refused((forged, "")) == (403, "signature_refused")
    assert ends.count() == 1


def test_the_version_before_is_taken_and_fields_of_the_next_are_kept_aside(ends: Ends, sender: Sender) -> None:
    _, one = sender.batch(1, [visit(1)], schema=1)
    answer, _ = sender.batch(2, [visit(2, party=3, mood="good")], one)
    assert answer.json()["taken"] == 1
    rows = ends.there("SELECT party, more FROM national.visits ORDER BY visit_id")
    assert rows == [(None, None), (3, {"mood": "good"})]
    day = {"start": "2021-08-20T00:00:00Z", "end": "2021-08-21T00:00:00Z"}
    both = [sender.ask("/v1/reconciliation/visits", json={"schema": n, "by": "venues"} | day).json() for n in (1, 2)]
    assert [each["rows"][0][:2] for each in both] == [["5", 2], ["5", 2]]
    assert both[0] != both[1]


def test_bad_records_are_set_aside_and_taken_when_they_are_mended(ends: Ends, sender: Sender) -> None:
    bad = [
        visit(2, entered_at="1999-01-01T00:00:00Z"),
        visit(3, left_at="2021-08-20T04:00:00Z"),
        visit(4) | {"venue_id": None},
    ]
    answer, one = sender.batch(1, [visit(1), *bad, "garbage"])
    said = answer.json()
    assert (said["taken"], len(said["set_aside"]), ends.count()) == (1, 4, 1)
    assert ends.there("SELECT count(*) FROM national.set_aside WHERE settled_at IS NULL") == [(4,)]
    sender.batch(2, [visit(2)], one)
    assert ends.there("SELECT count(*) FROM national.set_aside WHERE settled_at IS NULL") == [(3,)]


def test_only_known_clients_with_a_living_token_are_answered(ends: Ends, sender: Sender) -> None:
    client = sender.client
    grant = {"grant_type": "client_credentials"}
    assert client.post("/v1/token", data=grant, auth=("hue", "wrong")).status_code == 401
    assert client.post("/v1/token", data=grant | {"client_id": "nobody", "client_secret": "x"}).status_code == 401
    assert client.get("/v1/streams/visits").json()["code"] == "unauthorized"
    assert client.get("/v1/streams/visits", headers={"Authorization": "Bearer x"}).status_code == 401
    for path in ("/", "/v1/streams/..%2f", "/v1/nothing"):
        assert sender.ask(path).json()["code"] == "not_found"
    assert client.delete("/v1/token").json()["code"] == "method_not_allowed"
    assert sender.ask("/v1/reconciliation/visits", json={"by": "people"}).json()["code"] == "malformed"
    assert sender.ask("/v1/reconciliation/people", json={"schema": 2, "by": "units"}).json()["code"] == "not_found"
    assert ends.there("SELECT count(*) FROM national.token WHERE length(hash) = 32")[0][0] != 0


def test_what_is_past_its_time_goes(ends: Ends, sender: Sender) -> None:
    recent = (dt.datetime.now(dt.UTC) - dt.timedelta(days=2)).isoformat()
    sender.batch(1, [visit(1), visit(2, entered_at=recent)])
    assert purge(ends.centre, 60) == 1
    assert ends.count() == 1


def test_the_document_names_every_address_and_field(sender: Sender) -> None:
    said = sender.client.get("/openapi.json").json()
    assert said["openapi"] == "3.1.0"
    assert set(said["paths"]) == {
        "/v1/", "/v1/token", "/v1/streams/{stream}", "/v1/streams/{stream}/batches/{number}", "/v1/reconciliation/{kind}",
    }  # fmt: skip
    assert "visit_id" in said["components"]["schemas"]["visits"]["required"]
