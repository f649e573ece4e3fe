"""luca: rate limits were skipped for 'internal' addresses taken from a header."""

import httpx
import pytest

from dauchan.door.running import RunningDoor
from dauchan.door.testing import check_in

pytestmark = pytest.mark.django_db

LIMIT = 20


def statuses(door: RunningDoor, forwarded_for: list[str]) -> list[int]:
    """What requests get that each claim to come from another address."""

    def post(claimed: str) -> httpx.Response:
        headers = door.person(1) | {"x-forwarded-for": claimed, "x-real-ip": claimed, "forwarded": f"for={claimed}"}
        return door.client.post("/api/v1/check-ins", json=check_in(door), headers=headers)

    return [post(claimed).status_code for claimed in forwarded_for]


def test_case_07_a_forged_x_forwarded_for_is_still_limited(ledger_urls: tuple[str, str]) -> None:
    claims = [f"10.0.0.{n}" for n in range(LIMIT)] + ["127.0.0.1", "::1", "192.168.0.1"] * LIMIT
    with RunningDoor(ledger_urls[1], {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": str(LIMIT)}) as door:
        found = statuses(door, claims)
    # A minute may end in the middle of the test, which gives one more allowance and never the freedom of each address.
    assert found.count(429) >= len(claims) - 2 * LIMIT


def test_case_07_behind_a_configured_proxy_each_client_has_its_own_limit(ledger_urls: tuple[str, str]) -> None:
    environ = {"DAUCHAN_DOOR_REQUESTS_A_MINUTE": str(LIMIT), "DAUCHAN_TRUSTED_PROXIES": "127.0.0.1"}
    with RunningDoor(ledger_urls[1], environ) as door:
        assert statuses(door, [f"203.0.113.{n}" for n in range(2 * LIMIT)]).count(429) == 0
        forged = [f"10.0.0.{n}, 203.0.113.200" for n in range(4 * LIMIT)]
        assert statuses(door, forged).count(429) >= 2 * LIMIT
