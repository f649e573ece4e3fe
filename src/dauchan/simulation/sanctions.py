"""Sanctions of the demonstration: warnings and a suspension that waits for approval, one in force, a proposal of a fine."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.compliance.referrals.handing import Suspicion, refer
from dauchan.oversight.sanctions.deciding import approve
from dauchan.oversight.sanctions.models import LegalBasis
from dauchan.oversight.sanctions.proposing import Terms, propose
from dauchan.oversight.sanctions.sources import sources_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

SEEN = "Kiểm tra ba lần trong tháng đều không thấy bảng mã ở cửa ra vào."
DEMANDS = "Dán bảng mã khổ A4 ngang tầm mắt ở mọi cửa ra vào, đủ sáng."


def load_sanctions(venues: Sequence[Venue], officers: Mapping[str, Officer]) -> None:
    """About the last venues in use of the second officer's commune, which nobody else's story needs."""
    own = officers["canbo2"].current_appointments()[0].unit
    warned, shut, fined = [one for one in venues if one.status == "approved" and one.unit_id == own.pk][-3:]
    for venue in (warned, shut, fined):
        refer(
            venue, officers["giamsat"], Suspicion("observation", evidence="Đi ngang ba lần không thấy bảng mã ở cửa.")
        )
    soon = timezone.now() + dt.timedelta(days=7)
    for _number in range(4):
        propose(warned, officers["canbo2"], _terms(warned, "warning", demands=DEMANDS, until_at=soon))
    mended = "Bảng mã đọc được ở mọi cửa ra vào, có ảnh chụp kèm theo."
    propose(warned, officers["canbo2"], _terms(warned, "suspension", demands=DEMANDS, condition=mended))
    draft = propose(shut, officers["canbo2"], _terms(shut, "suspension", demands=DEMANDS, condition=mended))
    number = {"document_number": "112/QĐ-UBND", "signing_title": "Chủ tịch", "signer": "Mai Thị Ký"}
    approve(draft, officers["pheduyet"], draft.revision, **number)
    propose(fined, officers["canbo2"], _terms(fined, "fine", forwarded_to="Thanh tra Sở Y tế"))


def _terms(venue: Venue, kind: str, **said: object) -> Terms:
    bases = [
        basis for basis in LegalBasis.objects.filter(code__in=["cv-7253-2021", "nd-117-2020"]) if basis.allows(kind)
    ]
    given = {"facts": SEEN, "bases": bases, "sources": sources_at(venue), "findings": ["no_qr_posted"]}
    return Terms(kind, **{**given, **said})  # type: ignore[arg-type]  # names and values of its fields
