"""A citizen reports a door with a photograph on a phone, the unit blurs and answers, the citizen reads it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_owner_and_officer import sign_in
from tests.web.reported import drawn_face

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

    from tests.browser.conftest import Phone

pytestmark = pytest.mark.browser
PLACE = "Quán Của Bà Thử"


def test_a_photograph_from_a_phone_is_blurred_published_and_read(phone: Phone) -> None:
    citizen, officer = phone(390).new_page(), phone(1440).new_page()
    follow = _reported(citizen)
    sign_in(officer, "canbo")
    officer.goto(f"/officer/reports/?q={follow.rstrip('/')[-9:]}")
    officer.click("main table tbody a >> nth=0")
    officer.click(".pictures a")
    _blurred(officer)
    officer.check("input[name=looked]")
    officer.click("button[value=publish]")
    officer.locator(".toast.good").first.wait_for()
    officer.click(".breadcrumb a >> nth=1")
    officer.locator("details.card > summary", has_text="Trả lời").first.click()
    officer.check("input[name=outcome][value=registered]")
    officer.fill("textarea[name=answer]", "Đã hướng dẫn chủ quán đăng ký và dán bảng mã.")
    officer.click("form[action$='/answer/'] button.primary")
    officer.locator(".toast.good").first.wait_for()

    citizen.goto(follow)
    citizen.get_by_text("Đã hướng dẫn chủ quán đăng ký").wait_for()
    citizen.check("input[name=stars][value='5']")
    citizen.click("form[action$='/rate/'] button")
    citizen.get_by_text("Bạn đã chấm 5 trên 5").wait_for()
    citizen.goto("/reports/")
    assert citizen.locator(".pictures img").count() == 1
    assert PLACE not in citizen.content()


def _reported(citizen: Page) -> str:
    """Of a place that is not registered, by its point; returns where it is followed."""
    with io.BytesIO() as written:
        drawn_face().save(written, "JPEG")
        photo: FilePayload = {"name": "cua.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}
    citizen.goto("/reports/new/?elsewhere=1")
    citizen.check("input[name=finding][value=not_registered]")
    citizen.locator("[data-picker] details summary").click()
    citizen.fill("input[name=point_lat]", "16,4637")
    citizen.fill("input[name=point_lon]", "107,5857")
    citizen.fill("input[name=place]", PLACE)
    citizen.set_input_files("input[name=photos]", photo)
    citizen.wait_for_timeout(3_500)  # nobody sends faster than that: such a form is shown again
    citizen.click("main form.form button.primary")
    citizen.wait_for_url(re.compile(r"/reports/[0-9A-Z]{4}-[0-9A-Z]{4}/$"))
    return citizen.url


def _blurred(officer: Page) -> None:
    """With keys and with the mouse: one part more in the end than the detector found."""
    editor = officer.locator("[data-blur-editor]")
    boxes = editor.locator(".blur-box")
    boxes.first.wait_for()
    found = boxes.count()
    officer.click("[data-blur-add]")
    officer.keyboard.press("ArrowRight")
    officer.keyboard.press("Shift+ArrowDown")
    assert boxes.count() == found + 1
    frame = editor.bounding_box()
    assert frame
    officer.mouse.move(frame["x"] + frame["width"] * 0.8, frame["y"] + frame["height"] * 0.1)
    officer.mouse.down()
    officer.mouse.move(frame["x"] + frame["width"] * 0.95, frame["y"] + frame["height"] * 0.3, steps=4)
    officer.mouse.up()
    assert boxes.count() == found + 2
    officer.keyboard.press("Delete")
    assert boxes.count() == found + 1
