"""The main job as the people do it: a place, its poster, a scan, a case, a contact list, a name opened by two."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import expect

from dauchan.exchange.tables import csv_value_read
from dauchan.simulation.accounts import PASSWORD
from tests.browser.cameras import page_of, write_camera
from tests.browser.conftest import ALLOWED, CAMERA, SCREENSHOTS, Story
from tests.browser.test_visitor import CHECK_IN, LEAVE, READ_MS, sign_up

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VENUE, ADDRESS = "Tiệm sách Mưa Ngâu", "12 Đường Thử Nghiệm"
OWNER, VISITOR, FRIEND = "0905 111 201", "0905 111 202", "0905 111 203"
FRIENDS_NAME = "Phạm Thị Bạn Thử"
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def story() -> Story:
    return Story("story")


def sign_in(page: Page, username: str, *, second_factor: bool = False) -> None:
    """An officer signs in; the demonstration shows the code that an authenticator app would."""
    page.goto("/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    if second_factor:
        enter_shown_code(page)
    page.wait_for_url("**/officer/")


def enter_shown_code(page: Page) -> None:
    """A code is taken once: whoever signs in to an account for the fourth time within its minute and a half waits for the next one."""
    for _ in range(4):
        code = page.locator("input[name=code]")
        expect(code).to_be_visible()
        shown = re.search(r"\b(\d{6})\b", page.locator("main").inner_text())
        assert shown
        code.fill(shown[1])
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()
        if page.url.endswith("/officer/"):
            return
        page.wait_for_timeout(15_000)
        page.goto(page.url)


def register_place(page: Page, story: Story) -> int:
    """The owner fills in the form on a phone. Returns the number of the new place."""
    page.goto("/owner/new/")
    sign_up(page, OWNER, "Trần Thị Chủ Quán")
    page.wait_for_url("**/owner/new/")
    page.get_by_label("Tên địa điểm").fill(VENUE)
    page.get_by_role("combobox", name="Loại hình").fill("ban le")
    page.get_by_role("option").first.click()
    page.get_by_label("Số nhà, đường, thôn").fill(ADDRESS)
    page.get_by_role("combobox", name="Phường, xã").fill("thuan hoa")
    page.get_by_role("option", name="Phường Thuận Hóa").click()
    tap_the_map(page)
    page.get_by_label("Điện thoại liên hệ").fill("0234 3822 222")
    page.get_by_label("Giới thiệu").fill("Sách cũ, sách mới, trà nóng.")
    with io.BytesIO() as picture:
        Image.new("RGB", (800, 600), (120, 60, 140)).save(picture, "JPEG")
        page.locator("#id_pictures").set_input_files(
            {"name": "cua.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
        )
    story.show(page, "owner-registers")
    page.get_by_role("button", name="Gửi đăng ký").click()
    page.wait_for_url(re.compile(r"/owner/\d+/$"))
    expect(page.get_by_text("Đang chờ Phường Thuận Hóa duyệt")).to_be_visible()
    story.show(page, "owner-waits")
    return int(page.url.rstrip("/").rpartition("/")[2])


def tap_the_map(page: Page) -> None:
    canvas = page.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    point = page.locator("#id_point_0")
    for _ in range(20):  # the map takes taps once it has drawn itself
        canvas.click(position={"x": 180, "y": 200})
        page.wait_for_timeout(500)
        if point.input_value():
            return
    raise AssertionError("the map took no tap")


def approve_place(phone: Phone, story: Story, venue_id: int) -> None:
    """The officer of that commune, and no other commune's, approves it."""
    stranger = phone(1440).new_page()
    sign_in(stranger, "canbo2")
    assert stranger.goto(f"/officer/venues/{venue_id}/").status == 404  # type: ignore[union-attr]
    page = phone(1440).new_page()
    sign_in(page, "canbo")
    story.show(page, "officer-home")
    page.goto("/officer/approvals/")
    story.show(page, "officer-approvals")
    page.get_by_role("link", name=VENUE).click()
    story.show(page, "officer-looks")
    page.get_by_role("button", name="Duyệt", exact=True).click()
    page.wait_for_url("**/officer/approvals/")
    expect(page.locator("main").get_by_role("link", name=VENUE)).to_have_count(0)
    page.goto(f"/officer/venues/{venue_id}/")
    expect(page.locator("main")).to_contain_text("Đang hoạt động")


