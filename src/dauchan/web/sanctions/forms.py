"""What an officer writes of a sanction, and what a second person and the level above say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.models import Finding
from dauchan.oversight.sanctions.access import bases_for
from dauchan.oversight.sanctions.models import Kind, LegalBasis
from dauchan.oversight.sanctions.proposing import Terms
from dauchan.web.layout.fields import LineField
from dauchan.web.layout.widgets import DateInput, DateTimeInput
from dauchan.web.referrals.forms import WordsField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.oversight.sanctions.sources import Source
    from dauchan.venues.models import Venue

SHORTEST = 10
#: More than any law knows; a slip of the finger is still told.
LARGEST_AMOUNT = 1_000_000_000_000
#: What only some kinds ask for.
OF_KINDS = {
    "until_at": (Kind.WARNING, Kind.SUSPENSION),
    "condition": (Kind.SUSPENSION,),
    "demands": (Kind.WARNING, Kind.SUSPENSION),
    "forwarded_to": (Kind.FINE,),
    "amount": (Kind.FINE,),
    "amount_basis": (Kind.FINE,),
    "clause": (Kind.WARNING, Kind.FINE, Kind.SUSPENSION),
}


class BasisField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def label_from_instance(self, basis: LegalBasis) -> str:
        words = basis.name if basis.is_verified else f"{basis.name} — {_('chưa đối chiếu')}"
        return f"{words}. {basis.note}" if basis.note else words


class ProposalForm(forms.Form):
    """A sanction of one kind about one venue, on what was found there; `cited` is the decision that it lifts or corrects."""

    sources = forms.MultipleChoiceField(
        label=_("Căn cứ thực tế"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một căn cứ.")},
        help_text=_("Nội dung được chép vào quyết định và giữ nguyên về sau."),
    )
    findings = forms.MultipleChoiceField(
        label=_("Vi phạm"),
        choices=Finding.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một vi phạm.")},
        help_text=_("Người quét mã ở cửa đọc được mục này."),
    )
    facts = WordsField(
        label=_("Nội dung vi phạm"),
        min_length=SHORTEST,
        help_text=_("Ngày nào, thấy gì, ở cửa nào. Không ghi tên hay số điện thoại của ai."),
    )
    demands = WordsField(label=_("Yêu cầu khắc phục"), required=False, rows=3)
    bases = BasisField(
        label=_("Căn cứ pháp lý"), queryset=LegalBasis.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    clause = LineField(
        label=_("Điều, khoản cụ thể"), required=False, max_length=300, help_text=_("Do người có thẩm quyền xác định.")
    )
    until_at = forms.DateTimeField(label=_("Đến"), required=False, widget=DateTimeInput)
    condition = WordsField(
        label=_("Điều kiện gỡ bỏ"),
        most=500,
        rows=2,
        required=False,
        help_text=_("Phải ghi thời hạn hoặc điều kiện gỡ bỏ, có thể cả hai."),
    )
    forwarded_to = LineField(label=_("Chuyển đến cơ quan có thẩm quyền"), max_length=200)
    amount = forms.IntegerField(
        label=_("Mức đề nghị (đồng)"),
        required=False,
        min_value=1,
        max_value=LARGEST_AMOUNT,
        help_text=_("Không bắt buộc. Hệ thống không tính mức phạt."),
    )
    amount_basis = LineField(label=_("Căn cứ của mức đề nghị"), required=False, max_length=300)
    document_number = LineField(
        label=_("Số và ký hiệu"), required=False, max_length=60, help_text=_("Để trống thì bản in là dự thảo.")
    )
    signing_title = LineField(label=_("Chức vụ người ký"), max_length=80, initial=_("Chủ tịch"))
    signer = LineField(label=_("Họ tên người ký"), required=False, max_length=80)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        venue: Venue,
        found: Sequence[Source],
        kind: str,
        cited: Sanction | None = None,
        **kwargs: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*args, **kwargs)
        self.venue, self.kind, self.cited = venue, kind, cited
        for name in ("sources", "findings") if cited else ():
            self.fields[name].required = False  # it rests on what the cited decision rested on
        self.found = {one.source: one for one in found}
        for name, kinds in OF_KINDS.items():
            if kind not in kinds:
                del self.fields[name]
        if kind == Kind.WARNING:
            self.fields["until_at"].label = _("Khắc phục trước")
        if kind == Kind.LIFTING:
            del self.fields["findings"]
            self.fields["facts"].label = _("Lý do gỡ bỏ")
        self._offer(kind)

    def _offer(self, kind: str) -> None:
        shown = [(one.source, f"{one.on:%d/%m/%Y}: {one.text}") for one in self.found.values()]
        self.fields["sources"].choices = shown  # type: ignore[attr-defined]
        today = timezone.localdate()
        fits = [basis.pk for basis in bases_for(self.venue.unit) if basis.allows(kind) and basis.holds_on(today)]
        self.fields["bases"].queryset = LegalBasis.objects.filter(pk__in=fits)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("amount") is not None and not self.cleaned_data.get("amount_basis"):
            self.add_error("amount_basis", _("Hãy ghi căn cứ của mức đề nghị."))
        says_end = {"until_at", "condition"} & {
            *self.errors,
            *(name for name, said in self.cleaned_data.items() if said),
        }
        if self.kind == Kind.SUSPENSION and not says_end:
            self.add_error("condition", _("Hãy ghi thời hạn hoặc điều kiện gỡ bỏ."))
        return cleaned

    def terms(self) -> Terms:
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"sources", "bases"}}
        said |= {"lifts" if self.kind == Kind.LIFTING else "corrects": self.cited} if self.cited else {}
        sources = [self.found[source] for source in self.cleaned_data["sources"]]
        return Terms(self.kind, bases=list(self.cleaned_data["bases"]), sources=sources, **said)


class BasisForm(forms.Form):
    """A legal basis that an authority adds for its area."""

    title_vi = LineField(
        label=_("Tên văn bản"),
        min_length=SHORTEST,
        max_length=300,
        help_text=_("Đầy đủ như khi viện dẫn: loại, số, ngày, cơ quan, trích yếu."),
    )
    number = LineField(label=_("Số, ký hiệu"), max_length=60)
    article = LineField(label=_("Điều, khoản, điểm"), required=False, max_length=120)
    kinds = forms.MultipleChoiceField(label=_("Dùng cho"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple)
    valid_from = forms.DateField(label=_("Có hiệu lực từ ngày"), widget=DateInput)
    valid_to = forms.DateField(label=_("Hết hiệu lực từ ngày"), required=False, widget=DateInput)
    source = LineField(label=_("Nguồn"), required=False, max_length=300, help_text=_("Nơi đọc được toàn văn."))
    title_en = LineField(label=_("Tên bằng tiếng Anh"), required=False, max_length=300)
    note_vi = LineField(label=_("Ghi chú"), required=False, max_length=300)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", _("Ngày hết hiệu lực phải sau ngày có hiệu lực."))
        return cleaned


class EndForm(forms.Form):
    valid_to = forms.DateField(label=_("Hết hiệu lực từ ngày"), widget=DateInput)


class AlertNoteForm(forms.Form):
    note = LineField(min_length=5, max_length=300)


def soonest_end() -> dt.datetime:
    """What a form offers first: two weeks on, at the end of office hours."""
    at = timezone.localtime() + dt.timedelta(days=14)
    return at.replace(hour=17, minute=0, second=0, microsecond=0)
