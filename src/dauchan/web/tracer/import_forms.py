"""A list of cases as it is handed in: a file, or what was pasted from one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from dauchan.exchange.interop.any_file import read_any
from dauchan.exchange.interop.case_rows import case_rows
from dauchan.exchange.sheets import SheetUnreadable, rows_of_text
from dauchan.exchange.workbooks import rows_of_list
from dauchan.tracing.intake.case_list import Readers
from dauchan.tracing.models import Disease
from dauchan.units.models import Role, Unit
from dauchan.units.queries import communes_of
from dauchan.vietnamese import fold
from dauchan.web.layout.fields import LISTS, ListFile, phone_typed
from dauchan.web.layout.widgets import Combobox
from dauchan.web.tracer.documents import document_typed
from dauchan.web.tracer.intake_forms import units_of
from dauchan.web.tracer.other_systems import no_cases_in

if TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict

    from dauchan.exchange.interop.records import Told
    from dauchan.tracing.intake.reports import Document
    from dauchan.units.models import Officer

MOST_ROWS = 5000
HEAD_ROWS = 10


class ListForm(forms.Form):
    file = ListFile(
        accept=f"{LISTS},.json",
        label=_("Tệp danh sách ca bệnh"),
        help_text=_("XLSX hoặc CSV, tối đa 5.000 dòng, 2 MB; hoặc tệp của SORMAS, DHIS2, Go.Data, FHIR."),
    )
    text = forms.CharField(
        label=_("Hoặc dán danh sách vào đây, cả dòng tiêu đề"),
        required=False,
        max_length=1_500_000,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "wrap": "off"}),
    )
    disease = forms.ModelChoiceField(
        Disease.objects.all(), label=_("Bệnh, nếu danh sách không có cột này"), empty_label=None
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Địa bàn, nếu dòng không ghi phường, xã"), widget=Combobox
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["unit"].queryset = units_of(officer)  # type: ignore[attr-defined]
        self.rows: list[list[str]] = []
        self.told: Told | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        uploaded = cleaned["file"]
        self.told = read_any(uploaded) if uploaded else None
        if self.told is not None:
            self._take_cases(self.told)
            return cleaned
        try:
            most = MOST_ROWS + HEAD_ROWS
            self.rows = rows_of_list(uploaded, most) if uploaded else rows_of_text(cleaned["text"], most)
        except SheetUnreadable:
            words = _("Không đọc được danh sách này. Nếu là tệp, hãy lưu lại thành XLSX hoặc CSV (UTF-8).")
            self.add_error("file" if uploaded else "text", words)
        if not any(any(cells) for cells in self.rows) and not self.errors:
            self.add_error("file", _("Hãy chọn một tệp, hoặc dán danh sách."))
        return cleaned

    def _take_cases(self, told: Told) -> None:
        """Of a file of another system the cases become rows of the list."""
        self.rows = case_rows(told.cases, told.system)
        if not told.cases:
            self.add_error("file", no_cases_in(told))

    @property
    def is_too_long(self) -> bool:
        return len(self.rows) > MOST_ROWS + HEAD_ROWS

    def put_back(self, text: str) -> None:
        """An uploaded list stands in the form's text, to be mended and sent again."""
        sent = cast("QueryDict", self.data).copy()
        sent["text"] = text
        self.data = sent

    def digest(self) -> str:
        """SHA-256 of the cells, however the file was written."""
        return hashlib.sha256(repr([[cell.strip() for cell in row] for row in self.rows]).encode()).hexdigest()

    def readers(self) -> Readers:
        diseases = list(Disease.objects.all())
        by_word = {fold(word): one for one in diseases for word in (one.name_vi, one.name_en, one.code)}
        communes = list(communes_of(self.officer.units_as(Role.TRACER), timezone.localdate()))
        known: dict[str, Unit] = {}
        for unit in communes:
            known.setdefault(fold(unit.name), unit)
        known |= {fold(word): unit for unit in communes for word in (unit.full_name, unit.name_en, unit.code)}
        now: dt.datetime = timezone.localtime()
        asked = self.cleaned_data
        return Readers(now, asked["disease"], asked["unit"], by_word, known, _phone, _document)


def _phone(text: str) -> str:
    if not text:
        return ""
    try:
        return phone_typed(text)
    except forms.ValidationError as refused:
        raise ValueError(
            say("Số điện thoại «%(text)s»: %(why)s") % {"text": text, "why": refused.messages[0]}
        ) from None


def _document(text: str) -> tuple[Document, str, int | None] | None:
    try:
        return document_typed(text)
    except forms.ValidationError as refused:
        raise ValueError(" ".join(refused.messages)) from None
