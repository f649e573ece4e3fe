"""The shape of an article's text: paragraphs, and steps where lines begin with a number. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STEP = re.compile(r"\d{1,2}[.)]\s+(?P<words>.+)")


@dataclass(frozen=True)
class Part:
    """A paragraph, or a list of steps."""

    steps: tuple[str, ...] = ()
    text: str = ""


def parts_of(body: str) -> list[Part]:
    """The parts between empty lines, in their order; lines that are numbered become steps."""
    found: list[Part] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        steps = [_STEP.fullmatch(line) for line in lines]
        before = next((at for at, step in enumerate(steps) if step), len(lines))
        if text := " ".join(lines[:before]):
            found.append(Part(text=text))
        if before < len(lines):
            found.append(Part(steps=tuple(_joined(lines[before:]))))
    return found


def _joined(lines: list[str]) -> list[str]:
    """The words of each step; a line without a number goes on with the step before it."""
    said: list[str] = []
    for line in lines:
        step = _STEP.fullmatch(line)
        if step:
            said.append(step["words"])
        else:
            said[-1] += f" {line}"
    return said
