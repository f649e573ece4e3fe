"""Inputs of the design system beyond Django's own, and the field for a point on the map."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dauchan.web.layout.assets import map_layers

FURTHEST_NORTH = 90
FURTHEST_EAST = 180
#: About 10 cm: finer digits of a phone's position are noise.
DECIMALS = 6


class Point(NamedTuple):
    """A place on the earth, in degrees (WGS 84)."""

    lat: float
    lon: float


class Combobox(forms.Select):
    """A select to type into, with or without diacritics. Without script it is the select it was.

    An option's second line comes from its group, or from `hints`: a line for each value. With *address* the options
    come from there as one types: `GET address?q=text` answers `[{"value": …, "text": …, "hint": …}]`.
    """

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, address: object = "", hints: dict[str, str] | None = None
    ) -> None:
        words = {"data-combobox": "", "data-none": _("Không tìm thấy"), "data-placeholder": _("Gõ để tìm")}
        super().__init__({**words, **({"data-address": address} if address else {}), **(attrs or {})})
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        option = super().create_option(name, value, *args, **kwargs)
        hint = self.hints.get(str(value))
        if hint:
            option["attrs"]["data-hint"] = hint
        return option


class PhoneInput(forms.TextInput):
    """A telephone number: the phone shows its number keys and offers the owner's number."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "inputmode": "tel", "class": "short", **(attrs or {})})


class CodeInput(forms.TextInput):
    """A code in large type. With `digits` it is a one-time code, which phones fill in from the message."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, digits: int = 0) -> None:
        kind = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        if digits:
            kind = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": str(digits)}
        super().__init__({"class": "code", **kind, **(attrs or {})})


class DateInput(forms.DateInput):
    """The browser's own calendar; the value is sent as YYYY-MM-DD whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own calendar and clock, in local time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class PointPicker(forms.MultiWidget):
    """A point picked on a map by a tap, by the phone's own position, or typed as two numbers."""

    template_name = "layout/widgets/point_picker.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        super().__init__({"lat": forms.TextInput(number), "lon": forms.TextInput(number)}, attrs)

    def decompress(self, value: Point | None) -> list[str | None]:
        return [f"{value.lat:.{DECIMALS}f}", f"{value.lon:.{DECIMALS}f}"] if value else [None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        # A Point is a tuple, which Django would take for two values that were split already.
        shown = self.decompress(value) if isinstance(value, Point) else value
        return {**super().get_context(name, shown, attrs), "layers": map_layers(), "tiles": settings.MAP_TILES_URL}


class DegreesField(forms.FloatField):
    """Degrees with a point or a comma: 16.4637 and 16,4637 are one number."""

    def __init__(self, limit: int) -> None:
        outside = _("Vĩ độ từ −90 đến 90, kinh độ từ −180 đến 180.")
        words = {"invalid": _("Tọa độ phải là số, ví dụ 16,4637."), "min_value": outside, "max_value": outside}
        super().__init__(min_value=-limit, max_value=limit, error_messages=words)

    def to_python(self, value: object) -> float | None:  # type: ignore[override]  # the stubs say int
        return super().to_python(str(value).replace(",", ".") if value not in self.empty_values else value)


class PointField(forms.MultiValueField):
    """A `Point`, or None where the field is not required. Give `initial=Point(lat, lon)`; it is sent as NAME_lat, NAME_lon."""

    widget = PointPicker
    default_error_messages = {
        "incomplete": _("Hãy chọn vị trí trên bản đồ, hoặc nhập cả vĩ độ và kinh độ."),
        "required": _("Hãy chọn vị trí trên bản đồ."),
    }

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- Django's options
        numbers = (DegreesField(FURTHEST_NORTH), DegreesField(FURTHEST_EAST))
        super().__init__(numbers, require_all_fields=False, **options)

    def compress(self, data_list: list[float | None]) -> Point | None:
        if not data_list:
            return None
        lat, lon = data_list
        if lat is None or lon is None:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return Point(round(lat, DECIMALS), round(lon, DECIMALS))
