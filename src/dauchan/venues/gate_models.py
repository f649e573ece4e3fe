"""Phones, tablets and computers that a venue's gate keepers scan with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime as dt


class GateDevice(models.Model):
    """A device that may record scans at one venue until it is revoked.

    It proves itself by a random token, of which only a keyed hash is kept, and which is renewed every month. Its number stands beside each of its scans.
    """

    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="gate_devices")
    name = models.CharField(_("Tên thiết bị"), max_length=60)
    token_hash = models.BinaryField(max_length=32, unique=True)
    enrolled_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    keyed_at = models.DateTimeField(null=True)  # null: its first token, of the day it was enrolled
    # A new token that was handed out and has not come back yet; the old one is good until it does.
    next_token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    next_token_at = models.DateTimeField(null=True)
    synced_at = models.DateTimeField(null=True)
    waiting_scans = models.PositiveIntegerField(default=0)  # as the device told at its last sync

    class Meta:
        ordering = ["revoked_at", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def token_since(self) -> dt.datetime:
        """Since when its token is in use."""
        return self.keyed_at or self.enrolled_at


class GateInvitation(models.Model):
    """A one-time code with which one device becomes a gate of a venue; kept as a keyed hash, good for ten minutes."""

    venue = models.ForeignKey("venues.Venue", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    code_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
