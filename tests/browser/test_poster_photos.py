"""An officer at a door: a large photo of the poster, the phone's position, a card with what to do, and the result kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dauchan.simulation.photographs import Scene, photograph
from tests.browser.cameras import page_of
from tests.browser.conftest import Poster, Story
from tests.browser.test_owner_and_officer import sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Phone

pytestmark = pytest.mark.browser


def test_a_poster_is_photographed_read_and_kept(phone: Phone, poster: Poster, tmp_path: Path) -> None:
    wall = photograph(
        [page_of(poster.pdf)], [Scene(yaw=14, bend=0.6, dirt=0.02)], (2400, 1800), np.random.default_rng(1)
    )
    wall.convert("RGB").save(tmp_path / "cua.jpg", quality=92)
    page = phone(390, permissions=["geolocation"], geolocation={"latitude": 16.4, "longitude": 107.5}).new_page()
    sign_in(page, "giamsat")
    page.goto("/officer/posters/read/")
    story = Story("posters")
    page.click("[data-locate]")
    page.wait_for_selector("text=Đã có vị trí")
    story.show(page, "form")
    page.set_input_files("input[name=photos]", tmp_path / "cua.jpg")
    page.click("main form[data-here] button[type=submit]")
    page.wait_for_selector("#results")
    shown = page.locator("#results").inner_text()
    assert poster.name in shown
    assert "treo sai chỗ" in shown
    story.show(page, "result")
    with page.expect_download() as loaded:
        page.click("#results a[download]")
    assert loaded.value.suggested_filename.endswith("-a4.pdf")
    page.click("#results form button")
    page.wait_for_url(f"**/officer/venues/{poster.venue_id}/")
    assert "Xem tại chỗ lần gần nhất" in page.locator("main").inner_text()
    story.show(page, "kept")
