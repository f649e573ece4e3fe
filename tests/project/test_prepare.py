"""`dauchan prepare`: first the tables, then what takes its time and holds up nobody."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from dauchan.project.commands.prepare import command


@pytest.mark.parametrize(("words", "does"), [([], ["tables", "engine"]), (["--no-compile"], ["tables"])])
def test_the_tracing_engine_is_compiled_once_the_database_is_ready(
    monkeypatch: pytest.MonkeyPatch, words: list[str], does: list[str]
) -> None:
    done: list[str] = []
    monkeypatch.setattr("dauchan.project.database.database_running", lambda *_: nullcontext())
    monkeypatch.setattr("dauchan.project.preparation.prepare", lambda: done.append("tables"))
    monkeypatch.setattr("dauchan.epi.compile_kernels", lambda: done.append("engine"))
    told = CliRunner().invoke(command, words)
    assert (told.exit_code, done) == (0, does)
    assert ("biên dịch bộ truy vết" in told.stdout) == ("engine" in does)
