"""Figures of accountability in templates: `{% load accountability %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from dauchan.oversight.accountability import written

if TYPE_CHECKING:
    from dauchan.oversight.accountability.columns import Column
    from dauchan.oversight.accountability.queries import Line

register = template.Library()


@register.simple_tag
def figure(line: Line, column: Column) -> str:
    return written.figure_written(line.figure(column), column)


@register.simple_tag
def parts(line: Line, column: Column) -> str:
    """A share's two numbers."""
    return written.of_written(line.figure(column), column)


@register.simple_tag
def figure_before(line: Line, column: Column) -> str:
    return written.figure_written(line.figure_before(column), column)


@register.simple_tag
def change(line: Line, column: Column) -> str:
    return written.change_written(line.change(column), column)
