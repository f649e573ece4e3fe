"""A gate before a real camera: a visitor's personal code goes in and out, and an old one is red."""

from __future__ import annotations

import io
import json
import re
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image
from playwright.sync_api import expect

from dauchan.project.keys import read_ring
from dauchan.qr import SigningRing, make_personal_code, qr_png
from tests.browser.cameras import write_camera
from tests.browser.conftest import ALLOWED, CAMERA, WIDTHS, forgery_token
from tests.browser.test_visitor import READ_MS, sign_up
from tests.qr_codes import qr_codes_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Phone, Poster, Shots
    from tests.project.installation import Installation

pytestmark = pytest.mark.browser


def invitation(owner: httpx.Client, venue_id: int, name: str) -> str:
    """A code for one more device, from the owner's page."""
    page = owner.get(f"/owner/{venue_id}/gates/")
    page = owner.post(page.url.path, data={"name": name, "csrfmiddlewaretoken": forgery_token(page)})
    code = re.search(r'gate-code">([0-9A-Z-]{9})<', page.text)
    assert code is not None, page.text
    return code[1]


def enrol(page: Page, code: str) -> None:
    page.goto("/gate/")
    page.get_by_label("Mã ghi danh thiết bị").fill(code)
    page.get_by_role("button", name="Ghi danh").click()
    expect(page.locator("[data-gate-answer]")).to_be_visible()


def shown_code(page: Page) -> str:
    """What a scanner reads on the visitor's screen."""
    picture = Image.open(io.BytesIO(page.locator("[data-picture]").screenshot()))
    found = qr_codes_in(picture)
    assert found
    return found[0].text


def camera_at(code: str, path: Path) -> str:
    """Chromium's camera looks at a phone's screen with *code* on it."""
    code_picture = Image.open(io.BytesIO(qr_png(code, "M", 10))).convert("RGB")
    sheet = Image.new("RGB", (code_picture.width * 2, code_picture.width * 2), "white")
    sheet.paste(code_picture, (code_picture.width // 2, code_picture.width // 2))
    return f"--use-file-for-fake-video-capture={write_camera(sheet, path)}"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_personal_code_goes_in_and_out_and_is_taken_back(
    phone: Phone, owner: httpx.Client, poster: Poster, shots: Callable[[str, int], Shots], tmp_path: Path, width: int
) -> None:
    shot = shots("gate", width)
    visitor = phone(width).new_page()
    visitor.goto("/visitor/sign-in/")
    sign_up(visitor, f"0905 009 {width % 1000:03d}", "Lê Thị Cổng")
    invited = invitation(owner, poster.venue_id, f"Cổng {width}")
    visitor.goto("/me/code/")
    shot(visitor, "personal-code")
    camera = camera_at(shown_code(visitor), tmp_path / "code.mjpeg")
    gate = phone(width, *CAMERA, *ALLOWED, camera).new_page()
    enrol(gate, invited)
    answer = gate.locator("[data-gate-answer]")
    expect(answer).to_have_attribute("data-tone", "good", timeout=READ_MS)
    expect(answer).to_contain_text("Mời vào")
    expect(answer).to_contain_text("L••• T••• Cổng")
    shot(gate, "in")
    gate.get_by_text("Ra", exact=True).click()
    expect(answer).to_contain_text("Đã ra", timeout=READ_MS)
    expect(gate.locator("[data-figure=exits]")).to_have_text("1")
    gate.get_by_role("button", name="Lấy lại lượt vừa rồi").click()
    expect(answer).to_have_attribute("data-tone", "caution")
    shot(gate, "undone")
    kept = gate.evaluate("JSON.stringify({...localStorage, ...sessionStorage}) + document.cookie")
    assert "0905" not in kept
    assert "dauchan_gate" not in kept


@pytest.mark.parametrize("width", WIDTHS)
def test_an_old_code_is_red_and_a_typed_number_or_a_hand_scanner_still_works(
    phone: Phone,
    installation: Installation,
    owner: httpx.Client,
    poster: Poster,
    shots: Callable[[str, int], Shots],
    tmp_path: Path,
    width: int,
) -> None:
    ring = read_ring(json.loads((installation.var / "keys.json").read_text()), "DAUCHAN_CARD_KEYS")
    old = make_personal_code(5, int(time.time()) - 61, SigningRing(max(ring), ring))
    page = phone(width, *CAMERA, *ALLOWED, camera_at(old, tmp_path / "old.mjpeg")).new_page()
    enrol(page, invitation(owner, poster.venue_id, f"Bàn {width}"))
    answer = page.locator("[data-gate-answer]")
    expect(answer).to_have_attribute("data-tone", "critical", timeout=READ_MS)
    expect(answer).to_contain_text("Không nhận")
    expect(answer).to_contain_text("ảnh chụp màn hình không dùng được")
    shots("gate-old", width)(page, "red")
    page.keyboard.type(f"0905008{width % 1000:03d}\n")
    expect(answer).to_contain_text("Mời vào")
    expect(page.locator("#gate-text")).to_have_value("")


def test_a_visitor_s_code_vanishes_when_it_cannot_be_renewed(phone: Phone) -> None:
    context = phone()
    page = context.new_page()
    page.clock.install()
    page.goto("/visitor/sign-in/")
    sign_up(page, "0905 010 001", "Lê Thị Mã")
    page.goto("/me/code/")
    first = shown_code(page)
    with page.expect_response("**/me/code.svg"):
        page.clock.run_for(21_000)
    expect(page.locator("[data-picture] svg")).to_be_visible()
    assert shown_code(page).startswith("DCP.")
    assert first.startswith("DCP.")
    context.set_offline(offline=True)
    page.clock.run_for(62_000)
    expect(page.locator("[data-picture]")).to_be_hidden()
    expect(page.locator("[data-old]")).to_be_visible()
