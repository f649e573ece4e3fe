"""How this package compiles its loops."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar, cast

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
    loops of the package are compiled into it; so the code is kept under a name made of the sources of the whole package. A
    stamp within the file would not do: Numba reads the whole file before it looks at the stamp, and one of other
    sources may name records that are not there any more.
    """
    return _compiled(loop, inline="never")


def inlined(loop: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """As `kernel`, for what is called from inside a loop with arrays: a call would count the references of each of them."""
    return _compiled(loop, inline="always")


def _compiled(loop: Callable[Parameters, Result], inline: Literal["never", "always"]) -> Callable[Parameters, Result]:
    compiled: Any = numba.njit(cache=True, nogil=True, inline=inline)(loop)
    kept, here = compiled._cache._cache_file, compiled._cache.cache_path  # noqa: SLF001 — Numba has no public way, see `kernel`
    name = kept._index_name.removesuffix(".nbi")  # noqa: SLF001 — as above
    compiled._cache._cache_file = type(kept)(here, f"{name}-{SOURCES[:16]}", SOURCES)  # noqa: SLF001 — as above
    return cast("Callable[Parameters, Result]", compiled)
