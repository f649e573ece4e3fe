"""The colours of both themes can be read: WCAG 2.2, level AA."""

from __future__ import annotations

import re

import pytest

from dauchan.web.layout.assets import WEB

TOKENS = (WEB / "client" / "styles" / "tokens.css").read_text(encoding="utf-8")
TEXT = 4.5
SHAPE = 3.0

COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS)
} | {name: (both, both) for name, both in re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS)}

TEXT_PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "ink-soft", "accent", "accent-strong")
        for ground in ("paper", "surface", "sunken")
    ),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent-strong", "accent-soft"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("on-band", "band"),
    ("on-band-soft", "band"),
    ("on-danger", "danger"),
    ("danger", "surface"),
    *((f"{tone}-ink", f"{tone}-soft") for tone in ("good", "caution", "serious", "critical", "info")),
    *(("ink", f"{tone}-soft") for tone in ("good", "caution", "serious", "critical", "info")),
    *((f"{tone}-ink", "surface") for tone in ("good", "caution", "serious", "critical", "info")),
    ("ink-soft", "map-land"),
]
SHAPE_PAIRS = [
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("accent", "paper"),
    *((f"series-{number}", "surface") for number in (2, 3, 4)),
    *((f"level-{number}", "surface") for number in (1, 3, 4)),
]


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1. Source: WCAG 2.2, 'relative luminance'."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21. Source: WCAG 2.2, 'contrast ratio'."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= TEXT


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_and_marks_stand_out_from_their_ground(shape: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[shape][theme], COLOURS[ground][theme]) >= SHAPE


def test_whatever_is_pressed_has_a_side_of_44_pixels() -> None:
    rem = re.search(r"--target: ([\d.]+)rem", TOKENS)

    assert rem
    assert float(rem.group(1)) * 16 >= 44
