"""The explained risk: on the list, in its order, and factor by factor on a contact's page."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from django.test import Client

from dauchan.tracing.interviews.contact_work import interviews_for
from dauchan.tracing.models import EpidemiologicalParameters, TraceRun
from dauchan.tracing.risk_of_contacts import rank_of, risk_of, risk_times
from tests.web.test_tracer import (  # noqa: F401 - fixtures
    address,
    case,
    cells_of,
    client,
    disease,
    run,
    text_of,
)


def test_the_sortable_number_is_the_explained_one(run: TraceRun) -> None:  # noqa: F811
    run.contacts.filter(number=2).update(outdoor_share=0.25)
    run.contacts.filter(number=3).update(people_present=None, outdoor_share=None)
    run.contacts.filter(number=5).update(overlap_seconds=0)
    answers = {"distance": "within_1m", "ventilation": "low", "source_mask": "medical", "contact_mask": "cloth"}
    first, second, *_rest = interviews_for(run, [1, 2])
    type(first).objects.filter(pk=first.pk).update(**answers)
    type(second).objects.filter(pk=second.pk).update(distance="apart", source_mask="none")
    known = [0.41 / 0.3 * 6.6 / 2.3 * 0.34, 1]
    for contact in run.contacts.annotate(risk_times=risk_times()).select_related("interview"):
        risk = risk_of(contact)
        if risk is None:
            assert (contact.number, contact.risk_times) == (5, None), "who was only named has no number"
            continue
        assert contact.risk_times == pytest.approx(risk.times_reference)
        if contact.number < 3:
            told = [
                factor.times for factor in risk.factors if factor.name not in {"minutes", "people_present", "setting"}
            ]
            assert math.prod(told) == pytest.approx(known[contact.number - 1])


def test_the_trace_counts_who_was_present(run: TraceRun) -> None:  # noqa: F811
    # B at the café with A and C: of 60 minutes, at whose middle (09:00) B alone is left besides A's hour of air.
    first = run.contacts.get(number=1)
    assert first.people_present is not None
    assert 2 <= first.people_present <= 4
    assert first.outdoor_share == 0


def test_the_list_is_sorted_by_risk_within_each_generation(client: Client, run: TraceRun) -> None:  # noqa: F811
    run.contacts.filter(number=3).update(people_present=2, overlap_seconds=9000)
    page = client.get(f"{address('run', run.pk)}?sort=risk").content.decode()
    assert next(row[0] for row in cells_of(page, "Trùng nhau")) == "Người 3"
    usual = client.get(address("run", run.pk)).content.decode()
    assert next(row[0] for row in cells_of(usual, "Trùng nhau")) == "Người 1"


def test_a_contact_page_shows_every_factor_and_what_was_assumed(client: Client, run: TraceRun) -> None:  # noqa: F811
    contact = run.contacts.get(number=1)
    EpidemiologicalParameters.objects.create(
        disease=run.case.disease, valid_from=dt.date(2020, 1, 1), quanta_per_hour=2.7, serial_mean_days=4.7,
        serial_sd_days=2.9, serial_shortest_days=0.8, serial_longest_days=17.6, incubation_longest_days=14,
        source="Nguồn thử",
    )  # fmt: skip
    page = text_of(client.get(address("contact", contact.pk)).content.decode())
    for said in ("Thời gian × 4", "cùng lúc 30 phút", "Khoảng cách × 1", "Mikszewski et al. 2022", "Nguồn thử"):
        assert said in page
    assert page.count("giả định: chưa biết") == 4, "ventilation, distance and two masks"
    risk = risk_of(contact, 2.7)
    assert risk
    assert f"Đứng thứ {rank_of(run, risk)} trong 5 người" in page
    assert math.prod(factor.times for factor in risk.factors) == pytest.approx(risk.times_reference)
    assert "không phải chẩn đoán" in page
