"""A leader goes from the province down to a single place, as only a browser shows it: lines drawn, filters that send themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.browser

PASSWORD = "dau-chan-trinh-dien"
PATIENCE = 60_000


def test_from_the_province_down_to_one_place(phone: Phone) -> None:
    page = phone(1440).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/accounts/login/?next=/officer/indicators/")
    page.fill("input[name=login]", "lanhdao")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form.form button[type=submit]")
    page.wait_for_url("**/officer/indicators/")
    expect(page.locator(".chart canvas").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".chart-reading").first).to_contain_text("Lượt quét (lượt vào): ")
    page.select_option("select[name=length]", "14")
    page.wait_for_url("**length=14**")
    page.locator("section[aria-labelledby=parts] tbody th a").first.click()
    expect(page.locator("ol.breadcrumb a")).to_have_count(1)
    page.get_by_role("navigation", name="Cách xem").get_by_role("link", name="Theo địa điểm").click()
    page.wait_for_url("**/officer/indicators/venues/**length=14**")
    page.select_option("select[name=sort]", "most")
    page.wait_for_url("**sort=most**")
    expect(page.locator("svg.sparkline path").first).to_be_visible()
    name = page.locator("tbody th a").first
    place = name.inner_text()
    name.click()
    expect(page.locator("h1")).to_have_text(re.compile(re.escape(place)))
    expect(page.locator(".chart canvas")).to_be_visible(timeout=PATIENCE)
