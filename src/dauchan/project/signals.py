"""What ends `dauchan up`: Ctrl-C, a terminal that closes, a service that is stopped."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """Inside, each of these signals raises KeyboardInterrupt once; then all are ignored, so that nothing disturbs the
    stopping. KeyboardInterrupt leaves the block as its ordinary end.
    """
    before = {number: signal.signal(number, _interrupt) for number in ENDING}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, action in before.items():
            signal.signal(number, action)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
