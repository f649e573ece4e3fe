"""What the load generator sends, made beforehand: every request with an identifier of its own and a time of the present."""

import base64
import json
import os
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import islice

from province_day import chosen_venues, person_of

from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import make_person_token
from dauchan.qr.venue_code import make_venue_code

VENUES, PEOPLE = 20_000, 20_000


def requests_of(plan: dict[str, object]) -> list[bytes]:
    """The requests of a plan: `count` of the kind that it names."""
    return _KINDS[str(plan["kind"])](plan)


def _check_ins(plan: dict[str, object]) -> list[bytes]:
    """Check-ins of invented people at invented venues, in lists of `batch` where that is more than one."""
    keys = Keyring(1, {1: base64.b64decode(str(plan["key"]))})
    expires, count, batch = int(time.time()) + 86_400, int(str(plan["count"])), int(str(plan["batch"]))
    # A token for each request, up to 20,000; another run has other people, so that no limit of a minute is met.
    run, people = int(str(plan["run"])), min(PEOPLE, count)
    tokens = [make_person_token(person_of(run, n), expires, keys) for n in range(people)]
    codes = [make_venue_code(n + 1, 1, keys) for n in range(VENUES)]
    chosen = iter(chosen_venues(count * batch).tolist())
    return [
        _post("/api/v1/check-ins", f"Bearer {tokens[n % people]}", _body(codes, islice(chosen, batch)))
        for n in range(count)
    ]


def _body(codes: list[str], venues: Iterable[int]) -> str:
    items = [_item(codes[venue - 1]) for venue in venues]
    return items[0] if len(items) == 1 else f"[{','.join(items)}]"


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
