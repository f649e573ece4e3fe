"""A gate without a network: opens, reads, judges, queues, says so, and hands everything in when the network is back."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dauchan.project.keys import read_ring
from dauchan.qr import SigningRing, make_card_code, make_personal_code
from dauchan.visits.registry import AttemptReason, Source
from tests.browser.conftest import ALLOWED, CAMERA, WIDTHS
from tests.browser.gate_server import CARDS, STRANGER, GateServer
from tests.browser.test_gate import camera_at, enrol, invitation
from tests.browser.test_offline import ledger
from tests.browser.test_visitor import READ_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx
    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.browser.conftest import Phone, Poster, Shots
    from tests.project.installation import Installation

pytestmark = pytest.mark.browser

ID_CARD = "046090012345|191234567|Trần Thị Thử|02091990|Nữ|12 Lê Lợi, Huế|15042021"
READY = """async () => {
  await navigator.serviceWorker.ready;
  const names = await caches.keys();
  return navigator.serviceWorker.controller !== null && names.some((name) => name.startsWith("dauchan-"));
}"""
KEPT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("dauchan-gate");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("queue").objectStore("queue").getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""


def ready_gate(context: BrowserContext, server: GateServer, code: str) -> Page:
    """An enrolled device that was told once what it needs."""
    server.stand_in(context)
    return real_gate(context, code)


def real_gate(context: BrowserContext, code: str) -> Page:
    """One that asks the installation itself."""
    page = context.new_page()
    enrol(page, code)
    expect(page.locator("[data-gate]")).to_have_attribute("data-network", "online")
    page.wait_for_function(READY)
    return page


def kept(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(KEPT)
    return found


def reopened_offline(context: BrowserContext, page: Page, server: GateServer) -> Page:
    """The browser forgot the page, and there is no network."""
    page.close()
    server.cut(context)
    page = context.new_page()
    page.goto("/gate/")
    expect(page.locator("[data-gate-when=away]")).to_be_visible()
    return page


def answer_of(page: Page) -> Locator:
    return page.locator("[data-gate-answer]")


def type_in(page: Page, text: str) -> None:
    page.locator("#gate-text").fill(text)
    page.keyboard.press("Enter")


def show_everything(page: Page) -> None:
    """Every kind of code that a gate tells apart, and what it says of each."""
    now = int(time.time())
    for text, tone, words in [
        (ID_CARD, "good", "T••• T••• Thử"),
        (make_personal_code(5, now, CARDS), "good", "Mã cá nhân đúng"),
        (make_card_code(76, CARDS), "good", "Thẻ kiểm soát đúng"),
        (make_card_code(77, CARDS), "critical", "đã bị thu hồi"),
        (make_card_code(78, CARDS, timezone.localdate()), "critical", "Thẻ này đã hết hạn"),
        (make_personal_code(6, now - 61, CARDS), "critical", "ảnh chụp màn hình không dùng được"),
        (make_personal_code(6, now, STRANGER), "critical", "không do hệ thống cấp"),
        ("vneid 12", "critical", "VNeID"),
        ("HC1:ABC", "critical", "châu Âu"),
        ("0905", "critical", "thiếu chữ số"),
    ]:
        type_in(page, text)
        expect(answer_of(page)).to_contain_text(words)
        expect(answer_of(page)).to_have_attribute("data-tone", tone)


def kept_of_the_shift(page: Page) -> list[dict[str, Any]]:
    items = kept(page)
    effects = [item["effect"] for item in items if item["effect"] != "failed"]
    assert effects == ["in", "in", "in", "in", "out", "in", "undo-in"]
    failed = [item["failed"] for item in items if "failed" in item]
    assert failed == ["card_revoked", "expired", "expired", "forged", "foreign", "foreign", "not_inside"]
    return items


def see_at_once(page: Page, warning: Locator) -> None:
    """It stands on the first screen, above the answer: nobody scrolls while people come in."""
    page.evaluate("scrollTo(0, 0)")
    expect(warning).to_be_in_viewport(ratio=1)
    expect(answer_of(page)).to_be_in_viewport()


@pytest.mark.parametrize(("capacity", "warned_at"), [(5, 4), (20, 18)])
def test_the_device_warns_at_the_server_s_numbers(
    phone: Phone, owner: httpx.Client, poster: Poster, capacity: int, warned_at: int
) -> None:
    server = GateServer(capacity=capacity)
    context = phone()
    page = ready_gate(context, server, invitation(owner, poster.venue_id, f"Sức chứa {capacity}"))
    page = reopened_offline(context, page, server)
    nearly, full = (page.locator(f"[data-gate-full={word}]") for word in ("nearly", "full"))
    for inside in range(1, capacity + 1):
        type_in(page, f"0905 200 {inside:03}")
        expect(page.locator("[data-figure=inside]")).to_have_text(str(inside))
        expect(nearly).to_be_visible(visible=warned_at <= inside < capacity)
        expect(full).to_be_visible(visible=inside == capacity)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_shift_without_a_network(
    phone: Phone, owner: httpx.Client, poster: Poster, shots: Callable[[str, int], Shots], width: int
) -> None:
    shot = shots("gate-offline", width)
    server = GateServer(revoked_cards=["77"])
    context = phone(width)
    page = ready_gate(context, server, invitation(owner, poster.venue_id, f"Tuần {width}"))
    shot(page, "online")
    page = reopened_offline(context, page, server)
    answer = answer_of(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(server.venue)
    shot(page, "opened")
    type_in(page, "0905 123 456")
    expect(answer).to_have_attribute("data-tone", "good")
    expect(answer).to_contain_text("Mời vào")
    expect(answer).to_contain_text("090•••••56")
    expect(page.locator("[data-gate-when=away]")).to_contain_text("1 lượt chờ gửi")
    shot(page, "in")
    show_everything(page)
    shot(page, "red")
    expect(page.locator("[data-figure=inside]")).to_have_text("4")
    see_at_once(page, page.locator("[data-gate-full=full]"))
    page.get_by_text("Ra", exact=True).click()
    type_in(page, ID_CARD)
    expect(answer).to_contain_text("Đã ra")
    type_in(page, ID_CARD)
    expect(answer).to_contain_text("Chưa có lượt vào ở đây")
    page.get_by_text("Vào", exact=True).click()
    type_in(page, "0905 123 457")
    expect(answer).to_contain_text("Mời vào")
    page.get_by_role("button", name="Lấy lại lượt vừa rồi").click()
    expect(answer).to_contain_text("Đã lấy lại")
    shot(page, "undone")
    items = kept_of_the_shift(page)
    summary = page.locator("[data-gate-shift]")
    expect(summary.locator("[data-shift=entries]")).to_have_text("5")
    expect(summary).to_contain_text("ảnh chụp màn hình không dùng được")
    page.emulate_media(media="print")
    expect(page.locator(".gate-work")).to_be_hidden()
    shot(page, "print")
    page.emulate_media(media="screen")
    server.cut(context, is_away=False)
    expect(page.locator("[data-gate]")).to_have_attribute("data-network", "online", timeout=READ_MS)
    expect(page.locator("[data-shift=recorded]")).to_have_text(str(len(items)), timeout=READ_MS)
    assert kept(page) == []
    assert list(server.taken) == [item["scan_id"] for item in items]
    assert [text.partition(":")[0] for text in server.opened()] == [
        "phone",
        "identity_card_2021",
        "personal_code",
        "control_card",
        "identity_card_2021",
        "phone",
    ]
    assert (server.opened()[0], server.again) == ("phone:+84905123456", 0)
    assert (server.cursors[0], server.cursors[-1]) == ("", "17")
    expect(page.locator("[data-figure=inside]")).to_have_text("3")
    page.get_by_role("button", name="Bắt đầu ca mới").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Bắt đầu ca mới").click()
    expect(summary.locator("[data-shift=entries]")).to_have_text("0")


def test_what_waited_is_in_the_ledger_and_a_revoked_device_s_scans_are_held(
    phone: Phone, owner: httpx.Client, poster: Poster, installation: Installation, shots: Callable[[str, int], Shots]
) -> None:
    """The whole way, with the real server: people go in and out without a network, and it learns of it later."""
    ring = read_ring(json.loads((installation.var / "keys.json").read_text()), "DAUCHAN_CARD_KEYS")
    keys = SigningRing(max(ring), ring)
    context = phone(390)
    page = real_gate(context, invitation(owner, poster.venue_id, "Cổng thật"))
    type_in(page, "0905 600 001")
    expect(answer_of(page)).to_contain_text("Mời vào")
    context.set_offline(offline=True)
    page.close()
    page = context.new_page()
    page.goto("/gate/")
    expect(page.locator("[data-gate-when=away]")).to_be_visible()
    for text in ("0905 600 002", ID_CARD, make_personal_code(5, int(time.time()) - 61, keys)):
        type_in(page, text)
    expect(answer_of(page)).to_contain_text("ảnh chụp màn hình không dùng được")
    page.get_by_text("Ra", exact=True).click()
    for text in ("0905 600 001", ID_CARD):
        type_in(page, text)
        expect(answer_of(page)).to_contain_text("Đã ra")
    expect(page.locator("[data-shift=exits]")).to_have_text("2")
    items = kept(page)
    context.set_offline(offline=False)
    expect(page.locator("[data-shift=recorded]")).to_have_text("5", timeout=READ_MS)
    assert kept(page) == []
    entered = [item["scan_id"] for item in items if item["effect"] == "in"]
    rows = ledger(installation, "SELECT source FROM check_in WHERE check_in_id = ANY(%s::uuid[])", entered)
    assert rows == [(int(Source.GATE),)] * 2
    left = [item["scan_id"] for item in items if item["effect"] == "out"]
    assert len(ledger(installation, "SELECT 1 FROM check_out WHERE check_out_id = ANY(%s::uuid[])", left)) == 2
    failed = [item["scan_id"] for item in items if item["effect"] == "failed"]
    rows = ledger(installation, "SELECT reason FROM scan_attempt WHERE attempt_id = ANY(%s::uuid[])", failed)
    assert rows == [(int(AttemptReason.EXPIRED),)]
    shots("gate-offline-real", 390)(page, "handed-in")

    context.set_offline(offline=True)
    page.get_by_text("Vào", exact=True).click()
    expect(page.locator("[data-gate-when=away]")).to_be_visible()
    type_in(page, "0905 600 003")
    expect(answer_of(page)).to_contain_text("Mời vào")
    query = "UPDATE venues_gatedevice SET revoked_at = now() WHERE name = 'Cổng thật' RETURNING 1"
    assert ledger(installation, query) == [(1,)]
    context.set_offline(offline=False)
    expect(page.locator("[data-gate-when=unknown]")).to_be_visible(timeout=READ_MS)
    expect(page.locator("[data-shift-list=doubtful]")).to_be_visible(timeout=READ_MS)
    assert kept(page) == []
    shots("gate-offline-revoked", 390)(page, "revoked")


def test_what_waits_is_handed_in_after_the_page_was_closed(
    phone: Phone, owner: httpx.Client, poster: Poster, installation: Installation
) -> None:
    """The browser wakes the service worker, which needs neither the page nor the key that sealed."""
    context = phone(390)
    page = real_gate(context, invitation(owner, poster.venue_id, "Cổng đóng"))
    context.set_offline(offline=True)
    type_in(page, "0905 600 009")
    expect(answer_of(page)).to_contain_text("Mời vào")
    (scan,) = kept(page)
    page.close()
    context.set_offline(offline=False)
    page = context.new_page()
    page.goto("/healthz")
    wake(page, "dauchan-gate")
    for _ in range(READ_MS // 100):
        if page.evaluate(NOTHING_WAITS):
            break
        page.wait_for_timeout(100)
    query = "SELECT source FROM check_in WHERE check_in_id = %s::uuid"
    assert ledger(installation, query, scan["scan_id"]) == [(int(Source.GATE),)]


def test_a_gate_shows_what_another_of_its_device_has_handed_in(
    phone: Phone, owner: httpx.Client, poster: Poster, installation: Installation
) -> None:
    """The service worker, or a second tab, sends at the same moment: the page waits its turn, not for its next minute."""
    context = phone(390)
    page = real_gate(context, invitation(owner, poster.venue_id, "Cổng hai thẻ"))
    other = context.new_page()
    other.goto("/healthz")
    other.evaluate(HOLD_THE_SENDING)
    context.set_offline(offline=True)
    type_in(page, "0905 600 011")
    expect(answer_of(page)).to_contain_text("Mời vào")
    (scan,) = kept(page)
    context.set_offline(offline=False)
    expect(page.locator("[data-gate-when=sending]")).to_be_visible()
    page.wait_for_timeout(1000)
    assert kept(page) == [scan]
    other.evaluate("letGo()")
    expect(page.locator("[data-gate-when=sending]")).to_be_hidden(timeout=READ_MS)
    assert kept(page) == []
    query = "SELECT source FROM check_in WHERE check_in_id = %s::uuid"
    assert ledger(installation, query, scan["scan_id"]) == [(int(Source.GATE),)]


#: As long as the promise is open, another of the device sends.
HOLD_THE_SENDING = """() => new Promise((held) => {
  navigator.locks.request("dauchan-gate-upload", () => new Promise((letGo) => { window.letGo = letGo; held(); }));
})"""

#: Looked at from a page that is no gate.
NOTHING_WAITS = """() => new Promise((resolve) => {
  indexedDB.open("dauchan-gate").onsuccess = ({ target: { result: base } }) => {
    base.transaction("queue").objectStore("queue").count().onsuccess = ({ target }) => {
      base.close();
      resolve(target.result === 0);
    };
  };
})"""


def wake(page: Page, tag: str) -> None:
    """What a browser does that was asked for background sync, once there is a network."""
    session = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(50)
    origin = page.evaluate("location.origin")
    named = {"origin": origin, "registrationId": found[0]["registrationId"], "tag": tag, "lastChance": False}
    session.send("ServiceWorker.dispatchSyncEvent", named)


def test_the_camera_reads_without_a_network(phone: Phone, owner: httpx.Client, poster: Poster, tmp_path: Path) -> None:
    camera = camera_at(make_card_code(76, CARDS), tmp_path / "card.mjpeg")
    context = phone(390, *CAMERA, *ALLOWED, camera)
    server = GateServer()
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Máy ảnh"))
    page = reopened_offline(context, page, server)
    expect(answer_of(page)).to_contain_text("Mời vào", timeout=READ_MS)
    assert [item["direction"] for item in kept(page)] == ["in"]
