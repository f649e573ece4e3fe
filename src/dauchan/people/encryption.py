"""Encryption of personal fields with the installation's keys; what is done to the texts is in `sealing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from dauchan.people.sealing import hash_text, open_text, seal_text


def encrypt(text: str) -> bytes:
    return seal_text(text, settings.FIELD_KEYS)


def decrypt(stored: bytes) -> str:
    """Raises: KeyError if the value's key is not on the ring, InvalidTag if the value was altered."""
    return open_text(bytes(stored), settings.FIELD_KEYS)


def keyed_hash(text: str, purpose: str) -> bytes:
    """HMAC-SHA-256 of *text*; the same text gives another hash for another purpose, so tables cannot be joined."""
    return hash_text(text, purpose, settings.LOOKUP_KEY)


if TYPE_CHECKING:
    TextField = models.Field[str, str]
else:
    TextField = models.Field  # generic for the type checker only


class EncryptedTextField(TextField):
    """Text that is ciphertext in the database. It cannot be filtered or ordered: keep a `keyed_hash` beside it."""

    def db_type(self, connection: Any) -> str:  # noqa: ANN401, ARG002 - Django's signature
        return "bytea"

    def get_prep_value(self, value: str | None) -> bytes | None:
        return None if value is None else encrypt(value)

    def from_db_value(self, value: bytes | None, expression: object, connection: object) -> str | None:  # noqa: ARG002
        return None if value is None else decrypt(value)
