"""What a phone sees before it sends: a closed place, a far one, a clock that is wrong. It tells, and refuses nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dauchan.visits.registry import label_names
from tests.browser.conftest import set_hours
from tests.browser.test_offline import kept, ledger, visitor
from tests.browser.test_visitor import CHECK_IN, READ_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Phone, Poster, Shots
    from tests.project.installation import Installation

pytestmark = pytest.mark.browser
LOCAL = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture
def closed_now(installation: Installation, poster: Poster) -> Iterator[None]:
    """The place opens for one hour of the week, six hours from now."""
    opens = dt.datetime.now(LOCAL) + dt.timedelta(hours=6)
    hours = {opens.strftime("%a").lower(): [[f"{opens:%H}:00", f"{opens.hour + 1:02}:00"]]}
    set_hours(installation, poster.venue_id, hours)
    yield
    set_hours(installation, poster.venue_id, {})


def place_of(installation: Installation, poster: Poster) -> tuple[float, float]:
    ((lat, lon),) = ledger(installation, "SELECT lat, lon FROM venues_venue WHERE id = %s", poster.venue_id)
    assert isinstance(lat, float)
    assert isinstance(lon, float)
    return lat, lon


def labels_of(installation: Installation, page: Page) -> tuple[str, ...]:
    (visit,) = kept(page, "visits")
    rows = ledger(installation, "SELECT labels FROM check_in WHERE check_in_id = %s", visit["id"])
    ((labels,),) = rows
    assert isinstance(labels, int)
    return label_names(labels)


def test_far_away_and_closed_is_said_before_and_labelled_after(
    phone: Phone, poster: Poster, installation: Installation, closed_now: None, shots: Callable[[str, int], Shots]
) -> None:
    lat, lon = place_of(installation, poster)
    here = {"latitude": lat + 0.05, "longitude": lon, "accuracy": 12}
    context = phone(390, geolocation=here, permissions=["geolocation"])
    page = visitor(context, "0905 008 001", "Lê Thị Ở Xa")
    page.goto(f"/q/{poster.code}")
    expect(page.get_by_text("Giờ này nơi đây thường đóng cửa.")).to_be_visible()
    expect(page.get_by_text("Bạn đang ở xa địa điểm này?")).to_be_visible()
    expect(page.locator("[data-far] [data-slot=distance]")).to_contain_text("5,6")
    shots("door", 390)(page, "far-and-closed")
    page.get_by_label("Gửi kèm vị trí của riêng lượt quét này").check()
    page.locator(CHECK_IN).click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible(timeout=READ_MS)
    assert labels_of(installation, page) == ("out_of_hours", "remote")


def test_a_position_stays_on_the_phone_unless_its_owner_sends_it(
    phone: Phone, poster: Poster, installation: Installation
) -> None:
    lat, lon = place_of(installation, poster)
    context = phone(390, geolocation={"latitude": lat, "longitude": lon, "accuracy": 12}, permissions=["geolocation"])
    page = visitor(context, "0905 008 002", "Lê Thị Ở Gần")
    page.goto(f"/q/{poster.code}")
    expect(page.get_by_text("Máy cho thấy bạn đang ở gần nơi này.")).to_be_visible()
    page.locator(CHECK_IN).click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible(timeout=READ_MS)
    (visit,) = kept(page, "visits")
    assert ledger(installation, "SELECT lat FROM check_in WHERE check_in_id = %s", visit["id"]) == [(None,)]


def test_without_permission_nothing_is_asked_until_the_visitor_wants_it(phone: Phone, poster: Poster) -> None:
    page = visitor(phone(390), "0905 008 003", "Lê Thị Không Hỏi")
    page.goto(f"/q/{poster.code}")
    expect(page.get_by_role("button", name="Kiểm tra xem mình có ở đúng nơi")).to_be_visible()
    expect(page.locator("[data-far]")).to_be_hidden()
    expect(page.locator("[data-near]")).to_be_hidden()


def test_a_wrong_clock_is_said_with_both_times(
    phone: Phone, poster: Poster, installation: Installation, shots: Callable[[str, int], Shots]
) -> None:
    context = phone(390)
    page = visitor(context, "0905 008 004", "Lê Thị Đồng Hồ")
    page.clock.install(time=dt.datetime.now(dt.UTC) - dt.timedelta(hours=3))
    page.goto(f"/q/{poster.code}")
    page.locator(CHECK_IN).click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible(timeout=READ_MS)
    expect(page.locator("[data-clock-off]").first).to_contain_text("chạy chậm")
    expect(page.locator("[data-clock-off] [data-slot=offset]").first).to_have_text("3 giờ")
    expect(page.get_by_text("Đồng hồ trên máy chạy nhanh")).to_be_hidden()
    shots("door", 390)(page, "wrong-clock")
    assert labels_of(installation, page) == ("clock_skew",)
