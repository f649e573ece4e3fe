"""A visitor before a door: scan, first use, check-in, diary, check-out; and what happens when something is missing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ALLOWED, CAMERA, WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Response

    from tests.browser.conftest import Phone, Poster, Shots

pytestmark = pytest.mark.browser

CHECK_IN = "button:has-text('Ghi nhận lượt vào')"
LEAVE = "button:has-text('Tôi rời đi')"
READ_MS = 30_000
MOST_SCRIPT = 150 * 1024
#: What waits on the phone for a network.
KEPT = """new Promise((resolve, reject) => {
  const opening = indexedDB.open("dauchan");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("outbox").objectStore("outbox").getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""


def sign_up(page: Page, phone: str, name: str, shot: Callable[[Page, str], object] = lambda *_: None) -> None:
    """First use, from the telephone number to the consent."""
    expect(page.get_by_role("heading", name="Số điện thoại của bạn")).to_be_visible()
    shot(page, "phone")
    page.get_by_label("Số điện thoại di động").fill(phone)
    page.get_by_role("button", name="Gửi mã cho tôi").click()
    expect(page.get_by_text("Bản trình diễn: tin nhắn không được gửi đi.")).to_be_visible()
    shot(page, "code")
    page.get_by_label("Mã xác nhận").fill(page.locator(".notice strong").inner_text())
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("91/2025/QH15")).to_be_visible()
    shot(page, "consent")
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Tôi đã đọc và đồng ý").check()
    page.get_by_role("button", name="Đồng ý và tiếp tục").click()


def test_a_camera_without_its_reader_says_so_and_reads_once_the_reader_comes(
    phone: Phone, camera: str, poster: Poster
) -> None:
    page = phone(390, *CAMERA, *ALLOWED, camera, service_workers="block").new_page()
    page.context.route("**/*.wasm", lambda route: route.abort())
    page.goto("/scan/")
    expect(page.get_by_text("Chưa tải được bộ đọc mã.")).to_be_visible(timeout=READ_MS)
    page.context.unroute("**/*.wasm")
    expect(page.get_by_text(poster.name).first).to_be_visible(timeout=READ_MS)


@pytest.mark.parametrize("width", WIDTHS)
def test_scan_sign_up_check_in_diary_check_out(
    phone: Phone, camera: str, poster: Poster, shots: Callable[[str, int], Shots], width: int
) -> None:
    shot = shots("visitor", width)
    page = phone(width, *CAMERA, *ALLOWED, camera).new_page()
    page.goto("/")
    shot(page, "home")
    page.get_by_role("link", name="Quét mã tại cửa").click()
    name = page.locator("[data-found-view] [data-slot=name]")
    expect(name).to_have_text(poster.name, timeout=READ_MS)
    expect(page.locator("[data-found-view] [data-slot=address]")).not_to_be_empty()
    shot(page, "confirm")
    page.locator(f"[data-found-view] {CHECK_IN}").click()
    sign_up(page, f"0905 001 {width % 1000:03d}", "Lê Thị Quét", shot)
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible()
    expect(page.locator("main")).to_contain_text(poster.name)
    shot(page, "checked-in")
    page.goto("/me/")
    expect(page.get_by_text("Đang ở đây")).to_be_visible()
    shot(page, "diary")
    page.locator(LEAVE).click()
    expect(page.get_by_text("bạn bấm rời đi")).to_be_visible()
    shot(page, "diary-after-leaving")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_link_of_a_poster_checks_in_at_the_door_even_after_a_while_without_network(
    phone: Phone, poster: Poster, shots: Callable[[str, int], Shots], width: int
) -> None:
    shot = shots("link", width)
    context = phone(width, scheme="dark")
    page = context.new_page()
    page.goto("/visitor/sign-in/")
    sign_up(page, f"0905 002 {width % 1000:03d}", "Lê Thị Liên")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "check-ins" in request.url else None)
    page.goto(f"/q/{poster.code}")
    expect(page.get_by_role("heading", name=poster.name)).to_be_visible()
    shot(page, "place")
    context.set_offline(offline=True)
    page.locator(CHECK_IN).click()
    expect(page.get_by_role("heading", name="Đang chờ mạng")).to_be_visible()
    shot(page, "waiting")
    context.set_offline(offline=False)
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible(timeout=READ_MS)
    shot(page, "recorded")
    identifiers = {found[1] for body in sent if (found := re.search(r'"check_in_id":"([^"]+)"', body))}
    assert len(sent) > 1
    assert len(identifiers) == 1
    assert page.evaluate(KEPT) == []
    page.locator(LEAVE).click()
    expect(page.get_by_role("heading", name="Đã ghi nhận giờ ra")).to_be_visible()
    shot(page, "left")


