"""The signed code of a venue's poster: which venue, which issue of its poster, under which key.

Sealed it is 19 bytes, written as 31 characters of base32. `HTTPS://HOST/Q/CODE` then fits QR version 4 at level Q for a
host of up to 25 characters, and version 5 for one of up to 45.
"""

import re
import struct
from collections.abc import Collection
from dataclasses import dataclass

from dauchan.qr import base32, tokens
from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.signing import Keyring, Purpose, seal, unseal

MAX_VENUE_ID = 2**32 - 1
MAX_POSTER_VERSION = 2**16 - 1

_PURPOSE = Purpose(b"dauchan/venue-code\x00", payload_bytes=6, mac_bytes=12)
_LENGTH = base32.length_of(_PURPOSE.sealed_bytes)
_PAYLOAD = struct.Struct(">IH")

# Deliberately narrower than the URL standard: user names, backslashes, spaces and non-ASCII hosts are how a look-alike
# address passes itself off as ours.
_URL = re.compile(
    r"https?://(?P<host>[a-z0-9.-]+)(?P<port>:[0-9]{1,5})?(?P<path>/[^?#\s\\]*)?(?:[?#]\S*)?", re.IGNORECASE | re.ASCII
)
_PATH = re.compile(r"/q/(?P<code>[a-z0-9]+)/?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class VenueCode:
    """What a genuine poster says."""

    venue_id: int
    poster_version: int
    key_version: int


def make_venue_code(venue_id: int, poster_version: int, keyring: Keyring) -> str:
    """The 31 capitals and digits for a poster.

    Raises:
        ValueError: the id is not in 0 … 2^32-1 or the version not in 0 … 65535.
    """
    if not 0 <= venue_id <= MAX_VENUE_ID:
        raise ValueError(f"venue id {venue_id} does not fit 32 bits")
    if not 0 <= poster_version <= MAX_POSTER_VERSION:
        raise ValueError(f"poster version {poster_version} does not fit 16 bits")
    return base32.encode(seal(_PURPOSE, _PAYLOAD.pack(venue_id, poster_version), keyring))


def venue_url(code: str, base_url: str) -> str:
    """The text of a poster's QR, all capitals because a QR code stores those in less room.

    Args:
        code: From `make_venue_code`.
        base_url: Scheme and host of the installation, such as `https://quet.example.vn`, with no path: scheme and host
            ignore case and so does our route `/q/`, other paths would not.
    """
    return f"{base_url.rstrip('/').upper()}/Q/{code}"


def read_venue_code(text: str, keyring: Keyring, hosts: Collection[str] = ()) -> VenueCode:
    """The venue and poster version of a genuine code, given bare or as `https://host/q/CODE`, in any case.

    Args:
        text: What was scanned or what followed `/q/`.
        keyring: Keys that may have signed it.
        hosts: Our own host names; one with a port stands for that port only, one without for any. A URL of another
            host is refused; without hosts every URL is.

    Raises:
        CodeRefused: NOT_OURS, MALFORMED, WRONG_KIND, UNKNOWN_KEY or BAD_SIGNATURE.
    """
    stripped = text.strip()
    code = _code_in_url(stripped, hosts) if "/" in stripped or ":" in stripped else stripped
    if tokens.is_token(code):
        raise CodeRefused(CodeRefusal.WRONG_KIND)
    sealed = base32.decode(code, _PURPOSE.sealed_bytes)
    venue_id, poster_version = _PAYLOAD.unpack(unseal(_PURPOSE, sealed, keyring))
    return VenueCode(venue_id, poster_version, key_version=sealed[0])


def is_venue_code(text: str) -> bool:
    """Whether `text` has the shape of a bare venue code; says nothing of its being genuine."""
    return len(text) == _LENGTH and text.isascii() and set(text.upper()) <= set(base32.ALPHABET)


def is_venue_url(text: str) -> bool:
    """Whether `text` has the shape of a poster's URL on whatever host."""
    url = _URL.fullmatch(text.strip())
    path = _PATH.fullmatch(url["path"] or "") if url else None
    return path is not None and is_venue_code(path["code"])


def _code_in_url(text: str, hosts: Collection[str]) -> str:
    url = _URL.fullmatch(text)
    ours = {host.lower() for host in hosts}
    if url is None or ours.isdisjoint({url["host"].lower(), url["host"].lower() + (url["port"] or "")}):
        raise CodeRefused(CodeRefusal.NOT_OURS)
    path = _PATH.fullmatch(url["path"] or "")
    if path is None:
        raise CodeRefused(CodeRefusal.MALFORMED)
    return path["code"]
