"""The keyed hash under which papers that name nobody are still found when their person asks for them."""

from __future__ import annotations

from typing import Any

from dauchan.people.encryption import keyed_hash


def papers_of(person_id: int) -> bytes:
    """What a paper keeps of a person instead of their number."""
    return keyed_hash(str(person_id), "papers-of-a-person")


def about(person_id: int) -> dict[str, Any]:
    """What the inventory's `of` may ask for: `%(person)s`, the number, and `%(papers)s`, the keyed hash of it."""
    return {"person": person_id, "papers": papers_of(person_id)}
