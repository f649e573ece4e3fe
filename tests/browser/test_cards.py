"""A control card's whole life: typed without a mouse, printed, held before a gate's camera, lost and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.cameras import page_of, write_camera
from tests.browser.conftest import ALLOWED, CAMERA, WIDTHS
from tests.browser.test_gate import enrol, invitation
from tests.browser.test_owner_and_officer import sign_in
from tests.browser.test_visitor import READ_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Phone, Poster, Shots

pytestmark = pytest.mark.browser


def issued_by_keyboard(page: Page, name: str, file: Path) -> bytes:
    """The card's file, which comes by itself after the last key."""
    page.goto("/officer/cards/new/")
    expect(page.get_by_label("Họ và tên")).to_be_focused()
    with page.expect_download() as coming:
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        page.keyboard.type("1941")
        page.keyboard.press("Enter")
    coming.value.save_as(file)
    expect(page.get_by_label("Họ và tên")).to_be_focused()  # ready for the next person
    return file.read_bytes()


def camera_at(card: bytes, path: Path) -> str:
    """Chromium's camera looks at the printed card on a table."""
    picture = page_of(card, 300)
    table = Image.new("RGB", (picture.width * 3 // 2, picture.height * 2), "lightgray")
    table.paste(picture, (picture.width // 4, picture.height // 2))
    return f"--use-file-for-fake-video-capture={write_camera(table, path)}"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_card_is_issued_printed_taken_at_a_gate_and_refused_when_revoked(
    phone: Phone, owner: httpx.Client, poster: Poster, shots: Callable[[str, int], Shots], tmp_path: Path, width: int
) -> None:
    shot = shots("cards", width)
    officer = phone(width, accept_downloads=True).new_page()
    sign_in(officer, "canbo")
    card = issued_by_keyboard(officer, f"Bùi Thị Thẻ {'Một' if width < 1000 else 'Hai'}", tmp_path / "card.pdf")
    shot(officer, "issued")
    camera = camera_at(card, tmp_path / "card.mjpeg")
    gate = phone(width, *CAMERA, *ALLOWED, camera).new_page()
    enrol(gate, invitation(owner, poster.venue_id, f"Thẻ {width}"))
    answer = gate.locator("[data-gate-answer]")
    expect(answer).to_have_attribute("data-tone", "good", timeout=READ_MS)
    expect(answer).to_contain_text("B••• T••• T•••")
    shot(gate, "gate-takes-it")
    officer.get_by_role("link", name="Xem thẻ").click()
    officer.get_by_role("button", name="Thu hồi").click()
    officer.get_by_role("dialog").get_by_role("button", name="Thu hồi thẻ").click()
    expect(officer.get_by_text("Hoàn tác thu hồi")).to_be_visible()
    shot(officer, "revoked")
    gate.get_by_text("Ra", exact=True).click()
    expect(answer).to_have_attribute("data-tone", "critical", timeout=READ_MS)
    expect(answer).to_contain_text("đã bị thu hồi")
    shot(gate, "gate-refuses-it")
