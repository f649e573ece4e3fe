"""The base templates and the components, as a browser gets them."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dauchan.units.models import Role
from dauchan.web.layout import assets, navigation
from dauchan.web.layout.charts import Chart, Series
from dauchan.web.layout.navigation import Screen
from dauchan.web.layout.widgets import CodeInput, Combobox, DateInput, PhoneInput, Point, PointField, PointPicker

if TYPE_CHECKING:
    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeOfficer

LIVING = "/design/"


class Page(HTMLParser):
    """The elements of a page: tag and attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def by_id(self, identifier: str) -> dict[str, str | None]:
        return next(attributes for _tag, attributes in self.elements if attributes.get("id") == identifier)


@pytest.fixture(scope="module")
def living_html(django_db_setup: None) -> str:
    with translation.override("vi"):
        return Client(headers={"accept-language": "vi"}).get(LIVING).content.decode()


def render(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return Template("{% load layout %}" + source).render(Context({"request": request, **context}))


def test_the_living_page_shows_each_component(client: Client) -> None:
    html = client.get(LIVING).content.decode()

    for mark in ("button primary", "badge good", "notice", "stats", "outcome", "empty", "steps", "table-box", "pagination",
                 "data-tabs", "timeline", 'data-map="show"', 'data-map="pick"', "data-chart", "data-scanner", "stays", "dialog",
                 "data-combobox"):  # fmt: skip
        assert mark in html, mark


def test_no_page_carries_a_style_or_a_script_within_it(client: Client) -> None:
    page = Page(client.get(LIVING).content.decode())

    assert not page.all("style")
    for tag, attributes in page.elements:
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith(("on", "hx-on"))], (tag, attributes)
    for script in page.all("script"):
        assert "src" in script or script.get("type") == "application/json"


def test_ids_are_unique_and_what_points_to_one_finds_it(client: Client) -> None:
    page = Page(client.get(LIVING).content.decode())
    ids = [attributes["id"] for _tag, attributes in page.elements if attributes.get("id")]

    assert len(ids) == len(set(ids))
    for _tag, attributes in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "data-opens"):
            for target in (attributes.get(name) or "").split():
                assert target in ids, (name, target)


def test_every_icon_is_silent_or_named(client: Client) -> None:
    icons = [a for a in Page(client.get(LIVING).content.decode()).all("svg") if a.get("class") == "icon"]

    assert icons
    assert all(("aria-hidden" in icon) != ("aria-label" in icon) for icon in icons)


def test_the_page_speaks_the_language_that_was_chosen() -> None:
    client = Client(headers={"accept-language": "vi"})
    assert '<html lang="vi"' in client.get(LIVING).content.decode()

    answer = client.post(reverse("set_language"), {"language": "en", "next": LIVING})

    assert answer.headers["location"] == LIVING
    html = client.get(LIVING).content.decode()
    assert '<html lang="en"' in html
    assert "Design system" in html
    assert "304,916" in html


