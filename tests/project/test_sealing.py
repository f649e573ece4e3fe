"""Texts that stood in clear become ciphertext, and a release that does not know of it goes on writing."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from dauchan.helpdesk.models import Ticket
from dauchan.people.encryption import decrypt, encrypt

pytestmark = pytest.mark.django_db
SEALED = import_module("dauchan.helpdesk.migrations.0002_sealed_words")
OLD_RELEASE = """
INSERT INTO helpdesk_ticket (code, topic, words, phone, address_hash, opened_at, status, answer)
VALUES (%s, 'other', %s, %s, '', %s, 'open', '')
"""


def test_what_stood_in_clear_is_sealed_emptied_and_can_be_brought_back() -> None:
    with connection.schema_editor() as editor, connection.cursor() as cursor:
        for number in range(1200):
            cursor.execute(OLD_RELEASE, [f"C{number}", f"Tôi là người thứ {number}", encrypt(""), timezone.now()])
        SEALED.seal(apps, editor)
        cursor.execute("SELECT count(*) FROM helpdesk_ticket WHERE words <> ''")
        assert cursor.fetchone() == (0,)
        assert Ticket.objects.get(code="C1199").words == "Tôi là người thứ 1199"
        SEALED.unseal(apps, editor)
        cursor.execute("SELECT words FROM helpdesk_ticket WHERE code = 'C7'")
        assert cursor.fetchone() == ("Tôi là người thứ 7",)


def test_the_new_release_writes_ciphertext_only() -> None:
    Ticket.objects.create(code="C1", topic="other", words="Nhà bà Tư", address_hash=b"", opened_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, words_sealed FROM helpdesk_ticket")
        ((clear, sealed),) = cursor.fetchall()
    assert clear == ""
    assert decrypt(sealed) == "Nhà bà Tư"
