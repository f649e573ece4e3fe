"""The monitor's page of the national exchange."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from dauchan.exchange.contract.manifest import GENESIS
from dauchan.exchange.national.agreeing import write_agreement
from dauchan.exchange.national.models import Batch, Comparison, SetAside, Standing, Stream, UnitDay
from dauchan.units.models import AuditEntry, Role, Unit
from tests.web.conftest import MakeOfficer, SignIn

CODE = "national"


@pytest.fixture
def monitor(province: Unit, make_officer: MakeOfficer, signed_in: SignIn) -> Client:
    return signed_in(make_officer(Role.MONITOR, province))


@pytest.fixture
def agreed(settings: Settings, tmp_path: Path) -> str:
    settings.EXCHANGE_ROOT = str(tmp_path)
    write_agreement(CODE, "http://127.0.0.1:9", "hue", timezone.localdate() - dt.timedelta(days=3))
    return f"/officer/exchange/{CODE}/"


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_without_an_agreement_the_page_says_what_to_do(monitor: Client, settings: Settings, tmp_path: Path) -> None:
    settings.EXCHANGE_ROOT = str(tmp_path / "none")
    assert "Chưa có thỏa thuận với bên nhận nào" in words(monitor.get("/officer/exchange/"))
    (tmp_path / "broken.toml").write_text("code = 1", encoding="utf-8")
    settings.EXCHANGE_ROOT = str(tmp_path)
    assert "không hợp lệ" in words(monitor.get("/officer/exchange/"))


def test_the_page_shows_lag_rate_backlog_differences_and_the_end(monitor: Client, agreed: str, commune: Unit) -> None:
    now = timezone.now()
    Standing.objects.create(
        receiver=CODE, contacted_at=now, backlog=9000, oldest_at=now - dt.timedelta(minutes=20), measured_at=now
    )
    day = timezone.localdate() - dt.timedelta(days=1)
    stream = Stream.objects.create(
        receiver=CODE, name="visits.1", kind="visits", purpose="backfill", day=day, digest=GENESIS, total=4000
    )
    Batch.objects.create(
        stream=stream,
        number=1,
        kind="visits",
        manifest=b"",
        signature="",
        count=1000,
        size=1,
        cut_at=now,
        acknowledged_at=now,
    )
    Comparison.objects.create(receiver=CODE, first_on=day, last_on=day, outcome="different", records=77, differing=1)
    line = {"receiver": CODE, "kind": "visits", "day": day, "compared_at": now}
    UnitDay.objects.create(**line, unit_code=commune.code, ours=77, theirs=76, is_equal=False, differing=1)
    SetAside.objects.create(receiver=CODE, end="there", kind="visits", key="x", reason="missing:venue_id")
    assert monitor.get("/officer/exchange/").headers["Location"] == agreed
    said = words(monitor.get(agreed))
    for part in (
        "Gửi chậm",
        "12.000",
        "Còn lệch",
        commune.full_name,
        "1 ngày lệch",
        "thiếu dữ liệu (venue_id)",
        "25%",
        '20 <span class="unit">phút</span>',
    ):
        assert part in said, part
    assert 'hx-trigger="every 10s"' in words(monitor.get(f"{agreed}figures/"))


def test_a_failure_is_told_with_the_next_try(monitor: Client, agreed: str) -> None:
    now = timezone.now()
    Standing.objects.create(
        receiver=CODE, failing_since=now, failures=3, failure="certificate", failure_detail="has expired", retry_at=now
    )
    said = words(monitor.get(agreed))
    assert "Chứng thư hết hạn" in said
    assert "Đã thử 3 lần" in said
    assert "Thử lại ngay" in said


def test_what_a_monitor_does_is_done_and_recorded(monitor: Client, agreed: str) -> None:
    monitor.post(f"{agreed}pause/")
    assert Standing.objects.get().is_paused
    assert "đã tạm dừng lúc" in words(monitor.get(agreed))
    monitor.post(f"{agreed}resume/")
    monitor.post(f"{agreed}compare/")
    standing = Standing.objects.get()
    assert (standing.is_paused, standing.compare_asked_at is not None) == (False, True)
    day = timezone.localdate() - dt.timedelta(days=1)
    monitor.post(f"{agreed}backfill/", {"first": f"{day:%Y-%m-%d}", "last": f"{day:%Y-%m-%d}"})
    assert Stream.objects.filter(purpose="backfill", day=day).count() == 2
    monitor.post(f"{agreed}backfill/", {"first": "2000-01-01", "last": "2000-01-02"})
    aside = SetAside.objects.create(receiver=CODE, end="here", kind="visits", key="x", reason="too_long:name")
    assert "quá dài (name)" in words(monitor.get(f"{agreed}set-aside/"))
    monitor.post(f"{agreed}again/", {"chosen": aside.pk})
    assert SetAside.objects.get().asked_at is not None
    assert monitor.post(f"{agreed}nothing/").status_code == 404
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {
        f"exchange.{name}" for name in ("paused", "resumed", "comparison_asked", "backfill_asked", "sent_again")
    } <= actions


def test_only_who_watches_the_whole_province_sees_it(
    agreed: str, commune: Unit, province: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    assert signed_in(make_officer(Role.MONITOR, commune, "small")).get(agreed).status_code == 404
    assert signed_in(make_officer(Role.OFFICER, province, "other")).get(agreed).status_code == 403
    leader = signed_in(make_officer(Role.LEADER, province, "leader"))
    assert leader.get(agreed).status_code == 200
    assert leader.post(f"{agreed}pause/").status_code == 403


def test_gauges_are_for_the_door_only(agreed: str, db: None) -> None:
    assert Client().get("/officer/exchange/gauges.txt").status_code == 404

    def gauges() -> str:
        asked = {"X-Forwarded-Metrics": "exchange"}
        return Client().get("/officer/exchange/gauges.txt", headers=asked).content.decode()

    before = gauges()
    assert 'dauchan_exchange_failures{receiver="national"} 0' in before
    assert "dauchan_exchange_lag_seconds{" not in before, "nobody has counted yet"
    Standing.objects.create(receiver=CODE, contacted_at=timezone.now())
    assert 'dauchan_exchange_lag_seconds{receiver="national"} 0' in gauges()
