"""The short form of `bench/fuzz.py`: no parser breaks on broken inputs but by a refusal of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

INPUTS = 2000


@pytest.fixture(scope="module")
def fuzzing() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "bench" / "fuzz.py"
    spec = importlib.util.spec_from_file_location("fuzz", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["fuzz"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_parser_breaks(fuzzing: ModuleType) -> None:
    parsers = list(fuzzing.parsers())
    shares = sum(parser.share for parser in parsers)
    counts = {parser.name: fuzzing.fuzz(parser, -(-INPUTS * parser.share // shares), seed=1) for parser in parsers}
    assert {name: broke for name, (_taken, broke) in counts.items() if broke} == {}
    assert all(counts[name][0] for name in ("carried_code", "phone", "pasted_table", "door_body")), (
        "examples are near enough to honest ones that some are taken"
    )


def test_a_parser_that_breaks_is_noticed(fuzzing: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    parser = fuzzing.Parser("halves", lambda raw: 1 / (len(raw) % 2), (ValueError,), [b"abc"], 1)
    _taken, broke = fuzzing.fuzz(parser, 50, seed=1)
    assert broke
    assert "ZeroDivisionError" in capsys.readouterr().err
