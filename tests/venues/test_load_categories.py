"""Loading the kinds of venues."""

from pathlib import Path

import pytest

from dauchan.units.errors import ReferenceRefused
from dauchan.units.reference_rows import Loaded
from dauchan.venues.models import Category
from dauchan.venues.reference import load_categories

pytestmark = pytest.mark.django_db

CATEGORIES = """code,name_vi,name_en,setting,default_stay_minutes,mode,sensitive,position
market,Chợ,Market,outdoor,45,both,no,10
shelter,Nhà tạm lánh,Shelter,indoor,600,poster,yes,20
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "categories.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_categories_are_loaded_once_and_changed_in_place(tmp_path: Path) -> None:
    assert load_categories(written(tmp_path, CATEGORIES)) == Loaded(added=2)
    assert load_categories(written(tmp_path, CATEGORIES)) == Loaded(unchanged=2)
    market = Category.objects.get(code="market")
    assert not market.sensitive
    assert Category.objects.get(code="shelter").sensitive
    assert load_categories(written(tmp_path, CATEGORIES.replace(",45,", ",50,"))) == Loaded(changed=1, unchanged=1)
    assert Category.objects.get(pk=market.pk).default_stay_minutes == 50


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [(",45,", ",-5,", "default_stay_minutes"), ("both", "neither", "mode"), ("Chợ", "", "name_vi")],
)
def test_a_faulty_line_is_named_and_nothing_is_kept(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ReferenceRefused, match=f"dòng 2: {told}"):
        load_categories(written(tmp_path, CATEGORIES.replace(old, new)))
    assert not Category.objects.exists()


def test_the_shipped_categories_load() -> None:
    loaded = load_categories()
    assert loaded.added == Category.objects.count() > 20
    assert load_categories() == Loaded(unchanged=loaded.added)
