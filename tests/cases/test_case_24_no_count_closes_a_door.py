"""Case 24: nearly every mall was flagged and shut. No sign, no count of warnings and no clock closes a door: a person does."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from dauchan.compliance.referrals.reminding import keep_clocks
from dauchan.oversight.sanctions.clocks import keep_appeal_clocks
from dauchan.oversight.sanctions.deciding import expire_due
from dauchan.oversight.sanctions.models import Kind, Sanction
from dauchan.venues.models import VenueStatus
from tests.oversight.sanctioned import in_days, make_law


@pytest.mark.django_db
def test_case_24_neither_a_sign_nor_warnings_nor_time_closes_a_door() -> None:
    law = make_law()
    law.place.refer()
    for _number in range(5):
        law.propose("warning", until_at=in_days(2))
    draft = law.propose()
    for days in (3, 30, 90):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            for strike in (keep_clocks, keep_appeal_clocks, expire_due):
                strike(timezone.now())
    law.venue.refresh_from_db()
    draft.refresh_from_db()
    assert law.venue.status == VenueStatus.APPROVED
    assert (draft.is_waiting, draft.earlier_warnings) == (True, 5)
    assert not Sanction.objects.filter(kind=Kind.SUSPENSION, state="in_force").exists()
