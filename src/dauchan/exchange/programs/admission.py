"""Who asks: the token is looked up, counted and marked as used in one statement, whatever it is then answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, F, Value, When
from django.utils import timezone

from dauchan.exchange.programs.actions import digest_of
from dauchan.exchange.programs.models import SENSITIVE, Token
from dauchan.exchange.programs.problems import Code, Refused

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.exchange.programs.models import Program

SCHEME = "bearer"
MINUTE = 60


@dataclass(frozen=True)
class Caller:
    """A program that may ask now.

    Attributes:
        left: requests that remain in this minute.
        resets_in: seconds until the next minute.
    """

    program: Program
    token: Token
    left: int
    resets_in: int

    def require(self, scope: str) -> None:
        """Raises: Refused."""
        if scope not in self.program.scopes:
            raise Refused(Code.SCOPE_MISSING, scope)
        if scope in SENSITIVE and self.program.waits:
            raise Refused(Code.NOT_APPROVED, scope)


def admit(authorization: str, now: dt.datetime | None = None) -> Caller:
    """The caller behind an `Authorization` header. Raises: Refused."""
    now = now or timezone.now()
    scheme, _space, text = authorization.partition(" ")
    if scheme.lower() != SCHEME or not text.strip():
        raise Refused(Code.UNAUTHORIZED)
    minute = now.replace(second=0, microsecond=0)
    mine = Token.objects.filter(digest=digest_of(text.strip()), revoked_at=None)
    used = Case(When(minute=minute, then=F("used") + 1), default=Value(1))
    if not mine.update(used=used, minute=minute, last_used_at=now):
        raise Refused(Code.UNAUTHORIZED)
    token = mine.select_related("program__unit").first()
    if token is None or token.program.ended_at:
        raise Refused(Code.UNAUTHORIZED)
    if token.expires_at <= now:
        raise Refused(Code.TOKEN_EXPIRED)
    resets_in = MINUTE - now.second
    if token.used > token.program.limit_a_minute:
        raise Refused(Code.TOO_MANY_REQUESTS, retry_after=resets_in)
    return Caller(token.program, token, token.program.limit_a_minute - token.used, resets_in)
