"""A small province whose lists are handed in."""

from __future__ import annotations

import pytest

from dauchan.exchange.venue_lists.checking import check
from dauchan.exchange.venue_lists.keeping import begin_keeping, keep
from dauchan.exchange.venue_lists.models import VenueList
from dauchan.exchange.venue_lists.taking_in import Options, choose, found_columns, hand_in
from dauchan.units.models import Unit
from dauchan.venues.models import Category
from tests.web.conftest import commune, make_officer, officer, other_commune, province

__all__ = ["commune", "make_officer", "officer", "other_commune", "province"]


@pytest.fixture
def categories(db: None) -> dict[str, Category]:
    names = {
        "eatery": "Nhà hàng, quán ăn",
        "pharmacy": "Nhà thuốc, quầy thuốc",
        "grocery": "Cửa hàng tạp hóa",
        "factory": "Nhà máy",
    }
    made = [
        Category(code=code, name_vi=name, name_en=code.title(), setting="indoor", default_stay_minutes=30, position=at)
        for at, (code, name) in enumerate(names.items())
    ]
    return {one.code: one for one in Category.objects.bulk_create(made)}


def checked(content: bytes, unit: Unit, options: Options | None = None) -> VenueList:
    """Handed in by nobody in particular, with the columns its headings tell."""
    taken = hand_in(content, "ds.xlsx", None, unit)
    return check(choose(taken, found_columns(taken), options or Options()))


def kept(content: bytes, unit: Unit, options: Options | None = None) -> VenueList:
    return keep(begin_keeping(checked(content, unit, options)))


def reasons_of(venue_list: VenueList) -> dict[int, list[str]]:
    """Codes of faults and remarks by the row's number."""
    return {row.number: [code for code, _named in row.reasons] for row in venue_list.rows.all()}
