"""What a tracer fills in about a further laboratory result."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.intake.models import LabOutcome
from dauchan.web.tracer.intake_forms import LabFields


class ResultForm(LabFields):
    """Nothing is chosen beforehand: unlike the result that confirms a case this one may say anything."""

    lab_result = forms.ChoiceField(label=_("Kết quả xét nghiệm"), choices=[("", "—"), *LabOutcome.choices])
