"""The spellings of a name under which its person is found again, as keyed hashes."""

from __future__ import annotations

from dauchan.people.encryption import keyed_hash
from dauchan.tracing.intake.likeness import Likeness
from dauchan.vietnamese import fold

SHORTEST_NAME = 2


def spellings(full_name: str, birth_year: int | None) -> dict[Likeness, str]:
    """The texts by which a name is compared: without diacritics, i for y, in whatever order the words come.

    `Nguyễn Thị Mỹ`, `NGUYEN THI MI` and `Mỹ Nguyễn Thị` give one text. With a year of birth also the first and the last
    word alone, for the middle name is what lists leave out.
    """
    words = fold(full_name).replace("y", "i").split()
    if len(words) < SHORTEST_NAME:
        return {}
    found = {Likeness.NAME: " ".join(sorted(words))}
    if birth_year:
        found[Likeness.NAME_YEAR] = f"{found[Likeness.NAME]}\0{birth_year}"
        found[Likeness.ENDS_YEAR] = " ".join(sorted((words[0], words[-1]))) + f"\0{birth_year}"
    return found


def name_hashes(full_name: str, birth_year: int | None) -> dict[Likeness, bytes]:
    return {kind: keyed_hash(text, f"case-{kind.value}") for kind, text in spellings(full_name, birth_year).items()}
