"""A head sees what is overdue before anything else, explains it and signs; the leader finds it, and the weekly report."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Phone

pytestmark = pytest.mark.browser

PASSWORD = "dau-chan-trinh-dien"
PATIENCE = 60_000


def signed_in(phone: Phone, name: str, address: str, width: int) -> Page:
    page = phone(width).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"/accounts/login/?next={address}")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form.form button[type=submit]")
    page.wait_for_url(f"**{address}")
    return page


def test_overdue_explained_signed_and_seen_above(phone: Phone) -> None:
    head = signed_in(phone, "chutich", "/officer/", 390)
    first = head.locator("main .notice").first
    expect(first).to_contain_text("việc quá hạn tại địa bàn của bạn")
    first.get_by_role("link", name="Xem và giải trình").click()
    head.wait_for_url("**/officer/accountability/overdue/")
    head.fill("textarea[name=words]", "Tổ kiểm tra thiếu người trong tuần mưa lũ, chưa đến được địa điểm.")
    head.fill("textarea[name=remedy]", "Bổ sung hai người từ ngày mai.")
    tomorrow = dt.datetime.now(LOCAL).date() + dt.timedelta(days=1)
    head.fill("input[name=promised_on]", tomorrow.isoformat())
    head.fill("input[name=secret]", "không phải mật khẩu")
    head.get_by_role("button", name="Ký và gửi giải trình").click()
    expect(head.locator("main")).to_contain_text("Mật khẩu không đúng.")
    expect(head.locator("textarea[name=words]")).to_have_value(re.compile("mưa lũ"))
    head.fill("input[name=secret]", PASSWORD)
    head.get_by_role("button", name="Ký và gửi giải trình").click()
    head.wait_for_url("**/officer/accountability/explanations/*/")
    expect(head.locator("main")).to_contain_text("nguyên vẹn")

    leader = signed_in(phone, "lanhdao", "/officer/accountability/", 1440)
    leader.get_by_role("navigation", name="Cách xem").get_by_role("link", name="Giải trình").click()
    expect(leader.locator("tbody tr").first).to_contain_text("Hoàng Đình Bày")
    leader.get_by_role("navigation", name="Cách xem").get_by_role("link", name="Xếp hạng").click()
    leader.select_option("select[name=by]", "silent")
    leader.wait_for_url("**by=silent**")
    expect(leader.locator("main")).to_contain_text("Thấp hơn là tốt hơn.")
