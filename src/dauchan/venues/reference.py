"""Loading the kinds of venues, with the stay and the direction of scanning that the authority laid down for them."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from dauchan.units.reference_rows import Loaded, keep_records, read_rows
from dauchan.venues.models import Category

REFERENCE = Path(__file__).with_name("reference")
COLUMNS = ("code", "name_vi", "name_en", "setting", "default_stay_minutes", "mode", "sensitive", "position")


@transaction.atomic
def load_categories(file: Path = REFERENCE / "categories.csv") -> Loaded:
    """Load the categories. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    categories = []
    for row in read_rows(file, COLUMNS):
        cells = {column: text for column, text in row.given().items() if column in COLUMNS}
        category = Category(**{**cells, "sensitive": row.says("sensitive")})
        row.check(category, exclude=[])
        categories.append(category)
    return keep_records(categories, key=["code"])
