"""An inspector plans a round, goes offline, inspects two places on a phone, comes back: two records, once each, on paper."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from dauchan.qr import qr_png
from tests.browser.conftest import SCREENSHOTS
from tests.browser.test_owner_and_officer import sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, FilePayload, Page

    from tests.browser.conftest import Phone, Shots

pytestmark = pytest.mark.browser

FIELD = "/officer/inspections/field/"
#: The page has put its files and shell into a cache, and the service worker stands before it.
READY = """async () => {
  const kept = await caches.has("inspecting") ? await (await caches.open("inspecting")).keys() : [];
  return navigator.serviceWorker.controller !== null && kept.some((one) => one.url.endsWith("/shell/vi/"));
}"""
#: Every byte that the phone keeps of inspections, as one text.
KEPT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("dauchan-inspections");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = async () => {
    const base = opening.result;
    const found = [];
    for (const name of base.objectStoreNames) {
      const rows = await new Promise((done) => {
        const asked = base.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => done(asked.result);
      });
      for (const row of rows) {
        for (const part of [row, row.sealed, row.body, row.draft, row.name]) {
          if (part?.closed) found.push(new TextDecoder().decode(part.closed));
        }
        found.push(JSON.stringify(row));
      }
    }
    base.close();
    resolve(found.join("\\n"));
  };
})"""
LONG = 30_000


def plan(page: Page) -> list[str]:
    """Two places by risk; their names in the order of the route."""
    page.goto("/officer/inspections/new/")
    page.fill("[name=title]", "Kiểm tra đột xuất")
    page.click("main form button.primary")
    page.wait_for_url("**/choose/")
    for at in (0, 1):
        page.locator("input[name=venue]").nth(at).check()
    page.get_by_role("button", name="Thêm vào đợt").click()
    page.wait_for_url(re.compile(r"/officer/inspections/\d+/$"))
    return page.locator("main table tbody th a").all_inner_texts()


