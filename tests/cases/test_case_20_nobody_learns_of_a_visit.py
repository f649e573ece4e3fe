"""NHS and NZ: clients or published hashes revealed visited venues.

What a phone sends while it matches notices is looked at in a browser: tests/browser/test_notices.py.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from dauchan.qr import make_venue_code
from dauchan.qr.signing import Keyring
from dauchan.tracing.notices.feed import public_keys
from dauchan.tracing.notices.tokens import TOKEN_BYTES, open_hours, token_of
from dauchan.venues.actions import code_of, issue_poster
from dauchan.venues.line_codes import line_code_of
from tests.tracing.notice_phones import on_the_phone
from tests.web.notice_world import Team, crowd, feed_text, make_team, published, yesterday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue
    from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(province: Unit) -> Team:
    return make_team(province)


@pytest.fixture
def shelter(team: Team, make_venue: MakeVenue, commune: Unit) -> Venue:
    """A place that is never named, with a notice in the feed."""
    venue = make_venue(commune, "Nhà Tạm Lánh Thử", address="7 Ngõ Kín", sensitive=True)
    crowd(venue, 12, yesterday(8), yesterday(11))
    published(team, venue, yesterday(8), yesterday(10))
    return venue


def feed() -> dict[str, Any]:
    said: dict[str, Any] = json.loads(feed_text().split("\n")[1])
    return said


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def everything_known_of(venue: Venue) -> list[str]:
    """What somebody may know of every venue without having stood before its poster with a camera."""
    poster = venue.posters.get()
    code = make_venue_code(venue.pk, poster.version, Keyring(1, {1: b"\0" * 32}))
    short, line = poster.short_code, line_code_of(venue.pk)
    words = [str(venue.pk), f"{venue.pk:08x}", venue.name, venue.address, venue.full_address, short, line, code]
    words += [
        f"{venue.pk}|{poster.version}",
        f"{venue.lat},{venue.lon}",
        code[:12],
        f"/q/{code}",
        short.replace("-", ""),
    ]
    return [*words, *(word.lower() for word in words), *(word.upper() for word in words)]


def guesses(venue: Venue, said: dict[str, Any]) -> Iterator[bytes]:
    """What a dictionary makes of it: plain, hashed, hashed with the salt and the day before or behind, keyed with it, and our own way."""
    salt = bytes_of(said["salt"])
    days = [
        dt.datetime.fromtimestamp(notice["from"], dt.UTC).date() + dt.timedelta(days=more)
        for notice in said["notices"]
        for more in (0, 1)
    ]
    for word, day in product(everything_known_of(venue), days):
        raw = word.encode()
        for text in (raw, raw + salt, salt + raw, raw + str(day).encode(), salt + raw + str(day).encode()):
            yield from (hashlib.new(name, text).digest() for name in ("sha256", "sha1", "md5", "sha512", "blake2b"))
        yield hmac.digest(salt, raw, "sha256")
        yield hmac.digest(raw, salt, "sha256")
        yield token_of(word, salt, day)


def test_case_20_a_dictionary_of_all_venues_finds_nothing(
    team: Team, shelter: Venue, make_venue: MakeVenue, commune: Unit
) -> None:
    for number in range(20):
        make_venue(commune, f"Quán Thử {number}")
    said = feed()
    (notice,) = said["notices"]
    tokens = {bytes_of(key)[:TOKEN_BYTES] for key in notice["keys"]} | {bytes_of(notice["id"])}
    from dauchan.venues.models import Venue as AnyVenue

    tried = 0
    for venue in AnyVenue.objects.select_related("unit", "category"):
        for guess in guesses(venue, said):
            tried += 1
            assert guess[:TOKEN_BYTES] not in tokens
            assert guess not in tokens
    assert tried > 10_000
    # The same with what the poster's QR holds: the attack is right, it only lacks the code.
    day = yesterday(8).date()
    assert token_of(code_of(shelter.posters.get()), bytes_of(said["salt"]), day) in tokens


def test_case_20_ids_are_random_and_tokens_last_for_one_edition(
    team: Team, shelter: Venue, make_venue: MakeVenue, commune: Unit
) -> None:
    before = feed()
    other = make_venue(commune, "Chợ Khác")
    crowd(other, 11, yesterday(8), yesterday(9))
    published(team, other, yesterday(8), yesterday(9))
    after = feed()
    assert after["edition"] > before["edition"]
    assert after["salt"] != before["salt"]
    keys = {key for notice in before["notices"] for key in notice["keys"]}
    assert keys.isdisjoint(key for notice in after["notices"] for key in notice["keys"])
    assert len({len(notice["keys"]) for notice in after["notices"]}) == 1, "how many posters a place had is not told"
    assert all(len(bytes_of(notice["id"])) == 16 for notice in after["notices"])


def test_case_20_every_poster_of_the_place_opens_the_notice_and_no_other(
    team: Team, shelter: Venue, make_venue: MakeVenue, commune: Unit, tmp_path: Path
) -> None:
    """Also one issued in the middle of it (case 19). The phone that was there reads the exact hours; everybody else does not."""
    issue_poster(shelter)
    other = make_venue(commune, "Chợ Khác")
    crowd(other, 11, yesterday(14), yesterday(16))
    published(team, other, yesterday(14), yesterday(16))
    codes = [code_of(poster) for poster in shelter.posters.all()]
    codes.append(code_of(other.posters.get()))
    visits = [
        {
            "id": str(number),
            "code": code,
            "name": "",
            "entered_at": yesterday(9).isoformat(),
            "left_at": yesterday(15).isoformat(),
        }
        for number, code in enumerate(codes)
    ]
    asked = [
        {
            "text": feed_text(),
            "keys": json.loads(public_keys()),
            "visits": [each],
            "now": int(yesterday(30).timestamp()),
            "offset": 0,
        }
        for each in visits
    ]
    first, second, third = on_the_phone({"feeds": asked}, tmp_path)["matches"]
    exact = [int(yesterday(8).timestamp()), int(yesterday(10).timestamp())]
    assert [found["hours"] for found in (*first, *second)] == [exact, exact]
    assert first[0]["common"] == [int(yesterday(9).timestamp()), exact[1]]
    assert [found["common"] for found in third] == [[int(yesterday(14).timestamp()), int(yesterday(15).timestamp())]]
    assert third[0]["id"] != first[0]["id"]


def test_case_20_a_forged_feed_is_not_read(team: Team, shelter: Venue, tmp_path: Path) -> None:
    text, keys = feed_text(), json.loads(public_keys())
    first, second, _ = text.split("\n")
    forged = second.replace('"advice":"test"', '"advice":"call"')
    assert forged != second
    strange = {version: base64.urlsafe_b64encode(b"\1" * 32).decode() for version in keys}
    asked = [
        {"text": text, "keys": keys},
        {"text": f"{first}\n{forged}\n", "keys": keys},
        {"text": f"{{}}\n{second}\n", "keys": keys},
        {"text": second, "keys": keys},
        {"text": text, "keys": strange},
        {"text": text, "keys": {}},
        {"text": "", "keys": keys},
    ]
    answers = on_the_phone({"read": asked}, tmp_path)["read"]
    assert answers == [feed()["edition"], None, None, None, None, None, None]


def test_case_20_no_address_takes_a_venue(shelter: Venue) -> None:
    """The page and the feed answer the same whatever visit somebody puts into a question, and keep no cookie of it."""
    code = code_of(shelter.posters.get())
    plain = Client().get("/notices/feed.jsonl").content
    for question in ({"venue": shelter.pk}, {"code": code}, {"since": 1}, {"id": feed()["notices"][0]["id"]}):
        answer = Client().get("/notices/feed.jsonl", question)
        assert answer.content == plain
        assert not answer.cookies
    assert Client().get(f"/notices/{feed()['notices'][0]['id']}/").status_code == 404, "a notice has no page of its own"


def test_case_20_old_keys_stay_good_for_posters_that_hang(team: Team, shelter: Venue) -> None:
    """A poster printed under an earlier key of ours still matches: the feed is made for every key."""
    said = feed()
    salt, (notice,) = bytes_of(said["salt"]), said["notices"]
    day = yesterday(8).date()
    keys = {bytes_of(key)[:TOKEN_BYTES]: bytes_of(key)[TOKEN_BYTES:] for key in notice["keys"]}
    for version in settings.VENUE_CODE_KEYS.keys:
        code = make_venue_code(shelter.pk, 1, Keyring(version, settings.VENUE_CODE_KEYS.keys))
        sealed = keys[token_of(code, salt, day)]
        hours = open_hours(code, salt, day, (bytes_of(notice["id"]), notice["version"]), sealed)
        assert hours == (int(yesterday(8).timestamp()), int(yesterday(10).timestamp()))
