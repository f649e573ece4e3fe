"""One step on many rows of a list: each by itself, so that what is refused for one does not stop the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

MOST_AT_ONCE = 200
#: A key or a revision of the database has fewer digits.
DIGITS = 19


def ticked(request: HttpRequest) -> dict[int, int]:
    """The rows that were ticked, as `12:3` each: the key, and the revision that was in view."""
    pairs = (one.split(":") for one in request.POST.getlist("chosen")[:MOST_AT_ONCE])
    return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and all(map(_is_number, pair))}  # noqa: PLR2004 - a pair


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < DIGITS


def accept_each(
    request: HttpRequest, rows: Iterable[Any], act: Callable[[Any], object], refusals: type[Exception]
) -> None:
    """Take the step on every row, and say how many it was done for and how many were refused."""
    done = refused = 0
    for row in rows:
        try:
            act(row)
        except refusals:
            refused += 1
        else:
            done += 1
    if done:
        messages.success(request, ngettext("Đã tiếp nhận %(n)s việc.", "Đã tiếp nhận %(n)s việc.", done) % {"n": done})
    if refused:
        text = ngettext(
            "%(n)s việc vừa được người khác cập nhật, chưa tiếp nhận.",
            "%(n)s việc vừa được người khác cập nhật, chưa tiếp nhận.",
            refused,
        )
        messages.warning(request, text % {"n": refused})
    if not done and not refused:
        messages.info(request, _("Chưa đánh dấu việc nào."))
