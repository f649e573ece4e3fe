"""Signed codes are read as signed.json has it; gates run the same cases in TypeScript."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from dauchan.qr import CodeRefused, read_card_code, read_personal_code
from tests.qr.signed_cases import FILE, signed_cases

KNOWN = json.loads(FILE.read_text(encoding="utf-8"))
PUBLIC = {int(version): base64.urlsafe_b64decode(key + "=") for version, key in KNOWN["public_keys"].items()}


def answer(case: dict[str, Any]) -> tuple[str | None, str | None]:
    try:
        if case["kind"] == "card":
            return str(read_card_code(case["text"], PUBLIC)), None
        return str(read_personal_code(case["text"], PUBLIC, case["at"])), None
    except CodeRefused as refused:
        return None, refused.reason.value


@pytest.mark.parametrize("case", KNOWN["cases"], ids=lambda case: f"{case['kind']}: {case['name']}")
def test_a_code_is_read_as_agreed(case: dict[str, Any]) -> None:
    assert answer(case) == (case["number"], case["refusal"])


def test_codes_are_written_as_they_were() -> None:
    assert signed_cases() == KNOWN


def test_the_cases_hold_every_reason() -> None:
    reasons = {case["refusal"] for case in KNOWN["cases"]}
    assert reasons == {None, "bad_signature", "unknown_key", "malformed", "wrong_kind", "expired", "not_yet"}
