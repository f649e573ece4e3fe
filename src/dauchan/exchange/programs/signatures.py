"""How the receiver of an event knows that it is ours and new: the signature of Standard Webhooks. Pure.

Source: Standard Webhooks 1.0.0, symmetric signatures: HMAC-SHA256 over identifier, full stop, epoch seconds, full stop, body.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

MARK = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    return MARK + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(event_id: str, body: bytes, secret_texts: Iterable[str], now: int) -> dict[str, str]:
    """Headers that go with *body*, with a signature for each secret; *now* in epoch seconds."""
    said = f"{event_id}.{now}.".encode() + body
    signatures = [
        "v1," + base64.b64encode(hmac.digest(base64.b64decode(text.removeprefix(MARK)), said, hashlib.sha256)).decode()
        for text in secret_texts
    ]
    return {"webhook-id": event_id, "webhook-timestamp": str(now), "webhook-signature": " ".join(signatures)}