def photo_of(text: str) -> FilePayload:
    code = Image.open(io.BytesIO(qr_png(text, scale=10))).convert("RGB")
    wall = Image.new("RGB", (code.width + 240, code.height + 240), "#b9ad97")
    wall.paste(code, (120, 120))
    with io.BytesIO() as written:
        wall.save(written, "JPEG", quality=90)
        return {"name": "bang-ma.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def open_stop(page: Page, name: str) -> None:
    page.locator("[data-stops] li", has_text=name).get_by_role("link").first.click()
    page.locator("[data-view=record]:not([hidden])").wait_for()
    expect(page.locator("[data-view=record] [data-slot=venue]")).to_have_text(name)


def check_all(page: Page, *failed: str) -> None:
    for fieldset in page.locator("[data-check]").all():
        answer = "no" if fieldset.get_attribute("data-check") in failed else "yes"
        fieldset.locator("label", has=page.locator(f"input[value={answer}]")).click()


def draw(page: Page, whose: str) -> None:
    canvas = page.locator(f"[data-sign={whose}] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 90)
    page.mouse.down()
    for step in range(1, 16):
        page.mouse.move(box["x"] + 30 + step * 14, box["y"] + (40 if step % 2 else 120), steps=2)
    page.mouse.up()


def reopened_offline(context: BrowserContext, page: Page) -> Page:
    page.wait_for_function(READY, timeout=LONG)
    page.close()
    context.set_offline(offline=True)
    page = context.new_page()
    page.goto(FIELD)
    page.locator("p[data-state]", has_text="Không có mạng: vẫn kiểm tra được").wait_for(timeout=LONG)
    return page


def test_two_places_are_inspected_without_a_network(
    phone: Phone, shots: Callable[[str, int], Shots], address: str
) -> None:
    context = phone(390, permissions=["geolocation"], geolocation={"latitude": 16.4637, "longitude": 107.5909})
    page, show = context.new_page(), shots("inspections", 390)
    sign_in(page, "canbo")
    first, second = plan(page)
    show(page, "round")
    page.goto(FIELD)
    page.locator("[data-stops] li", has_text=first).wait_for(timeout=LONG)
    pack = page.evaluate("() => fetch('/officer/inspections/field/pack/').then((answer) => answer.json())")
    codes = {stop["venue"]["name"]: stop["codes"][0]["code"] for stop in pack["stops"]}
    show(page, "list")
    page = reopened_offline(context, page)

    open_stop(page, first)
    page.click("[data-locate]")
    expect(page.locator("[data-position]")).to_contain_text("Đã ghi vị trí")
    page.set_input_files("[data-photo]", photo_of(f"{address}/q/{codes[first]}"))
    expect(page.locator("[data-poster]")).to_contain_text("Mã của đúng địa điểm này", timeout=LONG)
    page.locator("[data-poster-picture] img").wait_for(timeout=LONG)
    check_all(page, "big_enough")
    page.locator("[data-findings] [data-part=words]").fill("Mã chỉ rộng 6 cm.")
    page.set_input_files("[data-photo-input]", photo_of("https://example.com/door"))
    page.locator("[data-findings] img").wait_for(timeout=LONG)
    page.click("[data-add-measure]")
    page.locator("[data-measures] [data-part=words]").fill("In lại khổ A4.")
    page.fill("[data-field=representative]", "Trần Thị Đại Diện")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu")
    page.reload()  # what was written is still there
    page.locator("[data-view=record]:not([hidden])").wait_for(timeout=LONG)
    expect(page.locator("[data-field=representative]")).to_have_value("Trần Thị Đại Diện")
    expect(page.locator("[data-findings] [data-part=words]")).to_have_value("Mã chỉ rộng 6 cm.")
    page.get_by_role("button", name="Ký xong, gửi").click()
    expect(page.locator("[data-problems]")).to_contain_text("Thiếu chữ ký của người kiểm tra")
    draw(page, "representative")
    draw(page, "inspector")
    show(page, "checklist")
    page.get_by_role("button", name="Ký xong, gửi").click()
    page.locator("[data-queue]:not([hidden])").wait_for(timeout=LONG)

    refused_to_sign(page, second)
    show(page, "waiting")
    stored = page.evaluate(KEPT)
    assert all(words not in stored for words in ("Đại Diện", "Lê Thị Chứng", "Mã chỉ rộng", "lines", first))

    context.set_offline(offline=False)
    page.locator("[data-queue][hidden]").wait_for(state="attached", timeout=2 * LONG)
    expect(page.locator("[data-stops] li[data-state=done]", has_text=first)).to_be_visible(timeout=LONG)
    read_back(page, show, first)


def refused_to_sign(page: Page, name: str) -> None:
    """The representative of the second place does not sign; a witness is named."""
    open_stop(page, name)
    check_all(page)
    page.check("[data-refuses]")
    page.fill("[data-field=refusal]", "Vội, không muốn ký")
    page.click("[data-add-witness]")
    page.locator("[data-witnesses] [data-part=name]").fill("Lê Thị Chứng")
    draw(page, "inspector")
    page.get_by_role("button", name="Ký xong, gửi").click()
    expect(page.locator("[data-queue-list] li")).to_have_count(2, timeout=LONG)


def read_back(page: Page, show: Shots, name: str) -> None:
    """The record and its paper, as the console has them."""
    page.goto("/officer/inspections/records/")
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(re.compile(r"/records/\d+/"))
    page.get_by_text("Mã thật, bản hiện hành").wait_for()
    assert page.locator(".pictures img").count() == 2
    show(page, "record")
    paper = page.request.get(f"{page.url}record.pdf").body()
    sheets = PdfDocument(paper)
    SCREENSHOTS.mkdir(exist_ok=True)
    for number, sheet in enumerate(sheets, start=1):
        sheet.render(scale=1.6).to_pil().save(SCREENSHOTS / f"inspection-record-{number}.png")
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in sheets).split())
    for words in ("BIÊN BẢN", "DỰ THẢO", "Mã chỉ rộng 6 cm.", "In lại khổ A4.", "Trần Thị Đại Diện"):
        assert words in text
