"""Writing an agreement's file, so that nobody has to make a secret by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.exchange.contract.manifest import public_key
from dauchan.exchange.contract.schema import KINDS
from dauchan.exchange.national.agreement import folder, read_agreement
from dauchan.exchange.national.errors import AgreementRefused
from dauchan.exchange.receiving.running import fresh_secret, source_block

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_TEXT = """\
# What is sent to {code}, and how. Every field that is not named stays empty; names and telephone numbers of people are never sent.
code = "{code}"
name = "Trung tâm quốc gia"
source = "{source}"
url = "{url}"
client_id = "{source}"
client_secret_file = "{code}.secret"
instrument = "7253/UBND-CN"
first_on = {first_on:%Y-%m-%d}
# last_on = 2022-12-31
rows = 50000
encoding = "parquet"      # or jsonl
compression = "none"      # Parquet is compressed inside; zstd or gzip for jsonl
signing_key = 1

# [tls]
# ca = "ca.pem"
# certificate = "client.pem"
# key = "client.key"

[fields]                  # lists of our words, or tables: visits = {{ person = "ma_nguoi" }}
"""


def write_agreement(code: str, url: str, source: str, first_on: dt.date) -> str:
    """What the receiver's file must say of us. Raises: FileExistsError, AgreementRefused; then nothing is left behind."""
    where = folder()
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = where / f"{code}.toml"
    secret = fresh_secret()
    named = "".join(f"{kind} = [{_list(kind)}]\n" for kind in KINDS)
    _create(path, _TEXT.format(code=code, source=source, url=url, first_on=first_on) + named)
    _create(where / f"{code}.secret", secret)
    try:
        agreement = read_agreement(path)
    except AgreementRefused:
        path.unlink()
        (where / f"{code}.secret").unlink()
        raise
    return source_block(source, secret, public_key(agreement.signing_seed))


def _list(kind: str) -> str:
    return ", ".join(f'"{field.name}"' for field in KINDS[kind].fields)


def _create(path: Path, text: str) -> None:
    """Never in place of what is there."""
    with path.open("x", encoding="utf-8") as file:
        path.chmod(0o600)
        file.write(text)
