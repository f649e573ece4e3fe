"""The secret keys of an installation: read from the environment, or made once and kept in var/keys.json.

There are no default keys anywhere in the code. A demonstration makes its own at its first start; production and tests
get theirs from the environment and refuse to start without. A key ring is written `1:KEY,2:KEY`, each KEY 32 bytes or
more in URL-safe base64 (exactly 32 for private keys); the highest version signs, all of them verify.
"""

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dauchan.project.errors import CannotStart

KEY_BYTES = 32
SECRET_KEY_CHARACTERS = 50

#: Rings of private keys of elliptic curves: their public halves may be known to everybody.
PRIVATE_RINGS = ("DAUCHAN_CARD_KEYS", "DAUCHAN_GATE_QUEUE_KEYS")
RINGS = ("DAUCHAN_VENUE_CODE_KEYS", "DAUCHAN_PERSON_TOKEN_KEYS", "DAUCHAN_PERSONAL_DATA_KEYS", *PRIVATE_RINGS)
SINGLES = ("DAUCHAN_LOOKUP_KEY",)
#: Which key of personal data seals while keys roll; no secret.
CURRENT = "DAUCHAN_PERSONAL_DATA_KEY"
NAMES = ("DAUCHAN_SECRET_KEY", *RINGS, *SINGLES)


@dataclass(frozen=True)
class Keys:
    """All secret keys. A ring maps a key's version to its bytes; the highest version is the current one.

    Attributes:
        secret_key: Django's, for sessions and signed links.
        venue_code: HMAC keys of the codes on posters.
        person_token: HMAC keys of the bearer tokens that visitors' phones hold.
        personal_data: AES-256 keys of encrypted fields.
        card: Ed25519 seeds that sign control cards and personal codes, so that a gate verifies them without a network.
        gate_queue: P-256 private keys, big-endian, for which gates without a network seal what they keep.
        lookup: HMAC key of the hashes by which encrypted fields are found.
    """

    secret_key: str = field(repr=False)
    venue_code: Mapping[int, bytes] = field(repr=False)
    person_token: Mapping[int, bytes] = field(repr=False)
    personal_data: Mapping[int, bytes] = field(repr=False)
    card: Mapping[int, bytes] = field(repr=False)
    gate_queue: Mapping[int, bytes] = field(repr=False)
    lookup: bytes = field(repr=False)
    #: The version of `personal_data` that seals: the highest, unless DAUCHAN_PERSONAL_DATA_KEY names another while keys roll.
    personal_data_current: int = 0

    @classmethod
    def read(cls, named: Mapping[str, str]) -> "Keys":
        """The keys from their written forms by name.

        Raises:
            CannotStart: a key is missing, too short or not base64.
        """
        personal_data = read_ring(named, "DAUCHAN_PERSONAL_DATA_KEYS")
        return cls(
            secret_key=_read_secret_key(named),
            venue_code=read_ring(named, "DAUCHAN_VENUE_CODE_KEYS"),
            person_token=read_ring(named, "DAUCHAN_PERSON_TOKEN_KEYS"),
            personal_data=personal_data,
            card=read_ring(named, "DAUCHAN_CARD_KEYS", exactly=KEY_BYTES),
            gate_queue=read_ring(named, "DAUCHAN_GATE_QUEUE_KEYS", exactly=KEY_BYTES),
            lookup=_decode("DAUCHAN_LOOKUP_KEY", _named(named, "DAUCHAN_LOOKUP_KEY")),
            personal_data_current=_read_current(named, personal_data),
        )


def written_key(key: bytes) -> str:
    """A key in the form in which the environment carries it."""
    return base64.urlsafe_b64encode(key).decode()


def written_ring(ring: Mapping[int, bytes]) -> str:
    """A key ring in the form in which the environment carries it."""
    return ",".join(f"{version}:{written_key(key)}" for version, key in sorted(ring.items()))


def fresh_keys() -> dict[str, str]:
    """New random keys in their written form, by the name of their environment variable."""
    return {
        "DAUCHAN_SECRET_KEY": secrets.token_urlsafe(SECRET_KEY_CHARACTERS),
        **{name: f"1:{_fresh_key()}" for name in RINGS},
        **{name: _fresh_key() for name in SINGLES},
    }


