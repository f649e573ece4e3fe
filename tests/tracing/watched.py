"""Contacts who are watched, and what is laid down for it: for tests of the domain, the screens and the cases."""

from __future__ import annotations

import datetime as dt

from dauchan.tracing.actions import policy_for, run_trace
from dauchan.tracing.contact_actions import judge_contacts
from dauchan.tracing.follow_up.models import AppealRoute, FollowUp, FollowUpRule, LegalBasis, Place, StepLimit
from dauchan.tracing.follow_up.order_actions import Draft
from dauchan.tracing.models import Case, Disease, TraceRun
from dauchan.units.models import Officer


def make_schedule(disease: Disease, **facts: object) -> FollowUpRule:
    common = {
        "valid_from": dt.date(2022, 4, 15), "applies_to": "any", "instrument": "Lịch thử", "place": Place.HOME, "days": 14,
        "monitoring_days": 7, "test_days": "1 14", "asks_per_day": 1, "missed_to_lead": 1, "missed_to_approver": 2,
        "symptoms": "fever cough other", "note_vi": "Ghi chú thử", "note_en": "Trial note",
    }  # fmt: skip
    return FollowUpRule.objects.create(disease=disease, **{**common, **facts})


def make_law() -> Draft:
    """What an order may rest on, as a tracer chose it."""
    basis = LegalBasis.objects.create(
        code="can-cu-thu", valid_from=dt.date(2020, 1, 1), kinds="isolation release", text_vi="Luật thử nghiệm",
        text_en="Trial law",
    )  # fmt: skip
    route = AppealRoute.objects.create(
        code="khieu-nai-thu",
        valid_from=dt.date(2020, 1, 1),
        text_vi="Khiếu nại thử trong 90 ngày",
        text_en="Trial appeal",
    )
    for step, minutes in (("list", 120), ("decision", 60), ("notice", 180)):
        StepLimit.objects.create(step=step, valid_from=dt.date(2020, 1, 1), instrument="NĐ thử", minutes=minutes)
    return Draft(Place.HOME, "Tiếp xúc gần với ca bệnh", [basis], route, "director", where="12 Lê Thử")


def confirmed_contacts(case: Case, tracer: Officer, *numbers: int) -> TraceRun:
    run = run_trace(case, tracer, policy_for(case, generations=1))
    judge_contacts(run, tracer, numbers, "confirmed")
    return run


def watched(case: Case, tracer: Officer, number: int = 1) -> FollowUp:
    """The follow-up of a confirmed contact; the disease has a schedule."""
    run = confirmed_contacts(case, tracer, number)
    return FollowUp.objects.select_related("rule", "case__unit", "contact__run").get(contact__run=run)
