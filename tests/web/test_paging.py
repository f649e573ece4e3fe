"""Lists that are cut by their keys: what page an address names, and what it costs to find and count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dauchan.units.models import Unit
from dauchan.web.layout.paging import KeysFirst

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

UNITS = [f"9{number:04}" for number in range(5)]


@pytest.fixture
def cut(db: None) -> KeysFirst:
    """Five units, two a page."""
    made = {"level": "commune", "valid_from": "2025-07-01"}
    for code in UNITS:
        Unit.objects.create(code=code, name=code, full_name=code, path=code, **made)
    return KeysFirst(Unit.objects.filter(code__in=UNITS).order_by("-code"), 2)


@pytest.mark.parametrize(
    ("asked", "number", "shown"),
    [
        (None, 1, UNITS[:2:-1]),
        ("2", 2, UNITS[2:0:-1]),
        ("3", 3, UNITS[:1]),
        ("4", 3, UNITS[:1]),
        ("0", 3, UNITS[:1]),
        ("9" * 40, 3, UNITS[:1]),
        ("x", 1, UNITS[:2:-1]),
        ("²", 1, UNITS[:2:-1]),
    ],
)
def test_every_address_leads_to_a_page(cut: KeysFirst, asked: str | None, number: int, shown: list[str]) -> None:
    page = cut.get_page(asked)
    assert (page.number, [unit.code for unit in page]) == (number, shown)
    assert (cut.count, page.paginator.num_pages, page.has_next()) == (5, 3, number < 3)


def test_a_page_is_found_and_counted_in_one_query(
    cut: KeysFirst, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert len(list(cut.get_page("2"))) == 2
        assert cut.num_pages == 3


def test_a_list_of_nothing_has_one_page(db: None) -> None:
    page = KeysFirst(Unit.objects.filter(code="nowhere").order_by("code"), 2).get_page("7")
    assert (page.number, list(page), page.paginator.count) == (1, [], 0)
