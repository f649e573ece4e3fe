"""How many codes that lead nowhere one address has tried within an hour."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from dauchan.people.encryption import keyed_hash

WITHIN_SECONDS = 3600


@dataclass(frozen=True)
class Misses:
    """Of one kind of code; the address is kept as a keyed hash only."""

    name: str
    most: int

    def are_too_many(self, address: str) -> bool:
        tried: int = cache.get(self._key(address), 0)
        return tried >= self.most

    def count(self, address: str) -> None:
        key = self._key(address)
        cache.set(key, cache.get(key, 0) + 1, WITHIN_SECONDS)

    def _key(self, address: str) -> str:
        return f"{self.name}:{keyed_hash(address, 'address').hex()}"
