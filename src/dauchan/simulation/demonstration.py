"""A small province to try everything on: officers, people, cards, venues with posters, two weeks of visits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from dauchan.compliance.days import count_recent
from dauchan.compliance.signs.models import Origin
from dauchan.compliance.signs.running import screen
from dauchan.simulation.accountability import load_accountability
from dauchan.simulation.accounts import (
    COMMUNE,
    OTHER_COMMUNE,
    PASSWORD,
    TOTP_SECRET,
    DemonstrationAccount,
    demonstration_accounts,
)
from dauchan.simulation.cards import load_cards
from dauchan.simulation.example_outbreak import load_example_outbreak
from dauchan.simulation.inspections import load_inspections
from dauchan.simulation.odd_doors import odd_doors, record_failed_scans
from dauchan.simulation.population import make_people, make_venues, phone_number
from dauchan.simulation.referrals import load_referrals
from dauchan.simulation.reports import load_reports
from dauchan.simulation.rosters import load_rosters
from dauchan.simulation.sanctions import load_sanctions
from dauchan.simulation.tickets import load_tickets
from dauchan.simulation.visits import Places, day_of_visits, popularity
from dauchan.units.models import Appointment, Officer, Unit
from dauchan.venues.models import Category, Mode
from dauchan.venues.modes import NewOrder, make_order
from dauchan.vietnamese import read_phone
from dauchan.vietnamese.dates import LOCAL
from dauchan.visits.actions import load_visits

if TYPE_CHECKING:
    from rich.progress import Progress

    from dauchan.people.models import Person
    from dauchan.venues.models import Venue

SEED = 7253
PEOPLE = 2_000
COMMUNES = 12
VENUES_A_COMMUNE = 20
DAYS = 14
VISITS_A_DAY = 1.6


@transaction.atomic
def load_demonstration(progress: Progress) -> None:
    """Fill an empty installation; all of it or nothing, so that an interrupted start can simply begin again.

    Raises: RuntimeError in production, whose accounts must never have public passwords.
    """
    if settings.PRODUCTION:
        raise RuntimeError("demonstration accounts have public passwords: never in production")
    random = np.random.default_rng(SEED)
    officers = _load_officers(progress)
    units = _communes()
    task = progress.add_task("Made-up people / Người dân thử nghiệm", total=PEOPLE)
    people = make_people(PEOPLE, random, lambda: progress.advance(task))
    _name_the_accounts(people)
    task = progress.add_task("Venues, posters / Địa điểm, bảng mã QR", total=1)
    venues = make_venues(units, VENUES_A_COMMUNE, people[_index_of("owner")], officers["canbo"], random)
    progress.advance(task)
    load_cards(units[0], officers["canbo"])
    _load_visits(people, venues, random, progress)
    load_rosters(units, people, random)
    _order_gates_at_schools(officers["lanhdao"])
    load_referrals(venues, officers)
    load_reports(venues, officers)
    load_tickets(venues, officers)
    load_sanctions(venues, officers)
    load_inspections(venues, officers["canbo"])
    load_example_outbreak(units[0], timezone.localdate())
    count_recent(timezone.now())
    screen(timezone.localdate() - dt.timedelta(days=1), Origin.NIGHTLY)
    load_accountability(officers["chutich"])


def _load_officers(progress: Progress) -> dict[str, Officer]:
    accounts = [account for account in demonstration_accounts() if account.unit_code]
    task = progress.add_task("Accounts / Tài khoản dùng thử", total=len(accounts))
    # They share one password that everybody may read: hashed once, for each hash costs a fifth of a second.
    hashed = make_password(PASSWORD)
    officers = {}
    for account in accounts:
        officers[account.sign_in] = _appoint(account, hashed)
        progress.advance(task)
    return officers


def _appoint(account: DemonstrationAccount, password: str) -> Officer:
    officer = Officer.objects.create(username=account.sign_in, password=password, full_name=account.full_name)
    unit = Unit.objects.valid_on(timezone.localdate()).get(code=account.unit_code)
    Appointment.objects.create(officer=officer, role=account.role, unit=unit)
    if account.second_factor:
        TOTP.activate(officer, TOTP_SECRET)
    return officer


def _communes() -> list[Unit]:
    """The communes of the two unit officers first, then others in order of name."""
    current = Unit.objects.valid_on(timezone.localdate()).filter(level="commune", lat__isnull=False)
    first = [current.get(code=COMMUNE), current.get(code=OTHER_COMMUNE)]
    return [*first, *current.exclude(code__in=[COMMUNE, OTHER_COMMUNE])[: COMMUNES - 2]]


def _index_of(role: str) -> int:
    """Which of the people the account of *role* signs in as; phone numbers are given out in order."""
    account = next(account for account in demonstration_accounts() if account.role == role)
    wanted = read_phone(account.sign_in)
    return next(index for index in range(PEOPLE) if phone_number(index) == wanted)


def _name_the_accounts(people: list[Person]) -> None:
    for account in demonstration_accounts():
        if not account.unit_code:
            identity = people[_index_of(account.role)].identity
            identity.full_name = account.full_name
            identity.save(update_fields=["full_name"])


def _load_visits(people: list[Person], venues: list[Venue], random: np.random.Generator, progress: Progress) -> None:
    open_venues = [venue for venue in venues if venue.status == "approved"]
    places = _places(open_venues, random)
    homes = random.integers(0, int(places.area.max()) + 1, len(people))
    person_ids = np.array([person.pk for person in people])
    venue_ids = np.array([venue.pk for venue in open_venues])
    task = progress.add_task("Two weeks of visits / Lượt vào ra hai tuần", total=DAYS)
    now, doors, chance = timezone.now(), odd_doors(open_venues, places.weight), np.random.default_rng([SEED, 1])
    for day in (timezone.localdate() - dt.timedelta(days=back) for back in reversed(range(DAYS))):
        midnight = int(dt.datetime.combine(day, dt.time(), LOCAL).timestamp())
        visits = day_of_visits(homes, places, midnight, VISITS_A_DAY, random).known_at(int(now.timestamp()))
        kept = doors.kept(visits.venue, (timezone.localdate() - day).days, chance)
        lost = ~kept & np.isin(visits.venue, doors.unreadable)
        record_failed_scans(venue_ids[visits.venue[lost]], visits.entered[lost])
        person, venue = person_ids[visits.person], venue_ids[visits.venue]
        load_visits(person[kept], venue[kept], visits.entered[kept], visits.left[kept])
        progress.advance(task)


def _order_gates_at_schools(leader: Officer) -> None:
    """An invented order, so that its effect can be seen at a school's page, its poster and its owner's page."""
    province = leader.current_appointments()[0].unit
    schools = [Category.objects.get(code="school")]
    today = timezone.localdate()
    title = "Về việc người kiểm soát quét mã của khách vào, ra trường học (văn bản giả định của bản trình diễn)"
    until = today + dt.timedelta(days=90)
    make_order(NewOrder(province, schools, Mode.GATE, today, until, "TD-01/UBND", title), leader)


def _places(venues: list[Venue], random: np.random.Generator) -> Places:
    units = sorted({venue.unit_id for venue in venues})
    hours = [venue.opening_hours["mon"] for venue in venues]
    return Places(
        area=np.array([units.index(venue.unit_id) for venue in venues]),
        weight=popularity(len(venues), random),
        opens=np.array([_seconds(day[0][0]) for day in hours]),
        closes=np.array([_seconds(day[-1][1]) for day in hours]),
        stay=np.array([venue.category.default_stay_minutes * 60.0 for venue in venues]),
    )


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60
