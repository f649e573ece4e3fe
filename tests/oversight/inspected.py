"""What tests of inspections share: a round with two venues, and a record as a phone sends it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from dauchan.oversight.inspections.models import Check, ChosenBy
from dauchan.oversight.inspections.planning import Plan, add_stops, open_round
from dauchan.oversight.inspections.sent import read_record
from dauchan.oversight.inspections.taking_in import Parcel, take_in
from dauchan.oversight.models import Finding
from tests.compliance.referred import Place, make_place
from tests.web.conftest import make_person, registered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dauchan.oversight.inspections.models import Inspection, Round
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

SIGNED = {"width": 300, "height": 120, "lines": [[[10, 60], [40, 20], [80, 90], [130, 40], [200, 70]]]}
KINDS, CHECKS = frozenset(Finding.values), frozenset(Check.values)


@dataclass(frozen=True)
class Visit:
    """A place of `tests.compliance.referred` with a second venue and a round over both."""

    place: Place
    second: Venue
    round: Round

    @property
    def venue(self) -> Venue:
        return self.place.venue

    @property
    def officer(self) -> Officer:
        return self.place.officer


def make_visit() -> Visit:
    place = make_place()
    owner = make_person("+84905000002", "Lê Văn Mẫu")
    second = registered(owner, place.venue.category, place.commune, "Quán Thử", lat=16.47, lon=107.6)
    round_ = open_round(place.commune, plan_of(place.officer), place.officer)
    add_stops(round_, [place.venue.pk, second.pk], place.officer, ChosenBy.RISK)
    return Visit(place, second, round_)


def plan_of(leader: Officer, **facts: object) -> Plan:
    today = timezone.localdate()
    usual: dict[str, Any] = {
        "title": "Kiểm tra tháng này",
        "number": "12/KH-UBND",
        "first_on": today,
        "until_on": today + dt.timedelta(days=7),
        "words": "",
        "leader": leader,
        "members": [],
    }
    return Plan(**{**usual, **facts})


def told(venue: Venue, officer: Officer, **facts: object) -> dict[str, Any]:
    """A record with one finding and one measure, signed by both."""
    now = int(timezone.now().timestamp() * 1000)
    usual = {
        "id": str(uuid4()),
        "officer": officer.pk,
        "venue": venue.pk,
        "began": now - 600_000,
        "ended": now,
        "here": {"lat": 16.4601, "lon": 107.59, "accuracy_m": 12.5},
        "checks": {"poster_up": "yes", "big_enough": "no"},
        "findings": [{"finding": "wrong_size", "words": "Mã chỉ rộng 6 cm.", "pictures": []}],
        "measures": [{"words": "In lại bảng mã khổ A4, dán ở cửa chính.", "days": 3, "finding": 0}],
        "representative": "Trần Thị Đại Diện",
        "representative_position": "Chủ quán",
        "statement": "Tôi sẽ in lại.",
        "inspector_signature": SIGNED,
        "representative_signature": SIGNED,
    }
    return {**usual, **facts}


def parcel_of(
    sent: dict[str, Any], pictures: Mapping[str, bytes] | None = None, poster_photo: bytes | None = None
) -> Parcel:
    digest = hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
    return Parcel(read_record(sent, KINDS, CHECKS), digest, pictures or {}, poster_photo)


def inspected(venue: Venue, officer: Officer, **facts: object) -> Inspection:
    return take_in(parcel_of(told(venue, officer, **facts)), officer)[0]
