"""Loading the administrative map."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from dauchan.units.errors import ReferenceRefused
from dauchan.units.models import Unit
from dauchan.units.reference_rows import Loaded, read_rows
from dauchan.units.successors import load_successors
from dauchan.vietnamese import fold, sort_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from dauchan.units.reference_rows import Row

REFERENCE = Path(__file__).with_name("reference")
SUCCESSORS = "successors.csv"
#: Tables beside those of units.
OTHER_TABLES = frozenset({SUCCESSORS, "holidays.csv"})
COLUMNS = ("code", "parent_code", "level", "name", "full_name", "name_en", "valid_from", "valid_to", "lat", "lon")
CHANGEABLE = (
    "parent",
    "level",
    "name",
    "full_name",
    "name_en",
    "path",
    "valid_to",
    "lat",
    "lon",
    "search_key",
    "sort_key",
)

Periods = dict[str, list[Unit]]


@transaction.atomic
def load_units(source: Path = REFERENCE) -> Loaded:
    """Load administrative units from a CSV file, or from all of a directory together with their successors.

    A unit is known by its code and the day it began, so that loading again changes nothing.

    Raises: ReferenceRefused, and then nothing of it is kept.
    """
    files = sorted(source.glob("*.csv")) if source.is_dir() else [source]
    if not files:
        raise ReferenceRefused(_("Không có tệp CSV nào trong %(directory)s.") % {"directory": source})
    rows = [row for file in files if file.name not in OTHER_TABLES for row in read_rows(file, COLUMNS)]
    known = {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
    before = {unit.pk: _values(unit) for unit in known.values()}
    units = _read_units(rows, known)
    _place(rows, units)
    loaded = _keep(units, before)
    for file in files:
        if file.name == SUCCESSORS:
            loaded += load_successors(file)
    return loaded


def _values(unit: Unit) -> tuple[object, ...]:
    return tuple(getattr(unit, "parent_id" if name == "parent" else name) for name in CHANGEABLE)


def _read_units(rows: list[Row], known: dict[tuple[str, dt.date], Unit]) -> list[Unit]:
    """One unit for each row, new ones with their id already drawn: a path is made of ids."""
    units = [_read_unit(row) for row in rows]
    taken = Counter((unit.code, unit.valid_from) for unit in units)
    for row, unit in zip(rows, units, strict=True):
        if taken[unit.code, unit.valid_from] > 1:
            raise row.refused(_("mã %(code)s có hai dòng cùng ngày bắt đầu") % {"code": unit.code})
    ids = iter(_draw_ids(len([unit for unit in units if (unit.code, unit.valid_from) not in known])))
    for unit in units:
        same = known.get((unit.code, unit.valid_from))
        unit.pk = same.pk if same else next(ids)
    return units


def _read_unit(row: Row) -> Unit:
    cells = row.given()
    unit = Unit(
        **{column: cells.get(column, "") for column in ("code", "level", "name", "full_name", "name_en")},
        **{column: cells.get(column) for column in ("valid_from", "valid_to", "lat", "lon")},
    )
    row.check(unit, exclude=["parent", "path", "search_key", "sort_key"])
    if unit.valid_to and unit.valid_to <= unit.valid_from:
        raise row.refused(_("valid_to phải sau valid_from"))
    unit.sort_key = sort_key(unit.name)
    return unit


def _draw_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('units_unit', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [number for (number,) in cursor.fetchall()]


def _place(rows: list[Row], units: list[Unit]) -> None:
    """Hang every unit below the row of its parent that was in force when it began."""
    periods = _periods(units)
    for row, unit in zip(rows, units, strict=True):
        if row["parent_code"]:
            unit.parent = _in_force(periods, row["parent_code"], unit.valid_from)
            if unit.parent is None:
                raise row.refused(
                    _("không có đơn vị cấp trên %(code)s vào ngày %(day)s")
                    % {"code": row["parent_code"], "day": unit.valid_from}
                )
    for row, unit in zip(rows, units, strict=True):
        unit.path = ".".join(str(above.pk) for above in _line_of(row, unit))
        unit.search_key = fold(_searched_words(unit))[:200]


def _periods(units: Iterable[Unit]) -> Periods:
    """Units by code, those of the database included, each code's periods in order and none over another."""
    mine = {unit.pk for unit in units}
    periods: Periods = defaultdict(list)
    for unit in [*units, *Unit.objects.exclude(pk__in=mine)]:
        periods[unit.code].append(unit)
    for code, same in periods.items():
        same.sort(key=lambda unit: unit.valid_from)
        for earlier, later in pairwise(same):
            if earlier.valid_to is None or earlier.valid_to > later.valid_from:
                raise ReferenceRefused(_("Mã %(code)s có hai giai đoạn hiệu lực chồng nhau.") % {"code": code})
    return periods


def _in_force(periods: Periods, code: str, day: dt.date) -> Unit | None:
    for unit in periods.get(code, []):
        if unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to):
            return unit
    return None


def _line_of(row: Row, unit: Unit) -> list[Unit]:
    """From the root down to *unit*."""
    line = [unit]
    while (parent := line[0].parent) is not None:
        if parent.pk in {below.pk for below in line}:
            raise row.refused(_("đơn vị %(code)s là cấp trên của chính nó") % {"code": parent.code})
        line.insert(0, parent)
    return line


def _searched_words(unit: Unit) -> str:
    """Its name, and where there are districts its district's: two communes are called Hương Phong."""
    district = unit.parent if unit.parent and unit.parent.level == "district" else None
    return f"{unit.full_name} {district.full_name}" if district else unit.full_name


def _keep(units: list[Unit], before: dict[int, tuple[object, ...]]) -> Loaded:
    added = [unit for unit in units if unit.pk not in before]
    changed = [unit for unit in units if unit.pk in before and before[unit.pk] != _values(unit)]
    Unit.objects.bulk_create(added)
    Unit.objects.bulk_update(changed, CHANGEABLE)
    for unit in changed:
        _move_descendants(str(before[unit.pk][CHANGEABLE.index("path")]), unit.path)
    return Loaded(len(added), len(changed), len(units) - len(added) - len(changed))


def _move_descendants(old_path: str, path: str) -> None:
    """Units below a moved one that this load did not name go with it."""
    if old_path != path:
        rest = Substr("path", len(old_path) + 1)
        Unit.objects.filter(path__startswith=f"{old_path}.").update(path=Concat(Value(path), rest))
