"""What tests of referrals share: a district with communes, its officers, and a venue that is suspicious."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.compliance.referrals.handing import Suspicion, refer
from dauchan.compliance.referrals.reference import load_referral_rules
from dauchan.units.models import Appointment, Officer, Role
from dauchan.units.working_days import load_holidays
from tests.web.conftest import make_category, make_person, make_unit, registered

if TYPE_CHECKING:
    from dauchan.compliance.referrals.models import Referral
    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue

SILENT = Suspicion(
    "sign",
    sign="silent",
    source="sign:7",
    evidence="Không có lượt quét nào trong 12 ngày; bình thường 40 lượt một ngày.",
    evidence_en="No scan for 12 days; usually 40 a day.",
    confidence=0.97,
    words="Đề nghị kiểm tra tại chỗ.",
)


@dataclass(frozen=True)
class Place:
    province: Unit
    commune: Unit
    other: Unit
    venue: Venue
    monitor: Officer
    officer: Officer
    stranger: Officer
    leader: Officer

    def refer(self, suspicion: Suspicion = SILENT) -> Referral:
        return refer(self.venue, self.monitor, suspicion)


def appointed(role: str, unit: Unit, username: str) -> Officer:
    """Without a password: nothing here signs in, and hashing one takes its time."""
    officer = Officer.objects.create(username=username, full_name=f"Cán bộ {username}")
    Appointment.objects.create(officer=officer, role=role, unit=unit, since=dt.date(2020, 1, 1))
    return officer


def make_place(*, with_district: bool = False) -> Place:
    load_holidays()
    load_referral_rules()
    province = make_unit("90", "province", "Thành phố Thử")
    above = make_unit("901", "district", "Huyện Thử", province) if with_district else province
    commune = make_unit("90001", "commune", "Phường Thuận Thử", above)
    other = make_unit("90002", "commune", "Xã Hương Thử", above)
    owner = make_person("+84905000001", "Trần Thị Mẫu")
    appointed(Role.OFFICER, commune, "decider")  # who lets the venue pass
    return Place(
        province,
        commune,
        other,
        registered(owner, make_category(), commune),
        appointed(Role.MONITOR, province, "giamsat"),
        appointed(Role.OFFICER, commune, "canbo"),
        appointed(Role.OFFICER, other, "canbo2"),
        appointed(Role.LEADER, province, "lanhdao"),
    )
