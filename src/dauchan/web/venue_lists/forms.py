"""What a person hands in, and says of a whole list and of its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.exchange.venue_lists.access import IMPORTS_VENUES
from dauchan.exchange.venue_lists.taking_in import LOOKED_AT, Options
from dauchan.units.models import Unit, UnitLevel
from dauchan.units.queries import communes_of
from dauchan.venues.models import Category
from dauchan.web.layout.fields import LISTS, ListFile
from dauchan.web.layout.widgets import Combobox
from dauchan.web.venue_lists.words import FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from dauchan.exchange.venue_lists.models import VenueList
    from dauchan.exchange.venue_lists.taking_in import Glance
    from dauchan.units.models import Officer

_HEAD = re.compile(r"h-(\d{1,2})", re.ASCII)
_COLUMN = re.compile(r"c-(\d{1,2})-(\d{1,2})", re.ASCII)


class LongListFile(ListFile):
    """A list of a whole province."""

    largest = 10 * 1024 * 1024
    too_large = _("Tệp lớn quá 10 MB. Hãy chia thành nhiều tệp.")


class UploadForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("Địa bàn"), queryset=Unit.objects.none(), empty_label=None)
    file = LongListFile(
        accept=LISTS,
        label=_("Tệp danh sách"),
        help_text=_(
            "XLSX hoặc CSV, tối đa 30.000 dòng, 10 MB. Nhiều trang tính, ô gộp, tiêu đề ở giữa trang, phông TCVN3, VNI đều đọc được."
        ),
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True
        own = officer.units_as(*IMPORTS_VENUES)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in own])  # type: ignore[attr-defined]
        if len({unit.pk for unit in own}) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = own[0].pk

    def file_name(self) -> str:
        """As it is called on the machine it came from."""
        uploaded = cast("UploadedFile[Any]", self.files["file"])
        return uploaded.name or ""

    def clean_file(self) -> bytes:
        content: bytes = self.cleaned_data["file"]
        if not content:
            raise forms.ValidationError(_("Hãy chọn tệp."))
        return content


class OptionsForm(forms.Form):
    unit = forms.ModelChoiceField(
        label=_("Phường, xã của những dòng không ghi"), required=False, queryset=Unit.objects.none(), widget=Combobox()
    )
    kind = forms.ModelChoiceField(
        label=_("Loại hình của những dòng không ghi"),
        required=False,
        queryset=Category.objects.all(),
        to_field_name="code",
        empty_label=_("— Đoán theo tên —"),
        widget=Combobox(),
    )
    map_on = forms.ChoiceField(
        label=_("Tên phường, xã theo bản đồ"),
        required=False,
        help_text=_("Tên cũ được đổi sang phường, xã ngày nay."),
    )
    approve = forms.BooleanField(
        label=_("Duyệt luôn và cấp mã QR"),
        required=False,
        help_text=_("Để trống thì các địa điểm nằm ở «Chờ duyệt», duyệt từng nơi hoặc nhiều nơi một lần."),
    )

    def __init__(self, *args: Any, venue_list: VenueList, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        options = Options(**venue_list.options)
        initial = {"unit": options.unit, "kind": options.kind, "map_on": options.map_on, "approve": options.approve}
        super().__init__(*args, **kwargs)
        self.initial = initial
        self.fields["unit"].queryset = communes_of([venue_list.unit], timezone.localdate())  # type: ignore[attr-defined]
        self.fields["map_on"].choices = [("", _("Tự nhận biết")), *maps()]  # type: ignore[attr-defined]

    def options(self) -> Options:
        chosen = self.cleaned_data
        unit, kind = chosen["unit"], chosen["kind"]
        return Options(unit.pk if unit else None, kind.code if kind else "", chosen["map_on"], chosen["approve"])


def maps() -> list[tuple[str, str]]:
    """Maps of communes by their first day, today's first."""
    days = Unit.objects.filter(level=UnitLevel.COMMUNE).order_by().values_list("valid_from", flat=True).distinct()
    return [(day.isoformat(), f"{_('từ')} {day:%d/%m/%Y}") for day in sorted(days, reverse=True)]


def columns_sent(sent: Any, venue_list: VenueList) -> list[dict[str, int]]:  # noqa: ANN401 - a QueryDict
    """Which column says what, of each sheet; of two columns with one fact the first."""
    columns: list[dict[str, int]] = [{} for _one in venue_list.layout]
    for name in sorted(sent, key=lambda name: [int(number) for number in re.findall(r"\d{1,6}", name)]):
        if found := _COLUMN.fullmatch(name):
            sheet, column, fact = int(found[1]), int(found[2]), str(sent[name])
            if sheet < len(columns) and fact in FACTS:
                columns[sheet].setdefault(fact, column)
    return columns


def heads_sent(sent: Any) -> dict[int, int]:  # noqa: ANN401 - a QueryDict
    """Which row of each sheet holds the headings."""
    found = {name: _HEAD.fullmatch(name) for name in sent}
    return {
        int(match[1]): min(int(sent[name]), LOOKED_AT)
        for name, match in found.items()
        if match and re.fullmatch(r"\d{1,3}", str(sent[name]), re.ASCII)
    }


def column_choices(glances: Sequence[Glance]) -> list[dict[str, Any]]:
    """Of each sheet its columns, with what stands in them and the fact that is chosen."""
    sheets = []
    for at, glance in enumerate(glances):
        chosen = {column: fact for fact, column in glance.layout.columns.items()}
        columns = [
            {
                "name": f"c-{at}-{number}",
                "title": title,
                "samples": " · ".join(filter(None, glance.samples[number])),
                "chosen": chosen.get(number, ""),
            }
            for number, title in enumerate(glance.layout.titles)
            if title or any(glance.samples[number])
        ]
        sheets.append(
            {
                "name": f"h-{at}",
                "title": glance.title,
                "head": glance.layout.head,
                "is_known": bool(glance.layout.columns),
                "columns": columns,
            }
        )
    return sheets