def test_numbers_have_the_local_form() -> None:
    html = Client(headers={"accept-language": "vi"}).get(LIVING).content.decode()

    assert "304.916" in html
    assert "12,5" in html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_remembered(client: Client, theme: str) -> None:
    assert "data-theme" not in client.get(LIVING).content.decode().partition("<head>")[0]

    client.post(reverse("layout:theme"), {"theme": theme, "next": LIVING})

    assert f'data-theme="{theme}"' in client.get(LIVING).content.decode().partition("<head>")[0]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [("/places/?q=x", "/places/?q=x"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")],
)
def test_the_theme_switch_leads_back_and_nowhere_else(client: Client, address: str, leads_to: str) -> None:
    answer = client.post(reverse("layout:theme"), {"theme": "dark", "next": address})

    assert answer.headers["location"] == leads_to


def test_an_unknown_theme_is_refused_and_an_old_cookie_of_one_ignored(client: Client) -> None:
    assert client.post(reverse("layout:theme"), {"theme": "neon"}).status_code == 400

    client.cookies["dauchan_theme"] = '"><script>'
    assert "data-theme" not in client.get(LIVING).content.decode().partition("<head>")[0]


# --- navigation


def links_of(officer: Officer, path: str = "/officer/") -> dict[str, bool]:
    request = RequestFactory().get(path)
    request.user = officer
    return {item.href: item.is_current for group in navigation.items_for(request) for item in group.items}


def test_an_officer_is_shown_the_screens_of_their_roles_only(make_officer: MakeOfficer, province: Unit) -> None:
    every = {screen.url_name: screen for _heading, screens in navigation.GROUPS for screen in screens}

    for role in Role.values:
        shown = links_of(make_officer(role, province))
        for url_name, screen in every.items():
            assert (reverse(url_name) in shown) == (role in screen.roles), (role, url_name)


def test_a_screen_without_an_address_is_left_out(
    make_officer: MakeOfficer, province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = Screen("Chưa có", "officer:not_there_yet", frozenset(Role), "map")
    here = Screen("Trang đầu", "officer:home", frozenset(Role), "map")
    monkeypatch.setattr(navigation, "GROUPS", (("", (here,)), ("Vắng", (absent,))))

    request = RequestFactory().get("/officer/")
    request.user = make_officer(Role.LEADER, province)

    assert [group.heading for group in navigation.items_for(request)] == [""]


def test_one_link_is_current_on_its_own_page_and_below_it(make_officer: MakeOfficer, province: Unit) -> None:
    officer = make_officer(Role.MONITOR, province)
    screen = next(href for href in links_of(officer) if href != "/officer/")

    assert [href for href, is_current in links_of(officer, screen).items() if is_current] == [screen]
    assert [href for href, is_current in links_of(officer, f"{screen}17/").items() if is_current] == [screen]
    assert [href for href, is_current in links_of(officer, "/officer/").items() if is_current] == ["/officer/"]


def test_a_visitor_has_no_console(client: Client) -> None:
    assert 'id="side"' not in client.get(LIVING).content.decode()


# --- icons and assets


def test_every_icon_that_is_named_anywhere_is_in_the_sprite() -> None:
    named = re.compile(r"""(?:{%\s*icon\s+|\bicon=)["']([a-z0-9-]+)["']""")
    sources = [path for suffix in ("html", "py") for path in assets.WEB.glob(f"[!c]*/**/*.{suffix}")]
    icons = {name for path in sources for name in named.findall(path.read_text(encoding="utf-8"))}
    icons |= {screen.icon for _heading, screens in navigation.GROUPS for screen in screens}

    assert len(icons) > 40
    for name in sorted(icons):
        assert assets.icon_address(name).endswith(f"#{name}")


def test_an_unknown_icon_is_a_clear_error() -> None:
    with pytest.raises(assets.ClientNotBuilt, match="icon unicorn"):
        render('{% icon "unicorn" %}')


def test_the_base_map_has_the_names_of_the_day_that_is_asked_about() -> None:
    def names(on: dt.date | None) -> str:
        return re.search(r'"places": "([^"]+)"', assets.map_layers(on)).group(1)  # type: ignore[union-attr]

    assert names(None) == names(assets.NAMES_FROM) == "/static/maps/places.geojson"
    assert names(dt.date(2021, 8, 18)) == "/static/maps/2021-07-01/places.geojson"
    assert names(assets.NAMES_FROM - dt.timedelta(days=1)) == "/static/maps/2025-01-01/places.geojson"
    assert '"land": "/static/maps/land.geojson"' in assets.map_layers(dt.date(2021, 8, 18))


# --- forms


class Form(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trên biển hiệu.")
    commune = forms.ChoiceField(
        label="Phường, xã", choices=[("", ""), ("1", "Hương Phong")], widget=Combobox(hints={"1": "Huyện A Lưới"})
    )
    phone = forms.CharField(label="Điện thoại", widget=PhoneInput, required=False)
    code = forms.CharField(label="Mã", widget=CodeInput(digits=6), required=False)
    opened_on = forms.DateField(label="Ngày", widget=DateInput, required=False)
    place = PointField(label="Vị trí")
    agreed = forms.BooleanField(label="Đồng ý")


def test_a_refused_form_keeps_what_was_typed_and_ties_each_error_to_its_field() -> None:
    typed = {"name": "", "phone": "12 <b>", "opened_on": "2021-08-18", "place_lat": "16,4637"}

    html = render("{% error_summary form %}{{ form }}", form=Form(typed))
    page = Page(html)

    assert page.by_id("id_phone")["value"] == "12 <b>"
    assert page.by_id("id_opened_on")["value"] == "2021-08-18"
    assert page.by_id("id_place_0")["value"] == "16,4637"
    name = page.by_id("id_name")
    assert name["aria-invalid"] == "true"
    assert name["aria-describedby"] == "id_name_helptext id_name_error"
    for target in str(name["aria-describedby"]).split():
        assert page.by_id(target)
    links = [str(a["href"]) for a in page.all("a")]
    assert all(page.by_id(href.removeprefix("#")) for href in links)
    assert {"#id_name", "#id_commune", "#id_agreed"} <= set(links)


def test_optional_fields_say_so_and_required_ones_are_plain() -> None:
    html = render("{{ form }}", form=Form())

    assert html.count("(không bắt buộc)") == 3


def test_inputs_call_up_the_right_keys_of_a_phone() -> None:
    page = Page(render("{{ form }}", form=Form()))

    assert page.by_id("id_phone")["type"] == page.by_id("id_phone")["inputmode"] == "tel"
    assert page.by_id("id_code")["autocomplete"] == "one-time-code"
    assert page.by_id("id_code")["inputmode"] == "numeric"
    assert page.by_id("id_opened_on")["type"] == "date"


def test_a_combobox_is_a_select_whose_options_tell_namesakes_apart() -> None:
    page = Page(render("{{ form.commune }}", form=Form()))

    assert "data-combobox" in page.by_id("id_commune")
    assert [a.get("data-hint") for a in page.all("option")] == [None, "Huyện A Lưới"]


coordinates = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(coordinates, st.booleans())
def test_a_point_is_read_as_it_was_shown_with_a_point_or_a_comma(place: tuple[float, float], has_comma: bool) -> None:  # noqa: FBT001 -- drawn
    field = PointField()
    shown = PointPicker().decompress(Point(*place))
    typed = [str(text).replace(".", ",") if has_comma else text for text in shown]

    read = field.clean(typed)

    assert read == pytest.approx(place, abs=1e-6)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["", ""], "Hãy chọn vị trí trên bản đồ."),
        (["16.4", ""], "Hãy chọn vị trí trên bản đồ, hoặc nhập cả vĩ độ và kinh độ."),
        (["91", "107"], "Vĩ độ từ −90 đến 90, kinh độ từ −180 đến 180."),
        (["x", "107"], "Tọa độ phải là số, ví dụ 16,4637."),
    ],
)
def test_what_is_no_point_is_refused_in_words(typed: list[str], sentence: str) -> None:
    with translation.override("vi"), pytest.raises(forms.ValidationError) as refusal:
        PointField().clean(typed)

    assert refusal.value.messages == [sentence]


