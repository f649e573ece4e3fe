"""What tests of sanctions share: the place of the tests of referrals with law, and officers who approve and judge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.oversight.filing import Told, file_report
from dauchan.oversight.reference import load_report_rules
from dauchan.oversight.sanctions.deciding import approve
from dauchan.oversight.sanctions.models import LegalBasis
from dauchan.oversight.sanctions.proposing import Terms, propose
from dauchan.oversight.sanctions.reference import load_sanction_rules
from dauchan.oversight.sanctions.sources import sources_at
from dauchan.units.models import Role
from tests.compliance.referred import Place, appointed, make_place

if TYPE_CHECKING:
    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

NUMBER = "12/QĐ-UBND"


@dataclass(frozen=True)
class Law:
    """Who acts on `place`, and a citizen's report on which sanctions rest."""

    place: Place
    approver: Officer
    judge: Officer

    @property
    def venue(self) -> Venue:
        return self.place.venue

    def terms(self, kind: str = "suspension", **said: Any) -> Terms:  # noqa: ANN401 - fields of the terms
        given: dict[str, Any] = {
            "facts": "Ba lần kiểm tra đều không thấy bảng mã ở cửa",
            "bases": list(LegalBasis.objects.filter(code="cv-7253-2021")),
            "sources": sources_at(self.venue),
            "findings": ["no_qr_posted"],
            "condition": "Dán bảng mã ở cửa ra vào" if kind == "suspension" else "",
        }
        return Terms(kind, **(given | said))

    def propose(self, kind: str = "suspension", **said: Any) -> Sanction:  # noqa: ANN401 - fields of the terms
        return propose(self.venue, self.place.officer, self.terms(kind, **said))

    def suspend(self, **said: Any) -> Sanction:  # noqa: ANN401 - fields of the terms
        draft = self.propose(**said)
        return approve(draft, self.approver, draft.revision, document_number=NUMBER, signer="Lê Văn Ký")

    def lift(self, suspension: Sanction, number: str = "15/QĐ-UBND") -> Sanction:
        draft = self.propose("lifting", lifts=suspension, sources=[], findings=[], facts="Đã dán bảng mã ở cửa")
        return approve(draft, self.approver, draft.revision, document_number=number)


def report_of(venue: Venue, finding: str = "no_qr_posted") -> str:
    """A citizen's report, as a sanction cites it."""
    told = Told(finding, "Tôi là Trần Văn Kín", venue=venue)
    return f"report:{file_report(told, '192.0.2.1').pk}"


def make_law() -> Law:
    place = make_place()
    load_sanction_rules()
    load_report_rules()
    report_of(place.venue)
    return Law(
        place, appointed(Role.APPROVER, place.province, "pheduyet"), appointed(Role.HEAD, place.province, "captren")
    )


def in_days(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)
