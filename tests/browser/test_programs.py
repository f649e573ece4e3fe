"""A monitor lets a program of somebody else in; it asks through the door and is told of a change; beside it the national exchange."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect
from standardwebhooks.webhooks import Webhook

from tests.browser.conftest import Story
from tests.browser.test_story import sign_in
from tests.project.installation import Installation, free_port, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: The worker begins a turn each minute.
A_TURN = 150_000
PURPOSE = "Đối chiếu danh sách cơ sở kinh doanh"


class Heard(BaseHTTPRequestHandler):
    said: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        self.said.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Quiet."""


@pytest.fixture
def hears() -> Iterator[str]:
    """A machine of somebody else."""
    Heard.said = []
    with HTTPServer(("127.0.0.1", 0), Heard) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/su-kien"
        server.shutdown()


class Centre:
    """A national centre that was agreed with and does not answer yet."""

    def __init__(self, installation: Installation) -> None:
        self.here, self.port = installation, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        block = self.run("agree", "national", "--url", f"http://127.0.0.1:{self.port}", "--first-on", "2026-01-01")
        (installation.var / "exchange" / "receiver.toml").write_text(block, encoding="utf-8")

    def run(self, *words: str) -> str:
        words = (sys.executable, "-m", "dauchan.project", "exchange", *words)
        done = subprocess.run(words, env=surroundings(self.here.var), check=True, capture_output=True, text=True)
        return done.stdout

    def answer(self) -> None:
        """From now on it does."""
        words = [sys.executable, "-m", "dauchan.project", "exchange", "receive", "--port", str(self.port)]
        self.process = subprocess.Popen(words, env=surroundings(self.here.var), stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.2)
        raise TimeoutError("the receiver does not come up")

    def end(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()
        for path in (self.here.var / "exchange").iterdir():
            path.unlink()


@pytest.fixture
def centre(installation: Installation) -> Iterator[Centre]:
    agreed = Centre(installation)
    yield agreed
    agreed.end()


def let_in(page: Page, story: Story) -> str:
    """Enter a program and issue a token; its text."""
    page.goto("/officer/programs/")
    story.show(page, "nobody")
    page.get_by_role("link", name="Lập hồ sơ kết nối").first.click()
    page.get_by_label("Tên hệ thống").fill("Cổng dữ liệu Sở Công Thương")
    page.get_by_label("Cơ quan, tổ chức vận hành").fill("Sở Công Thương")
    page.get_by_label("Đầu mối liên hệ").fill("Phòng Quản lý thương mại, 0234 000 000")
    page.get_by_label("Văn bản làm căn cứ").fill("Quy chế phối hợp số 7/QC")
    page.get_by_label("Mục đích sử dụng dữ liệu").fill(PURPOSE)
    page.get_by_label("Đọc địa điểm và trạng thái của địa điểm").check()
    page.get_by_label("Đọc danh mục đơn vị hành chính").check()
    story.show(page, "form")
    page.get_by_role("button", name="Lưu hồ sơ").click()
    page.get_by_role("button", name="Cấp mã truy cập").click()
    page.get_by_role("textbox", name="Tên mã").fill("máy chủ chính")
    page.get_by_role("button", name="Cấp mã", exact=True).click()
    text = page.locator("code", has_text="dauchan_").inner_text()
    story.show(page, "token")
    return text


def asks(address: str, token: str) -> None:
    """The program, through the door."""
    headers, first = {"Authorization": f"Bearer {token}"}, {"limit": 5}
    with httpx.Client(base_url=f"{address}/api/v1/", headers=headers, timeout=60) as client:
        venues = client.get("venues", params=first).raise_for_status()
        assert len(venues.json()["items"]) == 5
        known = {"If-None-Match": venues.headers["ETag"]}
        assert client.get("venues", params=first, headers=known).status_code == 304
        assert client.get("signs").json()["reason"]["code"] == "scope_missing"
        described = client.get("openapi.json").json()
    assert {"/api/v1/venues", "/api/v1/check-ins"} <= set(described["paths"])


def test_a_program_is_let_in_asks_and_is_told(address: str, phone: Phone, centre: Centre, hears: str) -> None:
    story = Story("programs")
    page = phone(1440).new_page()
    page.set_default_timeout(60_000)
    sign_in(page, "giamsat")
    token = let_in(page, story)

    asks(address, token)

    page.get_by_role("button", name="Thêm địa chỉ nhận").click()
    page.get_by_role("textbox", name="Địa chỉ nhận").fill(hears)
    page.get_by_label("Địa điểm được duyệt").check()
    page.get_by_role("button", name="Thêm", exact=True).click()
    secret = page.locator("code", has_text="whsec_").inner_text()
    story.show(page, "webhook-added")
    page.get_by_role("link", name=hears).click()
    page.get_by_role("button", name="Gửi thử").click()
    expect(page.get_by_text("Chưa gửi lần nào")).to_be_visible()

    page.goto("/officer/exchange/")
    expect(page.get_by_text("Không kết nối được với bên nhận").first).to_be_visible(timeout=A_TURN)
    expect(page.get_by_text("Chưa gửi được", exact=True).first).to_be_visible()
    story.show(page, "exchange-fails")
    page.get_by_role("button", name="Tạm dừng gửi").click()
    expect(page.get_by_text("Đang tạm dừng").first).to_be_visible()
    page.get_by_role("button", name="Tiếp tục gửi").click()
    expect(page.get_by_text("Đã tiếp tục").first).to_be_visible()
    centre.answer()
    page.get_by_role("button", name="Thử lại ngay").click()
    centre.run("run")
    expect(page.get_by_text("Đã gửi hết").first).to_be_visible(timeout=A_TURN)
    centre.run("reconcile")
    page.reload()
    expect(page.get_by_text("Khớp").first).to_be_visible()
    story.show(page, "exchange-sent")

    page.goto("/officer/programs/")
    story.show(page, "list")
    page.get_by_role("link", name="Cổng dữ liệu Sở Công Thương").click()
    story.show(page, "program")
    page.get_by_role("link", name=hears).click()

    def delivered() -> bool:
        page.reload()
        return page.get_by_text("HTTP 204").count() > 0

    for _turn in range(A_TURN // 5_000):
        if delivered():
            break
        page.wait_for_timeout(5_000)
    story.show(page, "delivered")
    ((headers, body),) = Heard.said
    assert Webhook(secret).verify(body, headers) == json.loads(body)
    assert json.loads(body)["type"] == "test"
