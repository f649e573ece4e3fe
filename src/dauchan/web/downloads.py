"""Lists as files that are sent while they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import StreamingHttpResponse

from dauchan.exchange.tables import Column, csv_chunks

if TYPE_CHECKING:
    from collections.abc import Iterable

Item = TypeVar("Item")


def csv_download(columns: list[Column[Item]], items: Iterable[Item], name: str) -> StreamingHttpResponse:
    """A CSV file called `name.csv`; *name* is plain ASCII."""
    answer = StreamingHttpResponse(csv_chunks(columns, items), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
