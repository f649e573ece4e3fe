"""No address of the console breaks, whoever asks and whatever they send; every answer tells the browser the same rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIRequest, get_bytes_from_wsgi
from django.db import transaction
from django.http import HttpResponseBase, QueryDict
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from dauchan.compliance.days import count_recent
from dauchan.compliance.referrals.actions import answer as answer_referral
from dauchan.compliance.referrals.handing import Suspicion, refer
from dauchan.compliance.referrals.models import ReferralPicture
from dauchan.compliance.referrals.reference import load_referral_rules
from dauchan.compliance.signs.dismissing import dismiss_sign
from dauchan.exchange.interop.records import ContactTold, PersonTold
from dauchan.exchange.interop.taking_contacts import take_contacts
from dauchan.exchange.national.agreeing import write_agreement
from dauchan.exchange.national.models import SetAside
from dauchan.exchange.programs.models import Program
from dauchan.exchange.programs.webhook_actions import send_test
from dauchan.helpdesk.knowledge.models import Article, CannedAnswer
from dauchan.helpdesk.knowledge.reference import load_knowledge
from dauchan.helpdesk.models import Ticket, Topic
from dauchan.oversight.accountability.models import Explanation, WeeklyReport
from dauchan.oversight.inspections.measuring import answer_mended
from dauchan.oversight.inspections.models import InspectionPicture, MeasurePicture
from dauchan.oversight.inspections.planning import add_stops, open_round
from dauchan.oversight.inspections.supplements import supplement
from dauchan.oversight.inspections.taking_in import take_in
from dauchan.oversight.made_known.models import MaterialTemplate, Sending
from dauchan.oversight.made_known.reference import load_material_templates
from dauchan.oversight.sanctions.appeals import Judgement, answer_appeal
from dauchan.oversight.sanctions.bases import NewBasis, add_basis
from dauchan.oversight.sanctions.deciding import approve
from dauchan.oversight.sanctions.models import LegalBasis, SanctionPicture, SuspensionAlert
from dauchan.oversight.sanctions.owner_steps import appeal, say_mended
from dauchan.oversight.sanctions.proposing import Terms, propose
from dauchan.oversight.sanctions.reference import load_sanction_rules
from dauchan.oversight.sanctions.sources import sources_at
from dauchan.people.cards import issue_card
from dauchan.people.holders import Holder
from dauchan.people.invitations.models import Invitation
from dauchan.people.measures.actions import record_measure
from dauchan.people.models import Person
from dauchan.people.phones.actions import note_phone
from dauchan.people.roster.actions import keep_agency
from dauchan.people.roster.models import Agency, Leave, Member, RosterList
from dauchan.privacy.breaches.actions import Account, record_breach
from dauchan.privacy.reference import load_request_clocks
from dauchan.privacy.retention.certificates import certify
from dauchan.privacy.rights.answering import grant
from dauchan.privacy.rights.asking import Wish, ask_by_phone
from dauchan.privacy.rights.request_models import Right
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.call_actions import keep_call
from dauchan.tracing.contact_actions import judge_contacts
from dauchan.tracing.disclosure_actions import request_disclosure
from dauchan.tracing.follow_up.appeals import record_appeal
from dauchan.tracing.follow_up.links import link_token
from dauchan.tracing.follow_up.models import Escalation, FollowUp, OrderAlert
from dauchan.tracing.follow_up.order_actions import draft_order, sign_order
from dauchan.tracing.intake.models import CaseImport
from dauchan.tracing.intake.reports import LabReport
from dauchan.tracing.intake.results import record_result
from dauchan.tracing.interviews.actions import PersonNamed, StayTold, name_person, tell_stay
from dauchan.tracing.interviews.calling import CallReport
from dauchan.tracing.models import Case
from dauchan.tracing.notices.actions import Wording, draft_notice, submit_notice
from dauchan.tracing.zones.actions import draft_change
from dauchan.tracing.zones.presence_actions import list_presence, request_names, window_of
from dauchan.units.models import Appointment, AuditEntry, Officer, Proposal, Role, Unit
from dauchan.units.substitution import name_substitute
from dauchan.units.watch.models import Alarm, Rule
from dauchan.venues.models import Mode, Venue
from dauchan.venues.modes import NewOrder, make_order
from dauchan.visits.actions import load_visits
from dauchan.visits.models import CheckIn
from dauchan.web.middleware import PERSON_KEY, PHONE_KEY
from tests.exchange.venue_lists.conftest import checked as list_checked
from tests.exchange.venue_lists.messy import workbook
from tests.oversight.inspected import parcel_of, plan_of, told
from tests.tracing.outbreak import make_disease, make_places
from tests.tracing.watched import make_law, make_schedule
from tests.tracing.zones.drafts import draft_of, zone_in_force
from tests.web.conftest import appointed, client_of, make_category, make_person, make_unit, registered
from tests.web.open_programs import let_in, token_of
from tests.web.reported import drawn_face, photo_of, send_report
from tests.web.routes import Route, query_names, routes
from tests.web.test_signs import make_run, make_sign

SCREENS = sorted({route.screen for route in routes()})
HUGE, NEVER, GARBLED, BELOW = "99999999999999999999", "0000-00-00", "\ufffd\u202e'-=1+1", "-1"
NAMES = query_names()
#: Fields of requests that no page's form shows to a test.
FIELDS = (
    "verdict",
    "whom",
    "contact",
    "shown",
    "source",
    "party",
    "theme",
    "language",
    "picture",
    "reading",
    "revision",
    "who",
    "told",
    "task",
    "keep",
    "remarks",
    "result",
    "record",
    "members",
    "withdrawn",
    "scopes",
    "kinds",
    "chosen",
)
VALUES = (HUGE, NEVER, GARBLED, "x" * 3000, "\0", "")
FORM = "application/x-www-form-urlencoded"
NO_FORMS = ("application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain; charset=x")
BROKEN, NOT_ALLOWED = 500, 405


@dataclass
class World:
    """A province with one of everything, and a browser for everybody."""

    known: dict[str, Any]
    browsers: dict[str, Client] = field(default_factory=dict)

    @property
    def everything(self) -> Client:
        """The browser of somebody who holds every role and owns the venue: most doors open to it."""
        return self.browsers["everything"]


def browser_of(officer: Officer, person: Person | None = None, *, checks_forms: bool = False) -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=checks_forms)
    client.force_login(officer)
    if person:
        session = client.session
        session[PERSON_KEY] = person.pk
        session[PHONE_KEY] = note_phone(person, "").pk
        session.save()
    return client


@pytest.fixture(scope="module")
def province_of_everything(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world, made once for all tests of this file; each of them rolls back what it did to it."""
    folder = str(tmp_path_factory.mktemp("exchange"))
    with (
        override_settings(EXCHANGE_ROOT=folder),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield _made_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(province_of_everything: World) -> Iterator[World]:
    made = province_of_everything
    with transaction.atomic():
        yield World(made.known, {who: same_browser(browser) for who, browser in made.browsers.items()})
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _empty_throttles() -> None:
    """As for every test of pages, but within the world's transaction, which the usual fixture would end."""
    cache.clear()


#: How anything is taken out of `request.GET`.
READS = [
    "get",
    "getlist",
    "items",
    "values",
    "keys",
    "dict",
    "copy",
    "urlencode",
    "__getitem__",
    "__contains__",
    "__iter__",
]


@dataclass
class QuestionsRead:
    """Whether anybody has read a parameter of an address since it was last set to false."""

    any_was: bool = False


@pytest.fixture
def questions_read(monkeypatch: pytest.MonkeyPatch) -> QuestionsRead:
    """Tells what a view, a form or a template takes out of `request.GET`; that the house looks for NUL in it is no reading."""
    seen = QuestionsRead()

    def noted(name: str) -> Callable[..., object]:
        def read(question: QueryDict, *given: object, **named: object) -> object:
            seen.any_was = True
            return getattr(QueryDict, name)(question, *given, **named)

        return read

    watched = type("Watched", (QueryDict,), {name: noted(name) for name in READS})

    def question_of(request: WSGIRequest) -> object:
        return watched(get_bytes_from_wsgi(request.environ, "QUERY_STRING", ""), encoding=request.encoding)

    monkeypatch.setattr(WSGIRequest, "GET", property(question_of))
    return seen


def same_browser(browser: Client) -> Client:
    """One with the same cookies and headers, so that a test that signs out ends no other test's session."""
    again = Client(raise_request_exception=False)
    again.defaults.update(browser.defaults)
    again.cookies.load({name: morsel.value for name, morsel in browser.cookies.items()})
    return again


def _made_world() -> World:
    province = make_unit("90", "province", "Thành phố Thử")
    commune = make_unit("90001", "commune", "Phường Thuận Thử", province)
    owner = make_person("+84905000001", "Trần Thị Mẫu")
    exchange_code = _agreed()
    venue = registered(owner, make_category(), commune)
    officers = {role: appointed(role, province) for role in Role.values}
    everybody = appointed(Role.TRACER, province, "everybody")
    for role in set(Role.values) - {Role.TRACER}:
        Appointment.objects.create(officer=everybody, role=role, unit=province)
    entered = int(timezone.now().timestamp()) - 7200
    load_visits(*(np.array([value], np.int64) for value in (owner.pk, venue.pk, entered, entered + 3600)))
    known = {"venue_id": venue.pk, "check_in_id": str(CheckIn.objects.get(person_id=owner.pk).check_in_id)}
    known |= _traced(commune, province, everybody, officers[Role.TRACER])
    known |= _watched(province, everybody, officers[Role.APPROVER])
    known |= _zoned(commune, Case.objects.earliest("registered_at"), everybody, officers)
    known |= _asked(venue.pk)
    known |= _screened(venue, officers[Role.MONITOR])
    known |= _employed(venue, everybody)
    known |= _referred(venue, officers)
    known |= _sanctioned(venue, officers)
    known |= _answered_for(province, everybody)
    known |= _inspected(venue, officers[Role.OFFICER])
    known |= _kept_accounts(officers, province)
    known |= _protected(owner, province, officers[Role.PRIVACY])
    list_id = list_checked(workbook(["Tên", "Địa chỉ"], ["Thứ Nhất", "1"]), commune).pk
    known |= {f"{route.name} list_id": list_id for route in routes_of("venue_lists")}
    known |= {"card_id": issue_card(commune, everybody, Holder("Trần Thị Thử", 1950)).pk}
    gate = {"token_hash": b"gate", "enrolled_at": timezone.now(), "seen_at": timezone.now()}
    known |= {"device_id": venue.gate_devices.create(name="Cổng", **gate).pk}
    new = NewOrder(province, [venue.category], Mode.BOTH, timezone.localdate(), None, "7/UBND", "Về cách quét")
    mode_order = make_order(new, officers[Role.LEADER]).pk
    known |= {"officer:mode_order order_id": mode_order, "officer:withdraw_mode_order order_id": mode_order}
    known |= {"public:code text": venue.posters.get().short_code, "public:sitemap_section section": "places"}
    pages = ("one", "figures", "set_aside", "step")
    known |= {f"exchange:{page} code": exchange_code for page in pages} | {"exchange:step step": "again"}
    known |= {"dashboards:export table": "venues", "dashboards:export ending": "csv"}
    count_recent(timezone.now())
    program = let_in(province, officers[Role.MONITOR], limit=1_000_000)
    known |= _connected(program)
    browsers = {"nobody": Client(raise_request_exception=False), "visitor": client_of(owner)}
    browsers["visitor"].raise_request_exception = False
    browsers |= {role: browser_of(officer) for role, officer in officers.items()}
    browsers |= {"everything": browser_of(everybody, owner)}
    browsers["everything"].defaults["HTTP_AUTHORIZATION"] = f"Bearer {token_of(program)}"
    return World(known, browsers)


def _agreed() -> str:
    """An agreement with a receiver, which has not taken one record."""
    write_agreement("national", "http://127.0.0.1:9", "hue", timezone.localdate())
    SetAside.objects.create(receiver="national", end="there", kind="visits", key="x", reason="missing:venue_id")
    return "national"


def _traced(commune: Unit, province: Unit, tracer: Officer, other: Officer) -> dict[str, Any]:
    disease = make_disease()
    make_schedule(disease)
    make_places(commune)
    day = timezone.localdate() - dt.timedelta(days=1)
    case = register_case(CaseReport(example_phone("A"), disease, province, day), tracer)
    run = run_trace(case, tracer, policy_for(case))
    judge_contacts(run, tracer, [1], "confirmed")
    wording = Wording(
        commune, case.infectious_from, case.infectious_from + dt.timedelta(hours=1), "test", place="Xe buýt"
    )
    notice = draft_notice(case, tracer, wording)
    submit_notice(notice, tracer)
    contact = run.contacts.get(number=1)
    call = keep_call(contact, tracer, CallReport("no_answer"), grade=None, verdict="confirmed")
    result = record_result(case, tracer, day, LabReport())
    asked = request_disclosure(run, other, "Gọi điện xác minh tiếp xúc")
    stay = tell_stay(case, tracer, StayTold(case.infectious_from, place="nhà bà ngoại"))
    named = name_person(case, tracer, PersonNamed("friend", case.infectious_from, "Lê Thị Bạn"))
    told = {"disease": disease.pk, "unit": province.pk, "keep": "1"}
    list_ = f"Họ tên\tSĐT\tNgày lấy mẫu\nTrần Văn Bé\t0905111222\t{day:%d/%m/%Y}"
    browser_of(tracer).post("/tracer/imports/", {**told, "text": list_})
    met = ContactTold("", PersonTold("Trần Thị Gặp"), last_on=timezone.localdate(case.infectious_from))
    take_contacts(case, tracer, [met], "", "Go.Data")
    return {
        "import_id": CaseImport.objects.get().pk,
        "stay_id": stay.pk,
        "named_id": named.pk,
        "case_id": case.pk,
        "run_id": run.pk,
        "notice_id": notice.pk,
        "contact_id": contact.pk,
        "call_id": call.pk,
        "result_id": result.pk,
        "disclosure_id": asked.pk,
        "entry_id": AuditEntry.objects.get(action="contacts.judged").pk,
        "tracer:undo_contacts entry_id": AuditEntry.objects.get(action="interview.contacts_imported").pk,
    }


def _watched(province: Unit, tracer: Officer, approver: Officer) -> dict[str, Any]:
    """The confirmed contact's follow-up, with a test, silence, an order that was appealed, and an alert."""
    followed = FollowUp.objects.select_related("case__unit", "contact__run__case").get()
    order = sign_order(draft_order(followed, make_law(), tracer), approver)
    alert = {"raised_at": timezone.now(), "step": "signed", "reason": "many", "orders": 100, "usual_an_hour": 1}
    return {
        "follow_up_id": followed.pk,
        "test_id": followed.tests.first().pk,  # type: ignore[union-attr]
        "escalation_id": Escalation.objects.create(follow_up=followed, level="lead", missed_days=2).pk,
        "isolation_id": order.pk,
        "appeal_id": record_appeal(order, tracer, timezone.localdate(), "Tôi không ở đó").pk,
        "alert_id": OrderAlert.objects.create(unit=province, officers=1, **alert).pk,
        "follow_up:by_link token": link_token(followed),
    }


def _zoned(commune: Unit, case: Case, everybody: Officer, officers: dict[str, Officer]) -> dict[str, Any]:
    """A zone in force with a list of people and a request for their names, and a draft that changes it."""
    drafter, approver = officers[Role.TRACER], officers[Role.APPROVER]
    zone = zone_in_force(commune, case.disease, drafter, approver, cases=[case])
    made = list_presence(zone.orders.get(), case, drafter, *window_of(case, timezone.now()))
    asked = request_names(made, everybody, "Gọi điện xác minh tiếp xúc")
    change = draft_change(zone, draft_of(cases=[case]), drafter)
    return {"zone_id": zone.pk, "order_id": change.pk, "list_id": made.pk, "asked_id": asked.pk}


def _screened(venue: Venue, monitor: Officer) -> dict[str, Any]:
    """A screening with two signs, one of them set aside."""
    run = make_run()
    sign, other = make_sign(run, venue), make_sign(run, venue, "misplaced")
    dismissal = dismiss_sign(other, monitor, "few", "", timezone.localdate())
    return {"sign_id": sign.pk, "dismissal_id": dismissal.pk}


def _employed(venue: Venue, head: Officer) -> dict[str, Any]:
    """An agency with a member on leave, of the unit that everybody's browser heads."""
    unit = head.current_appointments()[0].unit
    agency = keep_agency(Agency(name="Sở Thử", unit=unit), [venue.pk], None)
    member = Member.objects.create(agency=agency, employee_number="NV1", full_name="Trần Văn Thử")
    today = timezone.localdate()
    leave = Leave.objects.create(member=member, kind="trip", first_on=today, until_on=today + dt.timedelta(days=1))
    taken = RosterList.objects.create(agency=agency, counts={"added": 1, "changed": 0, "left": 0}, changes="{}")
    known = {"agency_id": agency.pk, "member_id": member.pk, "leave_id": leave.pk}
    return {**known, "staff:undo_import list_id": taken.pk}


def _protected(person: Person, province: Unit, protector: Officer) -> dict[str, Any]:
    """A data request that waits, one that was granted, a breach and a certificate."""
    load_request_clocks()
    waiting = ask_by_phone(person, Wish(Right.CORRECT, {"full_name": "Trần Thị Đúng"}))
    granted = grant(ask_by_phone(person, Wish(Right.PROVIDE)), protector, 1)
    account = Account("loss", timezone.now(), None, "Người trực", ["visits"], None, True, "Mất máy quét.", "", "")
    breach = record_breach(province, account, protector)
    return {
        "request_id": waiting.pk,
        "privacy:copy request_id": granted.pk,
        "privacy:copy kind": "json",
        "privacy:ask right": "delete",
        **{f"privacy:{page} code": waiting.code for page in ("own_request", "call_off", "own_letter")},
        "privacy:step step": "accept",
        "breach_id": breach.pk,
        "privacy:breach_step step": "told",
        "privacy:breach_paper which": "people",
        "certificate_id": certify(timezone.now(), {"rules": [], "files": {}, "left_over": []}, 0).pk,
    }


def _asked(venue_id: int) -> dict[str, Any]:
    """A report and a ticket, sent through their pages."""
    report = send_report(Client(), venue_id, photos=[photo_of(drawn_face())])
    Client().post("/help/", {"topic": Topic.values[0], "words": "Giúp tôi với"})
    ticket = Ticket.objects.get()
    load_knowledge()
    return {
        "report_id": report.pk,
        "ticket_id": ticket.pk,
        "code": report.code,
        "photo_id": report.photos.get().pk,
        "reports:step step": "note",
        "helpdesk:follow code": ticket.code,
        "helpdesk:rate code": ticket.code,
        "helpdesk:again code": ticket.code,
        "helpdesk:step step": "note",
        "helpdesk:article slug": "mat-dien-thoai",
        "article_id": Article.objects.get(slug="mat-dien-thoai").pk,
        "canned_id": CannedAnswer.objects.all()[0].pk,
    }


def _referred(venue: Venue, officers: dict[str, Officer]) -> dict[str, Any]:
    """A referral that was answered with a picture."""
    load_referral_rules()
    referral = refer(venue, officers[Role.MONITOR], Suspicion("observation", evidence="Không thấy bảng mã"))
    answer_referral(referral, officers[Role.OFFICER], referral.revision, "mended", "Đã dán lại bảng mã", [b"jpeg"])
    picture = ReferralPicture.objects.get()
    return {
        "referral_id": referral.pk,
        "referrals:picture picture_id": picture.pk,
        "referrals:step step": "answer",
        "referrals:letter unit_id": referral.unit_id,
    }


def _sanctioned(venue: Venue, officers: dict[str, Officer]) -> dict[str, Any]:
    """A suspension that was appealed with a picture and upheld, law of the area, an alert."""
    load_sanction_rules()
    bases, found = list(LegalBasis.objects.filter(code="cv-7253-2021")), sources_at(venue)
    terms = Terms("suspension", "Không thấy bảng mã ở cửa", bases, found, ["no_qr_posted"], condition="Dán bảng mã")
    draft = propose(venue, officers[Role.OFFICER], terms)
    sanction = approve(draft, officers[Role.APPROVER], draft.revision, document_number="12/QĐ-UBND")
    say_mended(sanction, "Đã dán bảng mã", [b"jpeg"])
    filed = appeal(sanction, "Bảng mã đã có từ trước")
    answer_appeal(filed, officers[Role.HEAD], filed.revision, Judgement("upheld", "Vi phạm đã rõ"))
    new = NewBasis("Quyết định của thành phố", "88/QĐ-UBND", ["warning"], timezone.localdate())
    alert = {"raised_at": timezone.now(), "step": "approved", "suspensions": 20, "officers": 1}
    picture = SanctionPicture.objects.get().pk
    return {
        "sanction_id": sanction.pk,
        "basis_id": add_basis(new, sanction.unit, officers[Role.HEAD]).pk,
        "sanctions:see_alert alert_id": SuspensionAlert.objects.create(unit=sanction.unit, **alert).pk,
        "sanctions:picture picture_id": picture,
        "sanctions:own_picture picture_id": picture,
        "sanctions:step step": "note",
        "sanctions:own_step step": "mended",
    }


def _answered_for(unit: Unit, head: Officer) -> dict[str, Any]:
    """An explanation, a weekly report, a measure with staff, and a round of messages."""
    today = timezone.localdate()
    signed = {"words": "Chưa đủ người", "remedy": "Cử thêm người", "promised_on": today, "signed_by": "password"}
    explanation = Explanation.objects.create(unit=unit, head=head, digest="0" * 64, **signed)
    report = WeeklyReport.objects.create(unit=unit, first_on=today, digest="0" * 64, pages=1)
    agency = Agency.objects.get()
    measure = record_measure(agency, list(agency.members.all()), "reminded", today, "Đã nhắc", head)
    known: dict[str, Any] = {"explanation_id": explanation.pk, "measure_id": measure.pk}
    load_material_templates()
    template = MaterialTemplate.objects.get(kind="message")
    sending = Sending.objects.create(unit=unit, template=template, first_on=today, last_on=today, prepared_by=head)
    known |= {"sending_id": sending.pk, "made_known:material kind": "sheet", "made_known:step step": "confirm"}
    return {**known, "accountability:weekly_report report_id": report.pk, "accountability:export ending": "csv"}


def _inspected(venue: Venue, officer: Officer) -> dict[str, Any]:
    """A round with a record, its photo, a measure that its owner says is mended, and a supplement."""
    province = officer.current_appointments()[0].unit
    round_ = open_round(province, plan_of(officer), officer)
    (stop,) = add_stops(round_, [venue.pk], officer, "risk")
    sent = told(venue, officer, stop=stop.pk, pictures=["photo"])
    inspection, _is_new = take_in(parcel_of(sent, {"photo": b"jpeg"}), officer)
    measure = inspection.measures.get()
    answer_mended(measure, measure.revision, "Đã in lại", [b"jpeg"])
    added = supplement(inspection, officer, "Ghi nhầm giờ bắt đầu", [], "", "")
    return {
        "round_id": round_.pk,
        "stop_id": stop.pk,
        "inspection_id": inspection.pk,
        "supplement_id": added.pk,
        "inspections:measure_step measure_id": measure.pk,
        "inspections:mended measure_id": measure.pk,
        "inspections:picture picture_id": InspectionPicture.objects.get().pk,
        "inspections:own_picture picture_id": InspectionPicture.objects.get().pk,
        "inspections:measure_picture picture_id": MeasurePicture.objects.get().pk,
        "inspections:measure_step step": "confirm",
        "inspections:field_shell language": "vi",
        "inspections:field_manifest language": "vi",
    }


def _kept_accounts(officers: dict[str, Officer], unit: Unit) -> dict[str, Any]:
    """An officer with a role, one that is proposed, and one who stands in for another."""
    holder, today = officers[Role.OFFICER], timezone.localdate()
    proposal = Proposal.objects.create(
        officer=holder, role=Role.TRACER, unit=unit, since=today, proposed_by=officers[Role.HEAD]
    )
    absent = officers[Role.HEAD].appointments.get()
    watched, _is_new = Rule.objects.get_or_create(kind="bulk", defaults={"most": 9, "minutes": 60})
    at = dict.fromkeys(("first_at", "last_at", "raised_at"), timezone.now())
    renewal = Invitation.objects.create(
        officer=holder,
        phone="+84905000123",
        phone_hash=b"1",
        language="vi",
        made_by=officers[Role.HEAD],
        needs_two=True,
    )
    substitution = name_substitute(absent, holder, today, today + dt.timedelta(days=3), officers[Role.HEAD])
    return {
        "alarm_id": Alarm.objects.create(rule=watched, officer=holder, looks=9, **at).pk,
        "rule_id": watched.pk,
        "account_id": holder.pk,
        "appointment_id": absent.pk,
        "proposal_id": proposal.pk,
        "invitation_id": renewal.pk,
        "substitution_id": substitution.pk,
        "personnel:step step": "withdraw",
        "personnel:decide verdict": "decline",
    }


def _connected(program: Program) -> dict[str, Any]:
    """A program of somebody else, a token of it, an address that was told once."""
    webhook = program.webhooks.create(
        url="https://api.example.vn/", kinds=["venue.changed"], secret="whsec_x", made_by=program.made_by
    )
    send_test(webhook, program.made_by).attempts.create(failure="timeout")
    token_of(program)
    return {
        "program_id": program.pk,
        "token_id": program.tokens.get().pk,
        "webhook_id": webhook.pk,
        "programs:step step": "consent",
        "programs:webhook_step step": "test",
        "open_api:list_contacts case_code": Case.objects.earliest("registered_at").code,
    }


def routes_of(screen: str) -> list[Route]:
    return [route for route in routes() if route.screen == screen]


def faults_of(answer: HttpResponseBase) -> Iterator[str]:
    """What is wrong with an answer, whatever was asked; a file is read to its end, which closes it."""
    if answer.streaming:
        b"".join(answer)
    if answer.status_code >= BROKEN:
        yield f"status {answer.status_code}"
    policy = answer.headers.get("Content-Security-Policy", "")
    for needed in (
        "default-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        if needed not in policy:
            yield f"policy without {needed}"
    if "unsafe-inline" in policy or "'unsafe-eval'" in policy or "*" in policy:
        yield f"policy {policy}"
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for name, value in wanted.items():
        if answer.headers.get(name) != value:
            yield f"{name}: {answer.headers.get(name)}"
    if re.match(r"(?:[a-z]+:|//|/\\)", answer.headers.get("Location", ""), re.IGNORECASE):
        yield f"leads to {answer.headers['Location']}"


@pytest.mark.parametrize("screen", SCREENS)
def test_nobody_breaks_a_page_by_opening_it(world: World, screen: str) -> None:
    """Everybody opens everything; what not everybody may see stays in no cache."""
    faults = []
    for route in routes_of(screen):
        address = route.address(world.known)
        anonymous = world.browsers["nobody"].get(address)
        faults += [("nobody", address, fault) for fault in faults_of(anonymous)]
        is_public = anonymous.status_code == 200
        for who, browser in world.browsers.items():
            answer = browser.get(address)
            faults += [(who, address, fault) for fault in faults_of(answer)]
            kept = answer.headers.get("Cache-Control", "")
            if answer.status_code == 200 and not is_public and "no-store" not in kept and "private" not in kept:
                faults.append((who, address, f"may be cached: {kept or 'nothing said'}"))
    assert faults == []


@pytest.mark.parametrize("screen", SCREENS)
def test_no_address_breaks_a_page(world: World, screen: str) -> None:
    faults = []
    for route in routes_of(screen):
        for address in route.hostile_addresses(world.known):
            for answer in (world.everything.get(address), world.everything.post(address)):
                faults += [(address[:80], fault) for fault in faults_of(answer)]
                if answer.status_code == 200 and "\0" in address:
                    faults.append((address, "NUL accepted"))
    assert faults == []


@pytest.mark.parametrize("screen", SCREENS)
def test_no_question_breaks_a_page(world: World, questions_read: QuestionsRead, screen: str) -> None:
    """Every parameter that any view reads, with values that are none.

    The first holds every name and stands in links back to the page; a page that read none of them answers the others alike.
    """
    questions = [urlencode(dict.fromkeys(NAMES, value)) for value in (GARBLED, HUGE, NEVER, BELOW, "9" * 5000)]
    questions += ["&".join(f"{name}=%FF%FE" for name in NAMES), "&".join(f"{name}[]=1" for name in NAMES)]
    faults = []
    for route in routes_of(screen):
        address = route.address(world.known)
        for question in questions:
            questions_read.any_was = False
            answer = world.everything.get(f"{address}?{question}")
            faults += [(address, question[:60], fault) for fault in faults_of(answer)]
            if not questions_read.any_was:
                break
        assert world.everything.get(f"{address}?{NAMES[0]}=a%00b").status_code == 400
    assert faults == []


@pytest.mark.parametrize("screen", SCREENS)
def test_no_form_breaks_a_page(world: World, screen: str) -> None:
    """Every field of the page's own forms, with values that are none; bodies that are no forms at all."""
    faults = []
    for route in routes_of(screen):
        if route.name in {"visitor:sign_out", "visitor:withdraw", "account_logout"}:
            continue  # they end the session that the others need; the tests of sessions open them
        address = route.address(world.known)
        page = world.everything.get(address)
        faults += [(address, "", fault) for fault in faults_of(page)]
        names = {*NAMES, *FIELDS}
        if not page.streaming and page.headers.get("Content-Type", "").startswith("text/html"):
            names |= set(re.findall(r'name="(\w+)"', page.content.decode()))
        bodies = [urlencode(dict.fromkeys(names - {"csrfmiddlewaretoken"}, value)).encode() for value in VALUES]
        for kind, body in [*((FORM, each) for each in bodies), *((kind, b"\xff\x00{[") for kind in NO_FORMS)]:
            answer = world.everything.generic("POST", address, body, content_type=kind)
            faults += [(address, f"{kind} {body[:40]!r}", fault) for fault in faults_of(answer)]
            if answer.status_code == NOT_ALLOWED:
                break  # no form is taken here, whatever stands in it
    assert faults == []


#: The first reads only and answers everybody alike (`dauchan.web.visitor.views.venue` says why); of the others each request
#: is signed by the telephone company, which no other site can do, or its description is read. To `open_api` cookies say nothing: each request shows a token.
WITHOUT_TOKEN = {"visitor:venue", "phone_line:messages", "phone_line:calls", "phone_line:openapi"}


def test_only_pages_are_read_and_forms_sent_and_none_from_another_site(world: World) -> None:
    owner = Person.objects.get(pk=world.browsers["visitor"].session[PERSON_KEY])
    browser = browser_of(Officer.objects.get(username="everybody"), owner, checks_forms=True)
    forged = {"csrfmiddlewaretoken": "x" * 64, "next": "/"}
    for route in routes():
        address = route.address(world.known)
        for method in ("PUT", "DELETE", "TRACE", "OPTIONS", "BREW"):
            assert (route.name, method, browser.generic(method, address).status_code) == (route.name, method, 405)
        refused = browser.post(address, forged, headers={"origin": "https://evil.example"})
        is_free = route.name in WITHOUT_TOKEN or route.screen == "open_api"
        assert (route.name, refused.status_code == 403) == (route.name, not is_free)


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80:80", "test server", "x"])
def test_no_other_host_is_answered_for(world: World, host: str) -> None:
    for address in ("/", "/visitor/sign-in/", "/accounts/login/"):
        assert Client().get(address, headers={"host": host}).status_code == 400


def test_no_cookie_breaks_a_page(world: World) -> None:
    for value in ("a" * 32 + "\0", "x" * 3000, '"', "\xe9" * 40):
        browser = Client(raise_request_exception=False)
        for name in ("dauchan_session", "csrftoken", "dauchan_language", "dauchan_theme"):
            browser.cookies[name] = value
        for address in ("/", "/me/", "/officer/", "/visitor/sign-in/"):
            assert list(faults_of(browser.get(address))) == []
