"""The queue of a gate: 50,000 scans, cut connections, two tabs, a full disk; nothing is lost, doubled or called recorded."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.gate_server import SCALAR, GateServer
from tests.browser.test_gate import invitation
from tests.browser.test_gate_offline import answer_of, kept, ready_gate, reopened_offline, type_in
from tests.gate.sealing import unseal
from tests.gate.test_shared_codes import NODE

if TYPE_CHECKING:
    import httpx
    from playwright.sync_api import BrowserContext, Page, Route

    from tests.browser.conftest import Phone, Poster

pytestmark = pytest.mark.browser

CLIENT = Path(__file__).parents[2] / "src/dauchan/web/client/src"
MANY, WRITTEN = 50_000, "50.001"
WITHOUT_TYPES = """
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
process.stdout.write(stripTypeScriptTypes(readFileSync(process.argv.at(-1), "utf8"), { mode: "transform" }));
"""
#: The client's own modules: seals each scan, keeps them a thousand at a time.
FILL = """async ([many, publicKey]) => {
  const { makeSeal, newPair } = await import("/sources/gate/seal.ts");
  const { keep, waiting } = await import("/sources/gate/queue.ts");
  const { uuid7 } = await import("/sources/visitor/uuid7.ts");
  const seal = await makeSeal({ version: 1, public: publicKey }, await newPair());
  const begun = performance.now();
  let last = "";
  for (let done = 0; done < many; done += 1000) {
    const items = [];
    for (let number = done; number < done + 1000; number += 1) {
      const [id, now] = [uuid7(), Date.now()];
      last = await seal(`phone:+8490${String(number).padStart(7, "0")}`, id);
      items.push({ scan_id: id, direction: "in", at: new Date(now).toISOString(), sealed: last, effect: "in" });
    }
    await keep(items, Date.now());
  }
  const estimate = await navigator.storage.estimate();
  return { waiting: (await waiting()).count, ms: performance.now() - begun, bytes: estimate.usage };
}"""

#: What a browser does where the disk is full.
FULL = """() => {
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("no room", "QuotaExceededError");
  };
}"""


def serve_sources(context: BrowserContext) -> None:
    """The client's modules as they are, one by one, without their types."""

    def answer(route: Route) -> None:
        source = CLIENT / route.request.url.partition("/sources/")[2]
        options = ["--no-warnings", "--input-type=module", "--eval", WITHOUT_TYPES]
        done = subprocess.run([str(NODE), *options, str(source)], capture_output=True, text=True, check=True)
        route.fulfill(body=done.stdout, content_type="text/javascript")

    context.route("**/sources/**", answer)


def wait_until_sent(page: Page) -> None:
    expect(page.locator("[data-gate-when=sending]")).to_be_hidden(timeout=240_000)
    expect(page.locator("[data-shift=waiting]")).to_have_text("Không có lượt nào chờ gửi.", timeout=240_000)


