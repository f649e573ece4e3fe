"""Sentences that name the hotline: its number is a setting, and an installation may have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import lazystr

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Where a text that officers write, or that comes with the program, wants the number.
PLACE = "{hotline}"


class _Sentence:
    def __init__(self, said: StrOrPromise, without: StrOrPromise) -> None:
        self._said, self._without = said, without

    def __str__(self) -> str:
        return str(self._said) % {"hotline": settings.HOTLINE} if settings.HOTLINE else str(self._without)


def with_hotline(said: StrOrPromise, without: StrOrPromise) -> StrOrPromise:
    """*said*, with the number of this installation at %(hotline)s when it is read; *without* where there is none."""
    return lazystr(_Sentence(said, without))


def filled_in(text: str) -> str:
    """A text of the installation's own with its number; other braces stay as they were written."""
    return text.replace(PLACE, settings.HOTLINE)
