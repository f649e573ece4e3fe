"""A visitor whose phone has no network: the page opens, the camera reads, the scan waits and is told later."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import psycopg
import pytest
from playwright.sync_api import expect

from dauchan.project.environment import Environment
from dauchan.visits.registry import label_names
from tests.browser.conftest import ALLOWED, CAMERA
from tests.browser.test_visitor import CHECK_IN, LEAVE, READ_MS, sign_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.browser.conftest import Phone, Poster, Shots
    from tests.project.installation import Installation

pytestmark = pytest.mark.browser

CONTROLLED = "navigator.serviceWorker.ready.then(() => true)"
PRECACHED = """async () => {
  const names = await caches.keys();
  return names.some((name) => name.startsWith("dauchan-"));
}"""
KEPT = """(store) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("dauchan");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""
UNREADABLE_TOKEN = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("dauchan");
  opening.onsuccess = () => {
    const store = opening.result.transaction("me", "readwrite").objectStore("me");
    const asked = store.get("me");
    asked.onsuccess = () => {
      const putting = store.put({ ...asked.result, token: "DCT.OTHERRELEASE", expires_at: Date.now() / 1000 + 1209600 });
      putting.onsuccess = () => { opening.result.close(); resolve(); };
      putting.onerror = () => reject(putting.error);
    };
  };
})"""
NOT_ALLOWED = """() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
}"""


def visitor(context: BrowserContext, number: str, name: str) -> Page:
    """A signed-in person whose phone has been on the camera page once, so that it is ready for no network."""
    context.add_init_script(f"({NOT_ALLOWED})()")
    page = context.new_page()
    page.goto("/visitor/sign-in/")
    sign_up(page, number, name)
    page.goto("/scan/")
    assert page.evaluate(CONTROLLED)
    page.wait_for_function(PRECACHED)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def kept(page: Page, store: str = "outbox") -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate(KEPT, store)
    return found


def no_violations(page: Page) -> bool:
    found: list[str] = page.evaluate("window.violations")
    return found == []


def ledger(installation: Installation, query: str, *values: object) -> list[tuple[object, ...]]:
    here = Environment.read({"DAUCHAN_VAR": str(installation.var)})
    with psycopg.connect(here.database_url) as connection:
        return connection.execute(query, values).fetchall()


def wait_until_sent(page: Page) -> None:
    for _ in range(120):
        if not kept(page):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"still waiting: {kept(page)}")


def back_after_an_upgrade(page: Page) -> None:
    """The door does not understand the phone's token: what waits stays, the phone asks for another one and sends it."""
    page.evaluate(UNREADABLE_TOKEN)
    page.context.set_offline(offline=False)
    wait_until_sent(page)


def test_scan_and_leave_without_a_network_and_tell_it_later(
    phone: Phone, camera: str, poster: Poster, installation: Installation, shots: Callable[[str, int], Shots]
) -> None:
    shot = shots("offline", 390)
    context = phone(390, *CAMERA, *ALLOWED, camera)
    page = visitor(context, "0905 007 001", "Lê Thị Mất Mạng")
    # Once with a network, so that the phone knows the place: by its code as scanned, and as signed.
    expect(page.locator("[data-found-view] [data-slot=name]")).to_have_text(poster.name, timeout=READ_MS)
    page.wait_for_function(f"({KEPT})('places').then((places) => places.length > 0)")
    page.close()
    context.set_offline(offline=True)
    page = context.new_page()
    # Twenty minutes ago, by the phone's clock, its owner stood at the door.
    scanned_at = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=20)
    page.clock.install(time=scanned_at)
    page.goto("/scan/")
    expect(page.get_by_text("Bạn vẫn quét mã và ghi nhận lượt vào")).to_be_visible()
    expect(page.get_by_text("tên máy đã nhớ từ lần trước")).to_be_visible(timeout=READ_MS)
    shot(page, "confirm-remembered")
    page.get_by_text("Đi cùng người không mang điện thoại?").click()
    page.get_by_label("Tên người đi cùng").fill("Bé Na")
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.get_by_label("Số người, tính cả bạn")).to_have_value("2")
    page.locator(f"[data-found-view] {CHECK_IN}").click()
    expect(page.get_by_role("heading", name="Đang chờ mạng")).to_be_visible()
    shot(page, "waiting")
    page.locator(f"[data-check-in-area] {LEAVE}").click()
    expect(page.get_by_role("heading", name="Đã ghi nhận giờ ra")).to_be_visible()
    assert [waiting["kind"] for waiting in kept(page)] == ["check-ins", "check-outs"]
    assert "Bé Na" not in json.dumps(kept(page))
    assert "0905" not in json.dumps(kept(page))
    assert no_violations(page)

    page.clock.set_system_time(dt.datetime.now(dt.UTC))
    page.close()
    page = context.new_page()  # the phone was restarted: its diary still knows
    page.goto("/me/")
    expect(page.locator("[data-phone-diary]")).to_contain_text("Bé Na")
    expect(page.locator("[data-phone-diary]")).to_contain_text("Chờ gửi")
    shot(page, "diary")
    back_after_an_upgrade(page)
    (visit,) = kept(page, "visits")
    rows = ledger(installation, "SELECT device_at, labels, party FROM check_in WHERE check_in_id = %s", visit["id"])
    ((device_at, labels, party),) = rows
    assert isinstance(device_at, dt.datetime)
    assert isinstance(labels, int)
    assert abs(device_at - scanned_at) < dt.timedelta(minutes=3)
    assert label_names(labels) == ("offline",)
    assert party == 2
    left = ledger(installation, "SELECT labels FROM check_out WHERE check_in_id = %s", visit["id"])
    assert [label_names(row[0]) for row in left] == [("offline", "short_stay")]
    page.goto("/me/")
    expect(page.locator("[data-visit]")).to_contain_text("Bé Na")
    expect(page.locator("[data-visit]")).to_contain_text(poster.name)
    shot(page, "diary-sent")


