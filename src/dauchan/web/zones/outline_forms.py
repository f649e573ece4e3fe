"""The part of an order that says where: drawn, typed, by commune, or around something. None of it needs a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.zones.corners import read_corners, write_corners
from dauchan.tracing.zones.errors import ZoneRefused
from dauchan.tracing.zones.geometry import Point, rings_of
from dauchan.tracing.zones.models import Shape
from dauchan.tracing.zones.outlines import (
    outline_around,
    outline_around_cases,
    outline_of_cells,
    outline_of_communes,
    outline_of_corners,
)
from dauchan.units.models import Unit
from dauchan.units.queries import communes_of
from dauchan.web.layout import widgets
from dauchan.web.layout.assets import map_layers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.tracing.models import Case
    from dauchan.tracing.zones.models import ZoneOrder
    from dauchan.tracing.zones.outlines import Outline

SMALLEST_RADIUS, LARGEST_RADIUS = 50, 20_000
LONGEST_CORNERS = 60_000
#: Which fields each way of drawing needs.
NEEDS: dict[Shape, tuple[str, ...]] = {
    Shape.POLYGON: ("corners",),
    Shape.COMMUNES: ("communes",),
    Shape.CIRCLE: ("centre", "metres"),
    Shape.CASES: ("metres",),
    Shape.CELLS: (),
}
AROUND_CASES = frozenset({Shape.CASES, Shape.CELLS})


class CornersInput(forms.Textarea):
    """Corners to type, and to draw on a map where the browser can."""

    template_name = "zones/corners_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        return {**super().get_context(name, value, attrs), "layers": map_layers()}


class OutlineForm(forms.Form):
    shape = forms.ChoiceField(
        label=_("Cách khoanh vùng"),
        choices=Shape.choices,
        initial=Shape.POLYGON,
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    corners = forms.CharField(
        label=_("Các đỉnh của vùng"),
        required=False,
        max_length=LONGEST_CORNERS,
        strip=False,
        widget=CornersInput(attrs={"rows": 6, "class": "mono", "spellcheck": "false"}),
        help_text=_(
            "Mỗi dòng một đỉnh: vĩ độ, kinh độ. Để một dòng trống giữa hai phần của vùng; phần nằm trong phần khác là phần được "
            "loại ra."
        ),
    )
    communes = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Phường, xã"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "columns"}),
    )
    centre = widgets.PointField(label=_("Tâm vòng tròn"), required=False)
    metres = forms.IntegerField(
        label=_("Bán kính, mét"),
        required=False,
        min_value=SMALLEST_RADIUS,
        max_value=LARGEST_RADIUS,
        initial=200,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    resolution = forms.TypedChoiceField(
        label=_("Cỡ ô lục giác"),
        required=False,
        coerce=int,
        empty_value="9",
        choices=[(9, _("khoảng 0,1 km² mỗi ô")), (8, _("khoảng 0,7 km² mỗi ô")), (7, _("khoảng 5 km² mỗi ô"))],
    )
    rings = forms.TypedChoiceField(
        label=_("Số lớp ô chung quanh"),
        required=False,
        coerce=int,
        empty_value="1",
        initial=1,
        choices=[(0, _("chỉ ô có ca bệnh")), (1, _("thêm 1 lớp")), (2, _("thêm 2 lớp")), (3, _("thêm 3 lớp"))],
    )

    def offer_communes(self, unit_heads: Sequence[Unit]) -> None:
        """The communes of today's map within the area, and those that the order says already."""
        field = cast("forms.ModelMultipleChoiceField[Unit]", self.fields["communes"])
        field.queryset = communes_of(unit_heads, timezone.localdate())

    def outline(self, cases: Sequence[Case]) -> Outline | None:
        """What was said, or None with the errors at their fields."""
        said = self.cleaned_data
        try:
            return self._outline(Shape(said["shape"]), cases)
        except ZoneRefused as refused:
            self.add_error({Shape.POLYGON: "corners"}.get(said["shape"], "shape"), str(refused.message))
        return None

    def _outline(self, shape: Shape, cases: Sequence[Case]) -> Outline | None:
        # All of them are looked at, so that everything that is missing is said at once.
        lacks = [name for name in NEEDS[shape] if not self._has(name)]
        if lacks:
            return None
        said = self.cleaned_data
        if shape == Shape.POLYGON:
            return outline_of_corners(read_corners(said["corners"]))
        if shape == Shape.COMMUNES:
            return outline_of_communes(list(said["communes"]))
        if shape == Shape.CIRCLE:
            return outline_around(Point(said["centre"].lon, said["centre"].lat), said["metres"])
        if shape == Shape.CASES:
            return outline_around_cases(cases, said["metres"])
        return outline_of_cells(cases, int(said["resolution"]), int(said["rings"]))

    def _has(self, name: str) -> bool:
        """Whether the field that this shape needs was filled in; an error of its own counts as said."""
        if name in self.errors:
            return False
        if not self.cleaned_data.get(name):
            self.add_error(name, _("Cách khoanh vùng đã chọn cần có phần này."))
            return False
        return True


def said_of(order: ZoneOrder, *, around_cases: bool) -> dict[str, Any]:
    """What the form shows of the outline of an order; as corners to who may not know where its cases were."""
    drawn = order.shape == Shape.POLYGON or (order.shape in AROUND_CASES and not around_cases)
    shape = Shape.POLYGON if drawn else order.shape
    said: dict[str, Any] = {"shape": shape, "communes": list(order.communes.all())}
    made = order.made_from
    said |= {name: made[name] for name in ("metres", "resolution", "rings") if name in made}
    if order.shape == Shape.CIRCLE and made.get("points"):
        lon, lat = made["points"][0]
        said["centre"] = widgets.Point(lat, lon)
    if order.geometry and drawn:
        said["corners"] = write_corners(rings_of(order.geometry))
    return said
