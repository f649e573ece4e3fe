"""IRIS: floods, and a block-list that refused real names beginning with '-'."""

from collections.abc import Iterator

import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import Ledger, check_in

pytestmark = pytest.mark.django_db

PATH = "/api/v1/check-ins"
MEGABYTE = b" " * 1_000_000


def hundred_megabytes() -> Iterator[bytes]:
    yield from [MEGABYTE] * 100


@pytest.mark.parametrize("path", [PATH, "/api/v1/check-outs", "/api/v1/scan-attempts"])
def test_case_23_a_hundred_megabytes_are_refused(door: RunningDoor, path: str) -> None:
    headers = door.person(door.someone) | {"content-type": "application/json"}
    assert door.client.post(path, content=hundred_megabytes(), headers=headers).status_code == 413
    declared = headers | {"content-length": str(100 * len(MEGABYTE))}
    assert door.client.post(path, content=hundred_megabytes(), headers=declared).status_code == 413


def test_case_23_ten_thousand_rows_in_one_request_are_refused(door: RunningDoor, ledger: Ledger) -> None:
    body = b"[" + b",".join([b"{}"] * 10_000) + b"]"
    headers = door.person(door.someone) | {"content-type": "application/json"}
    assert door.client.post(PATH, content=body, headers=headers).status_code == 413
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (0,)


def test_case_23_after_a_flood_the_door_still_takes_a_scan(door: RunningDoor, ledger: Ledger) -> None:
    headers = door.person(door.someone)
    for _ in range(5):
        door.client.post(PATH, content=hundred_megabytes(), headers=headers | {"content-type": "application/json"})
    assert door.client.post(PATH, json=check_in(door), headers=headers).status_code == 201
    assert ledger.execute("SELECT count(*) FROM check_in").fetchone() == (1,)
