"""What is blurred: boxes within the picture, none of them inside another; what lay under them cannot be told any more."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dauchan.oversight.blurring import Box, blurred, clipped, find_private, read_boxes, without_inner
from tests.web.reported import drawn_face

PART = st.floats(-1, 2)
BOXES = st.lists(st.builds(Box, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), max_size=12)


def as_jpeg(picture: Image.Image) -> bytes:
    with io.BytesIO() as written:
        picture.save(written, "JPEG", quality=95)
        return written.getvalue()


@given(PART, PART, PART, PART)
def test_a_box_lies_within_its_picture(left: float, top: float, width: float, height: float) -> None:
    box = clipped(Box(left, top, width, height))
    assert min(box) >= 0
    assert box.left + box.width <= 1.0001
    assert box.top + box.height <= 1.0001


@given(BOXES)
def test_boxes_come_back_as_they_were_sent(boxes: list[Box]) -> None:
    kept = [box for box in map(clipped, boxes) if box.width > 0 and box.height > 0]
    assert read_boxes(json.loads(json.dumps(kept))) == kept
    assert set(without_inner(kept)) <= set(kept)
    assert bool(without_inner(kept)) == bool(kept)


@pytest.mark.parametrize(
    "wrong", [None, {}, [1], [[0, 0, 1]], [["0", 0, 1, 1]], [[0, 0, True, 1]], [[0, 0, 1e9, 1]], [[]] * 61]
)
def test_what_is_no_box_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="box"):
        read_boxes(wrong)


def test_a_drawn_face_is_found_and_a_bare_wall_is_not() -> None:
    found = find_private(as_jpeg(drawn_face()))
    assert any(box.left < 0.31 < box.left + box.width and box.top < 0.5 < box.top + box.height for box in found)
    assert all(box.left + box.width < 0.6 for box in found)


def test_two_pictures_that_differ_only_under_a_box_look_the_same() -> None:
    """Letters of one stroke's width, black on white, and the same upside down."""
    noise = np.random.default_rng(7).integers(0, 2, (40, 40), np.uint8) * 255
    fine = Image.fromarray(noise).resize((400, 400), Image.Resampling.NEAREST).convert("RGB")
    box = [Box(0, 0, 1, 1)]
    seen = np.asarray(Image.open(io.BytesIO(blurred(as_jpeg(fine), box))).convert("L"), float)
    assert seen.std() < 25 < np.asarray(fine.convert("L"), float).std()