def kept_keys(path: Path) -> dict[str, str]:
    """The keys in the file, which is made at the first call and gets the keys that a newer release added.

    Raises:
        CannotStart: the file cannot be read or written, or is not the JSON object it was.
    """
    try:
        if not path.exists():
            _create(path, fresh_keys())
        kept = json.loads(path.read_text(encoding="utf-8"))
        missing = {name: key for name, key in fresh_keys().items() if name not in kept}
        if missing:
            _replace(path, kept | missing)
        return dict(kept | missing)
    except OSError as error:
        raise CannotStart(
            f"The keys in {path} cannot be read or written: {error.strerror}.",
            f"Không đọc hoặc ghi được khóa trong {path}: {error.strerror}.",
        ) from error
    except (ValueError, TypeError) as error:
        raise CannotStart(
            f"{path} is damaged. Put back its backup: without these keys the stored personal details cannot be read.",
            f"{path} bị hỏng. Hãy khôi phục từ bản sao lưu: thiếu các khóa này thì không đọc được thông tin cá nhân đã lưu.",
        ) from error


def _create(path: Path, keys: Mapping[str, str]) -> None:
    """A link appears whole or not at all, and only once, also when two processes start together."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(path, keys)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _replace(path: Path, keys: Mapping[str, str]) -> None:
    _draft(path, keys).replace(path)


def _draft(path: Path, keys: Mapping[str, str]) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(dict(keys), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _fresh_key() -> str:
    return written_key(secrets.token_bytes(KEY_BYTES))


def _named(named: Mapping[str, str], name: str) -> str:
    text = named.get(name, "").strip()
    if not text:
        raise CannotStart(
            f"{name} is not set. `dauchan keys` prints a fresh set of keys.",
            f"Chưa đặt {name}. Lệnh `dauchan keys` in ra một bộ khóa mới.",
        )
    return text


def _read_secret_key(named: Mapping[str, str]) -> str:
    text = _named(named, "DAUCHAN_SECRET_KEY")
    if len(text) < SECRET_KEY_CHARACTERS:
        raise CannotStart(
            f"DAUCHAN_SECRET_KEY has fewer than {SECRET_KEY_CHARACTERS} characters.",
            f"DAUCHAN_SECRET_KEY ngắn hơn {SECRET_KEY_CHARACTERS} ký tự.",
        )
    return text


def read_ring(named: Mapping[str, str], name: str, *, exactly: int | None = None) -> dict[int, bytes]:
    """The key ring written under `name`, by version.

    Args:
        named: written forms by name.
        name: the ring's.
        exactly: how many bytes each key must have; None: 32 or more.

    Raises:
        CannotStart: it is missing, badly written, or a key has the wrong length.
    """
    ring = {}
    for item in _named(named, name).split(","):
        version, colon, key = item.strip().partition(":")
        if not (colon and version.isascii() and version.isdigit()):
            raise CannotStart(
                f"{name} must be written as version:key pairs, like 1:KEY,2:KEY.",
                f"{name} phải viết thành các cặp phiên bản:khóa, ví dụ 1:KHÓA,2:KHÓA.",
            )
        ring[int(version)] = _decode(name, key)
        if exactly is not None and len(ring[int(version)]) != exactly:
            raise CannotStart(
                f"{name} must hold keys of exactly {exactly} bytes.",
                f"{name} phải chứa khóa dài đúng {exactly} byte.",
            )
    return ring


def _read_current(named: Mapping[str, str], ring: Mapping[int, bytes]) -> int:
    text = named.get(CURRENT, "").strip()
    if not text:
        return max(ring)
    if not (text.isascii() and text.isdigit() and int(text) in ring):
        raise CannotStart(
            f"{CURRENT} must be the version of a key in DAUCHAN_PERSONAL_DATA_KEYS.",
            f"{CURRENT} phải là phiên bản của một khóa trong DAUCHAN_PERSONAL_DATA_KEYS.",
        )
    return int(text)


def _decode(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < KEY_BYTES:
        raise CannotStart(
            f"{name} must hold {KEY_BYTES} bytes or more in URL-safe base64.",
            f"{name} phải chứa ít nhất {KEY_BYTES} byte dạng base64 an toàn cho URL.",
        )
    return key
