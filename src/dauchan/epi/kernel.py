"""How this package compiles its loops."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def _stamp() -> str:
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


SOURCES = _stamp()
"""A digest of the package's source files."""


def kernel(loop: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compile `loop` on first call, keep the machine code on disk, and let other threads run meanwhile.

    Numba would take kept code for fresh as long as the loop's own file is unchanged, although constants, records and other
    loops of the package are compiled into it; so the code is kept for the sources of the whole package.
    """
    compiled: Any = numba.njit(cache=True, nogil=True)(loop)
    compiled._cache._cache_file._source_stamp = SOURCES  # noqa: SLF001 — Numba has no public way, see above
    return cast("Callable[Parameters, Result]", compiled)
