"""How this package compiles its loops over scans."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import DTypeLike, NDArray

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def kernel(loop: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compile `loop` on first call, keep the machine code on disk, and let other threads run meanwhile.

    Numba takes kept code for fresh as long as the loop's own file is unchanged: what a loop rests on is an argument or stands in its file.
    """
    compiled: Any = numba.njit(cache=True, nogil=True)(loop)
    return cast("Callable[Parameters, Result]", compiled)


def fixed(column: NDArray[Any], kind: DTypeLike | None = None) -> NDArray[Any]:
    """A column that cannot be written to: columns of files cannot either, and for both kinds a loop would be compiled twice."""
    only_read = np.ascontiguousarray(column, kind).view()
    only_read.flags.writeable = False
    return only_read
