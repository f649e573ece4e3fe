"""Stickers over posters, once more: what is reported is the place whose code it is, shown before a word is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from dauchan.oversight.models import Report

if TYPE_CHECKING:
    from dauchan.units.models import Unit
    from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db


def test_case_13_a_report_names_its_place_and_takes_no_forged_code(commune: Unit, make_venue: MakeVenue) -> None:
    """A sticker over a poster: whoever reports it sees which place the code stands for, before a word is sent."""
    client, venue = Client(), make_venue(commune, "Chợ Thật")
    short = venue.posters.get().short_code
    assert client.get(f"/reports/new/?q={short.lower()}")["Location"] == f"/reports/new/?code={short}"
    assert "Chợ Thật" in client.get(f"/reports/new/?code={short}").content.decode()
    for forged in ("https://dauchan.evil.example/q/ABCDEFGH", "ABCD-1234", "x" * 300):
        refused = client.post("/reports/new/", {"finding": "unscannable"}, QUERY_STRING=f"code={forged}")
        assert refused.status_code == 422
    assert not Report.objects.exists()
