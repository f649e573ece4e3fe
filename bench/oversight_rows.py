"""A year of oversight at the size of a province: referrals, citizens' reports, records, sanctions, appeals; one venue has a thick file."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

    from dauchan.units.models import Officer, Unit

#: Venues with their units, again and again.
Spread = Iterator[tuple[int, int]]

REFERRALS, REPORTS, INSPECTIONS, SANCTIONS, SIGNS = 15_000, 25_000, 6_000, 3_000, 600
#: Of one venue, so many of each.
THICK = 40
BATCH = 2_000


def fill_oversight() -> dict[str, Any]:
    """Fill the tables; returns a head of the province who also watches it, and rows to look at in detail."""
    from dauchan.compliance.referrals.reference import load_referral_rules
    from dauchan.oversight.reference import load_report_rules
    from dauchan.oversight.sanctions.reference import load_sanction_rules
    from dauchan.units.models import Appointment, Officer, Unit
    from dauchan.units.working_days import load_holidays
    from dauchan.venues.models import Venue

    for load in (load_holidays, load_referral_rules, load_report_rules, load_sanction_rules):
        load()
    province = Unit.objects.get(level="province", valid_to=None)
    officer = Officer.objects.create_user("canbo", full_name="Cán Bộ")
    for role in ("head", "monitor", "officer"):
        Appointment.objects.create(officer=officer, role=role, unit=province)
    venues = list(Venue.objects.filter(pk__lte=20_000).order_by("pk").values_list("pk", "unit_id"))
    thick = venues[100]
    # By turns all over the province; the thick one again and again at the end.
    spread = itertools.cycle(venues)
    made = {"officer": officer, "venue": thick[0]}
    made["referral"] = _referrals(officer, spread, thick)
    made["report"] = _reports(officer, spread, thick)
    made["inspection"], made["round"] = _inspections(officer, province, spread, thick)
    made["sanction"] = _sanctions(officer, spread, thick)
    _signs(spread)
    return made


def _places(number: int, spread: Spread, thick: tuple[int, int]) -> list[tuple[int, int]]:
    return [*itertools.islice(spread, number - THICK), *[thick] * THICK]


def _at(number: int, of: int) -> dt.datetime:
    """Spread over a year up to yesterday."""
    from django.utils import timezone

    return timezone.now() - dt.timedelta(days=1) - dt.timedelta(days=365) * (1 - number / of)


def _made(model: type["Model"], rows: Iterable[Any]) -> list[Any]:
    return list(model._default_manager.bulk_create(rows, batch_size=BATCH))  # noqa: SLF001 - Django's own name for it


def _referrals(officer: "Officer", spread: Spread, thick: tuple[int, int]) -> int:
    from dauchan.compliance.referrals.clock_models import ClockRule
    from dauchan.compliance.referrals.models import Referral, ReferralEvent

    clock, signs = ClockRule.objects.latest("valid_from"), ("silent", "fallen", "unreadable")
    rows = []
    for number, (venue, unit) in enumerate(_places(REFERRALS, spread, thick)):
        at, is_done = _at(number, REFERRALS), number < REFERRALS * 0.85 or (venue == thick[0] and number % THICK)
        done = {
            "state": "closed",
            "outcome": "mended",
            "answered_at": at + dt.timedelta(days=3),
            "closed_at": at + dt.timedelta(days=4),
        }
        sign = {
            "ground": "sign",
            "sign": signs[number // 20_000 % 3],
            "evidence": "Không có lượt quét nào trong 12 ngày.",
        }
        facts = {
            "clock": clock,
            "handed_at": at,
            "began_at": at,
            "due_at": at + dt.timedelta(days=7),
            "handed_by": officer,
        }
        rows.append(
            Referral(venue_id=venue, unit_id=unit, **sign, **facts, **(done if is_done else {}), confidence=0.9)
        )
    made = _made(Referral, rows)
    kinds = ("handed", "accepted", "reminded", "answered")
    events = (
        ReferralEvent(
            referral=one, kind=kind, at=one.handed_at, unit_id=one.unit_id, due_at=one.due_at, officer=officer
        )
        for one in made
        for kind in kinds
    )
    _made(ReferralEvent, list(events))
    return int(made[-1].pk)


def _reports(officer: "Officer", spread: Spread, thick: tuple[int, int]) -> int:
    from dauchan.oversight.models import Report, ReportEvent
    from dauchan.oversight.rule_models import ReportRule

    clock, findings = ReportRule.objects.latest("valid_from"), ("no_qr_posted", "unscannable", "not_enforced")
    rows = []
    for number, (venue, unit) in enumerate(_places(REPORTS, spread, thick)):
        at = _at(number, REPORTS)
        answered = {
            "status": "answered",
            "outcome": "mended",
            "answer": "Đã nhắc nhở.",
            "answered_at": at + dt.timedelta(days=2),
            "answered_by": officer,
        }
        facts = {
            "code": f"{number:09d}",
            "address_hash": b"x" * 32,
            "reported_at": at,
            "clock": clock,
            "due_at": at + dt.timedelta(days=7),
        }
        words = {"finding": findings[number % 3], "words": "Không thấy bảng mã.", "place": f"{number} Đường Thử"}
        where = {"lat": 16.3 + number % 300 / 1000, "lon": 107.4 + number % 400 / 1000}
        rows.append(
            Report(
                venue_id=venue, unit_id=unit, **words, **where, **facts, **(answered if number < REPORTS * 0.9 else {})
            )
        )
    made = _made(Report, rows)
    events = (
        ReportEvent(report=one, kind=kind, at=one.reported_at, unit_id=one.unit_id, due_at=one.due_at)
        for one in made
        for kind in ("filed", "accepted", "answered")
    )
    _made(ReportEvent, list(events))
    return int(made[-1].pk)


def _inspections(officer: "Officer", province: "Unit", spread: Spread, thick: tuple[int, int]) -> tuple[int, int]:
    from dauchan.oversight.inspections.models import (
        Inspection,
        InspectionFinding,
        Measure,
        MeasureEvent,
        Round,
        Stop,
        TeamMember,
    )

    rows = []
    for number, (venue, unit) in enumerate(_places(INSPECTIONS, spread, thick)):
        at = _at(number, INSPECTIONS)
        facts = {
            "client_id": uuid.UUID(int=number + 1),
            "digest": "x" * 64,
            "inspector": officer,
            "took_part": ["Cán Bộ"],
        }
        rows.append(
            Inspection(
                venue_id=venue,
                unit_id=unit,
                began_at=at,
                ended_at=at + dt.timedelta(minutes=20),
                received_at=at,
                **facts,
            )
        )
    made = _made(Inspection, rows)
    found = [
        InspectionFinding(inspection=one, finding=kind, words="Mã rách.")
        for one in made
        for kind in ("unscannable", "not_enforced")
    ]
    _made(InspectionFinding, found)
    measures = _made(
        Measure,
        [
            Measure(
                inspection=one,
                words="In lại bảng mã.",
                days=3,
                began_at=one.ended_at,
                due_at=one.ended_at + dt.timedelta(days=5),
                state=("mended", "open")[n % 9 == 0],
            )
            for n, one in enumerate(made)
        ],
    )
    _made(
        MeasureEvent,
        [MeasureEvent(measure=one, kind="required", at=one.began_at, due_at=one.due_at) for one in measures],
    )
    today = dt.datetime.now(dt.UTC).date()
    rounds = _made(
        Round,
        [
            Round(
                unit=province,
                title=f"Đợt {n}",
                first_on=today - dt.timedelta(days=n),
                until_on=today + dt.timedelta(days=7),
                opened_by=officer,
            )
            for n in range(300)
        ],
    )
    _made(TeamMember, [TeamMember(round=one, officer=officer, leads=True) for one in rounds])
    stops = [
        Stop(round=one, venue_id=venue, position=at, chosen_by="risk", score=40)
        for one in rounds
        for at, (venue, _unit) in enumerate(itertools.islice(spread, 40), 1)
    ]
    _made(Stop, stops)
    return int(made[-1].pk), int(rounds[0].pk)


def _sanctions(officer: "Officer", spread: Spread, thick: tuple[int, int]) -> int:
    from dauchan.oversight.owner_notices.models import OwnerNotice
    from dauchan.oversight.sanctions.models import (
        Appeal,
        AppealClock,
        LegalBasis,
        Sanction,
        SanctionBasis,
        SanctionEvent,
        SanctionGround,
    )
    from dauchan.units.models import Officer, Unit

    clock, basis = AppealClock.objects.latest("valid_from"), LegalBasis.objects.order_by("position")[0]
    approver = Officer.objects.create_user("duyet", full_name="Người Duyệt")
    rows = []
    for number, (venue, unit) in enumerate(_places(SANCTIONS, spread, thick)):
        at, kind = _at(number, SANCTIONS), ("warning", "warning", "fine", "suspension")[number % 4]
        state = (
            "waiting"
            if number > SANCTIONS - 200 and kind == "suspension" and venue != thick[0]
            else "lifted"
            if kind == "suspension"
            else "in_force"
        )
        facts = {
            "findings": ["no_qr_posted"],
            "facts": "Không thấy bảng mã.",
            "condition": "Dán mã.",
            "clock": clock,
            "proposed_by": officer,
            "proposed_at": at,
        }
        decided = (
            {}
            if state == "waiting"
            else {"decided_by": approver, "decided_at": at, "in_force_at": at, "document_number": f"{number}/QĐ-UBND"}
        )
        rows.append(
            Sanction(kind=kind, state=state, venue_id=venue, unit_id=unit, issuer_unit_id=unit, **facts, **decided)
        )
    made = _made(Sanction, rows)
    copied = {name: getattr(basis, name) for name in ("title_vi", "number", "article", "valid_from")}
    _made(SanctionBasis, [SanctionBasis(sanction=one, basis=basis, **copied) for one in made])
    _made(
        SanctionGround,
        [
            SanctionGround(sanction=one, source="report:1", text_vi="Không dán mã", on=one.proposed_at.date())
            for one in made
        ],
    )
    _made(
        SanctionEvent,
        [
            SanctionEvent(sanction=one, kind=kind, at=one.proposed_at, officer=officer)
            for one in made
            for kind in ("proposed", "approved", "noted")
        ],
    )
    above = Unit.objects.get(level="province", valid_to=None)
    appealed = [one for one in made if one.kind == "warning"][::15]
    _made(
        Appeal,
        [
            Appeal(
                sanction=one,
                unit=above,
                filed_at=one.proposed_at,
                words="x",
                clock=clock,
                due_at=one.proposed_at + dt.timedelta(days=20),
            )
            for one in appealed
        ],
    )
    notices = [
        OwnerNotice(venue_id=one.venue_id, subject="warning", source=one.cause, text="x", goes_out_at=one.proposed_at)
        for one in made
    ]
    _made(OwnerNotice, notices)
    return int(made[-2].pk)


def _signs(spread: Spread) -> None:
    from django.utils import timezone

    from dauchan.compliance.signs.models import ScreeningRun, Sign

    now = timezone.now()
    run = ScreeningRun.objects.create(
        on=timezone.localdate() - dt.timedelta(days=1), origin="nightly", outcome="done", ended_at=now
    )
    facts = {
        "expected": 240,
        "observed": 0,
        "since_on": timezone.localdate() - dt.timedelta(days=12),
        "facts": {"before": 40.0, "days": 12.0},
    }
    rows = [
        Sign(run=run, venue_id=venue, sign="silent", confidence=0.9, visitors=20, **facts)
        for venue, _unit in itertools.islice(spread, SIGNS)
    ]
    _made(Sign, rows)
