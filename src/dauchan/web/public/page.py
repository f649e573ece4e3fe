"""What outsiders may see of a venue: a list of allowed fields, never the row itself.

Addresses of shelters were once published because a page showed all there was. Here a template gets one of two faces:
`public_face` for pages, search and sitemap, which a sensitive venue does not have; and `door_face` for somebody who
holds the code of the door, who must see name and address to know that the poster belongs there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dauchan.venues.opening_hours import OpenState, state_at, week_of
from dauchan.vietnamese import read_phone, show_phone
from dauchan.vietnamese.phones import PhoneRefused

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

    from dauchan.venues.models import Venue, VenueHold

DAY_NAMES = {
    "mon": _("Thứ 2"),
    "tue": _("Thứ 3"),
    "wed": _("Thứ 4"),
    "thu": _("Thứ 5"),
    "fri": _("Thứ 6"),
    "sat": _("Thứ 7"),
    "sun": _("Chủ nhật"),
}


@dataclass(frozen=True)
class DoorFace:
    """What stands on the poster anyway, and whether the place is suspended or closed."""

    name: str
    address: str
    category: str
    status: str


@dataclass(frozen=True)
class Picture:
    href: str
    caption: str


@dataclass(frozen=True)
class Day:
    """One line of the opening hours; no intervals: closed all day."""

    name: StrOrPromise
    intervals: tuple[str, ...]
    is_today: bool


@dataclass(frozen=True)
class PublicFace(DoorFace):
    """The public page of a venue.

    Attributes:
        phone: as people read it; `phone_href` as a phone dials it.
        lat, lon: degrees (WGS 84), or None.
        open_state: None where no opening hours were stated.
    """

    venue_id: int
    phone: str = ""
    phone_href: str = ""
    description: str = ""
    lat: float | None = None
    lon: float | None = None
    open_state: OpenState | None = None
    week: tuple[Day, ...] = ()
    pictures: tuple[Picture, ...] = field(default=())

    @property
    def opens_today(self) -> bool:
        at = self.open_state.changes_at if self.open_state and not self.open_state.is_open else None
        return at is not None and at.date() == timezone.localdate()

    @property
    def points(self) -> list[dict[str, object]]:
        """What the map shows."""
        return [{"lat": self.lat, "lon": self.lon, "label": self.name}]

    @property
    def href(self) -> str:
        return reverse("public:place", args=[self.venue_id])


def door_face(venue: Venue) -> DoorFace:
    return DoorFace(venue.name, venue.full_address, venue.category.name, venue.status)


def door_facts(venue: Venue) -> dict[str, object]:
    """What a phone compares with its own clock and place before it sends: of a public venue only."""
    if not venue.is_public:
        return {}
    stated = {"hours": venue.opening_hours, "lat": venue.lat, "lon": venue.lon}
    return {name: fact for name, fact in stated.items() if fact is not None and fact != {}}


def why_suspended(holds: Iterable[VenueHold]) -> str:
    """Why, by which document and until when, for a phone that has only the scanned code."""
    return " ".join(_reason(hold) for hold in holds if hold.suspends)


def _reason(hold: VenueHold) -> str:
    told = gettext("Lý do: %(title)s, theo văn bản %(number)s.")
    told %= {"title": hold.title, "number": hold.document_number}
    if hold.until_at is None:
        return f"{told} {gettext('Đến khi có thông báo mới.')}"
    until = gettext("Dự kiến đến %(until)s.") % {"until": f"{timezone.localtime(hold.until_at):%H:%M %d/%m/%Y}"}
    return f"{told} {until}"


def public_face(venue: Venue, *, with_pictures: bool = True) -> PublicFace:
    """The page of a venue that has one.

    Raises: ValueError for a venue that is not public: its caller did not come through `access_public_venue`.
    """
    if not venue.is_public:
        raise ValueError(f"venue {venue.pk} has no public page")
    now = timezone.localtime()
    phone, phone_href = shown_phone(venue.phone)
    return PublicFace(
        venue.name,
        venue.full_address,
        venue.category.name,
        venue.status,
        venue_id=venue.pk,
        phone=phone,
        phone_href=phone_href,
        description=venue.description,
        lat=venue.lat,
        lon=venue.lon,
        open_state=state_at(venue.opening_hours, now),
        week=_week(venue, now),
        pictures=_pictures(venue) if with_pictures else (),
    )


def shown_phone(stored: str) -> tuple[str, str]:
    """As read and as dialled; a number that is no E.164 number, like a hotline, is dialled as it stands."""
    try:
        e164 = read_phone(stored, landline=True)
    except PhoneRefused:
        return stored, "".join(letter for letter in stored if letter.isdigit() or letter == "+")
    return show_phone(e164), e164


def _week(venue: Venue, now: dt.datetime) -> tuple[Day, ...]:
    return tuple(
        Day(DAY_NAMES[day], tuple(f"{start}–{end}" for start, end in intervals), place == now.weekday())
        for place, (day, intervals) in enumerate(week_of(venue.opening_hours))
    )


def _pictures(venue: Venue) -> tuple[Picture, ...]:
    return tuple(
        Picture(reverse("public:picture", args=[venue.pk, picture.pk]), picture.caption)
        for picture in venue.pictures.all()
    )
