"""What a request proves: whose token it bears, and which venue a code names. Verified once, then remembered for a while."""

import hmac
import struct
from collections.abc import Callable
from functools import lru_cache

from dauchan.door.config import Config
from dauchan.door.errors import Refused
from dauchan.door.reasons import Reason
from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import PersonToken, open_person_token
from dauchan.qr.venue_code import read_venue_code

REMEMBERED = 100_000

_BEARER = "bearer "
_REASONS = {
    CodeRefusal.BAD_SIGNATURE: Reason.FORGED,
    CodeRefusal.UNKNOWN_KEY: Reason.OUTDATED,
}


class Credentials:
    """Verifies tokens and codes with the installation's keys.

    Attributes:
        venue: venue id and poster version of a code, or noughts and the reason why it is refused.
    """

    def __init__(self, config: Config) -> None:
        self._venue_keys = config.venue_keys
        self._hosts = config.hosts
        self._person = _remembering_people(config.person_keys)
        self.venue = lru_cache(REMEMBERED)(self._read_venue)

    def person(self, authorization: bytes, now: float) -> PersonToken:
        """The person of an Authorization header, and the phone.

        Raises:
            Refused: UNAUTHORIZED or TOKEN_EXPIRED.
        """
        try:
            token = self._person(authorization)
        except CodeRefused as refused:
            raise Refused(Reason.UNAUTHORIZED, headers=_CHALLENGE) from refused
        if now >= token.expires_at:
            raise Refused(Reason.TOKEN_EXPIRED, headers=_CHALLENGE)
        return token

    def code_hash(self, text: str) -> int:
        """A number that tells whether two strange codes are the same, and nothing else of them."""
        key = self._venue_keys.keys[self._venue_keys.current]
        digest = hmac.digest(key, b"dauchan/strange-code\x00" + text.encode(errors="replace"), "sha256")
        return int(struct.unpack(">q", digest[:8])[0])

    def _read_venue(self, code: str) -> tuple[int, int, Reason | None]:
        try:
            found = read_venue_code(code, self._venue_keys, self._hosts)
        except CodeRefused as refused:
            return 0, 0, _REASONS.get(refused.reason, Reason.FOREIGN)
        # A poster counts to 65,535, a smallint to half of that; no venue has had so many.
        return found.venue_id, min(found.poster_version, 32_767), None


_CHALLENGE = ((b"www-authenticate", b'Bearer realm="dauchan"'),)


def _remembering_people(keys: Keyring) -> Callable[[bytes], PersonToken]:
    @lru_cache(REMEMBERED)
    def person(authorization: bytes) -> PersonToken:
        said = authorization.decode("latin-1")
        if said[: len(_BEARER)].lower() != _BEARER:
            raise CodeRefused(CodeRefusal.MALFORMED)
        return open_person_token(said[len(_BEARER) :].strip(), keys)

    return person
