"""A place of exposure from the tracer's desk to a phone that was there, and what that phone tells of it: nothing (case 20)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus, urlsplit
from zoneinfo import ZoneInfo

import psycopg
import pytest
from playwright.sync_api import expect, sync_playwright

from dauchan.project.environment import Environment
from dauchan.vietnamese import fold
from tests.browser.conftest import Story
from tests.browser.test_offline import CONTROLLED, PRECACHED
from tests.browser.test_story import sign_in
from tests.browser.test_visitor import sign_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page, Playwright, Request

    from tests.browser.conftest import Phone
    from tests.project.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
ILL = "0900 009 001"
#: What the phone itself calls the sensitive place.
MY_WORDS = "Nơi tôi đã đến"
#: The places with the most people yesterday: one to be named, one that becomes sensitive.
BUSY = """
SELECT v.id, v.name, v.address, p.short_code FROM visit i JOIN venues_venue v ON v.id = i.venue_id
JOIN venues_poster p ON p.venue_id = v.id AND p.withdrawn_at IS NULL JOIN venues_category c ON c.id = v.category_id
WHERE i.labels = 0 AND i.entered_at < %(to)s AND i.ended_at > %(from)s AND NOT v.sensitive AND NOT c.sensitive
GROUP BY v.id, p.short_code ORDER BY count(DISTINCT i.person_id) DESC LIMIT 2
"""
WRITE = """([store, things]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("dauchan");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const writing = opening.result.transaction(store, "readwrite");
    for (const thing of things) writing.objectStore(store).put(thing);
    writing.oncomplete = () => { opening.result.close(); resolve(true); };
  };
})"""
FEED_IS_OLD = """() => new Promise((resolve) => {
  const opening = indexedDB.open("dauchan");
  opening.onsuccess = () => {
    const store = opening.result.transaction("exposures", "readwrite").objectStore("exposures");
    const asked = store.get("feed");
    asked.onsuccess = () => {
      if (asked.result) store.put({ ...asked.result, fetched_at: 0 });
      store.transaction.oncomplete = () => { opening.result.close(); resolve(Boolean(asked.result)); };
    };
  };
})"""


def hour(of_yesterday: int) -> dt.datetime:
    day = dt.datetime.now(LOCAL).date() - dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(of_yesterday), LOCAL)


def places(installation: Installation) -> list[tuple[int, str, str, str]]:
    """The one to be named and the one that is sensitive from now on."""
    here = Environment.read({"DAUCHAN_VAR": str(installation.var)})
    with psycopg.connect(here.database_url) as connection:
        found = connection.execute(BUSY, {"from": hour(8), "to": hour(11)}).fetchall()
        connection.execute("UPDATE venues_venue SET sensitive = true WHERE id = %s", [found[1][0]])
    return found


def register_case(page: Page) -> str:
    """Returns: the address of the case."""
    page.goto("/tracer/new/")
    page.get_by_label("Số điện thoại của ca bệnh").fill(ILL)
    page.get_by_label("Ngày lấy mẫu xét nghiệm").fill(dt.datetime.now(LOCAL).date().isoformat())
    page.locator("main form.form button[type=submit]").last.click()
    page.get_by_role("button", name="Đúng, ghi nhận ca bệnh").click()
    page.wait_for_url(re.compile(r"/tracer/cases/\d+/$"))
    return page.url


def write(page: Page, case: str, venue_id: int, name: str, story: Story | None) -> str:
    """From the search for a place to a notice that waits. Returns: its address."""
    page.goto(case)
    page.get_by_role("link", name="Thông báo địa điểm").last.click()
    if story:
        story.show(page, "tracer-proposals")
    page.get_by_label("Tên, đường hoặc phường xã").fill(name)
    page.get_by_role("button", name="Tìm").click()
    page.locator(f'main a[href$="?venue={venue_id}"]').click()  # several places may have one name
    page.get_by_label("Từ", exact=True).fill(f"{hour(8):%Y-%m-%dT%H:%M}")
    page.get_by_label("Đến", exact=True).fill(f"{hour(11):%Y-%m-%dT%H:%M}")
    if story:
        story.show(page, "tracer-writes")
    page.get_by_role("button", name="Lưu và gửi phê duyệt").click()
    page.wait_for_url(re.compile(r"/tracer/notices/\d+/$"))
    expect(page.get_by_text("Đang chờ người phê duyệt của địa bàn.")).to_be_visible()
    return page.url


def approve(page: Page, notice: str, story: Story, name: str) -> None:
    page.goto(notice)
    story.show(page, name)
    page.get_by_role("button", name="Phê duyệt và công bố").click()
    expect(page.get_by_text("Đã công bố.")).to_be_visible()


def visitor(context: BrowserContext, number: str, name: str) -> Page:
    page = context.new_page()
    page.goto("/visitor/sign-in/")
    sign_up(page, number, name)
    page.goto("/scan/")
    assert page.evaluate(CONTROLLED)
    page.wait_for_function(PRECACHED)
    return page


def visit_on_phone(page: Page, code: str, name: str, number: int) -> dict[str, Any]:
    """What the diary of a phone holds that was there yesterday from ten to half past twelve."""
    mark = page.locator("[data-visitor]").get_attribute("data-mark")
    visit: dict[str, Any] = {
        "id": f"01976b2e-0000-7000-8000-00000000000{number}", "mark": mark, "name": name, "address": "", "code": code,
        "entered_at": hour(10).isoformat(), "left_at": (hour(12) + dt.timedelta(minutes=30)).isoformat(),
        "party": 1, "companions": [], "state": "recorded",
    }  # fmt: skip
    return visit


def tour(page: Page) -> None:
    """What somebody opens who looks whether they were at a place of exposure."""
    for address in ("/notices/", "/me/", "/scan/", "/notices/"):
        page.goto(address)
        expect(page.locator("[data-exposures]")).to_be_attached()
        page.wait_for_load_state("networkidle")


def requests_of(context: BrowserContext) -> list[Request]:
    """All that it asks for from now on, its service worker's requests included."""
    heard: list[Request] = []

    def hear(request: Request) -> None:
        heard.append(request)

    context.on("request", hear)
    return heard


