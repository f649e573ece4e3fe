"""Case 13: name and address are confirmed before the check-in. Of a suspended venue also why, and the scan is a fact all the same."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dauchan.oversight.sanctions.queries import sanctions_of
from dauchan.qr import make_venue_code
from tests.oversight.sanctioned import make_law


@pytest.mark.django_db
def test_case_13_whoever_scans_reads_why_and_may_check_in() -> None:
    law = make_law()
    law.suspend()
    poster = law.venue.posters.get()
    code = make_venue_code(law.venue.pk, poster.version, settings.VENUE_CODE_KEYS)
    for text in (code, poster.short_code):
        page = Client().get(f"/q/{text}").content.decode()
        for words in (law.venue.name, law.venue.address, "tạm đình chỉ", "12/QĐ-UBND", "data-check-in"):
            assert words in page
        told = Client().post(reverse("visitor:venue"), {"code": text}).json()
        assert (told["status"], "12/QĐ-UBND" in told["why"]) == ("suspended", True)
    law.lift(sanctions_of(law.venue).get())
    assert "12/QĐ-UBND" not in Client().get(f"/q/{code}").content.decode()
