"""Lines about the door itself: its registration, its posters, signs that it does not work."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from dauchan.compliance.signs.access import SEES_SIGNS
from dauchan.compliance.signs.models import Dismissal, Outcome, Sign
from dauchan.units.languages import reads_english
from dauchan.units.models import AuditEntry
from dauchan.vietnamese.dates import LOCAL
from dauchan.web.officer.history import event_of
from dauchan.web.venue_file.entries import MOST, Entry
from dauchan.web.venue_file.readers import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.venues.models import Venue
    from dauchan.web.venue_file.readers import Reader

REGISTERED = (
    "venue.changed",
    "venue.approved",
    "venue.sent_back",
    "venue.send_back_undone",
    "venue.closed",
    "venue.reopened",
)
#: Of the posters: who looked at them is nothing for the owner.
LOOKED_AT = ("poster.photo_read", "poster.reading_kept")
#: Holds of other causes than a sanction, which has lines of its own.
SANCTION = "sanction:"


def registration(venue: Venue, reader: Reader) -> Iterator[Entry]:
    yield Entry(venue.registered_at, Part.REGISTRATION, _("Chủ địa điểm đăng ký"), venue.full_address)
    logged = list(_logged(venue, reader, Part.REGISTRATION, REGISTERED))
    yield from logged
    if venue.decided_at and not logged:  # brought over from elsewhere, approved already
        yield Entry(venue.decided_at, Part.REGISTRATION, _("Quyết định gần nhất về đăng ký"), venue.decision_note)
    for hold in venue.holds.exclude(cause__startswith=SANCTION).order_by("-placed_at")[:MOST]:
        told = _("%(title)s, theo văn bản %(number)s") % {"title": hold.title, "number": hold.document_number}
        begun = _("Tạm đình chỉ theo vùng dịch") if hold.suspends else _("Quy định cách quét theo vùng dịch")
        yield Entry(hold.placed_at, Part.REGISTRATION, begun, told, tone="critical" if hold.suspends else "")
        if hold.released_at:
            yield Entry(
                hold.released_at, Part.REGISTRATION, _("Hết áp dụng biện pháp theo vùng dịch"), told, tone="good"
            )


def posters(venue: Venue, reader: Reader) -> Iterator[Entry]:
    for poster in venue.posters.all()[:MOST]:
        told = _("Phiên bản %(version)s, mã ngắn %(code)s") % {"version": poster.version, "code": poster.short_code}
        yield Entry(poster.issued_at, Part.POSTERS, _("Cấp bảng mã"), told)
        if poster.withdrawn_at:
            yield Entry(poster.withdrawn_at, Part.POSTERS, _("Bảng mã hết dùng"), told)
    if not reader.is_owner:
        yield from _logged(venue, reader, Part.POSTERS, LOOKED_AT)


def signs(venue: Venue, reader: Reader) -> Iterator[Entry]:
    """Each sign once for as long as it lasted, with what the last screening of it knew; and what was set aside."""
    href = reverse("signs:venue", args=[venue.pk]) if reader.holds(*SEES_SIGNS) else ""
    found = Sign.objects.filter(venue=venue, run__outcome=Outcome.DONE).select_related("run")
    found = found.order_by("sign", "since_on", "-run__on", "-pk").distinct("sign", "since_on")
    for sign in found[:MOST]:
        told = sign.evidence.english if reads_english() else sign.evidence.vietnamese
        at = sign.run.ended_at or dt.datetime.combine(sign.run.on, dt.time(), LOCAL)
        yield Entry(at, Part.SIGNS, sign.get_sign_display(), told, href=href, tone="caution")
    for one in Dismissal.objects.filter(venue=venue).select_related("dismissed_by")[:MOST]:
        title = _("Bỏ qua dấu hiệu: %(sign)s") % {"sign": one.get_sign_display()}
        yield Entry(one.dismissed_at, Part.SIGNS, title, one.get_reason_display(), str(one.dismissed_by), href)


def _logged(venue: Venue, reader: Reader, part: Part, actions: tuple[str, ...]) -> Iterator[Entry]:
    entries = AuditEntry.objects.filter(subject=f"venue:{venue.pk}", action__in=actions).select_related(
        "actor", "in_place_of"
    )
    for logged in entries.order_by("-id")[:MOST]:
        event = event_of(logged)
        yield Entry(event.at, part, event.what, event.more, "" if reader.is_owner else event.who, tone=event.kind)