def said(requests: list[Request]) -> list[str]:
    return [f"{one.method} {one.url} {unquote_plus(one.url)} {one.headers} {one.post_data or ''}" for one in requests]


def asked_for(requests: list[Request]) -> set[tuple[str, str]]:
    """Method and address, files of the build left out: which of them a cache still holds is chance."""
    addresses = {(one.method, urlsplit(one.url)) for one in requests}
    return {(method, at.path + at.query) for method, at in addresses if not at.path.startswith("/static/")}


@dataclass(frozen=True)
class Desk:
    """What the officers made public: one place by name, a sensitive one without.

    Attributes:
        codes: what the posters of both hold, and the short codes below them.
        secrets: what no request of a phone that was there may tell.
    """

    tracer: Page
    name: str
    hidden: str
    codes: tuple[str, str]
    secrets: tuple[str, ...]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One that tells of the service worker's own requests too."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS", "1")
        with sync_playwright() as started:
            yield started


@pytest.fixture
def story() -> Story:
    return Story("notices")


@pytest.fixture
def desk(phone: Phone, installation: Installation, story: Story) -> Desk:
    """A case, two notices written by the tracer, published by the approver."""
    (venue_id, name, _, short), (hidden_id, hidden_name, hidden_address, hidden_short) = places(installation)
    tracer = phone(1440).new_page()
    sign_in(tracer, "truyvet", second_factor=True)
    case = register_case(tracer)
    notice = write(tracer, case, venue_id, name, story)
    hidden = write(tracer, case, hidden_id, hidden_name, None)
    approver = phone(1440).new_page()
    sign_in(approver, "pheduyet", second_factor=True)
    approve(approver, notice, story, "approver-decides")
    approve(approver, hidden, story, "approver-decides-sensitive")
    tracer.goto("/tracer/notices/")
    story.show(tracer, "tracer-list")
    shorts = (short, hidden_short)
    first, second = (tracer.request.post("/visitor/venue", form={"code": text}).json()["code"] for text in shorts)
    secrets = (first, second, short, hidden_short, name, hidden_name, hidden_address)
    return Desk(tracer, name, hidden, (first, second), secrets)


def reads_the_page(phone: Phone, desk: Desk, story: Story) -> None:
    """Without script, and nothing of the sensitive place."""
    page = phone(390, java_script_enabled=False).new_page()
    page.goto("/notices/")
    expect(page.get_by_role("heading", name=desk.name)).to_be_visible()
    expect(page.get_by_role("heading", name="Một nơi không nêu tên")).to_be_visible()
    assert desk.secrets[5] not in page.content()
    story.show(page, "public-page")


def searches_on_the_page(page: Page, desk: Desk) -> None:
    """For a place where it was, without diacritics: that is asked of nobody."""
    listed = page.locator("[data-found-by]:visible")
    expect(listed).to_have_count(2)
    page.get_by_label("Tên nơi, đường hoặc phường xã").fill(fold(desk.name))
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text(desk.name)
    page.get_by_label("Ngày").fill("2020-01-01")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_text("Không có thông báo nào khớp")).to_be_visible()
    page.get_by_label("Ngày").fill("")
    page.get_by_label("Tên nơi, đường hoặc phường xã").fill("")
    expect(listed).to_have_count(2)