def test_fifty_thousand_scans_wait_and_are_handed_in(phone: Phone, owner: httpx.Client, poster: Poster) -> None:
    server = GateServer(capacity=None)
    context = phone(390)
    serve_sources(context)
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Năm mươi nghìn"))
    public = page.evaluate(
        "() => fetch('/gate/sync/').then((told) => told.json()).then((told) => told.queue_key.public)"
    )
    server.cut(context)
    filled = page.evaluate(FILL, [MANY, public])
    page = reopened_offline(context, page, server)
    type_in(page, "0905 111 222")
    expect(answer_of(page)).to_contain_text("Mời vào")
    away = page.locator("[data-gate-when=away]")
    expect(away).to_contain_text(f"{WRITTEN} lượt chờ gửi")
    expect(page.locator("[data-figure=inside]")).to_have_text(WRITTEN)
    begun = page.evaluate("performance.now()")
    server.cut(context, is_away=False)
    expect(page.locator("[data-gate]")).to_have_attribute("data-network", "online")
    wait_until_sent(page)
    sent_ms = page.evaluate("performance.now()") - begun
    assert filled["waiting"] == MANY
    assert len(server.taken) == MANY + 1
    assert server.again == 0
    assert [items for items, _bytes in server.sizes] == [500] * (MANY // 500) + [1]
    items = list(server.taken.values())
    for number in (0, 1, 24_999, MANY - 1):
        opened = unseal(items[number]["sealed"], items[number]["scan_id"], SCALAR)
        assert opened == f"phone:+8490{number:07}"
    assert unseal(items[-1]["sealed"], items[-1]["scan_id"], SCALAR) == "phone:+84905111222"
    print(  # noqa: T201 - figures for whoever runs it with -s
        f"\n{MANY} scans sealed and kept in {filled['ms'] / 1000:.1f} s, {filled['bytes'] / 1e6:.1f} MB on the device; "
        f"handed in within {sent_ms / 1000:.1f} s, {sum(size for _items, size in server.sizes) / 1e6:.1f} MB sent"
    )


def test_cut_and_turned_away_it_goes_on_where_it_was(phone: Phone, owner: httpx.Client, poster: Poster) -> None:
    server = GateServer(refusals=[503, 429, 401])
    context = phone(390)
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Đứt mạng"))
    page = reopened_offline(context, page, server)
    for number in range(5):
        type_in(page, f"0905 111 00{number}")
        expect(page.locator("[data-shift=entries]")).to_have_text(str(number + 1))
    before = kept(page)
    server.outcomes = {
        before[1]["scan_id"]: quarantined("unopened", "Không mở được lượt này."),
        before[3]["scan_id"]: {"outcome": "refused", "reason": {"code": "too_old", "vi": "Quá cũ.", "en": "Too old."}},
        before[4]["scan_id"]: {"outcome": "nonsense"},
    }
    server.cut(context, is_away=False)
    expect(page.locator("[data-shift=recorded]")).to_have_text("2", timeout=60_000)
    left = kept(page)
    assert [item["scan_id"] for item in left] == [before[4]["scan_id"]]
    summary = page.locator("[data-shift-list=doubtful]")
    expect(summary).to_contain_text("Không mở được lượt này.")
    expect(summary).to_contain_text("Quá cũ.")


def quarantined(code: str, sentence: str) -> dict[str, Any]:
    return {"outcome": "quarantined", "reason": {"code": code, "vi": sentence, "en": sentence}}


def test_two_tabs_of_one_device_send_once(phone: Phone, owner: httpx.Client, poster: Poster) -> None:
    server = GateServer()
    context = phone(390)
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Hai thẻ"))
    page = reopened_offline(context, page, server)
    other = context.new_page()
    other.goto("/gate/")
    expect(other.locator("[data-gate-when=away]")).to_be_visible()
    for number in range(3):
        type_in(page, f"0905 222 00{number}")
        expect(page.locator("[data-shift=entries]")).to_have_text(str(number + 1))
    server.cut(context, is_away=False)
    wait_until_sent(page)
    wait_until_sent(other)
    assert (len(server.taken), server.again) == (3, 0)


def test_a_device_without_room_says_in_red_that_nothing_was_recorded(
    phone: Phone, owner: httpx.Client, poster: Poster
) -> None:
    server = GateServer()
    context = phone(390)
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Hết chỗ"))
    page = reopened_offline(context, page, server)
    page.evaluate(FULL)
    type_in(page, "0905 333 002")
    expect(answer_of(page)).to_have_attribute("data-tone", "critical")
    expect(answer_of(page)).to_contain_text("Máy hết chỗ nhớ")
    expect(answer_of(page)).to_contain_text("CHƯA được ghi")
    assert kept(page) == []


def test_the_server_is_waited_for_two_seconds_once(phone: Phone, owner: httpx.Client, poster: Poster) -> None:
    """The first scan after the server fell silent waits; the next are judged at once, until a sync succeeds."""
    server = GateServer()
    context = phone(390)
    asked: list[dict[str, str]] = []
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Máy chủ im"))
    context.route("**/gate/scan/", lambda route: asked.append(json.loads(json.dumps(route.request.post_data))))
    server.is_away = True
    for number in range(3):
        type_in(page, f"0905 444 00{number}")
        expect(page.locator("[data-shift=entries]")).to_have_text(str(number + 1))
        expect(answer_of(page)).to_have_attribute("data-tone", "good")
    expect(page.locator("[data-gate-when=away]")).to_contain_text("3 lượt chờ gửi")
    assert len(asked) == 1
    server.is_away = False
    wait_until_sent(page)
    assert len(server.taken) == 3


def test_a_wrong_clock_and_a_revoked_device_are_said(phone: Phone, owner: httpx.Client, poster: Poster) -> None:
    server = GateServer(skew_ms=-600_000)
    context = phone(390)
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Đồng hồ"))
    expect(page.locator("[data-gate-when=clock]")).to_contain_text("nhanh 10 phút")
    page = reopened_offline(context, page, server)
    type_in(page, "0905 555 001")
    expect(answer_of(page)).to_contain_text("Mời vào")
    server.revoked = True
    server.cut(context, is_away=False)
    expect(page.locator("[data-gate-when=unknown]")).to_be_visible(timeout=20_000)
    wait_until_sent(page)
    assert len(server.taken) == 1
