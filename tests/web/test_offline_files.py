"""What a phone keeps for a week without a network is whole: nothing that its pages import is missing."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from dauchan.web.layout.assets import BUILD, files_for_inspecting, files_for_scanning

if TYPE_CHECKING:
    from collections.abc import Callable

#: `from"./a.js"`, `import"./a.js"`; what is imported only when it is needed is another matter.
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
DOOR = ("public", "scanner", "gate-page")


def needed(names: set[str]) -> set[str]:
    """These modules with all that they import, and what that imports."""
    found: set[str] = set()
    while names:
        found |= names
        names = {one for name in names for one in IMPORTED.findall((BUILD / name).read_text(encoding="utf-8"))} - found
    return found


@pytest.mark.parametrize(("kept", "pages"), [(files_for_scanning, DOOR), (files_for_inspecting, (*DOOR, "field-page"))])
def test_all_that_the_pages_import_is_kept(kept: Callable[[], tuple[str, ...]], pages: tuple[str, ...]) -> None:
    names = {PurePosixPath(address).name for address in kept()}
    begun = {name for name in names if name.endswith(".js") and name.startswith(tuple(f"{page}-" for page in pages))}
    assert len(begun) == len(pages)
    assert len(needed(begun)) > len(begun)
    assert needed(begun) <= names


def test_what_only_other_pages_show_takes_no_room_on_the_phone() -> None:
    names = {PurePosixPath(address).name for address in files_for_inspecting()}
    assert not [
        name for name in names if re.match(r"(map|chart|picker|spread|zone-drawing|blur-editor|counting-page)-", name)
    ]
    assert [name for name in names if name.startswith("ed25519-")]
