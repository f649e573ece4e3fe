"""What stands on every QR symbol of a version, whatever it says: finder, timing and alignment patterns (ISO/IEC 18004, 6.3)."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DARK, LIGHT, UNKNOWN = 1, 0, -1
_FIRST_WITH_ALIGNMENT = 2
_ODD_ONE = 32  # its alignment patterns do not follow the rule of the others


def side_of(version: int) -> int:
    return 17 + 4 * version


@lru_cache(maxsize=16)
def fixed_modules(version: int) -> NDArray[np.int8]:
    """Shape (side, side): 1 dark, 0 light, -1 where the version alone does not tell."""
    side = side_of(version)
    fixed = np.full((side, side), UNKNOWN, np.int8)
    middles = alignment_middles(version)
    for down in middles:
        for across in middles:
            if not _under_finder(down, across, side):
                fixed[down - 2 : down + 3, across - 2 : across + 3] = _rings(5, DARK)
    between = np.arange(8, side - 8)
    fixed[6, between] = fixed[between, 6] = (between + 1) % 2
    # With its light margin a finder pattern is nine modules wide, of which the symbol's edge cuts off one.
    finder = _rings(9, LIGHT)
    fixed[:8, :8], fixed[:8, -8:], fixed[-8:, :8] = finder[1:, 1:], finder[1:, :-1], finder[:-1, 1:]
    fixed[side - 8, 8] = DARK
    fixed.flags.writeable = False
    return fixed


def _under_finder(down: int, across: int, side: int) -> bool:
    near, far = 6, side - 7
    return (down, across) in {(near, near), (near, far), (far, near)}


def _rings(width: int, outermost: int) -> NDArray[np.int8]:
    """Square rings, dark and light in turn; a finder's inner square is three wide, an alignment pattern's is one."""
    middle = width // 2
    away = np.maximum(*np.abs(np.mgrid[-middle : middle + 1, -middle : middle + 1]))
    if width == 9:  # noqa: PLR2004 - the finder pattern: 3 dark, 1 light, 1 dark, 1 light
        return np.isin(away, (0, 1, 3)).astype(np.int8)
    rings: NDArray[np.int8] = ((away + middle + outermost) % 2).astype(np.int8)
    return rings


def alignment_middles(version: int) -> list[int]:
    """Rows, and columns, of the middles of alignment patterns; those under finder patterns are among them."""
    if version < _FIRST_WITH_ALIGNMENT:
        return []
    count = version // 7 + 2
    last = side_of(version) - 7
    step = 26 if version == _ODD_ONE else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    return [6, *sorted(last - step * place for place in range(count - 1))]
