"""What narrows and orders the list of sanctions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.sanctions.access import SEES_SANCTIONS
from dauchan.oversight.sanctions.models import Kind
from dauchan.oversight.sanctions.queries import searched, tabs
from dauchan.web.referrals.forms import InboxFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.oversight.sanctions.models import Sanction

SORTS = {
    "new": ("-proposed_at", "-pk"),
    "until": ("until_at", "pk"),
    "appeal": ("appeal__due_at", "pk"),
    "unit": ("unit__sort_key", "-proposed_at", "pk"),
}


class SanctionFilter(InboxFilter):
    field_order = ["q", "kind", "unit", "sort"]
    narrowing = ("unit", "kind")
    roles = SEES_SANCTIONS

    q = forms.CharField(
        label=_("Tìm địa điểm, đơn vị, số văn bản"), required=False, max_length=200, widget=forms.SearchInput
    )
    kind = forms.ChoiceField(label=_("Hình thức"), required=False, choices=[("", _("Tất cả")), *Kind.choices])
    sort = forms.ChoiceField(
        label=_("Sắp xếp"),
        required=False,
        choices=[
            ("new", _("Mới nhất trước")),
            ("until", _("Sắp hết thời hạn trước")),
            ("appeal", _("Sắp đến hạn giải quyết khiếu nại trước")),
            ("unit", _("Theo đơn vị")),
        ],
    )

    def narrowed(self, sanctions: QuerySet[Sanction], tab: str) -> QuerySet[Sanction]:
        self.is_valid()
        asked = self.cleaned_data
        if held := tabs(timezone.now()).get(tab):
            sanctions = sanctions.filter(held)
        chosen = {name: asked[name] for name in self.narrowing if asked.get(name)}
        return searched(sanctions.filter(**chosen), asked.get("q", "")).order_by(*SORTS[asked.get("sort") or "new"])
