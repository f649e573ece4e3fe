"""An officer's own spreadsheet becomes venues, comes back with a word beside each row, and is taken back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import Story
from tests.browser.test_story import sign_in
from tests.exchange.venue_lists import messy

if TYPE_CHECKING:
    from tests.browser.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_list_from_the_file_to_venues_and_back(phone: Phone) -> None:
    rows: list[list[object]] = [
        ["DANH SÁCH CƠ SỞ NĂM 2021"],
        ["STT", "Tªn c¬ së", "Địa chỉ", "Phường/xã", "Loại hình"],
        [1, "Qu¸n ¨n B×nh Thö", "12 Lê Thử", "P. Vĩnh Ninh", "ăn uống"],
        [2, "Quán ăn Bình Thử", "12 Lê Thử", "vinh ninh", "ăn uống"],
        [3, "Xưởng Thử", "5 Lê Thử", "Xã Đâu Đâu", "sản xuất"],
    ]
    page, story = phone(1440).new_page(), Story("venue-lists")
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    sign_in(page, "chutichtp")
    page.goto("/officer/venue-lists/")
    file = {"name": "co-so.xlsx", "mimeType": "application/octet-stream", "buffer": messy.workbook(*rows)}
    page.get_by_label("Tệp danh sách").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Nộp tệp").click()
    expect(page.get_by_label("Cột Tên cơ sở là")).to_have_value("name")
    story.show(page, "columns")

    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    expect(page.get_by_text("Ghi 1 dòng")).to_be_visible()
    expect(page.get_by_text("Phường Vĩnh Ninh nay thuộc Phường Thuận Hóa.")).to_be_visible()
    page.get_by_role("link", name="Có thể trùng").click()
    page.get_by_label("Làm gì với dòng 4").select_option("new")
    page.get_by_role("button", name="Ghi các quyết định của trang này").click()
    expect(page.get_by_text("Ghi 2 dòng")).to_be_visible()
    story.show(page, "preview")

    page.get_by_role("button", name="Ghi 2 dòng").click()
    expect(page.get_by_role("button", name="Hoàn tác cả lần nhập")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tệp của bạn, có ghi kết quả").click()
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert [str(sheet[f"F{number}"].value).partition(".")[0] for number in (2, 3, 4, 5)] == [
        "Kết quả nhập", "Đã đăng ký mới", "Đã đăng ký mới", "Không có phường, xã nào tên «Xã Đâu Đâu»",
    ]  # fmt: skip

    page.get_by_role("button", name="Hoàn tác cả lần nhập").click()
    page.get_by_role("dialog").get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(page.get_by_text("Đã hoàn tác 2 dòng, đóng 0, giữ lại 0.")).to_be_visible()
    page.goto("/officer/venues/?q=binh+thu+12+le+thu")
    expect(page.get_by_text("Không có địa điểm nào khớp")).to_be_visible()
