"""Stays as pictures: where a case was, and how a contact and their source were at a place together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from dauchan.web.layout.stays import Lane, Stay, Stays

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from dauchan.tracing.interviews.timeline import Span as TimelineSpan
    from dauchan.tracing.queries import Encounter, Span


def case_picture(spans: Sequence[TimelineSpan]) -> Stays | None:
    """A lane for each place the case was at, in the order of the first stay; what was only told has its own. None without any."""
    lanes: dict[tuple[object, bool], Lane] = {}
    for span in spans:
        key = (span.key, span.told is not None)
        label = _("%(place)s (ca bệnh kể)") % {"place": span.place} if span.told else span.place
        before = lanes[key].stays if key in lanes else ()
        drawn = [*before, Stay(span.begins, span.ends, is_imputed=span.is_open)]
        lanes[key] = Lane(label, drawn, is_index=True)
    return Stays(_("Nơi ca bệnh có mặt trong giai đoạn lây nhiễm"), list(lanes.values())) if lanes else None


def encounter_pictures(encounters: Sequence[Encounter], source: str, contact: str, *, of_case: bool) -> list[Stays]:
    """A picture for each place and local day on which the two met; *of_case*: the source is the index case."""
    meetings: dict[tuple[int, dt.date], list[Encounter]] = {}
    for encounter in encounters:
        day = timezone.localtime(encounter.starts_at).date()
        meetings.setdefault((encounter.venue.pk, day), []).append(encounter)
    return [_meeting(met, source, contact, of_case=of_case) for met in meetings.values()]


def _meeting(met: Sequence[Encounter], source: str, contact: str, *, of_case: bool) -> Stays:
    day = formats.date_format(timezone.localtime(met[0].starts_at), "d/m/Y")
    lanes = [
        Lane(source, _drawn(encounter.source for encounter in met), is_index=of_case),
        Lane(
            contact,
            _drawn(encounter.contact for encounter in met),
            [(encounter.starts_at, encounter.ends_at) for encounter in met],
        ),
    ]
    return Stays(f"{met[0].venue.name}, {day}", lanes)


def _drawn(spans: Iterable[Span]) -> list[Stay]:
    """One stay may belong to several encounters, and is drawn once."""
    return [Stay(span.begins, span.ends, is_imputed=span.imputed) for span in dict.fromkeys(spans)]