def test_a_code_typed_without_a_network_is_checked_on_the_phone(
    phone: Phone, poster: Poster, installation: Installation, shots: Callable[[str, int], Shots]
) -> None:
    shot = shots("offline-typed", 390)
    context = phone(390)
    page = visitor(context, "0905 007 002", "Lê Thị Gõ Mã")
    context.set_offline(offline=True)
    page.goto("/scan/")
    field, open_place = page.get_by_label("Mã in dưới mã QR"), page.get_by_role("button", name="Mở địa điểm")
    wrong = poster.code[:-1] + ("0" if poster.code[-1] != "0" else "1")
    field.fill(wrong)
    open_place.click()
    expect(page.locator("[data-refused-view]")).to_contain_text("kiểm tra từng ký tự")
    shot(page, "mistyped")
    page.get_by_role("button", name="Quét lại").first.click()
    field.fill(poster.code.lower())
    open_place.click()
    expect(page.locator("[data-slot=check]")).to_have_text(poster.code)
    expect(page.get_by_text("chưa biết tên và địa chỉ nơi này")).to_be_visible()
    shot(page, "unseen")
    page.locator(f"[data-found-view] {CHECK_IN}").click()
    expect(page.get_by_role("heading", name="Đang chờ mạng")).to_be_visible()
    context.set_offline(offline=False)
    wait_until_sent(page)
    (visit,) = kept(page, "visits")
    assert visit["name"] == poster.name
    rows = ledger(installation, "SELECT venue_id FROM check_in WHERE check_in_id = %s", visit["id"])
    assert rows == [(poster.venue_id,)]


@pytest.mark.parametrize(("seen", "number"), [("typed", "0905 007 003"), ("by its address", "0905 007 013")])
def test_a_place_seen_before_is_known_by_name_and_a_failed_scan_is_told_later(
    phone: Phone, poster: Poster, installation: Installation, seen: str, number: str
) -> None:
    context = phone(390)
    page = visitor(context, number, "Lê Thị Nhớ Nơi")
    if seen == "typed":
        page.get_by_label("Mã in dưới mã QR").fill(poster.code)
        page.get_by_role("button", name="Mở địa điểm").click()
        expect(page.locator("[data-found-view] [data-slot=name]")).to_have_text(poster.name)
    else:
        page.goto(f"/q/{poster.code}")
    page.wait_for_function(f"({KEPT})('places').then((places) => places.length > 0)")
    context.set_offline(offline=True)
    page.goto("/scan/")
    page.get_by_label("Mã in dưới mã QR").fill(poster.code)
    page.get_by_role("button", name="Mở địa điểm").click()
    expect(page.locator("[data-found-view] [data-slot=name]")).to_have_text(poster.name)
    expect(page.get_by_text("tên máy đã nhớ từ lần trước")).to_be_visible()
    page.goto("/scan/")
    page.get_by_label("Mã in dưới mã QR").fill("https://evil.example/q/AAAA-BBBB")
    page.get_by_role("button", name="Mở địa điểm").click()
    expect(page.locator("[data-refused-view]")).to_contain_text("Đừng mở")
    page.wait_for_function(
        f"({KEPT})('outbox').then((waiting) => waiting.some(({{ body }}) => body.reason === 'foreign'))"
    )
    (attempt,) = [waiting for waiting in kept(page) if waiting["body"]["reason"] == "foreign"]  # type: ignore[index]
    context.set_offline(offline=False)
    page.goto("/scan/")
    wait_until_sent(page)
    assert ledger(installation, "SELECT 1 FROM scan_attempt WHERE attempt_id = %s", attempt["id"]) == [(1,)]


