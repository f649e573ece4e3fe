"""People as the ledger knows them (a random number), and what is kept apart and encrypted about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dauchan.people.card_models import CardChange, ControlCard
from dauchan.people.encryption import EncryptedTextField
from dauchan.people.sealing import random_person_id

__all__ = ["CardChange", "Consent", "ControlCard", "Credential", "Identity", "Person", "PhoneCode", "random_person_id"]


class Person(models.Model):
    """Someone who checks in. Nothing here identifies them: that is in `Identity`, which can be erased."""

    id = models.BigIntegerField(primary_key=True, default=random_person_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Identity(models.Model):
    """Name and phone of a person, encrypted; found again only through keyed hashes.

    Somebody who carries a card need not have a phone: `phone` is then a number where they can be reached, a relative's
    perhaps, or empty, and `phone_hash` is null, so that nobody who proves to hold that number signs in as this person.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="identity")
    full_name = EncryptedTextField(_("Họ và tên"))
    phone = EncryptedTextField(_("Số điện thoại"))
    phone_hash = models.BinaryField(max_length=32, unique=True, null=True)
    # The field's base is generic by kind of value, and null is another kind.
    birth_year: models.Field[str | None, str | None] = EncryptedTextField(_("Năm sinh"), null=True)  # type: ignore[assignment,misc]
    address: models.Field[str | None, str | None] = EncryptedTextField(_("Địa chỉ"), null=True)  # type: ignore[assignment,misc]
    # Of holders of cards: how an officer finds them again without the names being readable. See `people.holders`.
    name_hash = models.BinaryField(max_length=32, null=True)
    name_year_hash = models.BinaryField(max_length=32, null=True)
    contact_hash = models.BinaryField(max_length=32, null=True)
    # Null: somebody said this number at a gate, and nobody has shown yet that it is theirs.
    verified_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name_hash"], name="identity_by_name", condition=Q(name_hash__isnull=False)),
            models.Index(
                fields=["name_year_hash"], name="identity_by_birth", condition=Q(name_year_hash__isnull=False)
            ),
            models.Index(fields=["contact_hash"], name="identity_by_contact", condition=Q(contact_hash__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.person_id}"


class Credential(models.Model):
    """A document somebody showed at a gate: which number it bore is known only as a keyed hash, and who it stands for."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=20)
    subject_hash = models.BinaryField(max_length=32, unique=True)
    first_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.person_id}: {self.kind}"


class Consent(models.Model):
    """Which version of the privacy notice a person agreed to, and when; kept after withdrawal."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    notice_version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"#{self.person_id}: {self.notice_version}"


class PhoneCode(models.Model):
    """A one-time code sent to a phone: bound to phone and purpose, single use, few tries, short life."""

    phone_hash = models.BinaryField(max_length=32)
    purpose = models.CharField(max_length=20)
    code_hash = models.BinaryField(max_length=32)
    # Keyed hashes, so that limits can be counted without keeping addresses.
    address_hash = models.BinaryField(max_length=32)
    subnet_hash = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_hash", "sent_at"], name="phone_code_by_phone"),
            models.Index(fields=["address_hash", "sent_at"], name="phone_code_by_address"),
            models.Index(fields=["subnet_hash", "sent_at"], name="phone_code_by_subnet"),
            models.Index(fields=["sent_at"], name="phone_code_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.sent_at:%Y-%m-%d %H:%M:%S}"