def test_a_check_in_that_waited_is_sent_by_the_next_page(phone: Phone, poster: Poster) -> None:
    context = phone(service_workers="block")  # what goes by a worker that is just taking over cannot be stopped here
    page = context.new_page()
    page.goto("/visitor/sign-in/")
    sign_up(page, "0905 003 001", "Lê Thị Chờ")
    page.goto(f"/q/{poster.code}")
    context.route("**/api/v1/check-ins", lambda route: route.abort())
    page.locator(CHECK_IN).click()
    expect(page.get_by_role("heading", name="Đang chờ mạng")).to_be_visible()
    kept = json.dumps(page.evaluate(KEPT), ensure_ascii=False)
    assert "Lê Thị" not in kept
    assert "0905" not in kept
    page.close()
    context.unroute("**/api/v1/check-ins")
    page = context.new_page()
    page.goto("/me/")
    expect(page.get_by_text("Đang ở đây")).to_be_visible(timeout=READ_MS)
    assert page.evaluate(KEPT) == []


def test_a_busy_door_is_asked_again_when_it_says(phone: Phone, poster: Poster) -> None:
    context = phone(service_workers="block")  # the worker may be quicker, and what it sends is not seen here
    page = context.new_page()
    page.goto("/visitor/sign-in/")
    sign_up(page, "0905 004 001", "Lê Thị Đợi")
    page.goto(f"/q/{poster.code}")
    asked: list[str] = []

    def busy_once(route: object) -> None:
        asked.append(route.request.post_data)  # type: ignore[attr-defined]
        if len(asked) == 1:
            route.fulfill(status=503, headers={"Retry-After": "1"}, body="{}")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    context.route("**/api/v1/check-ins", busy_once)
    page.locator(CHECK_IN).click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible(timeout=READ_MS)
    assert len(asked) == 2
    assert asked[0] == asked[1]


def test_without_script_the_forms_do_the_same(phone: Phone, poster: Poster, shots: Callable[[str, int], Shots]) -> None:
    shot = shots("no-script", 390)
    page = phone(390, java_script_enabled=False).new_page()
    page.goto("/scan/")
    page.get_by_label("Mã in dưới mã QR").fill(poster.code)
    page.get_by_role("button", name="Mở địa điểm").click()
    expect(page.get_by_role("heading", name=poster.name)).to_be_visible()
    shot.taken.clear()
    page.locator(CHECK_IN).click()
    page.get_by_label("Số điện thoại di động").fill("0905 005 001")
    page.get_by_role("button", name="Gửi mã cho tôi").click()
    page.get_by_label("Mã xác nhận").fill(page.locator(".notice strong").inner_text())
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_label("Họ và tên").fill("Lê Thị Không")
    page.get_by_label("Tôi đã đọc và đồng ý").check()
    page.get_by_role("button", name="Đồng ý và tiếp tục").click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible()
    page.locator(LEAVE).click()
    expect(page.get_by_text("bạn bấm rời đi")).to_be_visible()


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [([], "NotFoundError", "Không tìm thấy máy ảnh"), (CAMERA, "NotAllowedError", "không được phép dùng máy ảnh")],
)
def test_a_camera_that_cannot_be_had_is_explained_and_the_code_typed(
    phone: Phone,
    poster: Poster,
    shots: Callable[[str, int], Shots],
    arguments: list[str],
    error: str,
    said: str,
) -> None:
    page = phone(390, *arguments).new_page()
    attempts: list[str] = []
    page.on("request", lambda request: attempts.append(request.post_data or "") if "attempts" in request.url else None)
    page.goto("/scan/")
    expect(page.locator(".scanner-status")).to_contain_text(said)
    shots(f"camera-{error}", 390)(page, "refused")
    name = page.evaluate("navigator.mediaDevices.getUserMedia({video: true}).then(() => '', (error) => error.name)")
    assert name == error
    assert '"reason":"no_camera"' in "".join(attempts)
    page.get_by_label("Mã in dưới mã QR").fill(poster.code.lower())
    page.get_by_role("button", name="Mở địa điểm").click()
    expect(page.locator("[data-found-view] [data-slot=name]")).to_have_text(poster.name)


def test_a_strange_code_is_refused_in_words_and_told_to_the_door(phone: Phone) -> None:
    page = phone().new_page()
    page.goto("/scan/")
    with page.expect_response("**/api/v1/scan-attempts") as attempt:
        page.get_by_label("Mã in dưới mã QR").fill("https://evil.example/q/AAAA")
        page.get_by_role("button", name="Mở địa điểm").click()
        expect(page.locator("[data-refused-view]")).to_contain_text("Đừng mở")
    page.get_by_role("button", name="Quét lại").click()
    expect(page.get_by_label("Mã in dưới mã QR")).to_be_visible()
    assert attempt.value.status in {200, 201}


@pytest.mark.parametrize("path", ["/", "/scan/", "/q/{code}", "/me/", "/places/{venue_id}/"])
def test_a_visitor_s_page_is_light(phone: Phone, poster: Poster, path: str) -> None:
    context = phone(390, *CAMERA, *ALLOWED)
    page = context.new_page()
    page.goto("/visitor/sign-in/")
    sign_up(page, f"0905 006 {len(path):03d}", "Lê Thị Nhẹ")
    expect(page.get_by_role("heading", name="Nhật ký của tôi")).to_be_visible()
    scripts: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type == "script" or response.url.endswith(".js"):
            scripts[response.url] = len(response.body())

    page = context.new_page()
    page.on("response", weigh)
    page.goto(path.format(code=poster.code, venue_id=poster.venue_id), wait_until="networkidle")
    assert scripts
    assert sum(scripts.values()) < MOST_SCRIPT, scripts
