"""The words that stand in the cells of case lists, Vietnamese and English, folded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import translation

from dauchan.tracing.intake.models import LabOutcome, SampleKind
from dauchan.tracing.intake.symptoms import Symptom
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

RESULTS: dict[str, set[str]] = {
    LabOutcome.POSITIVE: {"duong tinh", "duong", "dt", "+", "(+)", "pos", "positive", "detected", "co", "phat hien"},
    LabOutcome.NEGATIVE: {"am tinh", "am", "-", "(-)", "neg", "negative", "not detected", "khong phat hien"},
    LabOutcome.INCONCLUSIVE: {"khong xac dinh", "nghi ngo", "chua ro", "inconclusive", "indeterminate", "invalid"},
}
KINDS: dict[str, set[str]] = {
    SampleKind.PCR: {"pcr", "rt pcr", "real time pcr", "realtime pcr", "realtime rt pcr", "real time rt pcr", "khuech dai gen"},
    SampleKind.ANTIGEN: {"test nhanh", "khang nguyen", "khang nguyen nhanh", "test nhanh khang nguyen", "antigen", "ag",
                         "rapid antigen", "rapid test", "rdt", "ag rdt"},
    SampleKind.CULTURE: {"nuoi cay", "culture"},
    SampleKind.SEROLOGY: {"huyet thanh", "huyet thanh igm", "igm", "elisa", "serology"},
    SampleKind.OTHER: {"khac", "xet nghiem khac", "other"},
}  # fmt: skip


def _word(text: str, words: dict[str, set[str]]) -> str | None:
    folded = fold(text)
    plain = " ".join(re.sub(r"[-_/]", " ", folded).split())
    return next((code for code, known in words.items() if folded in known or plain in known), None)


def result_of(text: str) -> str | None:
    """None for a word that is no result."""
    return _word(text, RESULTS)


def kind_of(text: str) -> str | None:
    """None for a word that is no kind of test."""
    return _word(text, KINDS)


def symptoms_of(text: str) -> tuple[tuple[str, ...], list[str]]:
    """The symptoms in a cell, and the words that are none we know."""
    known = {_said(symptom, language): symptom.value for language in ("vi", "en") for symptom in Symptom}
    words = [word.strip() for word in re.split(r"[,;/+\n]| và | and ", text) if word.strip()]
    found = [known.get(fold(word)) for word in words]
    others = [word for word, code in zip(words, found, strict=True) if code is None]
    codes = dict.fromkeys(code for code in found if code)
    return (*codes, *([Symptom.OTHER.value] if others and Symptom.OTHER.value not in codes else [])), others


def _said(symptom: Symptom, language: str) -> str:
    with translation.override(language):
        return fold(str(symptom.label))


def says_nothing(text: str, words: Iterable[str] = ("khong", "khong co", "no", "none", "-", "n/a")) -> bool:
    return fold(text) in {"", *words}
