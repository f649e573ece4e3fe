"""What the load generator sends, made beforehand: every request with an identifier of its own and a time of the present."""

import base64
import json
import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import make_person_token
from dauchan.qr.venue_code import make_venue_code

PEOPLE = 20_000
VENUES = 5_000


def requests_of(plan: dict[str, object]) -> list[bytes]:
    """The requests of a plan: `count` of the kind that it names."""
    return _KINDS[str(plan["kind"])](plan)


def _check_ins(plan: dict[str, object]) -> list[bytes]:
    """Check-ins of invented people at invented venues, in lists of `batch` where that is more than one."""
    keys = Keyring(1, {1: base64.b64decode(str(plan["key"]))})
    expires, count, batch = int(time.time()) + 86_400, int(str(plan["count"])), int(str(plan["batch"]))
    first = 2**41 + random.randrange(2**40)  # noqa: S311 new people every time, so that no limit of a minute is met
    people = [make_person_token(first + n, expires, keys) for n in range(min(PEOPLE, count))]
    codes = [make_venue_code(n + 1, 1, keys) for n in range(VENUES)]
    order = random.sample(range(len(people)), len(people))  # invented load
    return [
        _post("/api/v1/check-ins", f"Bearer {people[order[n % len(order)]]}", _body(codes, batch)) for n in range(count)
    ]


def _body(codes: list[str], batch: int) -> str:
    items = ",".join(_item(random.choice(codes)) for _ in range(batch))  # noqa: S311 invented load
    return items if batch == 1 else f"[{items}]"


def _item(code: str) -> str:
    now, chance = time.time(), os.urandom(10).hex()
    head = f"{int(now * 1000):012x}"
    name = f"{head[:8]}-{head[8:]}-7{chance[:3]}-a{chance[3:6]}-{chance[6:18]}"
    return f'{{"check_in_id":"{name}","venue_code":"{code}","entered_at":"{datetime.fromtimestamp(now, UTC).isoformat()}"}}'


def _redeems(plan: dict[str, object]) -> list[bytes]:
    """Redemptions at pretix, one for each secret of a sold ticket."""
    secrets = json.loads(str(plan["secrets"]))
    body = '{{"secret":"{0}","source_type":"barcode","lists":[{1}],"force":false,"ignore_unpaid":false,"nonce":"{0}"}}'
    return [
        _post(str(plan["path"]), str(plan["authorization"]), body.format(secret, plan["list"])) for secret in secrets
    ]


def _post(path: str, authorization: str, body: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nauthorization: {authorization}"
    )
    return f"{head}\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()


_KINDS: dict[str, Callable[[dict[str, object]], list[bytes]]] = {"check-ins": _check_ins, "redeems": _redeems}
