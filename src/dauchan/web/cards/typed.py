"""What officers type about a holder."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext as _

FIRST_YEAR = 1880

_YEAR = re.compile(r"(?:(?:\d{1,2}[/.-]){1,2})?(?P<year>\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-\d\d-\d\d", re.ASCII)


def birth_year_typed(text: str, this_year: int) -> int | None:
    """The year in `1950`, `02/09/1950` or `1950-09-02`; None for an empty text.

    Raises: ValidationError for anything else, and for a year in which nobody alive was born.
    """
    typed = text.strip()
    if not typed:
        return None
    found = _ISO_DAY.fullmatch(typed) or _YEAR.fullmatch(typed)
    if found is None:
        raise forms.ValidationError(_("Năm sinh gồm bốn chữ số, ví dụ 1950."))
    year = int(found["year"])
    if not FIRST_YEAR <= year <= this_year:
        raise forms.ValidationError(
            _("Năm sinh phải từ %(first)s đến %(last)s.") % {"first": FIRST_YEAR, "last": this_year}
        )
    return year
