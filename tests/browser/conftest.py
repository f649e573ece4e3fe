"""A whole installation, a real browser, and a camera that looks at a printed poster."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import httpx
import psycopg
import pytest
from playwright.sync_api import sync_playwright

from dauchan.project.environment import Environment
from tests.browser.cameras import page_of, write_camera
from tests.project.installation import Installation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"
WIDTHS = (390, 1440)
#: The owner of the demonstration, who signs in by phone.
OWNER = "0900 000 001"
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
CAMERA = ["--use-fake-device-for-media-stream"]
ALLOWED = ["--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """`dauchan up` with its demonstration province, as a new user starts it."""
    to_this_machine = {"DAUCHAN_WEBHOOK_NETWORKS": "127.0.0.0/8"}
    here = Installation(tmp_path_factory.mktemp("browser") / "var", variables=to_this_machine)
    try:
        here.wait_until_ready()
        yield here
    finally:
        here.end()


@pytest.fixture(scope="session")
def address(installation: Installation) -> str:
    return f"http://127.0.0.1:{installation.port}"


@dataclass(frozen=True)
class Poster:
    """A poster as its owner downloads it, and what it says.

    Attributes:
        code: the short code in words.
    """

    pdf: bytes
    name: str
    code: str
    venue_id: int


@pytest.fixture(scope="session")
def owner(address: str) -> Iterator[httpx.Client]:
    """The demonstration's owner, signed in by phone once for all: a number gets only so many codes an hour."""
    with httpx.Client(base_url=address, follow_redirects=True, timeout=60) as client:
        sign_in_by_phone(client, OWNER)
        yield client


@pytest.fixture(scope="session")
def poster(owner: httpx.Client, installation: Installation) -> Poster:
    """The A4 poster of a venue of the demonstration's owner, which is open whenever the tests run."""
    home = owner.get("/owner/").text
    venue_id = int(re.findall(r"/owner/(\d+)/", home)[0])
    page = owner.get(f"/owner/{venue_id}/").text
    name = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", page, re.DOTALL)
    code = re.search(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", page)
    assert name is not None
    assert code is not None, page
    pdf = owner.get(f"/owner/{venue_id}/poster/a4.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    set_hours(installation, venue_id, {})
    return Poster(pdf.content, name[1], code[0], venue_id)


def set_hours(installation: Installation, venue_id: int, hours: dict[str, list[list[str]]]) -> None:
    """Opening hours as on `Venue.opening_hours`; an empty object does not state any."""
    here = Environment.read({"DAUCHAN_VAR": str(installation.var)})
    with psycopg.connect(here.database_url) as connection:
        connection.execute("UPDATE venues_venue SET opening_hours = %s WHERE id = %s", [json.dumps(hours), venue_id])


def sign_in_by_phone(client: httpx.Client, phone: str) -> None:
    """Two forms, the code that a demonstration shows, and the name of the demonstration's owner."""
    page = client.get("/visitor/sign-in/")
    page = client.post("/visitor/sign-in/", data={"phone": phone, "csrfmiddlewaretoken": forgery_token(page)})
    code = re.search(r'<strong class="mono">(\d{6})</strong>', page.text)
    assert code is not None, page.text
    page = client.post("/visitor/sign-in/code/", data={"code": code[1], "csrfmiddlewaretoken": forgery_token(page)})
    named = {"full_name": "tran thi mau", "csrfmiddlewaretoken": forgery_token(page)}
    client.post("/visitor/sign-in/name/", data=named)


def forgery_token(page: httpx.Response) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


# Per module: two of them cannot run in one thread, and a test file may bring its own.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


class Phone(Protocol):
    def __call__(self, width: int = ..., *arguments: str, scheme: str = ..., **options: object) -> BrowserContext: ...


@pytest.fixture
def phone(playwright: Playwright, address: str) -> Iterator[Phone]:
    """Opens a browser of a width, with further arguments of Chromium; complaints of its console fail the test."""
    browsers: list[Browser] = []
    complaints: list[str] = []

    def opened(width: int = 390, *arguments: str, scheme: str = "light", **options: object) -> BrowserContext:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *arguments])
        browsers.append(browser)
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 844},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="vi-VN",
            **options,  # type: ignore[arg-type]
        )
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context

    yield opened
    for browser in browsers:
        browser.close()
    assert complaints == []


@pytest.fixture(scope="session")
def camera(poster: Poster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The argument that makes Chromium's camera look at the printed poster."""
    path = write_camera(page_of(poster.pdf), tmp_path_factory.mktemp("camera") / "poster.mjpeg")
    return f"--use-file-for-fake-video-capture={path}"


@dataclass
class Shots:
    """Screenshots of one story, numbered in its order."""

    story: str
    width: int
    taken: list[Path] = field(default_factory=list)

    def __call__(self, page: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{self.story}-{len(self.taken) + 1:02d}-{name}-{self.width}.png"
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"
        page.screenshot(path=path, full_page=True)
        self.taken.append(path)
        return path


class Story:
    """Screenshots of every step at both widths, which a page must not overflow; numbered in the order of the story."""

    def __init__(self, name: str) -> None:
        self.name, self.steps = name, 0

    def show(self, page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.steps += 1
        before = page.viewport_size
        assert before
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_load_state()
            page.wait_for_timeout(300)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"
            page.screenshot(path=SCREENSHOTS / f"{self.name}-{self.steps:02d}-{name}-{width}.png", full_page=True)
        page.set_viewport_size(before)


@pytest.fixture
def shots() -> Callable[[str, int], Shots]:
    return Shots
