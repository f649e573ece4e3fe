"""What the receiving end is told: one TOML file with its database, its limits, its certificate, and who may send to it."""

from __future__ import annotations

import base64
import binascii
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DIGEST_BYTES = 32


class ConfigRefused(ValueError):
    """The file lacks something, or says something that cannot be."""


@dataclass(frozen=True)
class Source:
    """Who may send.

    Attributes:
        code: what it is called here and in every manifest.
        secret: SHA-256 of its client secret.
        keys: Ed25519 public keys by version; several while one takes over from another.
        certificate: SHA-256 of its client certificate; None: none is asked for.
        names: what it calls our fields, by kind.
    """

    code: str
    client_id: str
    secret: bytes = field(repr=False)
    keys: Mapping[int, bytes] = field(default_factory=dict)
    certificate: bytes | None = None
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """Attributes:
    rows, bytes: the most in one batch.
    window: how far ahead of the last contiguous batch a number may be.
    at_once: batches that are taken in at the same time; whoever comes then gets 429.
    token_seconds: how long an access token holds.
    keep_days: how long scans are kept, by their own time; 0: until somebody removes them.
    """

    rows: int = 200_000
    bytes: int = 64 * 1024 * 1024
    window: int = 16
    at_once: int = 4
    token_seconds: int = 600
    keep_days: int = 0


@dataclass(frozen=True)
class Tls:
    certificate: str
    key: str = field(repr=False)
    client_ca: str = ""


@dataclass(frozen=True)
class Config:
    database: str = field(repr=False)
    sources: tuple[Source, ...]
    limits: Limits = Limits()
    tls: Tls | None = None

    def source_of_client(self, client_id: str) -> Source | None:
        return next((source for source in self.sources if source.client_id == client_id), None)


def read_config(path: Path, database: str = "") -> Config:
    """Raises: ConfigRefused."""
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigRefused(f"{path}: {error}") from error
    try:
        tls = Tls(**about["tls"]) if "tls" in about else None
        config = Config(
            database or about["database"],
            tuple(_source(each) for each in about["sources"]),
            Limits(**about.get("limits", {})),
            tls,
        )
    except KeyError as error:
        raise ConfigRefused(f"{path}: {error} is missing") from error
    except (TypeError, ValueError) as error:
        raise ConfigRefused(f"{path}: {error}") from error
    if len({source.code for source in config.sources}) != len(config.sources):
        raise ConfigRefused(f"{path}: two sources have the same code")
    return config


def _source(about: dict[str, Any]) -> Source:
    certificate = about.get("certificate_sha256", "")
    return Source(
        code=about["code"],
        client_id=about["client_id"],
        secret=_digest(about["secret_sha256"]),
        keys={int(version): _key(text) for version, text in about["keys"].items()},
        certificate=_digest(certificate) if certificate else None,
        names=about.get("names", {}),
    )


def _digest(text: str) -> bytes:
    raw = bytes.fromhex(text.replace(":", ""))
    if len(raw) != _DIGEST_BYTES:
        raise ValueError("a SHA-256 has 64 hexadecimal digits")
    return raw


def _key(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("a public key is base64url") from error
    if len(raw) != _DIGEST_BYTES:
        raise ValueError("an Ed25519 public key has 32 bytes")
    return raw
