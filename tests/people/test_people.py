"""People: found again by their phone, encrypted at rest, and free to take their consent back."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.people.actions import (
    admit_person,
    has_consented,
    person_for_phone,
    person_with_phone,
    withdraw_consent,
)
from dauchan.people.encryption import decrypt, encrypt, keyed_hash
from dauchan.people.models import Identity, Person
from dauchan.people.sealing import random_person_id

PHONE = "+84905000001"
texts = st.text(st.characters(exclude_categories=["Cs"]))


@settings(deadline=None)
@given(texts)
def test_encryption_gives_back_what_it_took_and_never_the_same_bytes(text: str) -> None:
    sealed = encrypt(text)
    assert decrypt(sealed) == text
    assert sealed != encrypt(text)


@settings(deadline=None)
@given(texts, texts)
def test_a_hash_depends_on_text_and_purpose(one: str, other: str) -> None:
    assert (keyed_hash(one, "a") == keyed_hash(other, "a")) == (one == other)
    assert keyed_hash(one, "a") != keyed_hash(one, "b")


def test_a_person_s_number_fits_a_javascript_number_and_says_nothing() -> None:
    numbers = {random_person_id() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(2**40 <= number < 2**53 for number in numbers)


@pytest.mark.django_db
def test_one_phone_is_one_person_and_the_latest_name_counts() -> None:
    first = admit_person(PHONE, "Trần Thị Thử", "vi")
    again = admit_person(PHONE, "Trần Thị Thử Nghiệm", "en")
    assert first.pk == again.pk
    found = person_with_phone(PHONE)
    assert found is not None
    assert found.identity.full_name == "Trần Thị Thử Nghiệm"
    assert person_for_phone(PHONE).identity.full_name == "Trần Thị Thử Nghiệm"
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_name_and_phone_do_not_stand_in_the_database() -> None:
    admit_person(PHONE, "Trần Thị Thử", "vi")
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name, phone, phone_hash FROM people_identity")
        stored = b"".join(bytes(column) for column in cursor.fetchone())
    assert "Thử".encode() not in stored
    assert b"905000001" not in stored
    assert Identity.objects.get().phone == PHONE


@pytest.mark.django_db
def test_consent_is_kept_after_it_was_withdrawn() -> None:
    person = admit_person(PHONE, "Trần Thị Thử", "vi")
    assert has_consented(person)
    withdraw_consent(person)
    assert not has_consented(person)
    assert person.consents.get().withdrawn_at is not None
    admit_person(PHONE, "Trần Thị Thử", "vi")
    assert has_consented(person)
    assert person.consents.count() == 2
