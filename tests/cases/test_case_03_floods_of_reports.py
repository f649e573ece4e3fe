"""Thousands 'visited' a zoo at 4 a.m.: nor can one client bury a place, or an office, under complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from dauchan.oversight.filing import (
    REPORTS_AN_HOUR,
    REPORTS_OF_A_VENUE_A_DAY,
    REPORTS_OF_A_VENUE_AN_HOUR,
    Told,
    file_report,
)
from dauchan.oversight.models import Finding, Report
from tests.web.reported import ELSEWHERE, post_report

if TYPE_CHECKING:
    from dauchan.units.models import Unit
    from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db


def test_case_03_one_client_reports_a_place_three_times_and_ten_in_an_hour(
    commune: Unit, make_venue: MakeVenue
) -> None:
    client, venue = Client(), make_venue(commune)
    answers = [post_report(client, f"/places/{venue.pk}/report/").status_code for _ in range(6)]
    assert answers == [302] * REPORTS_OF_A_VENUE_A_DAY + [422] * 3
    for _ in range(12):
        refused = post_report(client, ELSEWHERE, commune=commune.pk, place="Đầu chợ")
    assert "19001075" in refused.content.decode()
    assert Report.objects.count() == REPORTS_AN_HOUR


def test_case_03_many_clients_cannot_bury_one_place(commune: Unit, make_venue: MakeVenue) -> None:
    client, venue = Client(), make_venue(commune)
    assert post_report(client, f"/places/{venue.pk}/report/").status_code == 302
    for number in range(1, REPORTS_OF_A_VENUE_AN_HOUR):
        file_report(Told(Finding.UNSCANNABLE, venue=venue), f"198.51.100.{number}")
    refused = post_report(client, f"/places/{venue.pk}/report/", address_of="203.0.113.9")
    assert refused.status_code == 422
    assert Report.objects.count() == REPORTS_OF_A_VENUE_AN_HOUR
    elsewhere = make_venue(commune, "Quán Khác")
    assert post_report(client, f"/places/{elsewhere.pk}/report/", address_of="203.0.113.9").status_code == 302
