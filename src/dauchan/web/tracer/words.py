"""Words of the tracing screens that several of them use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable


def duration(seconds: int) -> str:
    """1 giờ 5 phút, 45 phút; seconds only where there is no whole minute."""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return ngettext("%(count)s giây", "%(count)s giây", seconds) % {"count": seconds}
    hours, minutes = divmod(seconds // 60, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)s giờ", "%(count)s giờ", hours) % {"count": hours})
    if minutes:
        parts.append(ngettext("%(count)s phút", "%(count)s phút", minutes) % {"count": minutes})
    return " ".join(parts)


def contact_name(number: int) -> str:
    """How the team speaks of a contact before the name is opened."""
    return _("Người %(number)s") % {"number": number}


def source_name(number: int | None) -> str:
    """The same of a source; None is the index case."""
    return _("Ca bệnh (F0)") if number is None else contact_name(number)


def numbers_in_words(numbers: Iterable[int]) -> str:
    """1–4, 7, 9–12: none is left out, however many there are."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("–".join(str(number) for number in run) for run in runs)
