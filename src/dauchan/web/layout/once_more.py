"""Two requests that wait for each other: PostgreSQL ends one of them, which has done nothing then, and it is begun again.

Every action writes into the log, and whoever writes there goes first until it commits. One that has its rows and waits for the
log can so meet one that has the log and waits for these rows.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING, TypeVar

from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    Answer = TypeVar("Answer")

log = getLogger(__name__)


def begun_again(request: HttpRequest, answer: Callable[[], Answer]) -> Answer:
    """What *answer* returns, tried a second time where PostgreSQL ended the first. What had been committed before is not undone:
    a second try is told of it as anybody else would be.
    """
    try:
        return answer()
    except OperationalError as ended:
        if not isinstance(ended.__cause__, DeadlockDetected) or connection.in_atomic_block:
            raise
    log.warning("begun again after two requests had waited for each other")
    for _name, files in request.FILES.lists():
        for file in files:
            file.seek(0)
    return answer()
