"""Drawing places by lot so that anybody can repeat it: pure, and the same on every machine and in every year."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

#: Every place gets SHA-256 of 'seed:number of the place'; the smallest come out.
METHOD = "sha256-1"


def drawn(pool: Collection[int], count: int, seed: str) -> list[int]:
    """*count* of *pool*, in the order in which they come out; all of a smaller pool.

    A place's rank depends on the seed and on its own number alone: whoever adds or removes another cannot steer it.
    """
    return sorted(set(pool), key=lambda place: (_lot(place, seed), place))[: max(count, 0)]


def _lot(place: int, seed: str) -> bytes:
    return hashlib.sha256(f"{seed}:{place}".encode()).digest()
