"""The phones of a person: listed, signed out from another one or by the hotline; a number that changes hands shows nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dauchan.people.actions import person_with_phone
from dauchan.people.models import Identity
from dauchan.people.phones.actions import sign_out_phones
from dauchan.people.phones.models import Ending, OwnPhone
from dauchan.people.phones.naming import label_of
from dauchan.qr import make_personal_code
from dauchan.units.models import AuditEntry
from dauchan.web.gate.reading import GateRefused, read_shown
from tests.web.conftest import client_of, make_person

if TYPE_CHECKING:
    from dauchan.people.models import Person
    from dauchan.units.models import Unit
    from tests.web.conftest import MakeOfficer, SignIn

PHONE, E164, NAME = "0905 000 009", "+84905000009", "Nguyễn Văn Thử"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def person(db: None) -> Person:
    return make_person(E164, NAME)


def proves(browser: Client, phone: str = PHONE) -> str:
    """Number and code; returns where that leads."""
    browser.post(reverse("visitor:sign_in"), {"phone": phone})
    shown = re.search(r">\s*(\d{6})\s*<", browser.get(reverse("visitor:enter_code")).content.decode())
    assert shown
    return browser.post(reverse("visitor:enter_code"), {"code": shown[1]}, follow=True).redirect_chain[-1][0]


def test_a_browser_nobody_knows_says_the_name_and_one_that_is_known_need_not(person: Person) -> None:
    browser = Client(HTTP_USER_AGENT=IPHONE)
    assert proves(browser) == reverse("visitor:who")
    page = browser.post(reverse("visitor:who"), {"full_name": "Lê Văn Khác"})
    assert page.status_code == 422
    assert NAME not in page.content.decode()
    assert browser.get(reverse("visitor:diary")).status_code == 302
    assert browser.post(reverse("visitor:who"), {"full_name": "nguyen van THU"}).headers["Location"] == "/me/"
    assert OwnPhone.objects.get(person=person).label == "Safari · iPhone"
    browser.post(reverse("visitor:sign_out"))
    assert proves(browser) == "/me/"


def test_the_new_holder_of_a_number_sees_nothing_and_the_old_one_keeps_what_is_theirs(person: Person) -> None:
    old, new = client_of(person), Client()
    assert old.get(reverse("visitor:diary")).status_code == 200
    proves(new)
    assert NAME not in new.get(reverse("visitor:who")).content.decode()
    new.post(reverse("visitor:new_holder"))
    page = new.get(reverse("visitor:consent")).content.decode()
    assert NAME not in page
    new.post(reverse("visitor:consent"), {"full_name": "Trần Thị Mới", "consent": "on"})
    holder = person_with_phone(E164)
    assert holder is not None
    assert holder.pk != person.pk
    assert Identity.objects.get(person=person).phone_hash is None
    # The old holder's phone goes on with the old holder's diary, renames nobody else, and is led to tell a new number.
    told = old.get(reverse("visitor:account")).content.decode()
    assert reverse("visitor:new_number") in told
    old.post(reverse("visitor:account"), {"full_name": "Nguyễn Văn Sửa"})
    assert Identity.objects.get(person=person).full_name == "Nguyễn Văn Sửa"
    assert Identity.objects.get(person=holder).full_name == "Trần Thị Mới"


def test_three_wrong_names_end_the_guessing(person: Person) -> None:
    browser = Client()
    proves(browser)
    for guess in ("Một", "Hai", "Ba"):
        browser.post(reverse("visitor:who"), {"full_name": guess})
    browser.post(reverse("visitor:who"), {"full_name": NAME})
    assert browser.get(reverse("visitor:diary")).status_code == 302


def test_a_lost_phone_is_signed_out_from_another_and_its_codes_are_refused(person: Person) -> None:
    lost, other = client_of(person), client_of(person)
    assert lost.get(reverse("visitor:own_code")).status_code == 200
    made_at = int(timezone.now().timestamp()) - 1
    code = make_personal_code(person.pk, made_at, settings.CARD_KEYS)
    assert read_shown(code, timezone.now()).person_id == person.pk
    page = other.get(reverse("visitor:phones")).content.decode()
    phones = set(re.findall(r"/me/phones/(\d+)/sign-out/", page))
    assert len(phones) == 2
    (first,) = phones - {str(other.session["phone_id"])}
    assert other.post(reverse("visitor:sign_out_phone", args=[first])).status_code == 302
    assert lost.get(reverse("visitor:diary")).status_code == 302
    assert lost.get(reverse("visitor:own_code")).status_code == 302
    assert lost.get(reverse("visitor:token")).status_code == 401
    assert other.get(reverse("visitor:diary")).status_code == 200
    with pytest.raises(GateRefused):
        read_shown(code, timezone.now())
    fresh = make_personal_code(person.pk, int(timezone.now().timestamp()) + 1, settings.CARD_KEYS)
    assert read_shown(fresh, timezone.now()).person_id == person.pk


def test_nobody_signs_out_the_phone_of_another(person: Person) -> None:
    mine, theirs = client_of(person), client_of(make_person("+84905000010", "Trần Thị Khác"))
    theirs.get(reverse("visitor:diary"))
    phone = OwnPhone.objects.exclude(person=person).get()
    assert mine.post(reverse("visitor:sign_out_phone", args=[phone.pk])).status_code == 404
    assert theirs.get(reverse("visitor:diary")).status_code == 200


def test_the_hotline_signs_out_who_answers_right_and_says_nothing_to_others(
    person: Person, province: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    lost, agent = client_of(person), signed_in(make_officer("agent", province))
    lost.get(reverse("visitor:diary"))
    address, told = reverse("helpdesk:lost_phone"), {"phone": PHONE, "full_name": NAME, "circumstances": "trên xe buýt"}
    wrong = agent.post(address, told | {"full_name": "Lê Văn Khác"})
    unknown = agent.post(address, told | {"phone": "0905 000 099"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    said = [re.findall(r"Không khớp[^<]*", page.content.decode()) for page in (wrong, unknown)]
    assert said[0] == said[1]
    assert NAME not in wrong.content.decode()
    assert lost.get(reverse("visitor:diary")).status_code == 200
    assert agent.post(address, told).status_code == 302
    assert lost.get(reverse("visitor:diary")).status_code == 302
    logged = AuditEntry.objects.filter(action__startswith="phones.").values_list("action", flat=True)
    assert sorted(logged) == ["phones.asked", "phones.asked", "phones.asked", "phones.signed_out"]
    assert OwnPhone.objects.get().ending == Ending.HOTLINE


def test_a_number_is_changed_by_who_proves_the_new_one(person: Person) -> None:
    browser = client_of(person)
    browser.post(reverse("visitor:new_number"), {"phone": "0905 000 011"})
    page = browser.get(reverse("visitor:number_code")).content.decode()
    shown = re.search(r">\s*(\d{6})\s*<", page)
    assert shown
    assert browser.post(reverse("visitor:number_code"), {"code": "000000"}).status_code == 422
    assert browser.post(reverse("visitor:number_code"), {"code": shown[1]}).status_code == 302
    assert person_with_phone("+84905000011") == person
    assert person_with_phone(E164) is None


def test_a_session_without_a_phone_goes_on_unless_phones_were_signed_out_since(person: Person) -> None:
    early, late = client_of(person), client_of(person)
    for browser in (early, late):
        session = browser.session
        del session["phone_id"]
        session.save()
    assert early.get(reverse("visitor:diary")).status_code == 200
    sign_out_phones(person, Ending.ELSEWHERE)
    assert late.get(reverse("visitor:diary")).status_code == 302


def test_browsers_are_called_by_our_words() -> None:
    assert label_of(IPHONE) == "Safari · iPhone"
    assert label_of("Mozilla/5.0 (Linux; Android 15) Chrome/131.0 Mobile Safari/537.36") == "Chrome · Android"
    assert label_of("<script>alert(1)</script>") == "–"
