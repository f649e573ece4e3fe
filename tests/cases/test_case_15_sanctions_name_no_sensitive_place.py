"""Case 15: what is decided about a sensitive place is read by those who stand at its door, by its owner and by officers: nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from dauchan.venues.models import Venue
from tests.oversight.sanctioned import make_law
from tests.web.conftest import browser_of


@pytest.mark.django_db
def test_case_15_a_suspended_shelter_is_told_of_at_its_door_only() -> None:
    law = make_law()
    Venue.objects.filter(pk=law.venue.pk).update(sensitive=True, name="Nhà tạm lánh Bình Yên")
    law.venue.refresh_from_db()
    suspension = law.suspend()
    pk, code = law.venue.pk, law.venue.posters.get().short_code
    for address in (f"/places/{pk}/", "/places/?q=tam+lanh", "/sitemap.xml", f"/officer/venues/{pk}/file/"):
        assert "tạm lánh" not in Client().get(address, follow=True).content.decode()
    for address in (f"/owner/{pk}/file/", f"/owner/sanctions/{suspension.pk}/", f"/officer/sanctions/{suspension.pk}/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "tạm lánh" not in answer.content.decode()
    assert browser_of(law.place.stranger).get(f"/officer/venues/{pk}/file/").status_code == 404
    door = Client().get(f"/q/{code}").content.decode()
    for words in ("Nhà tạm lánh Bình Yên", "Không đặt, dán bảng mã QR", "12/QĐ-UBND"):
        assert words in door
    assert suspension.facts not in door
