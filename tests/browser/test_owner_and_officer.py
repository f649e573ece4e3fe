"""What only a browser shows of the owners' and officers' screens: keys, large photos, the combobox, ticking all rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Request

    from tests.browser.conftest import Phone

pytestmark = pytest.mark.browser

PASSWORD = "dau-chan-trinh-dien"
OTHER_OFFICER = "canbo2"
OWNER = "0900 000 001"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form.form button[type=submit]")
    page.wait_for_load_state()


def sign_in_by_phone(page: Page) -> None:
    page.goto("/visitor/sign-in/?next=/owner/")
    page.fill("input[name=phone]", OWNER)
    page.click("main button[type=submit]")
    page.fill("input[name=code]", page.locator("strong.mono").first.inner_text())
    page.click("main form.form button[type=submit]")
    page.get_by_label("Họ và tên bạn đã khai").fill("tran thi mau")
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/owner/")


def test_a_security_key_is_added_and_opens_the_console(phone: Phone, address: str) -> None:
    """Keys are bound to a name, not to a number: the same installation is asked as `localhost`."""
    context = phone(1440)
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    here = address.replace("127.0.0.1", "localhost")
    page.goto(f"{here}/accounts/login/?next=/accounts/2fa/keys/add/")
    page.fill("input[name=login]", OTHER_OFFICER)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form.form button[type=submit]")
    page.wait_for_url("**/reauthenticate/**")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form.form button.primary")
    page.fill("input[name=name]", "Máy tính cơ quan")
    page.check("input[name=passwordless]")
    page.click("main form.form button.primary")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator("main ul.mono li").count() == 10

    context.clear_cookies()
    page.goto(f"{here}/accounts/login/")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/officer/")

    # With the password the key is the second factor; the account has had none before, and is left as it was.
    context.clear_cookies()
    page.goto(f"{here}/accounts/login/")
    page.fill("input[name=login]", OTHER_OFFICER)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form.form button[type=submit]")
    page.wait_for_url("**/2fa/authenticate/")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/officer/")
    page.goto(f"{here}/accounts/2fa/keys/")
    page.get_by_role("link", name="Gỡ").click()
    page.wait_for_load_state()
    page.wait_for_url("**/reauthenticate/**")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form.form button.primary")
    page.wait_for_url("**/remove/")
    page.click("main form.form button.danger")
    page.wait_for_url("**/2fa/keys/")
    assert page.locator("table").count() == 0


def test_large_photos_travel_small_and_stay_with_a_refused_form(phone: Phone, tmp_path: Path) -> None:
    photo = tmp_path / "mat-tien.jpg"
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(photo, quality=95)
    page = phone(390).new_page()
    sign_in_by_phone(page)
    page.goto("/owner/new/")
    page.fill("input[name=name]", "Quán Thử Ảnh")
    page.fill("#id_unit-typed", "thuan ho")
    page.keyboard.press("Enter")
    page.set_input_files("input[name=pictures]", photo)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.click("main form.form button.primary")  # at once: the form waits until the photo is small
    page.wait_for_selector(".picture-tray img")
    assert int(sent[0].all_headers()["content-length"]) < photo.stat().st_size / 3
    assert page.input_value("input[name=name]") == "Quán Thử Ảnh"
    assert page.input_value("#id_unit-typed") == "Phường Thuận Hóa"
    width = page.evaluate("document.querySelector('.picture-tray img').naturalWidth")
    assert width == 1600
    page.check(".picture-tray input[type=checkbox]")
    page.click("main form.form button.primary")
    page.wait_for_load_state()
    assert page.locator(".picture-tray input[type=checkbox]").first.is_checked()


def test_the_pattern_of_opening_hours_shows_the_lines_it_needs(phone: Phone) -> None:
    page = phone(390).new_page()
    sign_in_by_phone(page)
    page.goto("/owner/new/")
    daily, weekly = page.locator(".hours-daily"), page.locator(".hours-weekly")
    shown = []
    for value in ("daily", "weekly", "always"):
        page.locator(f"input[name=pattern][value={value}]").check()
        shown.append((daily.is_visible(), weekly.is_visible()))
    assert shown == [(True, False), (False, True), (False, False)]


def test_one_box_ticks_all_rows(phone: Phone) -> None:
    page = phone(1440).new_page()
    sign_in(page, "canbo")
    page.goto("/officer/approvals/")
    rows = page.locator("input[name=venue]")
    assert rows.count() > 0
    page.check("#check-all")
    assert all(box.is_checked() for box in rows.all())
    rows.first.uncheck()
    assert not page.locator("#check-all").is_checked()


def test_filters_act_when_chosen_and_keep_the_words(phone: Phone) -> None:
    page = phone(1440).new_page()
    sign_in(page, "canbo")
    page.goto("/officer/venues/?q=cho")
    page.select_option("select[name=status]", "approved")
    page.wait_for_url(re.compile(r"status=approved"))
    assert page.input_value("input[name=q]") == "cho"
