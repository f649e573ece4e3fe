"""The ledger's SQL.

Files with a number belong to the migration of that number and never change once released; the others hold named
blocks, each with a line that says what it does::

    -- diary --
    -- A person's visits, newest first
    SELECT …
"""

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)


def script(name: str) -> str:
    """The text of a file in this folder."""
    return files("dauchan.visits.sql").joinpath(name).read_text(encoding="utf-8")


@cache
def blocks(name: str, package: str = "dauchan.visits.sql") -> dict[str, str]:
    """The named blocks of a file of this folder, or of that of another domain."""
    _, *parts = _NAME.split(files(package).joinpath(name).read_text(encoding="utf-8"))
    return dict(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))
