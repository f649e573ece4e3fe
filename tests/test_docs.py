"""The documents tell the truth: links lead somewhere, files and commands that are named exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

from dauchan.project.commands import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
NAMED_FILE = re.compile(r"`((?:src|tests|docs|bench)/[\w./-]+\.\w+)`")
NAMED_COMMAND = re.compile(r"`dauchan ([a-z][a-z-]*)")
COMMANDS = main.list_commands(Context(main))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_named_files_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [page.parent / target for target in LINK.findall(text) if "://" not in target]
    named = [ROOT / name for name in NAMED_FILE.findall(text)]
    assert [str(path) for path in (*linked, *named) if not path.exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_named_commands_exist(page: Path) -> None:
    named = set(NAMED_COMMAND.findall(page.read_text(encoding="utf-8")))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_an_example(name: str) -> None:
    told = CliRunner().invoke(main, [name, "--help"])
    assert told.exit_code == 0, told.output
    assert re.search(rf"(Example|Examples|Ví dụ).*dauchan {name}", told.output, re.DOTALL)


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 80
