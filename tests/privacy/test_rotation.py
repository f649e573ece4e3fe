"""Rolling the key of personal data: both keys read, everything comes to lie under the new one, and nothing it says changes."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from dauchan.people.models import Identity
from dauchan.privacy.breaches.actions import record_breach
from dauchan.privacy.breaches.breach_models import Breach, BreachEvent
from dauchan.privacy.rotating import seal_anew, sealed_columns, under_older_keys
from dauchan.project.errors import CannotStart
from dauchan.project.key_sources import keys_from_elsewhere
from dauchan.project.keys import CURRENT, Keys, fresh_keys
from dauchan.qr.signing import Keyring
from tests.privacy.test_breaches import account

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from dauchan.people.models import Person
    from dauchan.units.models import Officer, Unit


@pytest.mark.django_db
def test_everything_comes_under_the_new_key_and_says_the_same(
    visitor: Person, province: Unit, protector: Officer, settings: Settings
) -> None:
    breach = record_breach(province, account(timezone.now()), protector)
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = Keyring(old.current + 1, {**old.keys, old.current + 1: b"n" * 32})
    assert Identity.objects.get(person=visitor).full_name == "Lê Văn Thử"  # read with the old key meanwhile
    before = under_older_keys()[str(old.current)]
    assert before >= 4
    assert seal_anew() == before
    assert under_older_keys() == {}
    assert seal_anew() == 0
    settings.FIELD_KEYS = Keyring(old.current + 1, {old.current + 1: b"n" * 32})  # the old key is gone
    assert Identity.objects.get(person=visitor).phone == "+84905000077"
    assert Breach.objects.get(pk=breach.pk).what == "Một máy quét tại cổng bị mất."
    assert BreachEvent.objects.filter(breach=breach).count() == 1  # its rows refuse every change but this one


@pytest.mark.django_db
def test_a_process_that_runs_on_reads_what_others_write_while_the_key_rolls(
    visitor: Person, settings: Settings
) -> None:
    """As docs/operations/keys.md rolls it: known everywhere first, then written with, then sealed anew, then taken away."""
    old = settings.FIELD_KEYS
    number = old.current + 1
    known = Keyring(old.current, {**old.keys, number: b"n" * 32})
    written = Keyring(number, known.keys)

    def names_read_with(*rings: Keyring) -> set[str]:
        read = set()
        for ring in rings:
            settings.FIELD_KEYS = ring
            read.add(Identity.objects.get(person=visitor).full_name)
        return read

    assert names_read_with(old, known) == {"Lê Văn Thử"}  # a restart one by one: some know the new key already
    settings.FIELD_KEYS = written
    Identity.objects.filter(person=visitor).update(full_name="Lê Văn Mới")
    assert names_read_with(known, written) == {"Lê Văn Mới"}  # who still writes with the old key reads the new one
    settings.FIELD_KEYS = known
    Identity.objects.filter(person=visitor).update(full_name="Lê Văn Cũ")
    settings.FIELD_KEYS = written
    assert seal_anew() > 0
    assert under_older_keys() == {}
    assert names_read_with(written, Keyring(number, {number: b"n" * 32})) == {"Lê Văn Cũ"}
    settings.FIELD_KEYS = old
    with pytest.raises(
        KeyError
    ):  # a process that was never told of the new key fails aloud instead of showing nonsense
        Identity.objects.get(person=visitor)


def test_names_and_numbers_are_among_what_is_sealed_anew() -> None:
    assert {("people_identity", "full_name"), ("people_identity", "phone"), ("helpdesk_ticket", "words_sealed")} <= set(
        sealed_columns()
    )


def test_a_key_may_be_known_before_it_is_used() -> None:
    keys = fresh_keys()
    ring = f"{keys['DAUCHAN_PERSONAL_DATA_KEYS']},2:{keys['DAUCHAN_LOOKUP_KEY']}"
    rolled = {**keys, "DAUCHAN_PERSONAL_DATA_KEYS": ring}
    assert Keys.read(rolled).personal_data_current == 2
    assert Keys.read({**rolled, CURRENT: "1"}).personal_data_current == 1
    with pytest.raises(CannotStart, match="version of a key"):
        Keys.read({**rolled, CURRENT: "7"})


def test_keys_come_from_a_file_that_only_its_user_reads_or_from_a_command(tmp_path: Path) -> None:
    file = tmp_path / "keys.env"
    file.write_text("# keys\nDAUCHAN_LOOKUP_KEY=abc==\n", encoding="utf-8")
    file.chmod(0o644)
    with pytest.raises(CannotStart, match="others may read"):
        keys_from_elsewhere({"DAUCHAN_KEYS_FILE": str(file)})
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert keys_from_elsewhere({"DAUCHAN_KEYS_FILE": str(file)}) == {"DAUCHAN_LOOKUP_KEY": "abc=="}
    command = f"{sys.executable} -c 'print(\"DAUCHAN_SECRET_KEY=xyz\")'"
    assert keys_from_elsewhere({"DAUCHAN_KEYS_COMMAND": command}) == {"DAUCHAN_SECRET_KEY": "xyz"}
    with pytest.raises(CannotStart, match="DAUCHAN_KEYS_COMMAND failed"):
        keys_from_elsewhere({"DAUCHAN_KEYS_COMMAND": "/no/such/program secret"})
