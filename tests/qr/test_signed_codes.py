"""Venue codes and tokens: they survive the round trip and nothing else is taken for them."""

import base64
import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dauchan.qr import (
    CodeRefusal,
    CodeRefused,
    Keyring,
    SigningRing,
    VenueCode,
    make_card_code,
    make_person_token,
    make_personal_code,
    make_venue_code,
    read_card_code,
    read_person_token,
    read_personal_code,
    read_venue_code,
    venue_url,
)
from dauchan.qr.base32 import ALPHABET
from dauchan.qr.tokens import open_card_code, open_person_token

OLD = Keyring(1, {1: b"a" * 32})
RING = Keyring(2, {1: b"a" * 32, 2: b"b" * 32})
OTHER = Keyring(2, {2: b"c" * 32})
HOSTS = frozenset({"quet.example.vn", "127.0.0.1:8000"})
NOW = 1_628_000_000


def signing(ring: Keyring) -> SigningRing:
    """The same bytes as seeds, so that a case can be tried with MACs and with signatures."""
    return SigningRing(ring.current, ring.keys)


SIGNER = signing(RING)
PUBLIC = SIGNER.public_keys

venue_ids = st.integers(0, 2**32 - 1)
versions = st.integers(0, 2**16 - 1)
person_ids = st.integers(0, 2**63 - 1)
URLS = [
    "https://quet.example.vn/q/{}",
    "HTTPS://QUET.EXAMPLE.VN/Q/{}",
    "http://127.0.0.1:8000/q/{}/",
    "http://quet.example.vn:8443/q/{}/",
    "  https://quet.example.vn/q/{}?utm=poster#top\n",
]

MAKERS: dict[str, Callable[[Keyring], str]] = {
    "venue": lambda ring: make_venue_code(7, 1, ring),
    "token": lambda ring: make_person_token(7, NOW + 60, ring),
    "personal": lambda ring: make_personal_code(7, NOW, signing(ring)),
    "card": lambda ring: make_card_code(7, signing(ring)),
}
READERS: dict[str, Callable[[str, Keyring], object]] = {
    "venue": read_venue_code,
    "token": lambda text, ring: read_person_token(text, ring, NOW),
    "personal": lambda text, ring: read_personal_code(text, signing(ring).public_keys, NOW),
    "card": lambda text, ring: read_card_code(text, signing(ring).public_keys),
}
KINDS = list(MAKERS)


def refusal(read: Callable[[], object]) -> CodeRefusal:
    with pytest.raises(CodeRefused) as refused:
        read()
    return refused.value.reason


@given(venue_ids, versions, st.sampled_from(["{}", *URLS]), st.booleans())
def test_a_venue_code_comes_back_from_any_spelling(venue_id: int, version: int, form: str, small: bool) -> None:  # noqa: FBT001 - drawn
    code = make_venue_code(venue_id, version, RING)
    text = form.format(code.lower() if small else code)
    assert read_venue_code(text, RING, HOSTS) == VenueCode(venue_id, version, 2)


@given(venue_ids, versions)
def test_a_code_of_an_older_key_is_still_read(venue_id: int, version: int) -> None:
    assert read_venue_code(make_venue_code(venue_id, version, OLD), RING) == VenueCode(venue_id, version, 1)


@given(person_ids, st.integers(1, 2**31), st.integers(0, 2**63 - 1))
def test_a_person_token_holds_until_it_expires(person_id: int, expires_at: int, phone_id: int) -> None:
    token = make_person_token(person_id, expires_at, RING, phone_id)
    assert open_person_token(token, RING) == (person_id, expires_at, phone_id)
    assert read_person_token(token, RING, expires_at - 1) == person_id
    assert refusal(lambda: read_person_token(token, RING, expires_at)) is CodeRefusal.EXPIRED


@given(person_ids, st.none() | st.dates(dt.date(1970, 1, 1), dt.date(2149, 6, 6)))
def test_a_card_says_until_when_it_is_good(number: int, expires_on: dt.date | None) -> None:
    code = make_card_code(number, SIGNER, expires_on)
    assert open_card_code(code, PUBLIC) == (number, expires_on)
    assert read_card_code(code.lower(), PUBLIC) == number


@given(person_ids)
def test_a_card_and_a_personal_code_come_back(number: int) -> None:
    assert read_card_code(make_card_code(number, SIGNER), PUBLIC) == number
    assert read_personal_code(make_personal_code(number, NOW, SIGNER).lower(), PUBLIC, NOW) == number


