"""A zone drawn by mouse, and one drawn by keyboard alone; both stand on the public map once somebody else approved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dauchan.simulation.accounts import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.browser.conftest import Phone, Shots

PATIENCE = 90_000
CORNER = r"\d+\.\d{6}, \d+\.\d{6}"


def signed_in(context: BrowserContext, username: str) -> Page:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/accounts/login/?next=/tracer/zones/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("input[name=code]")
    page.fill("input[name=code]", page.locator("strong.mono").first.inner_text())
    page.press("input[name=code]", "Enter")
    page.wait_for_url("**/tracer/zones/")
    return page


def open_form(page: Page, name: str) -> Locator:
    """The form with everything but the outline; returns the map, ready to be drawn on."""
    page.goto("/tracer/zones/new/")
    page.fill("[name=name]", name)
    page.fill("[name=area_words]", "Các tổ 3, 4, 5 phường Thuận Hóa")
    page.locator("input[name=level]").last.check()
    page.fill("[name=document_number]", "12/QĐ-UBND")
    page.fill("[name=basis]", "Luật Phòng, chống bệnh truyền nhiễm")
    page.fill("[name=reason]", "Nhiều ca bệnh cùng đến khu chợ")
    page.locator("[data-zone-drawing]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-drawing-tools]:not([hidden])")
    return page.locator(".zone-drawing canvas").first


def corners_of(page: Page) -> list[str]:
    return re.findall(CORNER, page.input_value("[name=corners]"))


def send(page: Page) -> str:
    page.locator("#zone-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/tracer/zones/\d+/$"))
    return page.url


def drawn_by_mouse(page: Page) -> str:
    canvas = open_form(page, "Vùng vẽ bằng chuột")
    box = canvas.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for across, down in ((-60, -50), (60, -50), (60, 50), (-60, 50), (-60, -50)):
        page.mouse.move(x + across, y + down)
        page.wait_for_timeout(150)  # a hand that moves, then presses: two presses at once are one double press
        page.mouse.click(x + across, y + down)
        page.wait_for_timeout(250)
    page.wait_for_function("document.querySelector('[name=corners]').value.split('\\n').length === 4")
    assert len(corners_of(page)) == 4
    return send(page)


def drawn_by_keyboard(page: Page) -> str:
    """The map is moved with the arrow keys, the space bar sets a corner in its middle."""
    canvas = open_form(page, "Vùng vẽ bằng bàn phím")
    canvas.focus()
    for number, key in enumerate(["ArrowRight", "ArrowDown", "ArrowLeft"], start=1):
        page.keyboard.press(" ")
        page.wait_for_function(
            "count => document.querySelector('[name=corners]').value.trim().split('\\n').length === count", arg=number
        )
        page.keyboard.press(key)
        page.wait_for_timeout(1200)  # the map glides
    page.keyboard.press(" ")
    page.wait_for_function("document.querySelector('[name=corners]').value.trim().split('\\n').length === 4")
    assert len(set(corners_of(page))) == 4
    return send(page)


@pytest.mark.parametrize("width", [1440])
def test_a_zone_is_drawn_with_and_without_a_mouse(phone: Phone, shots: Callable[[str, int], Shots], width: int) -> None:
    show = shots("zones", width)
    page = signed_in(phone(width), "truyvet")
    drafts = [drawn_by_mouse(page), drawn_by_keyboard(page)]
    show(page, "draft")
    approver = signed_in(phone(width), "pheduyet")
    for draft in drafts:
        approver.goto(draft)
        approver.click("button[value=approve]")
        approver.get_by_text("Đã phê duyệt.").first.wait_for()
    page.goto("/zones/")
    page.locator(".map canvas").first.wait_for()
    for name in ("Vùng vẽ bằng chuột", "Vùng vẽ bằng bàn phím"):
        assert page.get_by_role("heading", name=name).is_visible()
    show(page, "public")
