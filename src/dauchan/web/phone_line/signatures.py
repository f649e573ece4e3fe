"""How a gateway proves that a request is its own. Pure: no Django, no clock.

The signature is HMAC-SHA256 over the timestamp, a full stop and the body, with the bytes of a shared secret.
"""

import hashlib
import hmac
from collections.abc import Iterable

TIMESTAMP_HEADER = "X-Dauchan-Timestamp"
SIGNATURE_HEADER = "X-Dauchan-Signature"
#: A request is good for so long before and after its timestamp: clocks differ, and a stolen request soon is worth nothing.
WINDOW_SECONDS = 300

_SCHEME = "sha256="


def signed_headers(body: bytes, secret: bytes, now: int) -> dict[str, str]:
    """The two headers that go with *body*; *now* in epoch seconds."""
    return {TIMESTAMP_HEADER: str(now), SIGNATURE_HEADER: _signature(str(now), body, secret)}


def is_signed(body: bytes, timestamp: str, signature: str, secrets: Iterable[bytes], now: int) -> bool:
    """Whether one of *secrets* signed *body* within the window. Takes equally long whatever is wrong with the signature."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= len(str(2**63))):
        return False
    shown = signature.encode(errors="replace")
    # All secrets are tried, so that the time tells nothing of which one it was.
    matches = [hmac.compare_digest(shown, _signature(timestamp, body, secret).encode()) for secret in secrets]
    return any(matches) and abs(now - int(timestamp)) <= WINDOW_SECONDS


def _signature(timestamp: str, body: bytes, secret: bytes) -> str:
    return _SCHEME + hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
