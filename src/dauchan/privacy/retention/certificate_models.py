"""Certificates of purges."""

from __future__ import annotations

from django.db import models


class PurgeCertificate(models.Model):
    """What one round removed, signed; each carries the digest of the one before, so that none can go missing unseen.

    Attributes:
        content: rules with their limits, and for each table how many rows went and how many stayed past the limit.
        digest: SHA-256 over the content, the instant and the digest before.
        signature: Ed25519 by the key ring that signs cards; `key` is its version.
    """

    made_at = models.DateTimeField()
    content = models.JSONField()
    rows = models.PositiveBigIntegerField()
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    key = models.PositiveSmallIntegerField()
    signature = models.CharField(max_length=88)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"
