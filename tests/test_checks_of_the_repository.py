"""The checks of `make lint` for secrets and for what is installed can fail."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

SCRIPTS = Path(__file__).parents[1] / "scripts"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SECRETS = [
    "-----BEGIN " + "OPENSSH PRIVATE KEY-----",
    "AK" + "IA" + "ABCDEFGHIJKLMNOP",
    "gh" + "p_" + "a1B2" * 9,
    "ey" + "J" + "hbGciOiJIUzI1NiJ9.ey" + "J" + "zdWIiOiIxMjM0NTY3.c2lnbmF0dXJlLXNpZ25hdHVyZQ",
    "DAUCHAN_LOOKUP" + "_KEY=" + "q" * 43 + "=",
    "DAUCHAN_CARD" + "_KEYS='1:" + "q" * 43 + "='",
    "postgresql://dauchan:" + "correct-horse-1@db/dauchan",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_noticed(secret: str) -> None:
    complaints = script("check_repository").complaints
    assert complaints("settings.py", f"x = 1\n{secret}\n".encode())
    assert (
        complaints("settings.py", b"x = 1\nDAUCHAN_LOOKUP_KEY=...\npostgresql://user:password@host:5432/database\n")
        == []
    )


def test_what_is_not_pinned_or_has_no_digest_is_noticed() -> None:
    checks = script("check_dependencies")
    good = f"django==5.2.1 \\\n    --hash=sha256:{'0' * 64}\n    # via dauchan\n"
    assert checks.complaints_of_lock(good) == []
    for bad in ("django>=5", "django==5.2.1", "django @ git+ssh://host/django", "-e ."):
        assert checks.complaints_of_lock(f"{bad}\n{good}")
    assert checks.missing(["Django>=5", "psycopg[binary]>=3"], good) == ["psycopg is asked for and not locked"]
    npm = {"packages": {"": {}, "node_modules/a": {"integrity": "sha512-x"}, "node_modules/b": {}}}
    assert checks.complaints_of_npm(npm) == ["node_modules/b has no digest"]
