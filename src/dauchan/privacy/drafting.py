"""Lines for what the data inventory lacks, to be filled in: `DJANGO_SETTINGS_MODULE=dauchan.project.settings python -m dauchan.privacy.drafting`.
Needs no database.

A person says what a column is, why it is kept and when it goes: the question marks are refused until somebody does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import django

if TYPE_CHECKING:
    from collections.abc import Iterator


def drafts() -> Iterator[str]:
    """Of each table without an entry a whole one, of each column without one its line."""
    from django.apps import apps

    from dauchan.people.encryption import EncryptedTextField
    from dauchan.privacy.inventory import data_inventory

    entries = data_inventory().tables
    for model in apps.get_models(include_auto_created=True):
        name = model._meta.db_table  # noqa: SLF001 - Django's own name for it
        known = entries[name].columns if name in entries else {}
        fields = [field for field in model._meta.local_concrete_fields if field.column not in known]  # noqa: SLF001 - same
        # What SQL makes may be a view; the test names a table of that kind.
        if not fields or (name not in entries and not model._meta.managed):  # noqa: SLF001 - same
            continue
        if name not in entries:
            yield f'\n[{name}]\nvi = "?"\nen = "?"\npurpose = "?"\nretention = "?"'
        yield f"[{name}.columns]" if name not in entries else f"\n# add to [{name}.columns]"
        for field in fields:
            sealed = 'is = "basic", as = "sealed", vi = "?", ' if isinstance(field, EncryptedTextField) else ""
            yield f'{field.column} = {{ {sealed}en = "?" }}'


@click.command()
def main() -> None:
    """Print what is missing, in the form of docs/data-inventory."""
    django.setup()
    for line in drafts():
        click.echo(line)


if __name__ == "__main__":
    main()
