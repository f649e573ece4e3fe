"""An empty database begins with the structure that ships with the release: exactly what the migrations lead to."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection

from dauchan.project.schema.loading import is_empty

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries


@pytest.mark.slow
def test_the_file_is_what_all_migrations_lead_to() -> None:
    told = [sys.executable, "-m", "dauchan.project.schema.writing", "--check"]
    done = subprocess.run(told, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), "run `make schema`"


def test_a_database_with_tables_is_left_to_its_migrations(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert not is_empty(connection)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", "--check", verbosity=0)


@pytest.mark.django_db
def test_the_days_about_today_are_open_in_a_database_that_was_made_from_the_file() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'check_in'::regclass AND inhrelid::regclass::text ~ '\\d{8}$'"
        )
        assert cursor.fetchone()[0] >= 16
