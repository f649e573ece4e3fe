"""Of two requests that wait for each other the one that PostgreSQL ended is begun again, once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import RequestFactory
from psycopg.errors import DeadlockDetected, DiskFull

from dauchan.web.layout import once_more
from dauchan.web.layout.once_more import begun_again

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def ended_by(cause: Exception) -> OperationalError:
    ended = OperationalError()
    ended.__cause__ = cause
    return ended


def test_it_is_begun_again_with_the_same_files_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once_more, "connection", SimpleNamespace(in_atomic_block=False))
    request = RequestFactory().post("/", {"picture": SimpleUploadedFile("a.jpg", b"picture")})
    read: list[bytes] = []

    def answer(times: int, cause: Exception) -> str:
        read.append(cast("UploadedFile[bytes]", request.FILES["picture"]).read())
        if len(read) <= times:
            raise ended_by(cause)
        return "done"

    assert begun_again(request, lambda: answer(1, DeadlockDetected())) == "done"
    assert read == [b"picture", b"picture"]
    for times, cause in ((9, DeadlockDetected()), (9, DiskFull())):
        cast("UploadedFile[bytes]", request.FILES["picture"]).seek(0)
        read.clear()
        with pytest.raises(OperationalError):
            begun_again(request, lambda times=times, cause=cause: answer(times, cause))  # type: ignore[misc]
        assert len(read) == (2 if isinstance(cause, DeadlockDetected) else 1)
