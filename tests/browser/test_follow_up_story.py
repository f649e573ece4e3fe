"""A contact is confirmed, reports by the link on their phone, becomes a case; an order is drafted, signed and looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCREENSHOTS, Story
from tests.browser.test_story import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow]

INDEX_CASE, DISEASE = "0900 009 001", "Bệnh X (chưa rõ tác nhân)"
PATIENCE_MS = 45_000
STORY = Story("follow-up")


def contact_of_a_case(page: Page) -> None:
    """The listed outbreak's case of a disease whose schedule has quarantine; its contact is confirmed and thereby followed."""
    page.goto("/tracer/new/")
    page.get_by_label("Số điện thoại của ca bệnh").fill(INDEX_CASE)
    page.locator("select[name=disease]").select_option(label=DISEASE)
    yesterday = page.evaluate("new Date(Date.now() + 7 * 3600e3 - 864e5).toISOString().slice(0, 10)")
    page.get_by_label("Ngày lấy mẫu xét nghiệm").fill(yesterday)
    page.locator("main form.form button[type=submit]").last.click()
    page.get_by_role("button", name="Đúng, ghi nhận ca bệnh").click()
    page.wait_for_url(re.compile(r"/tracer/cases/\d+/$"))
    page.get_by_role("button", name="Bắt đầu truy vết").click()
    page.wait_for_url(re.compile(r"/tracer/runs/\d+/$"))
    page.get_by_role("link", name="Người 1", exact=True).click()
    page.get_by_role("button", name="Đã xác minh tiếp xúc").click()
    expect(page.get_by_role("link", name="Mở trang theo dõi")).to_be_visible()
    STORY.show(page, "contact")
    page.get_by_role("link", name="Mở trang theo dõi").click()


def report_by_link(phone: Phone, address: str) -> None:
    page = phone(390).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    STORY.show(page, "link")
    page.get_by_role("radio", name="Có triệu chứng", exact=True).check()
    page.get_by_role("checkbox", name="Ho", exact=True).check()
    page.get_by_label("Nhiệt độ").fill("38,4")
    page.get_by_role("button", name="Gửi khai báo").click()
    expect(page.get_by_text("Đã nhận khai báo của bạn")).to_be_visible()
    STORY.show(page, "link-done")


def order_signed_by_another(tracer: Page, phone: Phone) -> None:
    tracer.get_by_role("button", name="Soạn quyết định").click()
    tracer.get_by_label("Nơi cách ly").fill("12 Đường Thử Nghiệm")
    for box in tracer.locator("input[name=bases]").all()[:2]:
        box.check()
    STORY.show(tracer, "draft")
    tracer.get_by_role("button", name="Soạn, gửi người phê duyệt").click()
    tracer.wait_for_url(re.compile(r"/orders/\d+/$"))
    STORY.show(tracer, "drafted")
    approver = phone(1440).new_page()
    approver.set_default_timeout(PATIENCE_MS)
    sign_in(approver, "pheduyet", second_factor=True)
    approver.goto(tracer.url)
    approver.get_by_role("button", name="Mở họ tên để ký").click()
    expect(approver.get_by_text("Lần xem này đã được ghi vào nhật ký.")).to_be_visible()
    approver.get_by_role("button", name="Ký quyết định").click()
    expect(approver.get_by_text("Đã ký", exact=True).first).to_be_visible()
    STORY.show(approver, "signed")
    paper = tracer.context.request.get(tracer.url + "order.pdf")
    document = pypdfium2.PdfDocument(paper.body())
    assert "Thử Nghiệm" in document[0].get_textpage().get_text_range()
    document[0].render(scale=1.5).to_pil().save(SCREENSHOTS / "follow-up-order.png")
    document.close()


def test_from_a_link_on_the_phone_to_a_case_and_an_order(phone: Phone) -> None:
    tracer = phone(1440).new_page()
    tracer.set_default_timeout(PATIENCE_MS)
    sign_in(tracer, "truyvet", second_factor=True)
    contact_of_a_case(tracer)
    tracer.get_by_role("button", name="Gửi liên kết khai báo").click()
    told = tracer.get_by_text(re.compile(r"/follow-up/s/[A-Z2-7]{24}/")).first.inner_text()
    link = re.search(r"/follow-up/s/[A-Z2-7]{24}/", told)
    assert link
    report_by_link(phone, link[0])
    tracer.reload()
    expect(tracer.get_by_text("38.4 °C")).to_be_visible()
    STORY.show(tracer, "one")
    here = tracer.url
    order_signed_by_another(tracer, phone)
    tracer.goto("/tracer/follow-up/?part=all")
    STORY.show(tracer, "today")
    tracer.goto("/tracer/follow-up/orders/")
    STORY.show(tracer, "orders")
    tracer.goto(here)
    tracer.get_by_role("button", name="Ghi nhận thành ca bệnh").click()
    tracer.get_by_role("dialog").get_by_role("button", name="Ghi nhận ca bệnh").click()
    tracer.wait_for_url(re.compile(r"/tracer/cases/\d+/$"))
    expect(tracer.get_by_text("giữ nguyên chuỗi lây")).to_be_visible()
    STORY.show(tracer, "became-case")
