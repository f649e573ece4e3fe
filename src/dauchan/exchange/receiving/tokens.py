"""Access tokens by OAuth 2.0's client credentials (RFC 6749, 4.4): random, kept as hashes, bound to the client's certificate where one is asked for (RFC 8705)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote_plus

from dauchan.exchange.receiving.problems import Code, Refused
from dauchan.exchange.receiving.taking import origin_of

if TYPE_CHECKING:
    import psycopg

    from dauchan.exchange.receiving.config import Config, Source

_TOKEN_BYTES = 32


def issue(
    connection: psycopg.Connection, config: Config, authorization: str, body: bytes, certificate: bytes | None
) -> dict[str, Any]:
    """A token for a client that tells its secret. Raises: Refused."""
    form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    client_id, secret = _basic(authorization) or (form.get("client_id", ""), form.get("client_secret", ""))
    source = config.source_of_client(client_id)
    given = hashlib.sha256(secret.encode()).digest()
    if not hmac.compare_digest(given, source.secret if source else bytes(32)) or source is None:
        raise Refused(Code.CLIENT_REFUSED)
    if form.get("grant_type") != "client_credentials":
        raise Refused(Code.MALFORMED, "grant_type must be client_credentials")
    check_certificate(source, certificate)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    connection.execute("DELETE FROM national.token WHERE expires_at < now()")
    connection.execute(
        "INSERT INTO national.token (hash, origin, expires_at) VALUES (%s, %s, now() + make_interval(secs => %s))",
        [hashlib.sha256(token.encode()).digest(), origin_of(connection, source.code), config.limits.token_seconds],
    )
    return {"access_token": token, "token_type": "Bearer", "expires_in": config.limits.token_seconds}


def source_of(connection: psycopg.Connection, config: Config, authorization: str, certificate: bytes | None) -> Source:
    """Whose token it is. Raises: Refused."""
    kind, _, token = authorization.partition(" ")
    row = connection.execute(
        "SELECT o.code FROM national.token AS t JOIN national.origin AS o ON o.id = t.origin"
        " WHERE t.hash = %s AND t.expires_at > now()",
        [hashlib.sha256(token.strip().encode()).digest()],
    ).fetchone()
    source = next((each for each in config.sources if row and each.code == row[0]), None)
    if kind.lower() != "bearer" or source is None:
        raise Refused(Code.UNAUTHORIZED)
    check_certificate(source, certificate)
    return source


def check_certificate(source: Source, certificate: bytes | None) -> None:
    """Raises: Refused where the source must show its own certificate and did not."""
    if source.certificate is not None and source.certificate != hashlib.sha256(certificate or b"").digest():
        raise Refused(Code.CERTIFICATE_REFUSED)


def _basic(authorization: str) -> tuple[str, str] | None:
    kind, _, text = authorization.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote_plus(name), unquote_plus(secret)
