"""Who reads a venue's file, and which parts of it: the table of docs/sanctions.md, as code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.models import Role
from dauchan.venues.access import access_venues

if TYPE_CHECKING:
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue


class Part(StrEnum):
    REGISTRATION = "registration"
    POSTERS = "posters"
    USE = "use"
    SIGNS = "signs"
    REPORTS = "reports"
    REFERRALS = "referrals"
    INSPECTIONS = "inspections"
    SANCTIONS = "sanctions"
    APPEALS = "appeals"
    TICKETS = "tickets"


PART_NAMES: dict[Part, Any] = {
    Part.REGISTRATION: _("Đăng ký"),
    Part.POSTERS: _("Bảng mã"),
    Part.USE: _("Sử dụng"),
    Part.SIGNS: pgettext_lazy("rà soát", "Dấu hiệu"),
    Part.REPORTS: _("Phản ánh"),
    Part.REFERRALS: _("Chuyển xử lý"),
    Part.INSPECTIONS: pgettext_lazy("hồ sơ", "Kiểm tra"),
    Part.SANCTIONS: _("Xử lý vi phạm"),
    Part.APPEALS: _("Khiếu nại"),
    Part.TICKETS: _("Yêu cầu hỗ trợ"),
}

ALL = frozenset(Part)
#: Nobody has judged a sign yet, and a ticket is somebody else's: neither is the owner's.
OWNERS = ALL - {Part.SIGNS, Part.TICKETS}
#: An operator has no row: the installation is run without looking into files.
PARTS_OF: dict[str, frozenset[Part]] = {
    Role.OFFICER: ALL,
    Role.HEAD: ALL,
    Role.MONITOR: ALL,
    Role.LEADER: ALL,
    Role.APPROVER: ALL,
    Role.TRACER: frozenset({Part.REGISTRATION, Part.POSTERS}),
    Role.AGENT: frozenset({Part.REGISTRATION, Part.POSTERS, Part.TICKETS}),
}


@dataclass(frozen=True)
class Reader:
    """Attributes:
    parts: what they see.
    is_owner: without reporters' codes, without names of officers, without who looked.
    officer: None for the owner.
    """

    parts: frozenset[Part]
    is_owner: bool = False
    officer: Officer | None = None

    def holds(self, *roles: str) -> bool:
        """For links: whether the officer's roles open such pages."""
        return self.officer is not None and bool(self.officer.roles() & set(roles))


def owner_of_it() -> Reader:
    return Reader(OWNERS, is_owner=True)


def access_file(officer: Officer, venue_id: int) -> tuple[Venue, Reader]:
    """The venue and what *officer* sees of its file, by all the roles they hold where it lies. Raises: RoleMissing, NoSuchThing."""
    if not officer.roles() & PARTS_OF.keys():
        raise RoleMissing
    venue = access_venues(officer, *PARTS_OF).filter(pk=venue_id).first()
    if venue is None:
        raise NoSuchThing
    here = (parts for role, parts in PARTS_OF.items() if officer.may_act_as(role, venue.unit))
    return venue, Reader(frozenset().union(*here), officer=officer)
