"""Who looked at somebody's details, when and what for, is shown to that person, and nothing of anybody else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from dauchan.people.actions import give_consent
from dauchan.people.cards import issue_card, opened_details
from dauchan.people.holders import Holder
from dauchan.people.models import Person
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.models import Contact
from dauchan.units import audit
from dauchan.units.models import Role
from tests.tracing.outbreak import make_disease, make_places
from tests.web.conftest import appointed, client_of, make_person

if TYPE_CHECKING:
    from django.test import Client

    from dauchan.units.models import Officer, Unit


@pytest.fixture
def example(commune: Unit, province: Unit) -> tuple[int, int, Officer]:
    """The case of the listed outbreak, its trace, and the tracer."""
    tracer = appointed(Role.TRACER, province)
    make_places(commune)
    day = timezone.localdate() - dt.timedelta(days=1)
    case = register_case(CaseReport(example_phone("A"), make_disease(), province, day), tracer)
    return case.pk, run_trace(case, tracer, policy_for(case)).pk, tracer


def page_of(browser: Client) -> str:
    return browser.get(reverse("visitor:seen")).content.decode()


def test_a_look_at_one_s_card_is_shown_with_its_purpose(commune: Unit, owner: Person, owner_client: Client) -> None:
    officer = appointed(Role.OFFICER, commune)
    card = issue_card(commune, officer, Holder("Trần Thị Thử", 1950))
    opened_details(card, officer, "Trả thẻ bị rơi ở chợ")
    assert "Chưa ai xem" in page_of(owner_client)
    give_consent(card.person, "vi")
    page = page_of(client_of(card.person))
    assert "Trả thẻ bị rơi ở chợ" in page
    assert f"Cán bộ đơn vị, {commune}" in page
    assert officer.full_name not in page


def test_looks_at_a_contact_are_told_without_the_case_and_counted_by_day(
    commune: Unit, province: Unit, owner: Person, owner_client: Client, example: tuple[int, int, Officer]
) -> None:
    case, run, tracer = example
    Contact.objects.filter(run=run, number=1).update(person_id=owner.pk)
    for how in ("page", "csv", "page"):
        audit.record(
            tracer, "disclosure.seen", f"case:{case}", purpose="Gọi F1 của bà A", detail={"run": run, "how": how}
        )
    audit.record(tracer, "follow_up.seen", f"case:{case}", detail={"number": 1})
    audit.record(tracer, "follow_up.seen", f"case:{case}", detail={"number": 2})
    page = page_of(owner_client)
    assert "3 lần trong ngày" in page
    assert page.count("Khai báo sức khỏe của bạn") == 1
    assert "bà A" not in page, "what a trace is for may tell of others"
    assert "Chưa ai xem" in page_of(client_of(make_person("+84905000009", "Người Khác")))
