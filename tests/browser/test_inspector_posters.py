"""An inspector without a network photographs a wall with two codes; the phone tells both, the server looks later."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from dauchan.qr import qr_png
from tests.browser.test_inspections import FIELD, KEPT, LONG, open_stop, plan, reopened_offline
from tests.browser.test_owner_and_officer import sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FilePayload

    from tests.browser.conftest import Phone, Shots

pytestmark = pytest.mark.browser


def wall_of(*texts: str) -> FilePayload:
    codes = [Image.open(io.BytesIO(qr_png(text, scale=8))).convert("RGB") for text in texts]
    wall = Image.new("RGB", (sum(code.width + 120 for code in codes) + 120, 900), "#b9ad97")
    left = 120
    for code in codes:
        wall.paste(code, (left, 200))
        left += code.width + 120
    with io.BytesIO() as written:
        wall.save(written, "JPEG", quality=90)
        return {"name": "tuong.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def test_two_codes_on_a_wall_are_told_apart_without_a_network(
    phone: Phone, shots: Callable[[str, int], Shots], address: str
) -> None:
    context = phone(390, permissions=["geolocation"])
    page, show = context.new_page(), shots("inspector-posters", 390)
    sign_in(page, "canbo2")  # whose rounds no other story makes
    place = plan(page)[0]
    page.goto(FIELD)
    page.locator("[data-stops] li", has_text=place).wait_for(timeout=LONG)
    pack = page.evaluate("() => fetch('/officer/inspections/field/pack/').then((answer) => answer.json())")
    stop = next(one for one in pack["stops"] if one["venue"]["name"] == place)
    wall = wall_of("https://example.com/menu", f"{address}/q/{stop['codes'][0]['code']}")
    context.set_geolocation({"latitude": stop["venue"]["lat"], "longitude": stop["venue"]["lon"]})
    page = reopened_offline(context, page)

    page.get_by_role("link", name="Xem bảng mã").click()
    page.set_input_files("[data-shot]", wall)
    shot = page.locator("[data-shots] > li")
    expect(shot).to_contain_text(f"Mã của {place}, bản hiện hành", timeout=LONG)
    expect(shot).to_contain_text("Không phải mã của hệ thống")
    expect(shot).to_have_attribute("data-state", "waiting")
    show(page, "offline")
    assert place not in page.evaluate(KEPT)

    page.get_by_role("link", name="Về danh sách").click()
    open_stop(page, place)
    page.set_input_files("[data-photo]", wall)
    expect(page.locator("[data-poster]")).to_contain_text("Mã của đúng địa điểm này", timeout=LONG)
    other = page.locator("[data-poster-others] li")
    expect(other).to_contain_text("Trên tường còn mã khác: Không phải mã của hệ thống")
    show(page, "wall")
    other.get_by_role("button").click()
    expect(page.locator("[data-findings] [data-part=finding]")).to_have_value("wrong_system")
    assert "example.com/menu" in page.locator("[data-findings] [data-part=words]").input_value()

    context.set_offline(offline=False)
    page.goto(f"{FIELD}#poster")
    expect(shot).to_have_attribute("data-state", "read", timeout=2 * LONG)
    expect(shot).to_contain_text("Mã thật, bản hiện hành")
    expect(shot).to_contain_text("Chất lượng in: Rất rõ, hạng A.")
    show(page, "read")
    with page.expect_download() as loaded:
        shot.get_by_role("link", name="In tấm mới").click()
    assert loaded.value.suggested_filename.endswith("-a4.pdf")