def download_posters(owner: Page, story: Story, venue_id: int, folder: Path) -> tuple[bytes, str]:
    """The A4 poster's PDF and the code in words that stands on it."""
    owner.goto(f"/owner/{venue_id}/")
    story.show(owner, "owner-approved")
    for sheet in ("a4", "a5", "stickers"):
        answer = owner.request.get(f"/owner/{venue_id}/poster/{sheet}.pdf")
        assert answer.headers["content-type"] == "application/pdf"
        (folder / f"{sheet}.pdf").write_bytes(answer.body())
    a4 = (folder / "a4.pdf").read_bytes()
    page_of(a4).save(SCREENSHOTS / "story-poster-a4.png")
    code = re.search(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", owner.locator("main").inner_text())
    assert code
    return a4, code[0]


def scan_at_the_door(phone: Phone, story: Story, poster: bytes, folder: Path) -> Page:
    """The visitor's camera sees that very poster; first use, check-in."""
    frames = write_camera(page_of(poster), folder / "poster.mjpeg")
    page = phone(390, *CAMERA, *ALLOWED, f"--use-file-for-fake-video-capture={frames}").new_page()
    page.goto("/scan/")
    expect(page.locator("[data-found-view] [data-slot=name]")).to_have_text(VENUE, timeout=READ_MS)
    expect(page.locator("[data-found-view] [data-slot=address]")).to_contain_text(ADDRESS)
    story.show(page, "visitor-scans")
    page.locator(f"[data-found-view] {CHECK_IN}").click()
    sign_up(page, VISITOR, "Nguyễn Văn Khách Thử", lambda at, name: story.show(at, f"visitor-{name}"))
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible()
    story.show(page, "visitor-checked-in")
    return page


def leave(page: Page, story: Story) -> None:
    """The diary shows the visit, and the button ends it."""
    page.goto("/me/")
    page.locator(LEAVE).first.click()
    expect(page.get_by_text("bạn bấm rời đi")).to_be_visible()
    story.show(page, "visitor-diary")


def friend_follows_the_link(phone: Phone, story: Story, code: str) -> None:
    """Somebody else opens the poster's link with the phone's own camera app: public page, check-in, and stays."""
    page = phone(390).new_page()
    page.goto(f"/q/{code}")
    expect(page.get_by_role("heading", name=VENUE)).to_be_visible()
    story.show(page, "friend-public-page")
    page.locator(CHECK_IN).click()
    sign_up(page, FRIEND, FRIENDS_NAME)
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible()


def register_case(page: Page, story: Story) -> None:
    page.goto("/tracer/new/")
    page.get_by_label("Số điện thoại của ca bệnh").fill(VISITOR)
    page.get_by_label("Ngày lấy mẫu xét nghiệm").fill(datetime.now(LOCAL).date().isoformat())
    page.locator("main form.form button[type=submit]").last.click()
    expect(page.get_by_text("1909/BYT-DP")).to_be_visible()
    story.show(page, "tracer-looks-before-saving")
    page.get_by_role("button", name="Đúng, ghi nhận ca bệnh").click()
    page.wait_for_url(re.compile(r"/tracer/cases/\d+/$"))
    expect(page.locator("main")).to_contain_text(VENUE)
    story.show(page, "tracer-case")


def run_trace(page: Page, story: Story) -> None:
    page.get_by_role("button", name="Bắt đầu truy vết").click()
    page.wait_for_url(re.compile(r"/tracer/runs/\d+/$"))
    main = page.locator("main")
    expect(main).to_contain_text(re.compile("có mặt cùng thời điểm, cần xác minh", re.IGNORECASE))
    expect(main).to_contain_text("Người 1")
    expect(main).to_contain_text(VENUE)
    expect(main).not_to_contain_text(FRIENDS_NAME)
    story.show(page, "tracer-contacts")


def rows_of_files(page: Page) -> tuple[list[list[str]], list[list[str]]]:
    """The contact list as CSV and as XLSX, without their heads."""
    links = [link.get_attribute("href") or "" for link in page.locator("main a").all()]
    csv_link = next(link for link in links if ".csv" in link)
    xlsx_link = next(link for link in links if ".xlsx" in link)
    as_csv = page.request.get(csv_link)
    rows = list(csv.reader(io.StringIO(as_csv.body().decode("utf-8-sig"), newline="")))[1:]
    book = load_workbook(io.BytesIO(page.request.get(xlsx_link).body()))
    cells = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    return (
        [[csv_value_read(cell) for cell in row] for row in rows],
        [["" if cell is None else str(cell) for cell in row] for row in cells],
    )


def open_names(tracer: Page, phone: Phone, story: Story) -> None:
    """Asked for with a purpose, approved by a second person, seen, and all of it in the log."""
    run = tracer.url
    tracer.get_by_role("button", name="Đề nghị mở thông tin cá nhân").click()
    tracer.get_by_label("Mục đích").select_option(index=1)
    story.show(tracer, "tracer-asks-for-names")
    tracer.get_by_role("button", name="Gửi đề nghị").click()
    approver = phone(1440).new_page()
    sign_in(approver, "pheduyet", second_factor=True)
    approver.goto("/tracer/approvals/")
    story.show(approver, "approver-inbox")
    approver.get_by_role("link", name=re.compile("Gọi điện xác minh")).click()
    story.show(approver, "approver-decides")
    approver.get_by_role("button", name="Phê duyệt, mở 8 giờ").click()
    tracer.goto(run)
    expect(tracer.locator("main")).to_contain_text(FRIENDS_NAME)
    story.show(tracer, "tracer-sees-names")
    assert FRIENDS_NAME in str(rows_of_files(tracer)[0])
    tracer.get_by_role("link", name=re.compile("^F0-")).first.click()
    tracer.get_by_role("link", name=re.compile("Nhật ký")).first.click()
    story.show(tracer, "case-log")
    for line in ("Đề nghị mở thông tin cá nhân", "Phê duyệt mở thông tin cá nhân", "Xem họ tên và số điện thoại"):
        expect(tracer.locator("main")).to_contain_text(line)


def test_from_a_poster_on_a_door_to_a_contact_list(phone: Phone, story: Story, tmp_path: Path) -> None:
    owner = phone(390).new_page()
    venue_id = register_place(owner, story)
    approve_place(phone, story, venue_id)
    poster, code = download_posters(owner, story, venue_id, tmp_path)
    visitor = scan_at_the_door(phone, story, poster, tmp_path)
    friend_follows_the_link(phone, story, code)
    leave(visitor, story)
    tracer = phone(1440).new_page()
    sign_in(tracer, "truyvet", second_factor=True)
    register_case(tracer, story)
    run_trace(tracer, story)
    as_csv, as_xlsx = rows_of_files(tracer)
    assert len(as_csv) == len(as_xlsx) == 1
    assert VENUE in str(as_csv)
    assert FRIENDS_NAME not in str(as_csv) + str(as_xlsx)
    open_names(tracer, phone, story)
