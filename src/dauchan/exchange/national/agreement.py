"""What was agreed with a receiver, as data: one TOML file each in var/exchange, with fields, dates, addresses and certificates."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from dauchan.exchange.contract.payloads import COMPRESSIONS, ENCODINGS
from dauchan.exchange.contract.schema import CURRENT, KINDS, Field
from dauchan.exchange.national.errors import AgreementRefused, NoSuchReceiver

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Agreement:
    """Attributes:
    code: what this receiver is called here.
    source: what we are called there.
    instrument: the document that it rests on.
    first_on, last_on: the local days whose scans are sent, both included; last_on None: until further notice.
    rows: the most records in a batch.
    fields: by kind, our field and the receiver's word for it; kinds that are not named are not sent.
    signing_key: raise it to sign with another key, once the receiver has its public half.
    """

    code: str
    name: str
    source: str
    url: str
    client_id: str
    instrument: str
    first_on: dt.date
    last_on: dt.date | None
    rows: int
    encoding: str
    compression: str
    signing_key: int
    fields: dict[str, dict[str, str]]
    secret: str = field(repr=False, default="")
    ca: str = ""
    certificate: str = ""
    key: str = field(repr=False, default="")

    def sends(self, kind: str) -> bool:
        return kind in self.fields

    def sent_fields(self, kind: str, version: int) -> list[Field]:
        """All fields of the version; what the agreement does not name is sent empty."""
        return list(KINDS[kind].of_version(version))

    def names(self, kind: str, name: str) -> bool:
        """Whether a field is filled."""
        return name in self.fields[kind] or any(f.needed for f in KINDS[kind].fields if f.name == name)

    def renamed(self, kind: str) -> dict[str, str]:
        return {ours: theirs for ours, theirs in self.fields[kind].items() if ours != theirs}

    @property
    def pseudonym_key(self) -> bytes:
        """Never rolls, for people would become others; made of the one key of the installation that stays."""
        return hmac.digest(settings.LOOKUP_KEY, f"pseudonyms for {self.code}".encode(), "sha256")

    @property
    def signing_seed(self) -> bytes:
        return hmac.digest(settings.LOOKUP_KEY, f"batches for {self.code} {self.signing_key}".encode(), "sha256")

    @property
    def terms(self) -> str:
        """Stands for all that decides how a record looks."""
        said = json.dumps([self.code, self.source, self.fields, CURRENT], sort_keys=True)
        return hashlib.sha256(said.encode() + self.pseudonym_key).hexdigest()


def folder() -> Path:
    return Path(settings.EXCHANGE_ROOT)


def agreements() -> list[Agreement]:
    """All of them. Raises: AgreementRefused."""
    return [read_agreement(path) for path in sorted(folder().glob("*.toml")) if path.stem != "receiver"]


def agreement_of(code: str) -> Agreement:
    """Raises: AgreementRefused, NoSuchReceiver."""
    found = next((each for each in agreements() if each.code == code), None)
    if found is None:
        raise NoSuchReceiver(code)
    return found


def read_agreement(path: Path) -> Agreement:
    """Raises: AgreementRefused, with the place and the reason."""
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        tls = {name: str(path.parent / text) for name, text in about.get("tls", {}).items()}
        return Agreement(
            code=_matching(about, "code", _CODE),
            name=str(about["name"]),
            source=_matching(about, "source", _CODE),
            url=_address(str(about["url"])),
            client_id=str(about["client_id"]),
            instrument=str(about.get("instrument", "")),
            first_on=_day(about["first_on"]),
            last_on=_day(about["last_on"]) if "last_on" in about else None,
            rows=_rows(about.get("rows", 50_000)),
            encoding=_one_of(about.get("encoding", "parquet"), ENCODINGS),
            compression=_one_of(about.get("compression", "none"), COMPRESSIONS),
            signing_key=int(about.get("signing_key", 1)),
            fields={kind: _fields(kind, named) for kind, named in about["fields"].items()},
            secret=(path.parent / about["client_secret_file"]).read_text(encoding="utf-8").strip(),
            **tls,
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise AgreementRefused(f"{path.name}: {type(error).__name__}: {error}") from error


def _fields(kind: str, named: Any) -> dict[str, str]:  # noqa: ANN401 - a list of our words or a table of theirs
    if kind not in KINDS:
        raise ValueError(f"no kind of record is called {kind}")
    words = {str(name): str(word) for name, word in named.items()} if isinstance(named, dict) else {n: n for n in named}
    known = {each.name for each in KINDS[kind].fields}
    if others := set(words) - known:
        raise ValueError(f"{kind} has no field {', '.join(sorted(others))}: names and telephone numbers are never sent")
    full = {each.name: each.name for each in KINDS[kind].fields if each.needed} | words
    if len(set(full.values())) != len(full):
        raise ValueError(f"two fields of {kind} would have the same name")
    return full


def _matching(about: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(str(about[name])):
        raise ValueError(f"{name} must be small letters, digits, - and _")
    return str(about[name])


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("url must be a full address")
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError("without TLS only to this machine")
    return text.rstrip("/")


def _day(value: object) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise ValueError(f"{value!r} is no date")  # noqa: TRY004 - one kind of error for whoever reads the file
    return value


def _rows(value: object) -> int:
    if not isinstance(value, int) or not 1 <= value <= MOST_ROWS:
        raise ValueError(f"rows must be 1 to {MOST_ROWS}")
    return value


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
    return str(value)
