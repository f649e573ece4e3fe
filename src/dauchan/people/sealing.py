"""Encryption of personal texts and keyed hashes, without Django: the door seals and hashes what gates hand in.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce per value. The stored value starts with the number of its key,
so that keys can roll while old values stay readable. Look-ups use HMAC-SHA-256 with a key of their own (a blind index).
"""

import hmac
import os
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dauchan.qr.signing import Keyring

NONCE_BYTES = 12
#: Purposes of keyed hashes that more than one program computes.
PHONE = "identity-phone"
SUBJECT = "credential-subject"


def random_person_id() -> int:
    """A number that says nothing and fits a signed 64-bit column and a JavaScript number."""
    return secrets.randbelow(2**53 - 2**40) + 2**40


def seal_text(text: str, keyring: Keyring) -> bytes:
    """Key version (1 byte), nonce (12 bytes), ciphertext with its tag."""
    return seal_bytes(text.encode(), keyring)


def seal_bytes(content: bytes, keyring: Keyring) -> bytes:
    """As `seal_text`, of a file's content."""
    nonce = os.urandom(NONCE_BYTES)
    head = bytes([keyring.current])
    return head + nonce + AESGCM(keyring.keys[keyring.current]).encrypt(nonce, content, head)


def open_text(stored: bytes, keyring: Keyring) -> str:
    """The text.

    Raises:
        KeyError: the value's key is not on the ring.
        cryptography.exceptions.InvalidTag: the value was altered.
    """
    return open_bytes(stored, keyring).decode()


def open_bytes(stored: bytes, keyring: Keyring) -> bytes:
    """The content of a file. Raises: as `open_text`."""
    head, nonce, sealed = stored[:1], stored[1 : 1 + NONCE_BYTES], stored[1 + NONCE_BYTES :]
    return AESGCM(keyring.keys[head[0]]).decrypt(nonce, sealed, head)


def hash_text(text: str, purpose: str, key: bytes) -> bytes:
    """HMAC-SHA-256 of *text*; the same text gives another hash for another purpose, so tables cannot be joined."""
    return hmac.digest(key, f"{purpose}\0{text}".encode(), "sha256")
