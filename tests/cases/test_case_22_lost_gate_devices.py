"""Case 22: whoever finds a gate's device finds nobody in it, whatever was scanned without a network."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dauchan.qr import make_card_code, make_personal_code
from tests.browser.conftest import QUIET, address, installation, owner, playwright, poster
from tests.browser.gate_server import CARDS, GateServer
from tests.browser.test_gate import invitation
from tests.browser.test_gate_offline import answer_of, kept, ready_gate, reopened_offline, type_in

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    from playwright.sync_api import Playwright

    from tests.browser.conftest import Poster

__all__ = ["address", "installation", "owner", "playwright", "poster"]
pytestmark = pytest.mark.browser

CARD_ID, NAME, OLD_ID = "046090987651", "Trần Thị Gieo Mầm", "191765439"
INSURED, PHONE = "4698761234", "0905987321"
PERSON = 4_611_686_018_427_387_913
NEW_INSURANCE = (
    f"{INSURED}|{NAME.encode().hex()}|02/09/1990|2|-|46 - 001|01/05/2021|-|05/05/2021|46014600000001|-|4"
    "| 01/01/2025|0123456789abcdef-7102|4|-|$"
)
SHOWN = (
    f"{CARD_ID}|{OLD_ID}|{NAME}|02091990|Nữ|15 Hẻm Gieo Hạt, Huế|15042021",
    NEW_INSURANCE,
    "C7654321|TRAN THI GIEO MAM|1990-09-02|0|162979388586171100|<1<<<",
    PHONE,
)
#: What must be nowhere, in any spelling of it.
PLANTED = (
    CARD_ID,
    OLD_ID,
    INSURED,
    "C7654321",
    PHONE,
    "84905987321",
    "905987321",
    "Gieo M",
    "GIEO MAM",
    "Gieo H",
    str(PERSON),
)
EVERYTHING = """async () => {
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((resolve) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    for (const store of base.objectStoreNames) {
      const things = await new Promise((resolve) => {
        const asked = base.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
      found.push(JSON.stringify(things));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  return found.join("\\n");
}"""


def spellings(text: str) -> list[bytes]:
    return [text.encode(), text.encode("utf-16-le"), text.encode().hex().encode()]


def files_with(folder: Path, words: bytes) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]


def test_case_22_a_dump_of_the_device_names_nobody(
    playwright: Playwright, address: str, owner: httpx.Client, poster: Poster, tmp_path: Path
) -> None:
    server = GateServer(capacity=None)
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "device",
        executable_path=shutil.which("chromium"),
        args=[*QUIET],
        base_url=address,
        locale="vi-VN",
    )
    page = ready_gate(context, server, invitation(owner, poster.venue_id, "Máy mất"))
    page = reopened_offline(context, page, server)
    codes = (make_personal_code(PERSON, int(time.time()), CARDS), make_card_code(987_654_321_987, CARDS))
    for number, text in enumerate([*SHOWN, *codes], start=1):
        type_in(page, text)
        expect(answer_of(page)).to_have_attribute("data-tone", "good")
        expect(page.locator("[data-shift=entries]")).to_have_text(str(number))
    type_in(page, f"{CARD_ID}||{NAME}|31021990|Nữ|x|")  # refused, and kept as an attempt
    expect(answer_of(page)).to_have_attribute("data-tone", "critical")
    waiting = kept(page)
    planted = [*PLANTED, *codes]
    readable = page.evaluate(EVERYTHING)
    assert waiting[0]["scan_id"] in readable
    assert [text for text in planted if text in readable] == []
    context.close()

    # The search finds what is there, so it would find a person.
    assert files_with(tmp_path / "device", waiting[0]["scan_id"].encode())
    found = {text: files_with(tmp_path / "device", words) for text in planted for words in spellings(text)}
    assert {text: files for text, files in found.items() if files} == {}
