"""What a unit's materials say of it: its figures of the last whole week; which template holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from dauchan.compliance.models import CountedDay
from dauchan.compliance.unit_use import use_of_units
from dauchan.compliance.venue_use import silent_in
from dauchan.oversight.accountability.columns import Window
from dauchan.oversight.accountability.weeks import last_whole_week
from dauchan.oversight.made_known.models import MaterialTemplate
from dauchan.oversight.made_known.wording import Words, filled
from dauchan.units.jurisdiction import in_area
from dauchan.venues.models import Venue, VenueStatus
from dauchan.venues.poster_faces import committee_of

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.compliance.periods import Period
    from dauchan.units.models import Unit

#: A number of scans below this is said to be that few: it would be a handful of people.
FEWEST_TOLD = 10


@dataclass(frozen=True)
class WeekOfUnit:
    """A unit's figures of the last whole week; *days* of it were counted."""

    unit: Unit
    period: Period
    days: int
    registered: int
    active_share: float | None
    silent: int
    scans: float | None


def week_of_unit(unit: Unit, now: dt.datetime) -> WeekOfUnit:
    """Four queries."""
    period = Window.of_week(last_whole_week(now), now).period
    (use,) = use_of_units([unit], period)
    in_use = Venue.objects.filter(in_area([unit]), status=VenueStatus.APPROVED)
    days = CountedDay.objects.filter(day__range=(period.first, period.last)).count()
    silent = silent_in(in_use, period).count() if days else 0
    sums = use.sums
    return WeekOfUnit(unit, period, days, use.on_last.registered, sums.active_share, silent, sums.scans_a_day)


def facts_of(week: WeekOfUnit, language: str) -> dict[str, str]:
    """What a template may name, as it is written in a language; see `wording.FACTS`."""
    unit = week.unit
    with override(language):
        few = _("dưới %(number)s") % {"number": FEWEST_TOLD}
        scans = "–" if week.scans is None else few if week.scans < FEWEST_TOLD else _number(week.scans)
        share = "–" if week.active_share is None else f"{_number(100 * week.active_share)}%"
        return {
            "committee": committee_of(unit),
            "unit": unit.name_en if language == "en" else _lowered(unit.full_name),
            "first": f"{week.period.first:%d/%m}",
            "last": f"{week.period.last:%d/%m/%Y}",
            "registered": _number(week.registered),
            "active_share": share,
            "silent": _number(week.silent),
            "scans": scans,
            "hotline": settings.HOTLINE,
            "site": f"{settings.BASE_URL}/owner/messages/",
            "code": "",
            "count": "",
        }


def _number(number: float) -> str:
    return number_format(round(number), use_l10n=True, force_grouping=True)


def _lowered(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


def template_for(kind: str, audience: str, on: dt.date) -> MaterialTemplate:
    """The latest version in force for that kind of venue, else the one for all. Raises: MaterialTemplate.DoesNotExist."""
    known = MaterialTemplate.objects.filter(kind=kind, valid_from__lte=on).order_by("-valid_from", "-version")
    found = known.filter(audience=audience).first() or known.filter(audience="").first()
    if found is None:
        raise MaterialTemplate.DoesNotExist
    return found


def audiences_of(kind: str) -> list[str]:
    """The kinds of venues that have words of their own."""
    own = MaterialTemplate.objects.filter(kind=kind).exclude(audience="").order_by("audience")
    return list(own.values_list("audience", flat=True).distinct())


def words_of(template: MaterialTemplate, facts: dict[str, str], language: str) -> Words:
    if language == "en":
        return filled(template.title_en, template.body_en, facts)
    return filled(template.title_vi, template.body_vi, facts)
