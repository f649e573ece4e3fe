"""The drawing of stays over time keeps their order and proportions, in any language and at any width."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from dauchan.web.layout.stays import MOST_TICKS, NARROWEST, Lane, Row, Stay, Stays

FIRST = dt.datetime(2021, 8, 17, 17, 0, tzinfo=dt.UTC)  # midnight in Huế

minutes = st.integers(0, 60 * 24 * 21)
spans = st.tuples(minutes, st.integers(1, 600)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def at(minute: int) -> dt.datetime:
    return FIRST + dt.timedelta(minutes=minute)


def drawn(*lanes: list[tuple[int, int]]) -> Stays:
    return Stays("Lưu trú", [Lane(f"Người {n}", [Stay(at(a), at(b)) for a, b in lane]) for n, lane in enumerate(lanes)])


def share(length: str) -> float:
    assert length.endswith("%")
    return float(length[:-1])


def bars_of(rows: list[Row]) -> list[tuple[float, float]]:
    return [(share(bar.x), share(bar.width)) for row in rows for bar in row.bars]


@given(st.lists(st.lists(spans, min_size=1, max_size=4), min_size=1, max_size=5), st.sampled_from(["vi", "en"]))
def test_bars_lie_within_the_drawing_in_the_order_of_their_times(
    lanes: list[list[tuple[int, int]]], language: str
) -> None:
    with translation.override(language):
        stays = drawn(*lanes)
        bars = bars_of(stays.rows)

    assert all(x >= 0 and x + width <= 100 + NARROWEST for x, width in bars)
    starts = [start for lane in lanes for start, _end in lane]
    in_order = [x for _start, (x, _width) in sorted(zip(starts, bars, strict=True))]
    assert in_order == sorted(in_order)
    assert len(stays.rows) == len(lanes)


@given(spans, st.integers(2, 5))
def test_a_stay_twice_as_long_is_drawn_twice_as_wide(span: tuple[int, int], times: int) -> None:
    start, end = span
    long = (start, start + (end - start) * times)
    (_, short_width), (_, long_width) = bars_of(drawn([(start, end)], [long]).rows)

    assert long_width == pytest.approx(short_width * times, abs=0.05 * times)


@given(spans)
def test_ticks_are_few_round_local_times_within_the_span(span: tuple[int, int]) -> None:
    stays = drawn([span])
    ticks = stays.ticks

    assert len(ticks) <= MOST_TICKS + 1
    assert len({tick.x for tick in ticks}) == len(ticks)
    assert all(0 <= share(tick.x) <= 100 for tick in ticks)
    assert all(tick.text.endswith(("0", "5")) for tick in ticks if ":" in tick.text)


def test_times_are_read_in_the_local_clock_and_days_are_named_where_they_begin() -> None:
    stays = drawn([(23 * 60, 25 * 60)])

    with timezone.override("Asia/Ho_Chi_Minh"):
        assert [tick.text for tick in stays.ticks] == [
            "23:00", "23:15", "23:30", "23:45", "19/08", "00:15", "00:30", "00:45", "01:00"
        ]  # fmt: skip
        assert stays.rows[0].bars[0].reading == "23:00 18/08 – 01:00 19/08"


def test_what_is_shared_with_the_case_and_what_is_estimated_are_marked() -> None:
    lane = Lane("Người 1", [Stay(at(0), at(60), is_imputed=True)], [(at(30), at(60))])
    stays = Stays("Lưu trú", [Lane("Ca bệnh", [Stay(at(0), at(90))], is_index=True), lane])

    assert [bar.kind for row in stays.rows for bar in row.bars] == ["index", "imputed", "shared"]
