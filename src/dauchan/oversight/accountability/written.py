"""Figures as they are read, on screen, on paper and in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dauchan.people.measures.queries import FEWEST_TOLD

if TYPE_CHECKING:
    from dauchan.oversight.accountability.columns import Column, Figure

NONE = "–"


def number_written(number: float, column: Column) -> str:
    return number_format(number, decimal_pos=1 if column.is_average else 0, use_l10n=True, force_grouping=True)


def figure_written(figure: Figure, column: Column) -> str:
    """The share where it is one, else the number."""
    if figure.is_few:
        return _("dưới %(number)s") % {"number": FEWEST_TOLD}
    if not column.of:
        return number_written(figure.number, column)
    return NONE if figure.share is None else f"{_decimal(100 * figure.share)}%"


def of_written(figure: Figure, column: Column) -> str:
    """A share's parts, `172/450`; empty for a plain number, and where there was nothing to be part of."""
    if not column.of or not figure.of:
        return ""
    return f"{number_written(figure.number, column)}/{number_written(figure.of, column)}"


def change_written(change: float | None, column: Column) -> str:
    """Points of a share, per cent of a number."""
    if change is None:
        return NONE
    rounded = round(change, 1)
    signed = f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{_decimal(abs(rounded))}"
    return _("%(number)s điểm") % {"number": signed} if column.of else f"{signed}%"


def _decimal(number: float) -> str:
    return number_format(number, decimal_pos=1, use_l10n=True, force_grouping=True)
