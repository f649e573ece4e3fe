"""An inspector counts at a door: taps, undo, a page that is loaded anew, and a network that comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_owner_and_officer import sign_in

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.browser


def test_a_count_outlives_page_and_network_and_is_sent_once(phone: Phone) -> None:
    context = phone(390)
    page = context.new_page()
    sign_in(page, "canbo")
    page.goto("/officer/venues/?status=approved")
    page.click("main table tbody a >> nth=0")
    page.wait_for_url(re.compile(r"/officer/venues/\d+/"))
    page.click("a[href^='/officer/footfall/']")
    page.wait_for_url("**/officer/footfall/*/")
    page.clock.install()
    page.reload()
    page.click("[data-start]")
    for _ in range(3):
        page.click("[data-add=entered]")
    page.click("[data-add=scanned]")
    page.click("[data-undo]")
    page.click("[data-add=scanned]")
    page.click("[data-finish]")
    page.locator(".toast").first.wait_for()  # a minute at least

    page.reload()  # what was tapped is still there
    page.locator("[data-entered]", has_text="4").wait_for()
    assert page.locator("[data-scanned]").inner_text().strip() == "1"
    page.clock.fast_forward(90_000)
    context.set_offline(True)
    page.click("[data-finish]")
    page.locator("[data-waiting-box]:not([hidden])").wait_for()
    page.click("[data-send-now]")
    page.locator(".toast", has_text="giữ trên máy").last.wait_for()
    context.set_offline(False)  # it goes by itself
    page.locator("[data-waiting-box][hidden]").wait_for(state="attached")
    page.reload()
    page.get_by_text(re.compile("4 người vào, 1 quét mã")).wait_for()
    assert page.get_by_text(re.compile("4 người vào")).count() == 1


def test_a_head_pastes_a_roster_and_mends_it(phone: Phone) -> None:
    page = phone(1440).new_page()
    sign_in(page, "chutich")
    page.goto("/officer/staff/")
    page.click("main table tbody a >> nth=0")
    page.click("a[href$='/import/']")
    heading = "Mã nhân viên\tHọ và tên\tĐiện thoại\tNgày làm việc"
    page.fill("textarea", f"{heading}\nDT01\tNgười Dán\t0905 111 777\tT9")
    page.click("main form button.primary")
    page.get_by_text(re.compile("Không hiểu ngày làm việc")).wait_for()
    page.fill("textarea", f"{heading}\nDT01\tNgười Dán\t0905 111 777\tT2-T6")
    page.click("main form button:not([name=keep])")
    page.click("main form button[name=keep]")
    page.wait_for_url(re.compile(r"/officer/staff/\d+/$"))
    page.locator(".toast.good").wait_for()
