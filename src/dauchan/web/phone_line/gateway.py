"""The other side of the line: what a telephone company's gateway does. For the simulator and for `dauchan phone-line`.

No Django is loaded here.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from dauchan.web.phone_line.signatures import signed_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

PATHS = {"text": "/api/v1/phone-line/messages", "call": "/api/v1/phone-line/calls"}
PATIENCE_SECONDS = 10


def post_signed(client: httpx.Client, address: str, said: Mapping[str, str], secret: bytes) -> httpx.Response:
    """Post *said* as signed JSON.

    Raises: httpx.HTTPError, where nobody answers.
    """
    body = json.dumps(said, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", **signed_headers(body, secret, int(time.time()))}
    return client.post(address, content=body, headers=headers)
