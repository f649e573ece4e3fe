"""The design system at work in a browser, under the pages' own content security policy."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import expect, sync_playwright

from dauchan.qr import qr_png

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Playwright
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser

PROGRAM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-quic", "--enable-unsafe-swiftshader")  # fmt: skip
FAKE_CAMERA = "--use-fake-device-for-media-stream"
ALLOWED = "--use-fake-ui-for-media-stream"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
TEXT = "https://dauchan.example/q/ABCDEF0123456789ABCDEFGH"
KEEP_WHAT_IS_HEARD = """
document.addEventListener("scanned", (event) => { event.target.dataset.heard = event.detail.text });
"""


class Open(Protocol):
    def __call__(
        self, *flags: str, theme: str = ..., size: dict[str, int] = ..., camera: bool = ..., script: bool = ...
    ) -> Page: ...


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started, pytest.MonkeyPatch.context() as environment:
        # Playwright's loop runs in this thread, where the fixtures ask the database.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield started


@pytest.fixture
def open_page(playwright: Playwright, live_server: LiveServer) -> Iterator[Open]:
    """The living page; at the end nothing may have been refused by the policy or failed in a script."""
    browsers, complaints = [], []

    def open_it(
        *flags: str, theme: str = "light", size: dict[str, int] = PHONE, camera: bool = True, script: bool = True
    ) -> Page:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=[*QUIET, *flags])
        browsers.append(browser)
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # a dict with the two keys
            color_scheme=theme,  # type: ignore[arg-type]  # one of Playwright's words
            locale="vi-VN",
            permissions=["camera"] if camera else [],
            java_script_enabled=script,
        )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.add_init_script(KEEP_WHAT_IS_HEARD)  # the scanner may read before this thread has another turn
        page.goto(f"{live_server.url}/design/")
        return page

    yield open_it
    for browser in browsers:
        browser.close()
    assert complaints == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_stands_within_its_window(open_page: Open, theme: str, size: dict[str, int]) -> None:
    page = open_page(theme=theme, size=size)

    for part in (".chart canvas", ".map canvas", ".stays svg"):
        page.locator(part.split()[0]).first.scroll_into_view_if_needed()
        page.locator(part).first.wait_for()
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"design-{theme}-{size['width']}.png", full_page=True)

    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    small = page.evaluate(
        """[...document.querySelectorAll('main button, main .button, main input:not([type=file]), main select, .band-button')]
        .filter(e => e.checkVisibility() && !e.closest('label, .maplibregl-map') && e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_a_commune_is_found_without_diacritics_and_by_keys_alone(open_page: Open) -> None:
    page = open_page()
    field = page.get_by_label("Phường, xã").first

    field.press_sequentially("huong ph")
    options = page.locator("#specimen_commune-list [role=option]")
    assert [text.split("\n") for text in options.all_inner_texts()] == [
        ["Hương Phong", "Thành phố Huế"],
        ["Hương Phong", "Huyện A Lưới"],
    ]
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "specimen_commune-list-1"
    field.press("Enter")

    assert field.input_value() == "Hương Phong"
    assert page.eval_on_selector("#specimen_commune", "e => e.value") == "Huyện A Lưới-Hương Phong"


def test_words_that_choose_nothing_give_way_to_the_choice_in_force(open_page: Open) -> None:
    page = open_page()
    field = page.get_by_label("Phường, xã").first
    field.press_sequentially("vy da")
    assert page.locator("#specimen_commune-list .none").inner_text() == "Không tìm thấy"
    field.fill("vi d")
    field.press("Enter")
    assert field.input_value() == "Vĩ Dạ"

    field.fill("zzz")
    field.press("Tab")

    assert field.input_value() == "Vĩ Dạ"


def test_a_tap_on_the_map_picks_a_point_and_typed_numbers_move_it(open_page: Open) -> None:
    page = open_page()
    picker = page.locator("#specimen_place")
    picker.scroll_into_view_if_needed()
    picker.locator(".maplibregl-marker").wait_for()
    lat = page.locator("#specimen_place_0")
    assert lat.input_value() == "16.463700"

    picker.locator("canvas").click(position={"x": 60, "y": 60})
    expect(lat).not_to_have_value("16.463700")
    assert 16 < float(lat.input_value()) < 17

    picker.locator("summary").click()
    lat.fill("16,5")
    lat.press("Tab")
    expect(picker.locator("output")).to_have_text(re.compile(r"16\.500000, 107\."))


def test_the_theme_is_switched_at_once_and_remembered(open_page: Open) -> None:
    page = open_page(theme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)

    with page.expect_response("**/design/theme/"):
        page.get_by_role("button", name="Giao diện tối").click()
    assert page.evaluate(ground) != light
    page.reload()

    assert page.evaluate(ground) != light
    assert page.get_by_role("button", name="Giao diện sáng").is_visible()


def test_a_dialog_opens_and_escape_gives_the_focus_back(open_page: Open) -> None:
    page = open_page()
    opener = page.get_by_role("button", name="Mở hộp thoại")

    opener.click()
    assert page.get_by_role("dialog", name="Từ chối đăng ký").is_visible()
    page.keyboard.press("Escape")

    assert not page.get_by_role("dialog").is_visible()
    assert opener.evaluate("e => e === document.activeElement")


def test_rows_of_a_table_name_their_cells_on_a_phone(open_page: Open) -> None:
    page = open_page()

    cell = page.locator(".table-box:not(.scroll) td").first
    assert cell.get_attribute("data-label") == "Phường, xã"
    assert page.locator(".tabs [role=tab]").count() == 2


# --- the camera


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_filters_are_folded_up_on_a_phone_and_opened_by_key(open_page: Open, script: bool) -> None:  # noqa: FBT001
    page = open_page(script=script)
    words, unit, order = (page.locator(f"#listed_{name}") for name in ("q", "unit", "sort"))
    fold = page.locator(".fold > summary")
    expect(words).to_be_visible()
    expect(unit).to_be_hidden()
    words.focus()
    page.keyboard.press("Tab")
    expect(fold).to_be_focused()
    page.keyboard.press("Enter")
    expect(order).to_be_visible()

    unit.select_option("Vĩ Dạ")
    if not script:
        page.locator("form:has(.fold)").get_by_role("button", name="Tìm").click()
    page.wait_for_url(re.compile("unit="))

    expect(fold).to_have_text(re.compile("Đang lọc theo 1 điều kiện"))
    expect(unit).to_be_visible()


def test_filters_stand_open_on_a_wide_screen(open_page: Open) -> None:
    page = open_page(size=DESK)
    expect(page.locator(".fold")).to_be_hidden()
    lines = {page.locator(f"#listed_{name}").bounding_box()["y"] for name in ("q", "unit", "sort")}  # type: ignore[index]
    assert len(lines) == 1


@pytest.fixture(scope="session")
def poster_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A poster's code as a phone held by hand sees it: tilted, soft, off the middle."""
    code = Image.open(io.BytesIO(qr_png(TEXT, "Q", 8))).convert("RGB").resize((400, 400))
    film = tmp_path_factory.mktemp("camera") / "poster.mjpeg"
    with film.open("wb") as file:
        for tilt in range(20):
            wall = Image.new("RGB", (1280, 720), (203, 196, 184))
            seen = code.rotate(3 + tilt / 4, expand=True, fillcolor=(255, 255, 255)).filter(
                ImageFilter.GaussianBlur(1.2)
            )
            wall.paste(seen, (420, 130))
            wall.save(file, "JPEG", quality=80)
    return film


def scan(page: Page) -> str:
    """Starts the scanner; the text it read, or its words."""
    scanner = page.locator("[data-scanner]")
    scanner.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    if scanner.get_attribute("data-state") == "idle":
        scanner.locator("[data-start]").click()
    expect(scanner).to_have_attribute("data-state", re.compile("read|refused"), timeout=15_000)
    return scanner.get_attribute("data-heard") or scanner.locator("[role=status]").inner_text()


def test_the_scanner_reads_a_poster_through_the_camera(open_page: Open, poster_film: Path) -> None:
    page = open_page(FAKE_CAMERA, ALLOWED, f"--use-file-for-fake-video-capture={poster_film}")

    assert scan(page) == TEXT


def test_a_camera_that_is_not_allowed_is_said_in_words(open_page: Open) -> None:
    page = open_page(FAKE_CAMERA, camera=False)

    assert scan(page).startswith("Trình duyệt không được phép dùng máy ảnh.")


def test_where_there_is_no_camera_a_photograph_is_read(open_page: Open, poster_film: Path, tmp_path: Path) -> None:
    page = open_page(ALLOWED)
    assert scan(page).startswith("Không tìm thấy máy ảnh")

    photo = tmp_path / "photo.jpg"
    Image.open(poster_film).save(photo)
    page.set_input_files("[data-photo]", photo)
    expect(page.locator("[data-scanner]")).to_have_attribute("data-heard", TEXT)


def test_a_photograph_without_a_code_is_said_in_words(open_page: Open, tmp_path: Path) -> None:
    page = open_page(ALLOWED)
    scan(page)
    photo = tmp_path / "wall.jpg"
    Image.new("RGB", (400, 300), (120, 110, 100)).save(photo)

    page.set_input_files("[data-photo]", photo)

    expect(page.locator(".scanner-status")).to_contain_text("Không thấy mã QR")
    assert page.locator("[data-scanner]").get_attribute("data-state") == "refused"
