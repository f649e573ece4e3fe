"""Everything held about one person, table by table as the inventory says: for a program, and for a reader.

What tells of somebody else (`others` in the inventory) is left out, as are keyed hashes, which say nothing to anybody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from dauchan.people.encryption import decrypt
from dauchan.people.paper_hashes import about
from dauchan.privacy.inventory import Protection, data_inventory
from dauchan.privacy.rights.request_models import PersonRequest
from dauchan.privacy.rights.wishes import wish_in_words
from dauchan.units.languages import reads_english
from dauchan.venues.models import Venue

if TYPE_CHECKING:
    from dauchan.privacy.inventory import Column, Table

_NUMBERS = frozenset({"id", "person_id", "owner_id", "uploader_id", "check_in_id", "check_out_id", "attempt_id"})
_UNSAID = frozenset({Protection.HASHED, Protection.DIGEST})


@dataclass(frozen=True)
class Section:
    """The rows of one table about a person: *rows* hold raw values by column, *shown* the same in words."""

    table: str
    title: str
    purpose: str
    kept: str
    rows: list[dict[str, Any]]
    shown: list[list[tuple[str, str]]]


def everything_about(person_id: int) -> list[Section]:
    """The sections that are not empty."""
    found = [_section(table, person_id) for table in data_inventory().about_people() if told(table)]
    return [section for section in found if section.rows]


def as_file(person_id: int, now: dt.datetime) -> dict[str, Any]:
    """The same for a program to read: instants in UTC."""
    sections = everything_about(person_id)
    return {
        "made_at": now.isoformat(),
        "sections": [
            {"table": one.table, "title": one.title, "purpose": one.purpose, "kept": one.kept, "rows": one.rows}
            for one in sections
        ],
    }


def told(table: Table) -> list[Column]:
    """The columns of a table that are told to the person they are about."""
    return [column for column in table.personal if column.protection not in _UNSAID and not column.others]


def _section(table: Table, person_id: int) -> Section:
    columns = told(table)
    names = ", ".join(f'"{column.name}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table.name} WHERE {table.of} ORDER BY 1", about(person_id))  # noqa: S608 - the inventory's own words
        found = [[_value(column, raw) for column, raw in zip(columns, row, strict=True)] for row in cursor.fetchall()]
    inventory, is_english = data_inventory(), reads_english()
    purpose, rule = inventory.purposes[table.purpose], inventory.rules[table.retention]
    places = _places(columns, found)
    return Section(
        table.name,
        table.en if is_english else table.vi,
        purpose.en if is_english else purpose.vi,
        _kept(rule.days, rule.en if is_english else rule.vi),
        [{column.name: _plain(value) for column, value in zip(columns, row, strict=True)} for row in found],
        [_shown(table, columns, row, places) for row in found],
    )


def _kept(days: int | None, rule: str) -> str:
    return rule if not days else _("%(rule)s: %(days)s ngày") % {"rule": rule, "days": days}


def _value(column: Column, raw: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if column.protection is not Protection.SEALED or raw is None:
        return raw
    try:
        return decrypt(raw)
    except (InvalidTag, KeyError, UnicodeDecodeError, IndexError):
        return None  # a file's name, or a value whose key is gone


def _plain(value: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value if isinstance(value, (int, float, bool, str, list, dict, type(None))) else str(value)


def _places(columns: list[Column], rows: list[list[Any]]) -> dict[int, str]:
    at = [number for number, column in enumerate(columns) if column.name.endswith("venue_id")]
    wanted = {row[number] for row in rows for number in at if row[number]}
    return {
        venue.pk: f"{venue.name}, {venue.full_address}"
        for venue in Venue.objects.filter(pk__in=wanted).select_related("unit")
    }


def _shown(table: Table, columns: list[Column], row: list[Any], places: dict[int, str]) -> list[tuple[str, str]]:
    is_english = reads_english()
    said = []
    for column, value in zip(columns, row, strict=True):
        if value in {None, ""} if not isinstance(value, (list, dict)) else not value:
            continue
        if column.name in _NUMBERS:  # says nothing to a reader
            continue
        words = places.get(value, "") if column.name.endswith("venue_id") else _in_words(table, column, value)
        if words:
            said.append((column.en if is_english else column.vi, words))
    return said


def _in_words(table: Table, column: Column, value: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if (table.name, column.name) == (PersonRequest._meta.db_table, "wants"):  # noqa: SLF001 - Django's own name for it
        return "; ".join(f"{label}: {text}" for label, text in wish_in_words(str(value)))
    return _choices(table.name).get(column.name, {}).get(str(value), str(value))


def _choices(table: str) -> dict[str, dict[str, str]]:
    """The words of closed lists, by column."""
    found: dict[str, dict[str, str]] = {}
    for model in apps.get_models():
        if model._meta.db_table == table:  # noqa: SLF001 - Django's own name for it
            for field in model._meta.concrete_fields:  # noqa: SLF001 - same
                if field.choices and field.column:
                    found[field.column] = {str(code): str(words) for code, words in field.flatchoices}
    return found
