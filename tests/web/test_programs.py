"""The pages on programs of others: entered, consented to by another, tokens shown once, webhooks looked after."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from dauchan.exchange.programs import addresses
from dauchan.exchange.programs.models import Delivery, Program, Token, Webhook
from dauchan.exchange.programs.webhook_actions import send_test
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from tests.web.conftest import MakeOfficer, SignIn
from tests.web.open_programs import PURPOSE, browser_with, let_in

PAGE = "/officer/programs/"
TERMS = {"name": "Cổng dữ liệu", "organisation": "Sở Y tế", "contact": "0234 000 000", "instrument": "Quy chế 7"}


@pytest.fixture
def monitor(province: Unit, make_officer: MakeOfficer) -> Officer:
    return make_officer(Role.MONITOR, province)


@pytest.fixture
def page(monitor: Officer, signed_in: SignIn) -> Client:
    return signed_in(monitor)


def terms(unit: Unit, *scopes: str, **changed: object) -> dict[str, object]:
    return {**TERMS, "purpose": PURPOSE, "unit": unit.pk, "scopes": list(scopes), "limit_a_minute": 60, **changed}


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_a_program_is_entered_and_given_a_token_that_is_shown_once(page: Client, commune: Unit) -> None:
    assert "Chưa có hệ thống nào kết nối" in words(page.get(PAGE))
    assert page.post(f"{PAGE}new/", terms(commune, "units:read", purpose="x")).status_code == 422
    page.post(f"{PAGE}new/", terms(commune, "units:read"))
    program = Program.objects.get()
    made = page.post(f"{PAGE}{program.pk}/tokens/", {"name": "máy chủ", "days": 90})
    (text,) = re.findall(r"<code>(dauchan_[\w-]+)</code>", words(made))
    assert browser_with(text).get("/api/v1/token").json()["unit_id"] == commune.pk
    shown = words(page.get(f"{PAGE}{program.pk}/"))
    assert text not in shown
    assert f"…{text[-4:]}" in shown
    assert "Chưa dùng" not in words(page.get(PAGE))
    page.post(f"{PAGE}tokens/{Token.objects.get().pk}/revoke/")
    assert browser_with(text).get("/api/v1/token").status_code == 401
    assert page.post(f"{PAGE}{program.pk}/tokens/", {"name": "", "days": 7}).status_code == 422


def test_cases_need_the_consent_of_another_who_saw_the_terms(
    page: Client, province: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    page.post(f"{PAGE}new/", terms(province, "cases:read"))
    program = Program.objects.get()
    address = f"{PAGE}{program.pk}/"
    approver = signed_in(make_officer(Role.APPROVER, province))
    assert "Đồng ý cho đọc ca bệnh" in words(approver.get(address))
    assert page.post(f"{address}consent/", {"revision": 1}).status_code == 403
    approver.post(f"{address}consent/", {"revision": 7})
    assert Program.objects.get().waits
    approver.post(f"{address}consent/", {"revision": 1})
    assert not Program.objects.get().waits
    revision = Program.objects.get().revision
    changed = terms(province, "cases:read", purpose="Một mục đích hoàn toàn khác", revision=revision)
    page.post(f"{address}edit/", changed)
    assert Program.objects.get().waits
    assert "Có người khác vừa sửa" in words(page.post(f"{address}edit/", changed))


def test_who_entered_a_program_does_not_consent_to_it(
    province: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    both = make_officer(Role.MONITOR, province)
    both.appointments.create(role=Role.APPROVER, unit=province)
    program = let_in(province, both)
    Program.objects.update(approved_by=None, approved_at=None)
    signed_in(both).post(f"{PAGE}{program.pk}/consent/", {"revision": program.revision})
    assert Program.objects.get().waits


def test_only_the_own_area_is_seen_and_the_operator_only_shuts_doors(
    province: Unit, commune: Unit, other_commune: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    program = let_in(commune, make_officer(Role.MONITOR, province))
    other = signed_in(make_officer(Role.MONITOR, other_commune))
    assert other.get(f"{PAGE}{program.pk}/").status_code == 404
    assert signed_in(make_officer(Role.TRACER, province)).get(PAGE).status_code == 403
    operator = signed_in(make_officer(Role.OPERATOR, province))
    assert operator.post(f"{PAGE}{program.pk}/tokens/", {"name": "x", "days": 30}).status_code == 403
    operator.post(f"{PAGE}{program.pk}/end/")
    assert Program.objects.get().ended_at is not None
    assert "đã chấm dứt" in words(operator.get(f"{PAGE}{program.pk}/"))
    assert program.name in words(operator.get(f"{PAGE}?tab=ended"))


@pytest.fixture
def webhook(page: Client, monitor: Officer, province: Unit, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    monkeypatch.setattr(addresses.target_of, "__defaults__", (lambda _name, _port: ["203.119.8.111"],))
    program = let_in(province, monitor)
    said = {"url": "https://api.example.vn/su-kien", "kinds": ["venue.changed"]}
    made = page.post(f"{PAGE}{program.pk}/webhooks/", said)
    webhook = Webhook.objects.get()
    assert webhook.secret in words(made)
    assert webhook.secret not in words(page.get(f"{PAGE}{program.pk}/"))
    return webhook


def test_a_webhook_is_looked_after(page: Client, monitor: Officer, webhook: Webhook) -> None:
    address = f"{PAGE}webhooks/{webhook.pk}/"
    assert "Không có lần gửi nào" in words(page.get(address))
    page.post(f"{address}test/")
    assert "Chưa gửi lần nào" in words(page.get(address))
    delivery = Delivery.objects.get()
    delivery.attempts.create(failure="certificate", milliseconds=12)
    Delivery.objects.update(state="given_up", tries=12, ended_at=timezone.now())
    assert "Chứng thư của bên nhận hết hạn" in words(page.get(f"{address}?tab=given-up"))
    page.post(f"{address}again/", {"chosen": delivery.pk})
    assert Delivery.objects.get().state == "waiting"
    Delivery.objects.update(state="given_up")
    page.post(f"{address}again/", {"all": 1})
    assert Delivery.objects.get().state == "waiting"
    rolled = page.post(f"{address}secret/")
    webhook.refresh_from_db()
    assert webhook.secret in words(rolled)
    assert "Khóa cũ còn ký" in words(page.get(address))
    page.post(f"{address}pause/")
    assert "đã tạm dừng lúc" in words(page.get(address))
    page.post(f"{address}resume/")
    page.post(f"{address}kinds/", {"kinds": ["referral.changed"]})
    webhook.refresh_from_db()
    assert (webhook.paused_at, webhook.kinds) == (None, ["referral.changed"])
    assert page.post(f"{address}kinds/", {"kinds": ["nothing"]}).status_code == 422
    page.post(f"{address}end/")
    assert "Đã thôi báo" in words(page.get(address))
    page.post(f"{address}test/")
    assert Delivery.objects.count() == 1
    done = set(AuditEntry.objects.filter(action__startswith="webhook.").values_list("action", flat=True))
    steps = ("entered", "tested", "sent_again", "secret_rolled", "paused", "resumed", "changed", "ended")
    assert done == {f"webhook.{step}" for step in steps}


def test_an_address_of_an_inner_network_is_refused_with_its_reason(
    page: Client, monitor: Officer, province: Unit, settings: Settings
) -> None:
    program = let_in(province, monitor)
    settings.WEBHOOK_NETWORKS = ()
    for url, why in (
        ("https://127.0.0.1/", "mạng nội bộ"),
        ("http://203.119.8.111/", "https://"),
        ("x", "không hợp lệ"),
    ):
        answer = page.post(f"{PAGE}{program.pk}/webhooks/", {"url": url, "kinds": ["venue.changed"]})
        assert (answer.status_code, why in words(answer)) == (422, True), url


def test_lists_cost_no_more_queries_for_more_rows(
    page: Client, monitor: Officer, province: Unit, webhook: Webhook, django_assert_max_num_queries: object
) -> None:
    for _number in range(4):
        let_in(province, monitor)
        send_test(webhook, monitor)
    for address in (PAGE, f"{PAGE}{webhook.program_id}/", f"{PAGE}webhooks/{webhook.pk}/"):
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            assert page.get(address).status_code == 200
