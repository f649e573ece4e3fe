"""The ledger's small numbers in words, in the language of the page: labels, assurance, source."""

from __future__ import annotations

from dataclasses import dataclass

from dauchan.units.languages import reads_english
from dauchan.visits.registry import Assurance, Label, Source, label_names, registry
from dauchan.visits.rules import DOUBTFUL

ASSURANCE_TONES = {
    Assurance.CLAIMED: ("caution", "circle-help"),
    Assurance.PHONE: ("neutral", "smartphone"),
    Assurance.CARD: ("info", "id-card"),
    Assurance.VERIFIED: ("good", "badge-check"),
}


@dataclass(frozen=True)
class Remark:
    """One label of a visit.

    Attributes:
        name: its short name, for a badge.
        sentence: what it means.
        is_doubtful: it leaves open whether the person was there.
    """

    name: str
    sentence: str
    is_doubtful: bool

    @property
    def tone(self) -> str:
        return "serious" if self.is_doubtful else "caution"


def remarks_of(labels: int) -> list[Remark]:
    """The labels set in *labels*, in the order of their numbers."""
    return [
        Remark(_word("label_name", name), _word("label", name), bool(Label[name.upper()] & DOUBTFUL))
        for name in label_names(labels)
    ]


def assurance_word(assurance: int | None) -> str:
    """How sure we are who it was; empty where nothing is known."""
    return _word("assurance", Assurance(assurance).name) if assurance else ""


def source_word(source: int) -> str:
    """How a check-in came to be."""
    return _word("source", Source(source).name)


def sources_words(sources: int) -> list[str]:
    """The same for several, each a bit: ``1 << source``."""
    return [source_word(source) for source in Source if sources & 1 << source]


def _word(kind: str, name: str) -> str:
    words = registry()[kind][name.lower()]
    return words["en"] if reads_english() else words["vi"]
