"""`dauchan phone-line`: be a telephone company's gateway, to try the line of an installation."""

import base64
import binascii
import datetime as dt
import json
import os
from typing import Any

import click

from dauchan.project.errors import CannotStart
from dauchan.project.phone_line import SECRETS

EXAMPLE = """Example: dauchan phone-line text 0905123456 "VAO K7M3-2QXD" --to https://dauchan.example

\b
         dauchan phone-line call 0905123456 12345678#
         dauchan phone-line call 0905123456 0#

The secret is that of --secret or DAUCHAN_PHONE_LINE_SECRETS (the highest version), else that of the demonstration in this
installation's directory. It is a real message: the check-in stands in the ledger.

Exit status: 0 answered, 1 refused or nobody there, 2 the command is misspelt.
"""


@click.group(epilog=EXAMPLE)
def command() -> None:
    """Post a signed text message or call, as the telephone company's gateway does, and print the answer."""


def options(wrapped: Any) -> Any:  # noqa: ANN401 - click's decorators
    """What both commands understand."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON."),
        click.option("--message-id", default="", help="Send this identifier again, to try a repetition."),
        click.option("--secret", default="", help="The shared secret in URL-safe base64."),
        click.option("--to", "base", default="", help="Address of the installation; without it, this one."),
    ):
        wrapped = option(wrapped)
    return wrapped


@command.command(epilog=EXAMPLE)
@click.argument("number")
@click.argument("text")
@options
def text(number: str, text: str, **how: Any) -> None:  # noqa: ANN401 - the options above
    """Send TEXT from NUMBER."""
    _post("text", {"from": number, "text": text}, **how)


@command.command(epilog=EXAMPLE)
@click.argument("number")
@click.argument("keys", default="")
@options
def call(number: str, keys: str, **how: Any) -> None:  # noqa: ANN401 - the options above
    """Call from NUMBER and press KEYS; without KEYS the call only begins."""
    _post("call", {"from": number, "keys": keys}, **how)


def _post(way: str, said: dict[str, str], *, base: str, secret: str, message_id: str, as_json: bool) -> None:
    import httpx
    import uuid_utils

    from dauchan.web.phone_line.gateway import PATHS, PATIENCE_SECONDS, post_signed

    now = dt.datetime.now(dt.UTC).isoformat()
    said = {"message_id": message_id or str(uuid_utils.uuid7()), "received_at": now, **said}
    key, own = _secret(secret), base or _own_address()
    try:
        with httpx.Client(timeout=PATIENCE_SECONDS) as client:
            answer = post_signed(client, own.rstrip("/") + PATHS[way], said, key)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CannotStart(f"{own} does not answer: {error}", f"{own} không trả lời: {error}") from error
    _tell(answer, as_json=as_json)
    if not answer.is_success:
        raise click.exceptions.Exit(1)


def _tell(answer: Any, *, as_json: bool) -> None:  # noqa: ANN401 - httpx is not loaded here
    if not answer.headers.get("content-type", "").endswith("json"):
        click.echo(f"{answer.status_code} {answer.reason_phrase}", err=True)
        return
    told = answer.json()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    elif answer.is_success:
        click.echo(f"{told['outcome']}: {told['reply']['text'] if told['reply'] else '(no answer)'}")
    else:
        click.echo(f"{told['status']} {told['reason']}: {told['title']}", err=True)


def _secret(given: str) -> bytes:
    if not given:
        return _own_secret()
    try:
        return base64.urlsafe_b64decode(given.rpartition(":")[2])
    except (binascii.Error, ValueError):
        raise CannotStart("--secret is not URL-safe base64.", "--secret không phải base64 an toàn cho URL.") from None


def _own_secret() -> bytes:
    from dauchan.project.environment import environment
    from dauchan.project.keys import read_ring

    ring = read_ring(os.environ, SECRETS) if os.environ.get(SECRETS) else environment().phone_line.secrets
    if not ring:
        raise CannotStart(
            f"There is no secret: give --secret or {SECRETS}.", f"Không có khóa chung: hãy đặt --secret hoặc {SECRETS}."
        )
    return ring[max(ring)]


def _own_address() -> str:
    from dauchan.project.environment import environment

    return environment().base_url
