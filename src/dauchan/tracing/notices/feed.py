"""The feed that phones fetch whole: signed, the same bytes for everybody.

Two lines of JSON: a signature, and what it is for. The signature is Ed25519 over the SHA-256 of the second line's bytes, made
with the ring that signs cards (`settings.CARD_KEYS`) for a purpose of its own.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from dauchan.qr import make_venue_code
from dauchan.qr.public_signing import SIGNATURE_BYTES, sign
from dauchan.qr.signing import Keyring, Purpose
from dauchan.tracing.notices.access import published_versions
from dauchan.tracing.notices.advice import advice_words
from dauchan.tracing.notices.coarsening import local_days
from dauchan.tracing.notices.models import Edition, Notice, NoticeStatus, Shape
from dauchan.tracing.notices.tokens import TOKEN_BYTES, seal_hours, token_of
from dauchan.venues.models import Poster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.tracing.notices.models import NoticeVersion

FORMAT = 1
PURPOSE = Purpose(b"dauchan/notice-feed\x00", payload_bytes=32, mac_bytes=SIGNATURE_BYTES)
#: A phone fetches and reads so many within the patience of somebody who opens a page; docs/notices.md has the figures.
MOST_NOTICES = 5000
EDITIONS_KEPT = 3
SALT_BYTES = 16
#: How many keys a place has would tell how often its poster was issued: they are filled up to a multiple of this.
KEYS_TOGETHER = 2
_EDITION_LOCK = 7255
_SEALED_BYTES = 24
#: A withdrawal is told of for as long as a phone may still show the notice.
WITHDRAWAL_TOLD = dt.timedelta(days=21)


@transaction.atomic
def issue_edition() -> Edition:
    """Make the feed anew from what is published now. It joins the caller's transaction: no notice without its edition."""
    wait_for_other_editions()
    last = Edition.objects.values_list("pk", flat=True).first() or 0
    body = feed_body(last + 1, timezone.now(), secrets.token_bytes(SALT_BYTES))
    line = canonical(body)
    text = canonical({"signed": _b64(signature_of(line))}) + b"\n" + line + b"\n"
    edition = Edition.objects.create(
        pk=last + 1,
        issued_at=timezone.now(),
        notices=len(body["notices"]),
        digest=hashlib.sha256(text).hexdigest(),
        text=text,
        compressed=gzip.compress(text, 6, mtime=0),
    )
    Edition.objects.filter(pk__lte=edition.pk - EDITIONS_KEPT).delete()
    return edition


def wait_for_other_editions() -> None:
    """Until the end of the transaction nobody else publishes: two notices at once would not see each other's hours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_EDITION_LOCK])


def current_edition() -> Edition:
    """The newest edition; the first one, without a notice, is made when somebody asks."""
    return Edition.objects.first() or issue_edition()


def feed_body(edition: int, now: dt.datetime, salt: bytes) -> dict[str, Any]:
    """What the feed says. Texts, diseases and communes stand once, and notices name them by their place in the list.

    Notices stand in the order of their random numbers, which says nothing.
    """
    versions = list(published_versions().order_by("notice__public_id"))
    codes = _codes_of({version.venue_id for version in versions if version.venue_id})
    lists: dict[str, list[list[str]]] = {"texts": [], "diseases": [], "communes": []}
    places: dict[tuple[str, str, str], int] = {}
    told = Notice.objects.filter(status=NoticeStatus.WITHDRAWN, ended_at__gt=now - WITHDRAWAL_TOLD)
    return {
        "format": FORMAT,
        "edition": edition,
        "issued_at": int(now.timestamp()),
        "salt": _b64(salt),
        "notices": [
            _entry(version, codes.get(version.venue_id or 0, []), salt, (lists, places)) for version in versions
        ],
        "withdrawn": sorted(told.values_list("public_id", flat=True)),
        **lists,
    }


Lists = tuple[dict[str, list[list[str]]], dict[tuple[str, str, str], int]]


def _entry(version: NoticeVersion, codes: list[str], salt: bytes, lists: Lists) -> dict[str, Any]:
    notice, disease, commune = version.notice, version.notice.case.disease, version.commune
    words = advice_words(version)
    shown_from, shown_to = version.shown_from, version.shown_to
    if shown_from is None or shown_to is None or notice.expires_at is None:  # a constraint of the table forbids it
        raise ValueError(f"notice {notice.pk} has no face")
    entry = {
        "id": notice.public_id,
        "version": version.number,
        "advice": version.advice,
        "text": _place_in("texts", words.vi, words.en, lists),
        "disease": _place_in("diseases", disease.name_vi, disease.name_en, lists),
        "commune": _place_in("communes", commune.full_name, commune.name_en, lists),
        "from": int(shown_from.timestamp()),
        "to": int(shown_to.timestamp()),
        "gone": int(notice.expires_at.timestamp()),
        "keys": _keys(version, codes, salt),
    }
    if version.shape == Shape.NAMED:
        entry |= {"place": version.shown_place, "address": version.shown_address}
    return entry


def _place_in(kind: str, vi: str, en: str, lists: Lists) -> int:
    rows, known = lists
    place = known.setdefault((kind, vi, en), len(rows[kind]))
    if place == len(rows[kind]):
        rows[kind].append([vi, en])
    return place


def _keys(version: NoticeVersion, codes: list[str], salt: bytes) -> list[str]:
    """Token and sealed hours, one text each, for every code and local day; filled up with what opens nothing."""
    if version.sealed_from is None or version.sealed_to is None:
        return []
    hours = (version.sealed_from, version.sealed_to)
    seconds = int(hours[0].timestamp()), int(hours[1].timestamp())
    number = base64.urlsafe_b64decode(version.notice.public_id + "==")
    keys = [
        token_of(code, salt, day) + seal_hours(code, salt, day, (number, version.number), seconds)
        for code in codes
        for day in local_days(hours)
    ]
    while keys and len(keys) % KEYS_TOGETHER:
        keys.append(secrets.token_bytes(TOKEN_BYTES + _SEALED_BYTES))
    return sorted(_b64(key) for key in keys)


def _codes_of(venue_ids: Iterable[int]) -> dict[int, list[str]]:
    """Every code that a phone may have scanned at these venues: of each issue of the poster, under each of our keys."""
    ring = settings.VENUE_CODE_KEYS
    singles = [Keyring(version, ring.keys) for version in ring.keys]
    codes: dict[int, list[str]] = {}
    for venue_id, version in Poster.objects.filter(venue__in=venue_ids).values_list("venue_id", "version"):
        codes.setdefault(venue_id, []).extend(make_venue_code(venue_id, version, single) for single in singles)
    return codes


def canonical(said: dict[str, Any]) -> bytes:
    """JSON in one spelling: keys in order, no spaces, UTF-8."""
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def signature_of(line: bytes) -> bytes:
    """Key version, digest and signature of the feed's second line."""
    return sign(PURPOSE, hashlib.sha256(line).digest(), settings.CARD_KEYS)


def public_keys() -> str:
    """What phones verify the feed with, as pages carry it: `{"1": "…"}`."""
    return json.dumps({str(version): _b64(key) for version, key in settings.CARD_KEYS.public_keys.items()})


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