# --- components


def test_pagination_keeps_the_other_parameters() -> None:
    page = Paginator(range(2000), 20).get_page(50)
    html = render("{% pagination page %}", "/venues/?q=ch%E1%BB%A3&status=active&page=50", page=page)

    links = [str(a["href"]) for a in Page(html).all("a")]
    assert links[0] == "?q=ch%E1%BB%A3&status=active&page=49"
    assert all(link.startswith("?q=ch%E1%BB%A3&status=active&page=") for link in links)
    assert "981–1.000 trong 2.000" in html


parameters = st.dictionaries(st.sampled_from(["a", "b", "page"]), st.text(min_size=1), max_size=3)


@given(parameters, st.text())
def test_a_changed_query_has_the_change_and_the_rest(old: dict[str, str], value: str) -> None:
    request = RequestFactory().get("/", old)
    html = Template("{% load layout %}{% query page=value as q %}{{ q|safe }}").render(
        Context({"request": request, "value": value})
    )

    after = RequestFactory().get("/" + html).GET.dict()
    assert after == {name: text for name, text in old.items() if name != "page"} | ({"page": value} if value else {})


@pytest.mark.parametrize("tag", ['{% badge text "good" %}', "{% stat text 3 %}", "{% nothing title=text %}{% endnothing %}",
                                 "{% card title=text %}{{ text }}{% endcard %}", '{% dialog id="d" title=text %}{{ text }}{% enddialog %}'])  # fmt: skip
def test_what_people_wrote_is_never_markup(tag: str) -> None:
    html = render(tag, text="<img src=x onerror=1>&")

    assert "<img" not in html
    assert "&lt;img" in html


def test_a_chart_says_its_numbers_in_a_table_too() -> None:
    chart = Chart("Lượt vào", "Ngày", ["18/08", "19/08"], [Series("Lượt", [1200, None])])
    html = render("{% chart chart %}", chart=chart)

    assert re.search(r'<th scope="row">18/08</th>\s*<td class="number">1.200</td>', html)
    assert "–" in html
    assert '"values": [1200, null]' in html


def test_points_of_a_map_are_numbers_in_any_language() -> None:
    html = render("{% map points=points %}", points=[{"lat": 16.4637, "lon": 107.59, "label": "</script>"}])

    assert '"lat": 16.4637' in html
    assert "</script>" not in html.partition('type="application/json">')[2].rpartition("</script>")[0]


@pytest.mark.parametrize(
    ("level", "tone"), [(messages.SUCCESS, "good"), (messages.ERROR, "critical"), (messages.WARNING, "caution")]
)
def test_django_s_messages_are_toasts(level: int, tone: str) -> None:
    request: Any = RequestFactory().get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    messages.add_message(request, level, "Đã lưu <b>.")

    html = Template('{% include "layout/toasts.html" %}').render(Context({"messages": messages.get_messages(request)}))

    assert re.search(rf'<li class="toast {tone}"[^>]*>.*?Đã lưu &lt;b&gt;\.', html, re.DOTALL)
