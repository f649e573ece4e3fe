"""Case 14: at a gate, a screenshot of a code after 60 seconds and a forged page are red and say why, network or not."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dauchan.project.keys import read_ring
from dauchan.qr import SigningRing, make_personal_code
from tests.browser.conftest import address, installation, owner, phone, playwright, poster
from tests.browser.gate_server import CARDS, STRANGER, GateServer
from tests.browser.test_gate import invitation
from tests.browser.test_gate_offline import answer_of, kept, ready_gate, reopened_offline, type_in

if TYPE_CHECKING:
    import httpx
    from playwright.sync_api import Page

    from tests.browser.conftest import Phone, Poster
    from tests.project.installation import Installation

__all__ = ["address", "installation", "owner", "phone", "playwright", "poster"]
pytestmark = pytest.mark.browser

SOMEBODY = 4_611_686_018_427_387_905


def red_with(page: Page, code: str, reason: str) -> None:
    answer = answer_of(page)
    type_in(page, code)
    expect(answer).to_have_attribute("data-reason", reason)
    expect(answer).to_have_attribute("data-tone", "critical")
    expect(answer).to_contain_text("Không nhận")


def test_case_14_a_screenshot_and_a_forged_page_are_red(
    phone: Phone, owner: httpx.Client, poster: Poster, installation: Installation
) -> None:
    ring = read_ring(json.loads((installation.var / "keys.json").read_text()), "DAUCHAN_CARD_KEYS")
    real = SigningRing(max(ring), ring)
    server = GateServer()
    context = phone(390)
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Ảnh chụp"))
    taken_at = int(time.time()) - 61
    red_with(page, make_personal_code(SOMEBODY, taken_at, real), "expired")
    expect(answer_of(page)).to_contain_text("ảnh chụp màn hình không dùng được")
    red_with(page, make_personal_code(SOMEBODY, int(time.time()), STRANGER), "bad_signature")
    expect(answer_of(page)).to_contain_text("không do hệ thống cấp")
    assert kept(page) == []

    page = reopened_offline(context, page, server)
    fresh = make_personal_code(SOMEBODY, int(time.time()), CARDS)
    type_in(page, fresh)
    expect(answer_of(page)).to_have_attribute("data-tone", "good")
    red_with(page, make_personal_code(SOMEBODY, taken_at, CARDS), "expired")
    expect(answer_of(page)).to_contain_text("ảnh chụp màn hình không dùng được")
    red_with(page, make_personal_code(SOMEBODY, int(time.time()), STRANGER), "bad_signature")
    altered = fresh[:20] + ("A" if fresh[20] != "A" else "B") + fresh[21:]
    red_with(page, altered, "bad_signature")
    # The attempts are kept for the ledger, without what was shown; the last one a moment after it was red.
    deadline = time.monotonic() + 30
    while len(waiting := kept(page)) < 4 and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert [item.get("failed") for item in waiting] == [None, "expired", "forged", "forged"]
    assert [sorted(item) for item in waiting[1:]] == [["at", "direction", "effect", "failed", "scan_id", "seq"]] * 3


def test_case_14_a_wrong_clock_does_not_revive_a_screenshot(phone: Phone, owner: httpx.Client, poster: Poster) -> None:
    """The device is ten minutes slow: what it learned from the server at the last sync puts that right."""
    server = GateServer(skew_ms=600_000)
    context = phone(390)
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Chậm giờ"))
    page = reopened_offline(context, page, server)
    now = int(time.time()) + 600
    red_with(page, make_personal_code(SOMEBODY, now - 61, CARDS), "expired")
    type_in(page, make_personal_code(SOMEBODY, now, CARDS))
    expect(answer_of(page)).to_have_attribute("data-tone", "good")
