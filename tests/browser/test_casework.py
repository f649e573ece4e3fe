"""A tracer's desk: a list used while it still grows, a call taken back; cases taken in by form, with the likeness that it asks
about, and by list, tried first and taken back whole.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import psycopg
import pytest
from playwright.sync_api import expect

from dauchan.project.environment import Environment
from dauchan.units.audit import CHAIN_LOCK
from tests.browser.conftest import Story
from tests.browser.test_story import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Phone
    from tests.project.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

INDEX_CASE, OTHER_NAME = "0900 009 001", "Người Nhà Dùng Chung Số"
PATIENCE_MS = 45_000
YESTERDAY = dt.datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date() - dt.timedelta(days=1)
LIST = f"Họ tên\tSĐT\tNgày lấy mẫu\nLê Thị Nhập Thử\t0905 777 001\t{YESTERDAY:%d/%m/%Y}\nTrần Văn Sai Ngày\t0905 777 002\t31/02/2021"


@pytest.fixture
def page(phone: Phone) -> Page:
    opened = phone(1440).new_page()
    opened.set_default_timeout(PATIENCE_MS)
    sign_in(opened, "truyvet", second_factor=True)
    return opened


def typed_case(page: Page, name: str = "") -> None:
    page.goto("/tracer/new/")
    page.get_by_label("Số điện thoại của ca bệnh").fill(INDEX_CASE)
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Ngày lấy mẫu xét nghiệm").fill(YESTERDAY.isoformat())
    page.locator("main form.form button[type=submit]").last.click()


def test_a_list_is_used_while_it_grows(page: Page, installation: Installation) -> None:
    """The trace keeps its last generation together with a line in the log: whoever holds the log holds the trace back."""
    story = Story("growing")
    typed_case(page)
    page.get_by_role("button", name="Đúng, ghi nhận ca bệnh").click()
    page.wait_for_url(re.compile(r"/tracer/cases/\d+/$"))
    here = Environment.read({"DAUCHAN_VAR": str(installation.var)})
    with psycopg.connect(here.database_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [CHAIN_LOCK])
        page.get_by_role("button", name="Bắt đầu truy vết").click()
        page.wait_for_url(re.compile(r"/tracer/runs/\d+/$"))
        expect(page.get_by_text("Đang truy vết vòng F2.")).to_be_visible()
        expect(page.get_by_role("link", name="Người 1", exact=True)).to_be_visible()
        story.show(page, "still-growing")
    page.get_by_role("link", name="Hiện danh sách mới").click()
    expect(page.get_by_text("Đang truy vết vòng F2.")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Vòng F2")
    story.show(page, "whole")
    page.get_by_role("link", name="Người 1", exact=True).click()
    page.get_by_role("link", name="Gọi theo kịch bản").click()
    page.get_by_role("radio", name="Gặp được", exact=True).check()
    page.get_by_role("button", name="Ghi cuộc gọi").click()
    page.get_by_role("button", name="Ghi nhầm, rút lại cuộc gọi").click()
    expect(page.get_by_text("Ghi nhầm, rút lại lúc")).to_be_visible()
    story.show(page, "call-taken-back")


def test_cases_come_in_by_form_and_by_list(page: Page) -> None:
    story = Story("intake")
    typed_case(page, OTHER_NAME)
    expect(page.get_by_text("Đây có phải là cùng một người không?")).to_be_visible()
    page.get_by_role("radio", name="Là một người khác").check()
    story.show(page, "likeness")
    page.get_by_role("button", name="Đúng, ghi nhận ca bệnh").click()
    page.wait_for_url(re.compile(r"/tracer/cases/\d+/$"))
    page.get_by_role("link", name="Thêm kết quả xét nghiệm").click()
    page.get_by_label("Ngày lấy mẫu xét nghiệm").fill(YESTERDAY.isoformat())
    page.locator("select[name=lab_result]").select_option("inconclusive")
    page.get_by_role("button", name="Ghi kết quả").click()
    expect(page.get_by_text("Đã ghi kết quả xét nghiệm.")).to_be_visible()
    story.show(page, "results")
    page.goto("/tracer/imports/")
    page.locator("textarea[name=text]").fill(LIST)
    page.get_by_role("button", name="Kiểm tra danh sách").click()
    expect(page.get_by_role("heading", name="Kết quả kiểm tra, chưa ghi gì")).to_be_visible()
    expect(page.locator("main")).to_contain_text("31/02/2021")
    story.show(page, "dry-run")
    page.get_by_role("button", name="Ghi nhận 1 dòng tốt").click()
    page.wait_for_url(re.compile(r"/tracer/imports/\d+/$"))
    expect(page.locator("main table a")).to_have_count(1)
    page.get_by_role("button", name="Rút lại cả lần nhập").click()
    page.get_by_label("Lý do rút lại").fill("Nhập nhầm danh sách của ngày khác")
    page.get_by_role("dialog").get_by_role("button", name="Rút lại").click()
    expect(page.get_by_text("Cả lần nhập đã được rút lại")).to_be_visible()
    story.show(page, "import-undone")