def test_a_screenshot_of_a_personal_code_is_refused_after_a_minute() -> None:
    code = make_personal_code(5, NOW, SIGNER)
    assert read_personal_code(code, PUBLIC, NOW + 59) == 5
    assert refusal(lambda: read_personal_code(code, PUBLIC, NOW + 60)) is CodeRefusal.EXPIRED
    assert read_personal_code(code, PUBLIC, NOW - 60) == 5
    assert refusal(lambda: read_personal_code(code, PUBLIC, NOW - 61)) is CodeRefusal.NOT_YET


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_one_changed_character_is_refused(kind: str, data: st.DataObject) -> None:
    code = MAKERS[kind](RING)
    at = data.draw(st.integers(0, len(code) - 1))
    changed = code[:at] + data.draw(st.sampled_from(ALPHABET)) + code[at + 1 :]
    assume(changed != code)
    assert refusal(lambda: READERS[kind](changed, RING)) in {
        CodeRefusal.BAD_SIGNATURE,
        CodeRefusal.UNKNOWN_KEY,
        CodeRefusal.MALFORMED,
        CodeRefusal.WRONG_KIND,
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_no_code_passes_for_another_kind(kind: str, other: str) -> None:
    if kind == other:
        assert READERS[other](MAKERS[kind](RING), RING)
    else:
        assert refusal(lambda: READERS[other](MAKERS[kind](RING), RING)) in {
            CodeRefusal.WRONG_KIND,
            CodeRefusal.MALFORMED,
        }


def test_a_signature_moved_under_another_kind_s_prefix_is_a_bad_signature() -> None:
    personal = make_personal_code(7, NOW, SIGNER)
    card = make_card_code(7, SIGNER)
    assert refusal(lambda: read_card_code(card.replace("DCC.", "DCP."), PUBLIC)) is CodeRefusal.WRONG_KIND
    # A card holds four bytes less; cut to the same length the code still fails on the purpose under the signature.
    body = base64.b32decode(personal[4:] + "=" * (-len(personal[4:]) % 8))
    forged = "DCC." + base64.b32encode(body[:9] + body[-64:]).decode().rstrip("=")
    assert refusal(lambda: read_card_code(forged, PUBLIC)) is CodeRefusal.BAD_SIGNATURE


def test_a_card_of_an_older_key_is_still_read_until_the_key_goes() -> None:
    card = make_card_code(7, signing(OLD))
    assert read_card_code(card, PUBLIC) == 7
    assert refusal(lambda: read_card_code(card, {2: PUBLIC[2]})) is CodeRefusal.UNKNOWN_KEY


def test_the_key_version_is_under_the_signature_too() -> None:
    same = SigningRing(1, {1: b"k" * 32, 2: b"k" * 32})
    code = make_card_code(7, same)
    signed = bytearray(base64.b32decode(code[4:] + "=" * (-len(code[4:]) % 8)))
    signed[0] = 2
    forged = "DCC." + base64.b32encode(bytes(signed)).decode().rstrip("=")
    assert refusal(lambda: read_card_code(forged, same.public_keys)) is CodeRefusal.BAD_SIGNATURE


def test_a_signing_ring_shows_no_seed_and_its_public_keys_sign_nothing() -> None:
    assert "aaaa" not in repr(SIGNER)
    assert not set(SIGNER.seeds.values()) & set(PUBLIC.values())
    assert {len(key) for key in PUBLIC.values()} == {32}


@pytest.mark.parametrize(
    ("current", "seeds"),
    [
        (1, {}),
        (2, {1: b"a" * 32}),
        (1, {1: b"a" * 31}),
        (1, {1: b"a" * 33}),
        (0, {0: b"a" * 32}),
        (256, {256: b"a" * 32}),
    ],
)
def test_a_bad_signing_ring_is_refused(current: int, seeds: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="key"):
        SigningRing(current, seeds)


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_of_another_installation_is_refused(kind: str) -> None:
    assert refusal(lambda: READERS[kind](MAKERS[kind](OTHER), RING)) is CodeRefusal.BAD_SIGNATURE
    assert refusal(lambda: READERS[kind](MAKERS[kind](RING), OLD)) is CodeRefusal.UNKNOWN_KEY


def test_the_key_version_is_under_the_signature() -> None:
    same = Keyring(1, {1: b"k" * 32, 2: b"k" * 32})
    sealed = bytearray(base64.b32decode(make_venue_code(1, 1, same) + "="))
    sealed[0] = 2
    forged = base64.b32encode(bytes(sealed)).decode().rstrip("=")
    assert refusal(lambda: read_venue_code(forged, same)) is CodeRefusal.BAD_SIGNATURE


@pytest.mark.parametrize(
    "url",
    [
        "https://quet.examp1e.vn/q/{}",
        "https://quet.example.vn.evil.vn/q/{}",
        "https://evil.vn/quet.example.vn/q/{}",
        "https://quet.example.vn@evil.vn/q/{}",
        "https://evil.vn\\@quet.example.vn/q/{}",
        "https://127.0.0.1:8001/q/{}",
        "https://127.0.0.1/q/{}",
        "https://quet.ехample.vn/q/{}",  # two Cyrillic letters
        "https://quet.example.vn./q/{}",
        "https://KUET.EXAMPLE.VN/q/{}",
        "javascript://quet.example.vn/q/{}",
        "//quet.example.vn/q/{}",
        "/q/{}",
    ],
)
def test_a_look_alike_address_is_refused_even_with_a_genuine_code(url: str) -> None:
    text = url.format(make_venue_code(7, 1, RING))
    assert refusal(lambda: read_venue_code(text, RING, HOSTS)) is CodeRefusal.NOT_OURS


def test_without_hosts_every_address_is_refused() -> None:
    url = venue_url(make_venue_code(7, 1, RING), "https://quet.example.vn/")
    assert url.startswith("HTTPS://QUET.EXAMPLE.VN/Q/")
    assert refusal(lambda: read_venue_code(url, RING)) is CodeRefusal.NOT_OURS


@pytest.mark.parametrize("path", ["", "/", "/q/", "/x/ABC", "/q/ABC"])
def test_our_address_without_a_code_is_malformed(path: str) -> None:
    url = f"https://quet.example.vn{path}"
    assert refusal(lambda: read_venue_code(url, RING, HOSTS)) is CodeRefusal.MALFORMED


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.one_of(st.text(), st.text(ALPHABET + "/:.", max_size=60), st.from_regex(r"DC[TPC]\.[A-Z2-7]{20,130}")))
def test_any_text_is_refused_and_never_crashes(kind: str, text: str) -> None:
    assert isinstance(refusal(lambda: READERS[kind](text, RING)), CodeRefusal)


