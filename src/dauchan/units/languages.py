"""In which of the two languages whoever is asking reads."""

from __future__ import annotations

from django.utils.translation import get_language


def reads_english() -> bool:
    """Vietnamese is the default, also where nobody has chosen."""
    return (get_language() or "vi").startswith("en")
