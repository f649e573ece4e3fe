"""The data inventory is of the tables there are: a column without an entry, or an entry without a column, is a failure."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection

from dauchan.people.encryption import EncryptedTextField
from dauchan.people.paper_hashes import about
from dauchan.privacy.drafting import drafts
from dauchan.privacy.emptying import emptying, filled
from dauchan.privacy.inventory import Erasing, InventoryRefused, Protection, data_inventory, differences, read_inventory
from dauchan.privacy.inventory.reading import folder
from dauchan.privacy.retention.checking import condition
from dauchan.privacy.retention.rounds import ACTS
from dauchan.privacy.rights.export import told

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = """
SELECT c.relname, array_agg(a.attname::text) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
GROUP BY 1
"""


def columns_there_are() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_every_column_has_an_entry_and_every_entry_a_column() -> None:
    missing = differences(data_inventory(), columns_there_are())
    assert not missing, "write these into docs/data-inventory:\n" + "\n".join(missing)


def test_what_is_missing_or_too_much_is_named() -> None:
    inventory = data_inventory()
    table = inventory.tables["people_person"]
    short = dataclasses.replace(inventory, tables={"people_person": table})
    assert differences(short, {"people_person": ["id", "eye_colour"], "people_dog": ["id"]}) == [
        "people_dog: no entry",
        "people_person.eye_colour: no entry",
        "people_person.created_at: no such column",
    ]


def test_a_field_that_is_sealed_says_so_and_one_that_says_so_is() -> None:
    entries = data_inventory().tables
    sealed = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    said = {(t.name, c.name) for t in entries.values() for c in t.columns.values() if c.protection is Protection.SEALED}
    assert sealed <= said
    # Files and scans are sealed by other code than a field of the ORM.
    assert said - sealed == {
        ("gate_quarantine", "sealed"),
        ("oversight_reportphoto", "sealed"),
        ("venue_lists_venuelist", "content"),
    }


def test_names_phones_and_addresses_are_never_plain() -> None:
    """Only what a venue publishes of itself stands open."""
    found = [
        f"{table.name}.{column.name}"
        for table in data_inventory().tables.values()
        for column in table.columns.values()
        if column.is_personal
        and column.name in {"full_name", "phone", "address", "birth_year", "holder", "representative"}
        and column.protection is Protection.PLAIN
    ]
    assert sorted(found) == ["venues_venue.address", "venues_venue.phone"]


def test_every_table_with_a_person_says_how_it_is_exported_and_erased() -> None:
    for table in data_inventory().tables.values():
        if "person_id" in table.columns and table.name != "privacy_erasure":
            assert table.of, table.name
    untold = [table.name for table in data_inventory().about_people() if not told(table)]
    assert untold == ["intake_casename"]  # keyed hashes only
    assert all(isinstance(table.erase, Erasing) for table in data_inventory().about_people())


def test_every_rule_is_carried_out_by_something() -> None:
    acts = {rule.act for rule in data_inventory().rules.values() if rule.act}
    assert acts == {*ACTS, "inventory"}


@pytest.mark.django_db
def test_every_statement_of_the_inventory_is_one_the_database_understands() -> None:
    with connection.cursor() as cursor:
        for table in data_inventory().tables.values():
            if table.of:
                cursor.execute(f"SELECT count(*) FROM {table.name} WHERE {table.of}", about(1))  # noqa: S608 - own words
            if table.since and data_inventory().rules[table.retention].days is not None:
                said = {"limit": "2026-01-01T00:00Z"}
                cursor.execute(f"SELECT count(*) FROM {table.name} WHERE {condition(table)}", said)  # noqa: S608 - own words
            if table.empties:
                cursor.execute(f"SELECT count(*) FROM {table.name} WHERE {filled(table, table.empties)}")  # noqa: S608 - own words
                settings, values = emptying(table, table.empties)
                cursor.execute(f"UPDATE {table.name} SET {settings} WHERE false", values)  # noqa: S608 - own words


def test_lines_are_drafted_for_what_is_missing_and_refused_until_somebody_fills_them_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert list(drafts()) == []
    known = dict(data_inventory().tables)
    del known["people_identity"]
    lacking = dataclasses.replace(data_inventory(), tables=known)
    monkeypatch.setattr("dauchan.privacy.inventory.data_inventory", lambda: lacking)
    text = "\n".join(drafts())
    assert 'full_name = { is = "basic", as = "sealed", vi = "?", en = "?" }' in text
    for name in ("purposes", "retention"):
        (tmp_path / f"{name}.toml").write_text((folder() / f"{name}.toml").read_text(encoding="utf-8"))
    filled_in = text.replace('purpose = "?"', 'purpose = "system"').replace('retention = "?"', 'retention = "standing"')
    (tmp_path / "people.toml").write_text(filled_in)
    with pytest.raises(InventoryRefused, match="nobody has said what it is"):
        read_inventory(tmp_path)


def test_an_entry_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    for name in ("purposes", "retention"):
        (tmp_path / f"{name}.toml").write_text((folder() / f"{name}.toml").read_text(encoding="utf-8"))
    (tmp_path / "x.toml").write_text('[a]\nvi = "A"\nen = "A"\npurpose = "none"\nretention = "records"\n[a.columns]\n')
    with pytest.raises(InventoryRefused, match="a: no purpose none"):
        read_inventory(tmp_path)
