"""Somebody asks to see and to delete what is held about them; the officer answers in time, and a breach runs its 72 hours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_story import sign_in
from tests.browser.test_visitor import sign_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Phone

pytestmark = pytest.mark.browser
NUMBER, NAME = "0905 111 466", "Trần Thị Xóa Tên"
TOLD = "Đã xóa họ tên và số điện thoại của bạn."


def test_a_person_sees_and_deletes_what_is_held_and_a_breach_runs_its_hours(phone: Phone) -> None:
    mine = phone(390).new_page()
    mine.goto("/visitor/sign-in/?next=/me/rights/")
    sign_up(mine, NUMBER, NAME)
    mine.get_by_role("link", name="Xem dữ liệu về tôi").click()
    expect(mine.locator("main")).to_contain_text(NAME)
    code = ask_to_delete(mine)
    expect(mine.locator("main")).to_contain_text("Chờ phản hồi")
    expect(mine.locator("main")).to_contain_text(re.compile(r"còn \d+ (ngày|giờ)"))

    officer = phone(1440).new_page()
    sign_in(officer, "baovedl", second_factor=True)
    answer(officer, code)
    # The number is free again: nobody is signed in on this phone any more.
    mine.reload()
    expect(mine.get_by_role("heading", name="Số điện thoại của bạn")).to_be_visible()

    record_breach(officer)
    expect(officer.locator("main")).to_contain_text(re.compile(r"còn 7[12] giờ để thông báo"))
    officer.get_by_label("Ghi rõ").first.fill("Gửi thông báo số 12/TB đến cơ quan chuyên trách.")
    officer.get_by_role("button", name="Ghi", exact=True).first.click()
    expect(officer.get_by_text("Đã ghi việc thông báo.")).to_be_visible()
    expect(officer.locator("main")).to_contain_text("đã thông báo trong 72 giờ")


def ask_to_delete(mine: Page) -> str:
    """By the card of that right. Returns the code that the request is followed by."""
    mine.goto("/me/rights/")
    mine.locator("a[href$='/me/rights/delete/']").click()
    mine.get_by_label("Nói thêm").fill("Tôi chuyển đi tỉnh khác.")
    mine.get_by_role("button", name="Gửi yêu cầu").click()
    mine.wait_for_url("**/me/requests/*/")
    return mine.url.rstrip("/").rsplit("/", 1)[-1]


def answer(officer: Page, code: str) -> None:
    """First that it is being done, then done; both before their deadlines."""
    officer.goto(f"/officer/privacy/?q={code}")
    officer.get_by_role("link", name="Xóa dữ liệu").click()
    officer.get_by_role("button", name="Phản hồi: đang thực hiện").click()
    expect(officer.get_by_text("Đã phản hồi người yêu cầu.")).to_be_visible()
    officer.get_by_label("Lời nhắn cho người yêu cầu").fill(TOLD)
    officer.get_by_role("button", name="Thực hiện ngay").click()
    expect(officer.get_by_text("Đã thực hiện yêu cầu.")).to_be_visible()
    expect(officer.locator("main")).to_contain_text("xong đúng hạn")
    expect(officer.locator("main")).to_contain_text(TOLD)


def record_breach(officer: Page) -> None:
    officer.goto("/officer/breaches/new/")
    officer.locator("input[name=kind]").first.check()
    officer.locator("input[name=categories]").first.check()
    officer.get_by_label("Người phát hiện").fill("Tổ trực hệ thống")
    officer.get_by_label("Số người bị ảnh hưởng").fill("40")
    officer.get_by_label("Diễn biến, nguyên nhân").fill("Gửi nhầm danh sách cho một cơ quan khác.")
    officer.get_by_label("Hậu quả có thể xảy ra").fill("Họ tên 40 người bị người ngoài biết.")
    officer.get_by_label("Biện pháp đã và sẽ làm").fill("Đã yêu cầu nơi nhận xóa tệp.")
    officer.locator("main form button[type=submit]").first.click()
    officer.wait_for_url(re.compile(r"/officer/breaches/\d+/$"))
