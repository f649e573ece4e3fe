"""The venue file: who sees which part, as a matrix; one order of time, filters, pages, paper; nobody's words or names."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dauchan.compliance.referrals.actions import answer
from dauchan.helpdesk.opening import open_ticket
from dauchan.oversight.models import Report
from dauchan.oversight.sanctions.owner_steps import appeal
from dauchan.units.models import AuditEntry, Role
from dauchan.venues.actions import reissue_poster
from dauchan.web.venue_file.readers import OWNERS, PARTS_OF
from tests.compliance.referred import appointed
from tests.oversight.inspected import inspected
from tests.oversight.sanctioned import Law, make_law
from tests.web.conftest import TOTP_SECRET, browser_of, client_of, make_person
from tests.web.test_signs import make_run, make_sign

pytestmark = pytest.mark.django_db
CODES = re.compile(r'data-part="(\w+)"')
#: The table of docs/sanctions.md, written out once more: who sees which part.
TABLE = {
    "owner": {"registration", "posters", "use", "reports", "referrals", "inspections", "sanctions", "appeals"},
    Role.OFFICER: {
        "registration",
        "posters",
        "use",
        "signs",
        "reports",
        "referrals",
        "inspections",
        "sanctions",
        "appeals",
        "tickets",
    },
    Role.TRACER: {"registration", "posters"},
    Role.AGENT: {"registration", "posters", "tickets"},
    Role.OPERATOR: set(),
}
for _role in (Role.HEAD, Role.MONITOR, Role.LEADER, Role.APPROVER):
    TABLE[_role] = TABLE[Role.OFFICER]
#: Whom no reader of a file learns of.
SECRETS = ("Trần Văn Kín", "Lê Thị Thầm", "+84905", "Tôi không đồng ý")


@pytest.fixture
def law(db: None) -> Law:
    """A venue at which everything happened once."""
    law = make_law()
    place = law.place
    referral = place.refer()
    answer(referral, place.officer, referral.revision, "sanction", "Đã kiểm tra, gặp ông Trần Văn Kín")
    answered = {"status": "answered", "answered_by": place.officer, "answered_at": timezone.now()}
    Report.objects.update(answer="Đã kiểm tra, cảm ơn Lê Thị Thầm", **answered)
    make_sign(make_run(), law.venue)
    inspected(law.venue, place.officer)
    reissue_poster(law.venue)
    open_ticket("gate", "Tôi là Lê Thị Thầm", "192.0.2.2", venue=law.venue)
    appeal(law.suspend(), "Tôi không đồng ý, tôi là Lê Thị Thầm")
    return law


def reader_of(law: Law, role: str) -> Client:
    if role == "owner":
        assert law.venue.owner is not None
        return client_of(law.venue.owner)
    officer = appointed(role, law.place.province, f"doc-{role}")
    if officer.needs_second_factor():
        TOTP.activate(officer, TOTP_SECRET)
    return browser_of(officer)


def address_of(law: Law, role: str) -> str:
    return f"/owner/{law.venue.pk}/file/" if role == "owner" else f"/officer/venues/{law.venue.pk}/file/"


def test_each_role_sees_its_part_of_the_table(law: Law) -> None:
    seen = {}
    for role in TABLE:
        page = reader_of(law, role).get(address_of(law, role))
        seen[role] = set(CODES.findall(page.content.decode())) if page.status_code == 200 else set()
        assert page.status_code == (403 if role == Role.OPERATOR else 200), role
        text = page.content.decode()
        assert [secret for secret in SECRETS if secret in text] == []
    assert seen == TABLE


def test_the_table_in_code_is_the_table(law: Law) -> None:
    assert {part.value for part in OWNERS} == TABLE["owner"]
    assert {role: {part.value for part in parts} for role, parts in PARTS_OF.items()} == {
        role: parts for role, parts in TABLE.items() if parts and role != "owner"
    }


def test_the_owner_reads_neither_codes_nor_names_and_sees_no_draft(law: Law) -> None:
    report = Report.objects.get()
    owners, officers = (
        reader_of(law, role).get(address_of(law, role)).content.decode() for role in ("owner", Role.HEAD)
    )
    for words in (report.code, "Cán bộ canbo", "Cán bộ pheduyet", "/officer/", "Lập dự thảo"):
        assert words not in owners
    for words in (report.code, "Cán bộ canbo", "Cán bộ pheduyet", f"/officer/reports/{report.pk}/"):
        assert words in officers
    other = client_of(make_person("+84905000077", "Lê Thị Lạ"))
    assert other.get(address_of(law, "owner")).status_code == 404


def test_outside_the_area_there_is_no_file_and_every_look_is_recorded(law: Law) -> None:
    stranger = browser_of(law.place.stranger)
    assert stranger.get(address_of(law, Role.OFFICER)).status_code == 404
    looks = AuditEntry.objects.filter(action="venue_file.opened", subject=f"venue_file:{law.venue.pk}")
    assert not looks.exists()
    browser_of(law.place.officer).get(address_of(law, Role.OFFICER))
    assert looks.get().actor == law.place.officer


def test_it_is_one_order_of_time_filtered_by_part_paged_and_printed_whole(law: Law) -> None:
    browser, address = browser_of(law.place.officer), address_of(law, Role.OFFICER)
    for _number in range(45):
        reissue_poster(law.venue)
    page = browser.get(address).content.decode()
    times = re.findall(r'<time datetime="([^"]+)"', page)
    assert times == sorted(times, reverse=True)
    assert len(times) == 40
    assert "?page=2" in page
    whole = browser.get(f"{address}?paper=1").content.decode()
    assert len(re.findall(r'<time datetime="', whole)) > 90
    tabs = re.findall(r'href="\?part=(\w+)"', page)
    assert len(tabs) == len(set(tabs)) > 5
    only = browser.get(f"{address}?part=appeals").content.decode()
    assert set(CODES.findall(only)) == {"use", "appeals"}
    assert set(CODES.findall(browser.get(f"{address}?part=nothing").content.decode())) > {"posters"}


def test_queries_do_not_grow_with_the_file(law: Law, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(45):
        browser_of(law.place.officer).get(address_of(law, Role.OFFICER))