@given(st.text(ALPHABET, min_size=31, max_size=31))
def test_a_code_has_one_spelling(text: str) -> None:
    assert isinstance(refusal(lambda: read_venue_code(text, RING)), CodeRefusal)
    code = make_venue_code(3, 3, RING)
    last = ALPHABET[ALPHABET.index(code[-1]) | 1]  # a bit that no byte uses
    assert refusal(lambda: read_venue_code(code[:-1] + last, RING)) is CodeRefusal.MALFORMED


@pytest.mark.parametrize(
    ("current", "keys"),
    [(1, {}), (2, {1: b"a" * 32}), (1, {1: b"short"}), (0, {0: b"a" * 32}), (256, {256: b"a" * 32})],
)
def test_a_bad_keyring_is_refused(current: int, keys: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="key"):
        Keyring(current, keys)


def test_a_keyring_does_not_show_its_keys() -> None:
    assert "aaaa" not in repr(RING)


@pytest.mark.parametrize(
    "make",
    [
        partial(make_venue_code, 2**32, 1),
        partial(make_venue_code, 1, 2**16),
        partial(make_person_token, 2**63, NOW),
        partial(make_person_token, 1, 2**32),
        lambda ring: make_card_code(-1, signing(ring)),
        lambda ring: make_personal_code(2**63, NOW, signing(ring)),
    ],
)
def test_numbers_out_of_range_are_refused(make: Callable[[Keyring], str]) -> None:
    with pytest.raises(ValueError, match=r"bits|epoch"):
        make(RING)


@pytest.mark.parametrize("reason", list(CodeRefusal))
def test_every_refusal_speaks_both_languages(reason: CodeRefusal) -> None:
    assert reason.sentence_vi.endswith(".")
    assert reason.sentence_en.endswith(".")
    assert str(CodeRefused(reason)) == reason.sentence_en
    assert reason.sentence_vi != reason.sentence_en
