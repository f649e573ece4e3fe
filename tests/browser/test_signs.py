"""A monitor's morning: what last night found, why, set aside with a reason, and back on the list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Story
from tests.browser.test_story import sign_in

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_sign_from_the_night_to_the_file_and_back(phone: Phone) -> None:
    page, story = phone(1440).new_page(), Story("signs")
    page.set_default_timeout(60_000)
    sign_in(page, "giamsat")
    page.goto("/officer/signs/")
    rows = page.locator("table tbody tr")
    found = rows.count()
    assert found >= 6, "the demonstration has doors that do not work"
    expect(page.get_by_text("rà soát lúc")).to_be_visible()
    page.locator("[data-map]").scroll_into_view_if_needed()
    expect(page.locator("[data-map] canvas")).to_be_visible(timeout=60_000)
    story.show(page, "tonight")

    name = rows.first.locator("th a").inner_text()
    rows.first.locator("th a").click()
    expect(page.locator(".chart canvas").first).to_be_visible(timeout=60_000)
    expect(page.locator(".chart-reading").first).to_contain_text("Dự kiến, ít nhất")
    story.show(page, "the-place")

    page.get_by_text("Bỏ qua dấu hiệu này").first.click()
    page.get_by_label("Lý do").select_option("closed")
    page.get_by_label("Nói rõ thêm").fill("Chủ địa điểm báo nghỉ sửa nhà, đã gọi xác nhận")
    page.get_by_label("Bỏ qua đến hết ngày").fill(f"{dt.datetime.now(dt.UTC).date() + dt.timedelta(days=20)}")
    page.get_by_role("button", name="Bỏ qua dấu hiệu", exact=True).click()
    expect(page.get_by_text("Còn hiệu lực đến hết ngày")).to_be_visible()
    story.show(page, "set-aside")

    page.goto("/officer/signs/")
    expect(rows).to_have_count(found - 1)
    page.goto("/officer/signs/?state=aside")
    expect(rows.first).to_contain_text(name)
    rows.first.locator("th a").click()
    page.get_by_role("button", name="Thôi bỏ qua").click()
    expect(page.get_by_text("Dấu hiệu trở lại danh sách cần xem.")).to_be_visible()
    page.goto("/officer/signs/")
    expect(rows).to_have_count(found)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải CSV").click()
    assert name in download.value.path().read_text(encoding="utf-8-sig")
