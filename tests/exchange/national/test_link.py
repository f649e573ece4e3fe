"""Links that fail: cut networks, nonsense, busy receivers, clocks, certificates. Nothing is lost and the reason is told."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from dauchan.exchange.contract.manifest import public_key
from dauchan.exchange.national.agreement import agreement_of
from dauchan.exchange.national.models import Batch, Standing
from dauchan.exchange.receiving.running import RunningReceiver, source_block
from tests.exchange.national.conftest import CODE, FIELDS, Ends, Visiting, turned
from tests.exchange.national.networks import Authority, cutting_network, nonsense


def retry_now() -> None:
    Standing.objects.update(retry_at=None)


def test_a_network_that_is_cut_again_and_again_loses_and_doubles_nothing(ends: Ends, visiting: Visiting) -> None:
    visiting(4000)
    with cutting_network(ends.receiver.port) as network:
        agreement = ends.agree(rows=250, url=network.url)
        for after in (1_000, 9_000, 40_000, 15_000, 90_000):
            network.after = after
            turned(agreement, 30)
            retry_now()
        assert network.cuts
        network.after = 1 << 60
        assert turned(agreement).failure is None
    assert ends.count() == 4000
    assert not Batch.objects.filter(acknowledged_at__isnull=True).exists()
    counted = ends.there("SELECT sum(taken) FROM national.batch WHERE kind = 'visits'")
    assert counted == [(4000,)]


GOOD = {"number": 1, "count": 3, "taken": 3, "repeated": 0, "last": 1, "digest": "0" * 64, "set_aside": []}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, "text/html", b"<html>Welcome to the hotel</html>"), "nonsense"),
        ((200, "application/json", b"null"), "nonsense"),
        ((200, "application/json", json.dumps(GOOD | {"count": 2}).encode()), "nonsense"),
        ((201, "application/json", json.dumps(GOOD).encode()), "nonsense"),
        ((500, "text/plain", b"oh"), "nonsense"),
        ((429, "application/problem+json", b"{}", {"retry-after": "600"}), "busy"),
        ((403, "application/problem+json", b'{"code": "signature_refused"}'), "client"),
        ((409, "application/problem+json", b'{"code": "chain_broken"}'), "apart"),
    ],
)
def test_a_receiver_that_answers_nonsense_has_received_nothing(
    ends: Ends, visiting: Visiting, answer: tuple[int, str, bytes], code: str
) -> None:
    with nonsense(*answer) as url:
        agreement = ends.agree(url=url)
        done = turned(agreement)
    assert done.failure is not None
    standing = Standing.objects.get()
    assert (done.failure.code, standing.failure, standing.failures) == (code, code, 1)
    assert Batch.objects.filter(acknowledged_at__isnull=False).count() == 0
    assert standing.retry_at is not None
    wait = standing.retry_at - timezone.now()
    assert (wait > dt.timedelta(minutes=9)) == (code == "busy")
    assert turned(agreement).waits
    retry_now()
    assert turned(ends.agree()).failure is None
    assert ends.count("venues") == 3


def test_a_token_that_ends_early_is_renewed(ends: Ends, visiting: Visiting) -> None:
    """Clocks may be apart: what the receiver thinks of a token counts."""
    agreement = ends.agree()
    turned(agreement)
    ends.centre.execute("UPDATE national.token SET expires_at = now() - interval '1 day'")
    visiting(10, days_ago=0)
    assert (turned(agreement).failure, ends.count()) == (None, 10)


def test_nobody_there_and_a_wrong_secret_are_told_apart(ends: Ends) -> None:
    done = turned(ends.agree(url="http://127.0.0.1:9"))
    assert done.failure is not None
    assert done.failure.code == "unreachable"
    retry_now()
    (ends.folder / "secret").write_text("wrong", encoding="utf-8")
    done = turned(ends.agree())
    assert done.failure is not None
    assert done.failure.code == "client"


def test_mutual_tls_and_certificates_that_expired(ends: Ends, visiting: Visiting, centre_database: str) -> None:
    visiting(40)
    authority, secret = Authority(ends.folder), (ends.folder / "secret").read_text(encoding="utf-8")
    seed = agreement_seed()
    certificate, key, mark = authority.issue("localhost")
    authority.issue("client")
    client = authority.issue("client")
    config = ends.folder / "receiver.toml"

    def write(own: Path, own_key: Path, client_mark: bytes) -> None:
        tls = f'[tls]\ncertificate = "{own}"\nkey = "{own_key}"\nclient_ca = "{authority.path}"\n'
        block = source_block("hue", secret, public_key(seed), f'certificate_sha256 = "{client_mark.hex()}"')
        config.write_text(block + tls, encoding="utf-8")

    def agree(url: str, certificate_file: str = "client.pem", key_file: str = "client.key") -> None:
        tls = f'\n[tls]\nca = "ca.pem"\ncertificate = "{certificate_file}"\nkey = "{key_file}"\n'
        ends.agree(url=url, tables=FIELDS + tls)

    def failure() -> str:
        retry_now()
        done = turned(agreement_of(CODE))
        return done.failure.code if done.failure else ""

    write(certificate, key, client[2])
    with RunningReceiver(config, centre_database, scheme="https") as receiver:
        agree(receiver.url)
        assert (failure(), ends.count()) == ("", 40)
        authority.issue("other")
        agree(receiver.url, "other.pem", "other.key")
        assert failure() == "certificate"
        authority.issue("old", days=-1)
        agree(receiver.url, "old.pem", "old.key")
        assert failure() in {"certificate", "unreachable"}
    expired, expired_key, _ = authority.issue("server-old", days=-1)
    write(expired, expired_key, client[2])
    with RunningReceiver(config, centre_database, scheme="https") as receiver:
        agree(receiver.url)
        assert failure() == "certificate"
    assert mark


def agreement_seed() -> bytes:
    import hmac

    return hmac.digest(django_settings.LOOKUP_KEY, f"batches for {CODE} 1".encode(), "sha256")


def test_a_receiver_restored_from_a_backup_gets_what_it_lacks(ends: Ends, visiting: Visiting) -> None:
    """Its word counts: batches that we still have are sent once more; without them the kept days are."""
    visiting(900)
    agreement = ends.agree(rows=300)
    turned(agreement)
    day = f"visits.{timezone.localdate() - dt.timedelta(days=1):%Y-%m-%d}"
    assert ends.there("SELECT last FROM national.stream WHERE name = %s", day) == [(3,)]
    visiting(30, days_ago=0)
    turned(agreement)
    _lose_live_batches(ends.centre)
    from dauchan.exchange.national.turns import forget_receiver

    forget_receiver(CODE)
    assert (turned(agreement).failure, ends.count()) == (None, 930)
    Batch.objects.update(payload=None)
    _lose_live_batches(ends.centre)
    forget_receiver(CODE)
    turned(agreement)
    assert (turned(agreement).failure, ends.count()) == (None, 930)


def _lose_live_batches(centre: psycopg.Connection) -> None:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    centre.execute("DELETE FROM national.visits WHERE entered_at >= %s", [today])
    centre.execute("DELETE FROM national.batch WHERE stream ~ '^visits(.[0-9])?$'")
    centre.execute("UPDATE national.stream SET last = 0, digest = repeat('0', 64) WHERE name ~ '^visits(.[0-9])?$'")
