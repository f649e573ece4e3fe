"""A door is shut and opened again: proposed, approved by another, read at the door, appealed, withdrawn by the level above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Poster, Story
from tests.browser.test_story import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NUMBER = "77/QĐ-UBND"
FACTS = "Kiểm tra ba lần đều không thấy bảng mã ở cửa chính."
APPEAL = "Bảng mã vẫn treo ở cửa phụ, xin cấp trên xem lại ảnh chụp."


def another_place(owner: httpx.Client, poster: Poster) -> tuple[int, str]:
    """Of the owner's places one in use that no other story needs, and its short code."""
    numbers = dict.fromkeys(int(number) for number in re.findall(r"/owner/(\d+)/", owner.get("/owner/").text))
    for number in [number for number in numbers if number != poster.venue_id]:
        code = re.search(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", owner.get(f"/owner/{number}/").text)
        if code:
            return number, code[0]
    raise AssertionError("the demonstration's owner has no second place in use")


def officer(phone: Phone, username: str, *, second_factor: bool = False) -> Page:
    page = phone(1440).new_page()
    page.set_default_timeout(60_000)
    sign_in(page, username, second_factor=second_factor)
    return page


def propose(page: Page, story: Story, venue_id: int) -> None:
    page.goto(f"/officer/venues/{venue_id}/")
    page.get_by_role("link", name="Đề xuất xử lý").click()
    page.get_by_role("navigation", name="Hình thức").get_by_role("link", name="Tạm đình chỉ").click()
    page.locator("input[name=sources]").first.check()
    page.get_by_label("Không đặt, dán bảng mã QR").check()
    page.get_by_label("Nội dung vi phạm").fill(FACTS)
    page.get_by_label(re.compile("7253/UBND-CN")).check()
    page.get_by_label("Điều kiện gỡ bỏ").fill("Dán bảng mã khổ A4 ở cửa chính.")
    story.show(page, "proposed")
    page.get_by_role("button", name="Trình phê duyệt").click()
    expect(page.get_by_text("người phê duyệt phải là người khác")).to_be_visible()
    story.show(page, "waits")


def approve(page: Page, story: Story, name: str) -> None:
    page.goto("/officer/sanctions/")
    story.show(page, "approver-list")
    page.get_by_role("link", name=name).first.click()
    page.get_by_label("Số và ký hiệu").fill(NUMBER)
    page.get_by_label("Họ tên người ký").fill("Mai Thị Ký")
    story.show(page, "approver-decides")
    page.get_by_role("button", name="Phê duyệt", exact=True).click()
    expect(page.get_by_text("Đã phê duyệt")).to_be_visible()


def appeal(phone: Phone, owner: httpx.Client, story: Story, venue_id: int) -> None:
    context = phone(390)
    cookies = [{"name": name, "value": value, "url": str(owner.base_url)} for name, value in owner.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]  # the names of its dictionary
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"/owner/{venue_id}/")
    expect(page.get_by_text(NUMBER).first).to_be_visible()
    story.show(page, "owner-is-told")
    page.locator("main").get_by_role("link", name="Tạm đình chỉ").click()
    page.get_by_role("button", name="Tôi đã nhận và đã đọc").click()
    page.locator("summary", has_text="Khiếu nại").click()
    page.get_by_label("Vì sao bạn không đồng ý?").fill(APPEAL)
    story.show(page, "owner-appeals")
    page.get_by_role("button", name="Gửi khiếu nại").click()
    expect(page.get_by_text("Khiếu nại của bạn")).to_be_visible()
    page.goto(f"/owner/{venue_id}/file/")
    story.show(page, "owner-file")


def judge(page: Page, story: Story, name: str) -> None:
    page.goto("/officer/sanctions/?tab=appeals")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_text(APPEAL)).to_be_visible()
    page.get_by_label("Hủy bỏ quyết định").check()
    page.get_by_label("Lý do").fill("Ảnh chụp cho thấy bảng mã vẫn ở cửa, quyết định không đúng.")
    story.show(page, "level-above-judges")
    page.get_by_role("button", name="Giải quyết khiếu nại").click()
    expect(page.get_by_text("Đã giải quyết khiếu nại.")).to_be_visible()
    story.show(page, "withdrawn")


def test_a_door_is_shut_by_two_people_and_opened_by_the_level_above(
    phone: Phone, owner: httpx.Client, poster: Poster
) -> None:
    story = Story("sanctions")
    venue_id, code = another_place(owner, poster)
    unit = officer(phone, "canbo")
    propose(unit, story, venue_id)
    name = unit.locator("main h1").inner_text().partition(": ")[2]
    approve(officer(phone, "pheduyet", second_factor=True), story, name)

    visitor = phone(390).new_page()
    visitor.set_default_timeout(60_000)
    visitor.goto(f"/q/{code}")
    for words in ("tạm đình chỉ", "Không đặt, dán bảng mã QR", NUMBER):
        expect(visitor.locator("main")).to_contain_text(words)
    expect(visitor.locator("[data-check-in]")).to_be_visible()
    story.show(visitor, "visitor-reads-why")

    appeal(phone, owner, story, venue_id)
    judge(officer(phone, "chutichtp"), story, name)
    visitor.goto(f"/q/{code}")
    expect(visitor.locator("main")).not_to_contain_text(NUMBER)
    unit.goto(f"/officer/venues/{venue_id}/file/")
    expect(unit.get_by_text("Tạm đình chỉ: hủy bỏ")).to_be_visible()
    expect(unit.locator(".chart canvas").first).to_be_visible(timeout=60_000)
    story.show(unit, "venue-file")
