"""How this package compiles its loops."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def kernel(loop: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compile `loop` on first call, keep the machine code on disk, and let other threads run meanwhile."""
    return cast("Callable[Parameters, Result]", numba.njit(cache=True, nogil=True)(loop))
