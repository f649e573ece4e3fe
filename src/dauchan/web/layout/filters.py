"""What stands above a list to search and narrow it, and how much of that a phone folds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

#: The field one types words into is always in sight.
SEARCH = "q"
#: An order leaves nobody out: it lies in the fold but is not counted.
SORT = "sort"
#: The line of a fold takes the room of one field.
LEAST_FOLDED = 2


class Filters(NamedTuple):
    """The fields of a list's filter.

    Attributes:
        in_sight: what stands there on a screen of any width.
        folded: what a phone shows when asked to; empty where folding saves no room.
        in_use: how many of *folded* narrow the list now.
    """

    in_sight: list[BoundField]
    folded: list[BoundField]
    in_use: int


def filters_of(form: forms.Form) -> Filters:
    """Reads the form as well: a value that makes no sense is not in use."""
    form.is_valid()
    fields = form.visible_fields()
    folded = [bound for bound in fields if bound.name != SEARCH]
    if len(folded) < LEAST_FOLDED:
        return Filters(fields, [], 0)
    in_sight = [bound for bound in fields if bound.name == SEARCH]
    return Filters(in_sight, folded, sum(_is_in_use(form, bound) for bound in folded))


def _is_in_use(form: forms.Form, bound: BoundField) -> bool:
    """Whether it narrows the list: an order does not, nor the choice that holds where nobody chose."""
    known: dict[str, Any] = getattr(form, "cleaned_data", {})
    if bound.name == SORT or known.get(bound.name) in bound.field.empty_values:
        return False
    if not isinstance(bound.field, forms.ChoiceField):
        return True
    usual, _label = next(iter(bound.field.choices))  # type: ignore[arg-type]  # the stubs know all that one may assign
    return str(bound.data) != str(usual)