def test_a_poster_s_address_opens_the_page_without_a_network(phone: Phone, poster: Poster) -> None:
    context = phone(390)
    page = visitor(context, "0905 007 004", "Lê Thị Liên Kết")
    context.set_offline(offline=True)
    page.goto(f"/q/{poster.code}")
    expect(page.locator("[data-slot=check]")).to_have_text(poster.code)
    expect(page.locator(f"[data-found-view] {CHECK_IN}")).to_be_visible()


def test_a_phone_where_nobody_is_signed_in_says_so(
    phone: Phone, poster: Poster, shots: Callable[[str, int], Shots]
) -> None:
    context = phone(390)
    page = context.new_page()
    page.goto("/scan/")
    assert page.evaluate(CONTROLLED)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    context.set_offline(offline=True)
    page.goto("/scan/")
    page.get_by_label("Mã in dưới mã QR").fill(poster.code)
    page.get_by_role("button", name="Mở địa điểm").click()
    expect(page.get_by_text("Máy này chưa đăng nhập")).to_be_visible()
    expect(page.locator(f"[data-found-view] {CHECK_IN}")).to_be_hidden()
    shots("offline-signed-out", 390)(page, "refused")


def test_signing_out_takes_the_token_away(phone: Phone) -> None:
    context = phone(390)
    page = visitor(context, "0905 007 005", "Lê Thị Ra Về")
    page.wait_for_function(f"async () => (await ({KEPT})('me')).some((thing) => thing.token)")
    page.goto("/me/account/")
    page.locator("main").get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_text("Bạn đã đăng xuất trên thiết bị này.")).to_be_visible()
    page.wait_for_function(f"async () => !(await ({KEPT})('me')).some((thing) => thing.key === 'me')")


def test_no_page_of_a_session_is_kept(phone: Phone) -> None:
    context = phone(390)
    page = visitor(context, "0905 007 006", "Lê Thị Riêng Tư")
    page.goto("/me/")
    cached = """async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) found.push([name, new URL(request.url).pathname]);
      return found;
    }"""
    first = page.evaluate(cached)
    paths = {path for _name, path in first}
    shells = {f"/{screen}/shell/{language}/" for screen in ("visitor", "gate") for language in ("vi", "en")}
    assert {path for path in paths if not path.startswith("/static/")} == shells


def test_the_diary_can_be_taken_away_and_erased(phone: Phone, poster: Poster) -> None:
    context = phone(390)
    page = visitor(context, "0905 007 007", "Lê Thị Nhật Ký")
    page.goto(f"/q/{poster.code}")
    page.get_by_text("Đi cùng người không mang điện thoại?").click()
    page.get_by_label("Tên người đi cùng").fill("Bà Nội")
    page.get_by_role("button", name="Thêm", exact=True).click()
    page.locator(CHECK_IN).click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible(timeout=READ_MS)
    page.goto("/me/")
    expect(page.locator("[data-visit]")).to_contain_text("Bà Nội")
    with page.expect_download() as downloading:
        page.get_by_text("Tải nhật ký (JSON)").click()
    diary = json.loads(downloading.value.path().read_text(encoding="utf-8"))
    assert [visit["place"] for visit in diary["visits"]] == [poster.name]
    assert [visit["companions"] for visit in diary["on_this_phone"]] == [["Bà Nội"]]
    page.get_by_role("button", name="Xóa trên máy này").first.click()
    page.locator("dialog[open]").get_by_role("button", name="Xóa trên máy này").click()
    expect(page.get_by_text("Đã xóa trên máy này.")).to_be_visible()
    assert kept(page, "visits") == kept(page, "family") == kept(page, "places") == []
    page.reload()
    expect(page.locator("[data-visit]")).to_contain_text(poster.name)
    expect(page.locator("[data-visit]")).not_to_contain_text("Bà Nội")
