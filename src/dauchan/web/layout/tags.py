"""Template tags of the design system: `{% load layout %}`. Each component's look is in docs/design-system.md.

Inclusion tags render one template of layout/components/; block tags wrap what stands between them and their end tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from dauchan.units.substitution import stood_in
from dauchan.web.layout import assets, ledger_words
from dauchan.web.layout.filters import SEARCH, filters_of
from dauchan.web.layout.words import LEVEL_ICONS, LEVEL_WORDS, MESSAGE_TONES, TONE_ICONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from django.contrib.messages.storage.base import Message
    from django.core.paginator import Page
    from django.forms import Form
    from django.forms.boundfield import BoundField
    from django.http import HttpRequest
    from django.template import Context

    from dauchan.units.models import Officer
    from dauchan.web.layout.charts import Chart
    from dauchan.web.layout.navigation import Group, Item
    from dauchan.web.layout.stays import Stays

register = template.Library()


@register.simple_tag
def asset(name: str) -> SafeString:
    """Links to the built files of one entry of the client: `{% asset "public.ts" %}`."""
    found = assets.entry(name)
    links = [
        *(
            format_html('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>', font)
            for font in found.fonts
        ),
        *(format_html('<link rel="stylesheet" href="{}">', style) for style in found.styles),
        *(format_html('<link rel="modulepreload" href="{}">', module) for module in found.modules),
        format_html('<script type="module" src="{}"></script>', found.script),
    ]
    return format_html_join("\n", "{}", ((link,) for link in links))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite. Without *label* it is ornament and silent; with it, it is read aloud."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20" {}><use href="{}"></use></svg>', spoken, assets.icon_address(name)
    )


@register.inclusion_tag("layout/components/badge.html")
def badge(label: str, tone: str = "neutral", icon: str = "") -> dict[str, str]:
    """A status in a word, a sign and a colour. Tones: neutral, accent, info, good, caution, serious, critical."""
    return {"label": label, "tone": tone, "icon": icon or TONE_ICONS[tone]}


@register.inclusion_tag("layout/components/badge.html")
def risk_level(level: int) -> dict[str, Any]:
    """One of the four risk levels of an area, 1 (green) to 4 (red)."""
    return {"label": LEVEL_WORDS[level], "tone": f"level-{level}", "icon": LEVEL_ICONS[level]}


@register.simple_tag(takes_context=True)
def signed(context: Context, officer: Officer | None, at: dt.datetime | None) -> str:
    """Who signed something and, where they stood in for somebody at that time, for whom: `{% signed order.signed_by order.signed_at %}`."""
    if officer is None or at is None:
        return str(officer or "")
    request = context.get("request")
    if (known := getattr(request, "stood_in", None)) is None:
        known = stood_in()
        if request is not None:
            request.stood_in = known
    absent = next((one.absent for one in known.get(officer.pk, ()) if one.covers(at)), None)
    both = {"substitute": officer, "absent": absent}
    return gettext("%(substitute)s thay cho %(absent)s") % both if absent else str(officer)


@register.inclusion_tag("layout/components/badge.html")
def assurance(level: int | None) -> dict[str, str]:
    """How sure the ledger is who it was; a number of `dauchan.visits.registry.Assurance`."""
    tone, sign = ledger_words.ASSURANCE_TONES.get(level, ("neutral", "circle-help"))  # type: ignore[call-overload]  # None: unknown
    return {"label": ledger_words.assurance_word(level), "tone": tone, "icon": sign}


@register.inclusion_tag("layout/components/remarks.html")
def remarks(labels: int) -> dict[str, Any]:
    """The labels of a visit, each in a word that opens to its sentence."""
    return {"remarks": ledger_words.remarks_of(labels)}


@register.inclusion_tag("layout/components/stat.html")
def stat(label: str, figure: object, unit: str = "", note: str = "", tone: str = "") -> dict[str, Any]:
    """One figure with what it counts; stands within `<dl class="stats">`."""
    return {"label": label, "figure": figure, "unit": unit, "note": note, "tone": tone}


@register.inclusion_tag("layout/components/steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """Where one stands in a task of several pages; *current* counts from 1."""
    return {"labels": labels, "current": current}


@register.inclusion_tag("layout/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list; the query's other parameters are kept."""
    numbers = [
        (number, _query_with(context["request"], page=number) if isinstance(number, int) else "")
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    before = _query_with(context["request"], page=page.number - 1) if page.has_previous() else ""
    after = _query_with(context["request"], page=page.number + 1) if page.has_next() else ""
    return {"page": page, "numbers": numbers, "before": before, "after": after}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The page's query string with some parameters changed: `<a href="{% query sort="name" page="" %}">`."""
    return _query_with(context["request"], **changes)


def _query_with(request: HttpRequest, **changes: object) -> str:
    parameters = request.GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in ("", None):
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.simple_tag
def field(bound: BoundField, **attributes: object) -> SafeString:
    """One field of a form with label, help and errors; `{{ form }}` renders all of them in the same way."""
    for name, value in attributes.items():
        bound.field.widget.attrs[name.replace("_", "-")] = value
    return bound.as_field_group()


@register.inclusion_tag("layout/components/error_summary.html")
def error_summary(form: object) -> dict[str, Any]:
    """What is wrong with a form, above it, each line a link to its field. Shows nothing for a form without errors."""
    return {"form": form}


@register.inclusion_tag("layout/components/filters.html")
def filters(form: Form, action: str = "", **kept: object) -> dict[str, Any]:
    """The search and the filters above a list, folded up on a phone: `{% filters filter tab=tab %}`.

    *action*: the list's address where the page may have another one. *kept*: what else stays in the address.
    """
    found = filters_of(form)
    return {**found._asdict(), "action": action, "kept": kept, "has_search": SEARCH in form.fields}


@register.inclusion_tag("layout/components/map.html", name="map", takes_context=True)
def map_(
    context: template.Context,
    points: object = None,
    areas: str = "",
    size: str = "",
    on: dt.date | None = None,
    bounds: Sequence[float] = (),
) -> dict[str, Any]:
    """A map, loaded when it comes near the window. Sizes: "", short, tall.

    *points*: a list of `{"lat": …, "lon": …, "label": …}` and optionally `"text"`, `"href"`, `"colour"` (`series-1` to
    `series-4`, `level-1` to `level-4`). *areas*: the address of a GeoJSON document whose features may have the same properties.
    *on*: the day whose administrative map is named; today where it is not given. *bounds*: west, south, east and north of
    what the map shows first, beside the points.
    """
    points_id = f"points-{uuid4().hex[:8]}" if points else ""
    return {
        "points": points,
        "points_id": points_id,
        "areas": areas,
        "bounds": ",".join(str(number) for number in bounds),
        "size": size,
        "layers": assets.map_layers(on),
        "tiles": context.get("map_tiles_url", ""),
    }


@register.inclusion_tag("layout/components/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """A chart, with its numbers as a table below."""
    return {"chart": chart}


@register.inclusion_tag("layout/components/stays.html")
def stays(stays: Stays) -> dict[str, Any]:
    """Stays of several people at one place, side by side over time."""
    return {"stays": stays}


@register.inclusion_tag("layout/components/scanner.html")
def scanner(into: str = "", *, autostart: bool = False, continuous: bool = False) -> dict[str, Any]:
    """The camera as a reader of QR codes.

    The element sends the event `scanned` with the text in `detail.text`. With *into*, the id of an input, the text is
    also written there and its form is sent. *continuous* goes on reading, as a gate does.
    """
    return {"into": into, "autostart": autostart, "continuous": continuous}


@register.simple_tag
def message_tone(message: Message) -> str:
    """The tone of one of Django's messages."""
    return MESSAGE_TONES.get(message.level_tag, "info")


@register.filter
def first_items(groups: Iterable[Group], count: int) -> list[Item]:
    """The first *count* links of the navigation, whatever their group: for the bar at the bottom of a phone."""
    return [item for group in groups for item in group.items][:count]


def _block(component: str, content: str, **parameters: object) -> SafeString:
    content = mark_safe(content)  # noqa: S308 -- rendered by the template engine, escaped there
    return render_to_string(f"layout/components/{component}.html", {"content": content, **parameters})


@register.simple_block_tag
def card(content: str, title: str = "", icon: str = "", kind: str = "") -> SafeString:
    """A bordered piece of a page: `{% card title=… icon="store" %}…{% endcard %}`. Kinds: flush, linked."""
    return _block("card", content, title=title, icon=icon, kind=kind)


@register.simple_block_tag
def notice(content: str, tone: str = "info", icon: str = "") -> SafeString:
    """A standing remark. Tones: info, good, caution, serious, critical."""
    return _block("notice", content, tone=tone, icon=icon or TONE_ICONS[tone])


@register.simple_block_tag
def outcome(content: str, title: str, tone: str = "good", icon: str = "") -> SafeString:
    """The whole answer of a screen, large: checked in, refused, sent."""
    return _block("outcome", content, title=title, tone=tone, icon=icon or TONE_ICONS[tone])


@register.simple_block_tag
def nothing(content: str, title: str, text: str = "", icon: str = "folder-open") -> SafeString:
    """Says that a list has nothing yet, and (between the tags) what to do about it."""
    return _block("empty", content, title=title, text=text, icon=icon)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, kind: str = "", is_open: bool = False) -> SafeString:  # noqa: A002, FBT001, FBT002 -- named as in HTML
    """A native dialog, opened by any `<button data-opens="ID">`. `is_open=form.errors` opens it with the page."""
    return _block("dialog", content, id=id, title=title, kind=kind, is_open=is_open)
