"""What somebody who was there is asked to do: reference data by disease, filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from dauchan.units.reference_rows import read_rows

if TYPE_CHECKING:
    from dauchan.tracing.models import Disease
    from dauchan.tracing.notices.models import NoticeVersion

FILE = Path(__file__).with_name("reference") / "advice.csv"
ANY_DISEASE = "*"


@dataclass(frozen=True)
class Instruction:
    """Attributes: days: how long somebody watches their health, and the notice stays up; vi, en: with places to fill in."""

    days: int
    vi: str
    en: str


@dataclass(frozen=True)
class Words:
    """A sentence in both languages."""

    vi: str
    en: str


@cache
def _instructions() -> dict[tuple[str, str], Instruction]:
    rows = read_rows(FILE, ("disease", "advice", "days", "vi", "en"))
    return {(row["disease"], row["advice"]): Instruction(int(row["days"]), row["vi"], row["en"]) for row in rows}


def instruction_for(disease: Disease, advice: str) -> Instruction:
    """The disease's own, or the one for any disease."""
    known = _instructions()
    return known.get((disease.code, advice)) or known[ANY_DISEASE, advice]


def advice_words(version: NoticeVersion) -> Words:
    """What the notice asks for, with the officer's own words after it."""
    disease = version.notice.case.disease
    said = instruction_for(disease, version.advice)
    hotline = settings.HOTLINE
    vi = said.vi.format(disease=disease.name_vi, days=said.days, hotline=hotline)
    en = said.en.format(disease=disease.name_en, days=said.days, hotline=hotline)
    return Words(f"{vi} {version.words_vi}".strip(), f"{en} {version.words_en or version.words_vi}".strip())
