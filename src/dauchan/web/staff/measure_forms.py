"""What a head records of a measure with staff."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.measures.models import MeasureKind
from dauchan.vietnamese import name_sort_key
from dauchan.web.layout.widgets import DateInput
from dauchan.web.referrals.forms import WordsField

if TYPE_CHECKING:
    from dauchan.people.roster.models import Agency, Member

#: Longer ago it is no record but a memory.
OLDEST = dt.timedelta(days=92)
CHOSEN, EVERYBODY = "chosen", "everybody"
DEPARTMENT = "department:"


class MeasureForm(forms.Form):
    kind = forms.ChoiceField(label=_("Hình thức"), choices=MeasureKind.choices, widget=forms.RadioSelect)
    taken_on = forms.DateField(label=_("Ngày thực hiện"), widget=DateInput)
    words = WordsField(
        label=_("Nội dung"),
        most=600,
        rows=3,
        min_length=5,
        help_text=_("Nêu căn cứ: những ngày không quét, đã nhắc lần thứ mấy. Không ghi bệnh tật hay chuyện riêng."),
    )
    who = forms.ChoiceField(label=_("Với ai"))
    members = forms.MultipleChoiceField(
        label=_("Những người được chọn"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        there = agency.members.filter(Q(left_on=None) | Q(left_on__gt=today))
        self.there = sorted(there, key=lambda member: name_sort_key(member.full_name))
        departments = sorted({member.department for member in self.there if member.department})
        groups = [(f"{DEPARTMENT}{name}", _("Cả bộ phận: %(name)s") % {"name": name}) for name in departments]
        choices = [(CHOSEN, _("Những người chọn bên dưới")), *groups, (EVERYBODY, _("Cả cơ quan"))]
        cast("forms.ChoiceField", self.fields["who"]).choices = choices
        named = [(str(one.pk), f"{one.full_name} ({one.employee_number})") for one in self.there]
        cast("forms.ChoiceField", self.fields["members"]).choices = named

    def clean_taken_on(self) -> dt.date:
        taken: dt.date = self.cleaned_data["taken_on"]
        today = timezone.localdate()
        if not today - OLDEST <= taken <= today:
            raise forms.ValidationError(_("Chọn một ngày đã qua, trong vòng ba tháng."))
        return taken

    def chosen(self) -> tuple[list[Member], str]:
        """With whom, and the department where it was one."""
        who = self.cleaned_data["who"]
        if who == EVERYBODY:
            return self.there, ""
        if who == CHOSEN:
            wanted = set(self.cleaned_data["members"])
            return [member for member in self.there if str(member.pk) in wanted], ""
        group = who.removeprefix(DEPARTMENT)
        return [member for member in self.there if member.department == group], group


class WithdrawForm(forms.Form):
    words = WordsField(label=_("Vì sao ghi nhầm?"), most=600, rows=2, min_length=5)