def sees_where_it_was(page: Page, desk: Desk, story: Story) -> None:
    cards = page.locator("[data-exposure-list] > *")
    expect(cards).to_have_count(2)
    expect(cards.filter(has_text=desk.name)).to_contain_text("Bạn có thể đã có mặt")
    expect(cards.filter(has_text=desk.name)).to_contain_text("10:00–11:00")
    expect(cards.filter(has_text=MY_WORDS)).to_contain_text("08:00–11:00")
    expect(cards.first).to_contain_text("19001075")
    story.show(page, "phone-was-there")
    cards.filter(has_text=desk.name).get_by_role("button", name="Tôi đã đọc, ẩn đi").click()
    expect(cards).to_have_count(1)


def told_nothing(sent: list[Request], sent_by_other: list[Request], secrets: list[str]) -> None:
    """No request tells of a visit, and the phone that was there asks for what the other one asks for."""
    assert len(sent) > 4
    assert any(one.service_worker for one in sent), "nothing is said of what the service worker asked for"
    for line in said(sent):
        assert not any(secret in line for secret in secrets), line
    assert asked_for(sent) == asked_for(sent_by_other)
    feeds = [one for one in sent if urlsplit(one.url).path == "/notices/feed.jsonl"]
    assert feeds
    assert all("cookie" not in one.all_headers() and not urlsplit(one.url).query for one in feeds)


def looks_without_a_network(context: BrowserContext, page: Page, story: Story) -> None:
    """With the last feed; what was put away stays away."""
    context.set_offline(offline=True)
    page.goto("/scan/")
    expect(page.get_by_text("Không có mạng.")).to_be_visible()
    expect(page.locator("[data-exposure-list] > *")).to_have_count(1)
    expect(page.locator("[data-exposure-list]")).to_contain_text(MY_WORDS)
    expect(page.locator("[data-exposure-list] .actions")).to_be_hidden()  # short: somebody stands at a door
    story.show(page, "phone-offline")
    page.get_by_text("Khung giờ và việc cần làm").click()
    expect(page.locator("[data-exposure-list]").get_by_role("link", name="19001075")).to_be_visible()
    context.set_offline(offline=False)


def is_told_of_the_withdrawal(desk: Desk, page: Page, story: Story) -> None:
    tracer = desk.tracer
    tracer.goto(desk.hidden)
    tracer.get_by_role("button", name="Thu hồi thông báo").first.click()
    tracer.get_by_label("Lý do thu hồi").fill("Ca bệnh nhớ nhầm nơi đã đến")
    tracer.locator("dialog").get_by_role("button", name="Thu hồi thông báo").click()
    expect(tracer.get_by_text("Đã thu hồi thông báo.")).to_be_visible()
    story.show(tracer, "tracer-withdrawn")
    assert page.evaluate(FEED_IS_OLD)
    page.goto("/me/")
    expect(page.get_by_text("Một thông báo từng hiện trên máy này đã được thu hồi")).to_be_visible()
    expect(page.locator("[data-exposure-list] > *")).to_have_count(0)
    story.show(page, "phone-withdrawn")


def test_case_20_from_the_tracers_desk_to_a_phone_that_tells_nothing(phone: Phone, desk: Desk, story: Story) -> None:
    reads_the_page(phone, desk, story)
    # Two phones: one was at both places, one nowhere. What the door knows of them is not the question, only what follows.
    there, elsewhere = phone(390), phone(390)
    page, other = (
        visitor(there, "0905 020 001", "Người Có Mặt Thử"),
        visitor(elsewhere, "0905 020 002", "Người Vắng Thử"),
    )
    visits = [
        visit_on_phone(page, code, name, number)
        for number, (code, name) in enumerate(zip(desk.codes, (desk.name, MY_WORDS), strict=True))
    ]
    page.evaluate(WRITE, ["visits", visits])
    sent, sent_by_other = requests_of(there), requests_of(elsewhere)
    for one in (page, other):
        one.evaluate(FEED_IS_OLD)
        tour(one)
    searches_on_the_page(page, desk)
    sees_where_it_was(page, desk, story)
    expect(other.get_by_text("Máy này chưa có lượt vào nào")).to_be_visible()
    expect(other.locator("[data-exposure-list] > *")).to_have_count(0)
    story.show(other, "phone-was-elsewhere")
    told_nothing(sent, sent_by_other, [*desk.secrets, fold(desk.name), MY_WORDS, *(visit["id"] for visit in visits)])
    looks_without_a_network(there, page, story)
    is_told_of_the_withdrawal(desk, page, story)
