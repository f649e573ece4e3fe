"""IRIS again, at the pages: real names are taken as they are written, and what nobody is called gets words, not an error."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from dauchan.helpdesk.models import Ticket, TicketStatus, Topic
from dauchan.people.models import Person
from dauchan.units.models import Role
from dauchan.venues.models import Venue
from dauchan.vietnamese import clean_text
from tests.cases.production import Production
from tests.tracing.outbreak import make_disease
from tests.web.conftest import client_of
from tests.web.reported import ELSEWHERE, post_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.units.models import Unit
    from dauchan.venues.models import Category
    from tests.web.conftest import MakeOfficer, MakeVenue

pytestmark = pytest.mark.django_db

NAMES = [
    "Nguyễn Thị Thuỷ",
    "Đặng-Trần Thị Bích",
    "-Trần Văn A",
    "- Hồ Thị Ví",
    "O'Brien",
    "'Ana",
    "D’Angelo",
    "Y Bhiu Niê Kdăm",
    "H'Hen Niê",
    "K+",
    "=Một",
    "@hai",
    "Nguyễn Thị 🙂 Hoa",
    "山田 太郎",
    "محمد",
    '<b>Lê</b> & "Trần"',
    "'; DROP TABLE people_person; --",
    "{{ name }} {% now %}",
    "%s %(x)s %",
    "Null",
    "N" * 80,
]
DECOMPOSED = [unicodedata.normalize("NFD", name) for name in ("Nguyễn Thị Thuỷ", "Đặng-Trần", "ễ" * 80)]
INVISIBLE = ["Nguyễn\u202e Văn A", "\u200eTrần\u200f Thị B", "Lê\u200b Văn C", "Phạm\x00 Thị D", "\ufeffHồ Thị E"]
#: Nobody's name, or more than fits: told in words.
NONE = ["", "   ", "-", "'", "\u200b", "\x00", "🙂", "N" * 5000]


@pytest.fixture
def person(owner: Person) -> Client:
    return client_of(owner)


def renamed(browser: Client, name: str) -> tuple[int, str]:
    status = browser.post("/me/account/", {"full_name": name}).status_code
    return status, Person.objects.select_related("identity").get().identity.full_name


@pytest.mark.parametrize("name", [*NAMES, *DECOMPOSED, *INVISIBLE])
def test_case_23_a_person_is_called_what_they_say(person: Client, name: str) -> None:
    status, kept = renamed(person, name)
    assert (status, kept) == (302, " ".join(clean_text(name).split()))
    page = person.get("/me/account/").content.decode()
    assert "<b>Lê</b>" not in page


@pytest.mark.parametrize("name", NONE)
def test_case_23_what_is_no_name_is_told_in_words(person: Client, name: str) -> None:
    before = Person.objects.get().identity.full_name
    answer = person.post("/me/account/", {"full_name": name})
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.content.decode() or "aria-invalid" in answer.content.decode()
    assert Person.objects.get().identity.full_name == before


@pytest.mark.parametrize("name", [*NAMES, *DECOMPOSED[:2], *INVISIBLE, "N" * 120, "-5 độ", "24/7", "B'LAO", "Số 1"])
def test_case_23_places_and_streets_are_called_what_they_are(
    person: Client, commune: Unit, category: Category, name: str
) -> None:
    typed = {"name": name, "category": category.pk, "address": name[:100], "unit": commune.pk, "pattern": "always"}
    answer = person.post(
        "/owner/new/", typed | {"point_lat": "16.46", "point_lon": "107.59", "description": clean_text(name)}
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    venue = Venue.objects.get()
    wanted = " ".join(clean_text(name).split())
    assert (venue.name, venue.address) == (wanted, " ".join(clean_text(name[:100]).split()))
    assert person.get(f"/owner/{venue.pk}/").status_code == 200


TEXTS = [*NAMES, *DECOMPOSED, *INVISIBLE, *NONE, "\r\n\t", "x\ud7ff\ufffe\uffff", "A" * 1001]


def test_case_23_every_other_form_answers_in_words(
    person: Client, commune: Unit, make_venue: MakeVenue, make_officer: MakeOfficer
) -> None:
    """Taken, or refused with the page that says why: never an error."""
    tracer = Client()
    tracer.force_login(make_officer(Role.TRACER, commune))
    venue, disease = make_venue(commune), make_disease()
    case = {"phone": "0905000001", "disease": disease.pk, "sampled_on": "2022-05-01", "unit": commune.pk}
    for number, text in enumerate(TEXTS):
        Ticket.objects.update(opened_at=timezone.now() - dt.timedelta(days=1), status=TicketStatus.ANSWERED)
        answers = [
            person.post("/help/", {"topic": Topic.values[0], "words": text, "phone": ""}),
            person.post("/help/", {"topic": Topic.values[0], "words": "Giúp", "phone": text}),
            post_report(person, f"/places/{venue.pk}/report/", words=text, address_of=f"192.0.2.{number}"),
            post_report(person, ELSEWHERE, commune=commune.pk, place=text, address_of=f"192.0.2.{number}"),
            person.post("/visitor/sign-in/", {"phone": text}),
            person.post("/visitor/check-in/", {"code": text, "source": text, "party": text}),
            person.post("/visitor/venue", {"code": text}),
            tracer.post("/tracer/new/", {**case, "note": text}),
            tracer.post("/tracer/new/", {**case, "phone": text, "sampled_on": text, "isolated_at": text}),
            Client().post("/accounts/login/", {"login": text, "password": text}),
        ]
        assert {answer.status_code for answer in answers} <= {200, 302, 422, 429}, text


def hundred_megabytes() -> Iterator[bytes]:
    yield from [b"x" * 1_000_000] * 100


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/visitor/sign-in/", "/owner/new/", "/help/", "/accounts/login/", "/i18n/setlang/"])
def test_case_23_a_hundred_megabytes_are_refused_by_the_whole_house(production: Production, path: str) -> None:
    """Through the gateway; what does not say its length is not read at all. Afterwards the house is as it was."""
    browser = production.browser()
    declared = {"content-type": "application/x-www-form-urlencoded", "content-length": str(100 * 1_000_000)}
    assert browser.ask("POST", path, declared, content=hundred_megabytes()).status_code == 413
    unsaid = {"content-type": "multipart/form-data; boundary=x"}
    assert browser.ask("POST", path, unsaid, content=hundred_megabytes()).status_code in {403, 413}
    assert browser.get("/").status_code == 200


@pytest.mark.slow
def test_case_23_thousands_of_fields_are_refused_in_words(production: Production) -> None:
    browser = production.browser()
    browser.get("/help/")
    answer = browser.post("/help/", {f"a{number}": "1" for number in range(20_000)})
    assert answer.status_code == 400
    assert "Yêu cầu không hợp lệ" in answer.text
