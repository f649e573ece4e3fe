"""A phone is lost: its owner signs it out from another one, and asks the hotline for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_owner_and_officer import sign_in
from tests.browser.test_visitor import sign_up

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = pytest.mark.browser
NUMBER, NAME = "0905 111 377", "Nguyễn Thị Mất Máy"


def test_a_lost_phone_is_signed_out_from_another_and_the_hotline_answers(phone: Phone) -> None:
    lost = phone(390).new_page()
    lost.goto("/visitor/sign-in/?next=/me/code/")
    sign_up(lost, NUMBER, NAME)
    expect(lost.get_by_role("heading", name="Mã cá nhân")).to_be_visible()

    other = phone(390).new_page()
    other.goto("/visitor/sign-in/?next=/me/phones/")
    other.get_by_label("Số điện thoại di động").fill(NUMBER)
    other.get_by_role("button", name="Gửi mã cho tôi").click()
    other.get_by_label("Mã xác nhận").fill(other.locator(".notice strong").inner_text())
    other.get_by_role("button", name="Xác nhận").click()
    other.get_by_label("Họ và tên bạn đã khai").fill("nguyen thi mat may")
    other.get_by_role("button", name="Tiếp tục").click()
    expect(other.get_by_role("heading", name="Máy của tôi")).to_be_visible()
    other.get_by_role("button", name="Đăng xuất mọi máy khác").click()
    expect(other.get_by_text("Đã đăng xuất 1 máy khác.")).to_be_visible()
    lost.goto("/me/")
    expect(lost.get_by_role("heading", name="Số điện thoại của bạn")).to_be_visible()

    other.goto("/help/?q=mat+the")
    other.get_by_role("link", name="Mất thẻ kiểm soát dịch bệnh").click()
    other.get_by_role("link", name="Vẫn chưa được, gửi yêu cầu").click()
    other.get_by_label("Mô tả").fill("Mất cả thẻ kiểm soát, làm lại ở đâu?")
    other.get_by_role("button", name="Gửi yêu cầu").click()
    expect(other.get_by_text("Đã tiếp nhận.")).to_be_visible()
    code = other.locator("strong.mono").first.inner_text()

    agent = phone(1440).new_page()
    sign_in(agent, "hotro")
    agent.goto(f"/officer/tickets/?q={code}")
    agent.get_by_role("link", name=code).click()
    agent.get_by_role("button", name="Nhận việc").click()
    agent.get_by_role("button", name="Lời kết").click()
    agent.get_by_role("button", name="Gửi trả lời").click()
    expect(agent.get_by_text("Đã trả lời yêu cầu.")).to_be_visible()

    other.reload()
    other.get_by_label("Đã xong việc").check()
    other.get_by_role("button", name="Gửi đánh giá").click()
    expect(other.get_by_text("Cảm ơn bạn đã cho biết.")).to_be_visible()
