"""The monitor's pages of signs, through HTTP: what tonight's screening found, one place, set aside and back, a past day."""

from __future__ import annotations

import datetime as dt
import re
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dauchan.compliance.signs.models import Dismissal, Kind, Origin, Outcome, ScreeningRun, Sign
from dauchan.exchange.tables import csv_value_read
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Venue
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn

TODAY = timezone.localdate
NIGHT = dt.timedelta(days=1)
FACTS: dict[str, dict[str, float]] = {
    Kind.SILENT: {"days": 6, "before": 12.5},
    Kind.UNREADABLE: {"failed": 61},
    Kind.MISPLACED: {"there": 40, "located": 50, "away": 1234},
}


def make_run(nights_ago: int = 1, earlier: ScreeningRun | None = None, **facts: object) -> ScreeningRun:
    now = timezone.now() - (nights_ago - 1) * NIGHT
    told = {"outcome": Outcome.DONE, "started_at": now, "ended_at": now, "asked_at": now, "venues": 9, "found": 1}
    on = TODAY() - nights_ago * NIGHT
    return ScreeningRun.objects.create(on=on, origin=Origin.NIGHTLY, earlier=earlier, **told | facts)


def make_sign(run: ScreeningRun, venue: Venue, sign: str = Kind.SILENT, **facts: object) -> Sign:
    told = {"since_on": run.on - 5 * NIGHT, "expected": 70, "observed": 0, "confidence": 0.97, "visitors": 14}
    picture = {"first_on": f"{run.on - 2 * NIGHT}", "low": [5, 6, 5], "middle": [12, 13, 12], "high": [20, 21, 19]}
    told |= {"facts": FACTS.get(sign, {}), "picture": picture | {"observed": [11, 0, 0]}}
    return Sign.objects.create(run=run, venue=venue, sign=sign, **told | facts)


@pytest.fixture
def monitor(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.MONITOR, province, "giamsat")


@pytest.fixture
def browser(monitor: Officer, signed_in: SignIn) -> Client:
    return signed_in(monitor)


@pytest.fixture
def run(db: None) -> ScreeningRun:
    return make_run(1, make_run(2))


def page(browser: Client, path: str = "", **headers: str) -> str:
    answer = browser.get(f"/officer/signs/{path}", headers={"accept-language": headers.get("language", "vi")})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_tonight_the_surest_first_then_those_that_concern_most(
    browser: Client, run: ScreeningRun, commune: Unit, make_venue: MakeVenue
) -> None:
    facts = [("Chợ Nhỏ", 0.97, 10, 1), ("Chợ Lớn", 0.968, 900, 3), ("Chợ Ngờ", 0.6, 5000, 1)]
    for name, confidence, visitors, nights in facts:
        make_sign(run, make_venue(commune, name), confidence=confidence, visitors=visitors, nights=nights)
    seen = page(browser)
    assert seen.index("Chợ Lớn") < seen.index("Chợ Nhỏ") < seen.index("Chợ Ngờ")
    assert "Không còn lượt quét nào từ" in seen
    assert "Kéo dài 3 lần rà soát" in seen
    assert f"Lượt quét đến hết ngày {run.on:%d/%m/%Y}, rà soát lúc" in seen
    assert "97%" in seen
    assert page(browser, "?order=people").index("Chợ Ngờ") < page(browser, "?order=people").index("Chợ Lớn")
    assert "No more scans since" in page(browser, language="en")
    assert "Lasting for 3 screenings" in page(browser, language="en")
    assert "Confidence" in page(browser, language="en")
    assert ">Signs<" in page(browser, language="en").replace("> ", ">").replace(" <", "<"), "no labels of scans"
    for asked, found in (
        ("state=new", {"Chợ Nhỏ", "Chợ Ngờ"}),
        ("state=lasting", {"Chợ Lớn"}),
        ("q=cho+lon", {"Chợ Lớn"}),
    ):
        assert {name for name, *_ in facts if name in page(browser, f"?{asked}")} == found, asked
    assert "Không có dấu hiệu nào khớp" in page(browser, "?sign=duplicated")


def test_a_page_costs_the_same_however_many_signs_there_are(
    browser: Client, run: ScreeningRun, commune: Unit, make_venue: MakeVenue
) -> None:
    costs, number = [], count()
    page(browser)
    for more in (2, 26):
        for _ in range(more):
            make_sign(run, make_venue(commune, f"Chợ {next(number)}"), picture=None)
        with CaptureQueriesContext(connection) as queries:
            seen = page(browser)
        costs.append(len(queries))
    assert costs[0] == costs[1] < 20
    assert "1–25 trong 28" in seen


def test_only_of_ones_own_area(
    run: ScreeningRun, commune: Unit, other_commune: Unit, province: Unit, make_venue: MakeVenue,
    make_officer: MakeOfficer, signed_in: SignIn,
) -> None:  # fmt: skip
    here, there = make_sign(run, make_venue(commune, "Chợ Đây")), make_sign(run, make_venue(other_commune, "Chợ Kia"))
    officer = signed_in(make_officer(Role.OFFICER, commune))
    assert "Chợ Đây" in page(officer)
    assert "Chợ Kia" not in page(officer) + officer.get("/officer/signs/signs.csv").getvalue().decode()
    assert officer.get(f"/officer/signs/venues/{there.venue_id}/").status_code == 404
    assert "Bỏ qua dấu hiệu này" not in page(officer, f"venues/{here.venue_id}/"), "who is watched does not judge"
    assert officer.post(f"/officer/signs/{here.pk}/dismiss/").status_code == 403
    assert officer.post("/officer/signs/screenings/", {"on": f"{run.on}"}).status_code == 403
    local = signed_in(make_officer(Role.MONITOR, other_commune))
    assert local.post(f"/officer/signs/{here.pk}/dismiss/").status_code == 404
    assert signed_in(make_officer(Role.TRACER, province)).get("/officer/signs/").status_code == 403
    assert "unit" not in re.findall(r'<select name="(\w+)"', page(officer))


def test_set_aside_with_a_reason_and_back(
    browser: Client, run: ScreeningRun, commune: Unit, make_venue: MakeVenue, monitor: Officer
) -> None:
    sign = make_sign(run, make_venue(commune, "Chợ Nghỉ"))
    address, name = f"/officer/signs/{sign.pk}/dismiss/", f"s{sign.pk}-"
    until = f"{TODAY() + 10 * NIGHT}"
    refused = browser.post(address, {f"{name}reason": "other", f"{name}words": "nghỉ", f"{name}until": until})
    assert refused.status_code == 422
    assert "ít nhất 10 ký tự" in refused.content.decode()
    late = browser.post(address, {f"{name}reason": "closed", f"{name}until": f"{TODAY() + 91 * NIGHT}"})
    assert "tối đa 90 ngày" in late.content.decode()
    told = {f"{name}reason": "closed", f"{name}words": "Chủ chợ báo nghỉ sửa mái", f"{name}until": until}
    assert browser.post(address, told).status_code == 302
    assert "Chợ Nghỉ" not in page(browser)
    assert "Chợ Nghỉ" in page(browser, "?state=aside")
    seen = page(browser, f"venues/{sign.venue_id}/")
    assert "Địa điểm tạm nghỉ, có lý do chính đáng" in seen
    assert "Chủ chợ báo nghỉ sửa mái" in seen
    assert "Bỏ qua dấu hiệu này" not in seen
    dismissal = Dismissal.objects.get()
    assert (dismissal.dismissed_by, dismissal.evidence) == (monitor, sign.evidence)
    back = f"/officer/signs/dismissals/{dismissal.pk}/withdraw/"
    assert browser.post(back).status_code == 302
    assert "Chợ Nghỉ" in page(browser)
    assert "Cán bộ giamsat thôi bỏ qua lúc" in page(browser, f"venues/{sign.venue_id}/")
    assert "đã hết hiệu lực" in browser.post(back, follow=True).content.decode()


def test_the_place_shows_the_band_and_its_history(
    browser: Client, run: ScreeningRun, commune: Unit, make_venue: MakeVenue
) -> None:
    venue = make_venue(commune, "Chợ Im")
    assert run.earlier
    old = make_run(9, found=1)
    make_sign(old, venue, Kind.UNREADABLE, observed=20)
    make_sign(run.earlier, venue, nights=1)
    make_sign(run, venue, nights=2)
    seen = page(browser, f"venues/{venue.pk}/")
    drawing = re.search(r'type="application/json">(\{"kind".*?)</script>', seen)
    assert drawing
    assert '"band": [1, 2]' in drawing[1]
    assert '"values": [11, 0, 0]' in drawing[1]
    assert f"{run.earlier.on:%d/%m}–{run.on:%d/%m/%Y}" in seen, "two nights in a row are one line"
    assert f"{old.on:%d/%m/%Y}" in seen
    assert "61 lần không đọc được mã so với 20 lượt" in seen
    assert "The code could" not in seen
    assert "Expected, least" in page(browser, f"venues/{venue.pk}/", language="en")
    quiet = make_venue(commune, "Chợ Yên")
    assert "Hiện không có dấu hiệu nào" in page(browser, f"venues/{quiet.pk}/")
    assert f'href="/officer/signs/venues/{venue.pk}/"' in browser.get(f"/officer/venues/{venue.pk}/").content.decode()


def test_case_15_of_a_sensitive_place_only_the_kind_is_said(
    browser: Client, run: ScreeningRun, commune: Unit, make_venue: MakeVenue
) -> None:
    sign = make_sign(run, make_venue(commune, "Nhà Tạm Lánh Mây", sensitive=True), observed=7)
    listed, own = page(browser), page(browser, f"venues/{sign.venue_id}/")
    for seen in (listed, own):
        assert "Không còn lượt quét nào, dù theo nhịp trước đây" in seen
        assert "12,5" not in seen
    assert "data-chart" not in own
    assert "data-points" not in listed
    assert "Nhà Tạm Lánh" not in browser.get("/officer/signs/signs.csv").getvalue().decode()


def test_the_file_holds_what_is_looked_at(
    browser: Client, run: ScreeningRun, commune: Unit, make_venue: MakeVenue
) -> None:
    make_sign(run, make_venue(commune, "=Chợ Công Thức"))
    make_sign(run, make_venue(commune, "Chợ Mờ"), Kind.UNREADABLE, observed=20)
    rows = browser.get("/officer/signs/signs.csv?sign=silent").getvalue().decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("'=Chợ Công Thức")
    assert csv_value_read(rows[1].partition(",")[0]) == "=Chợ Công Thức"
    entry = AuditEntry.objects.get(action="signs.exported")
    assert entry.detail["rows"] == 1


def test_before_the_first_night_and_when_it_failed(browser: Client, province: Unit) -> None:
    assert "Chưa rà soát lần nào" in page(browser)
    run = make_run(2)
    assert "Không có dấu hiệu nào cần xem" in page(browser)
    make_run(1, outcome=Outcome.FAILED, failure="OperationalError", ended_at=timezone.now())
    seen = page(browser)
    assert "không hoàn thành" in seen
    assert f"vẫn là kết quả của ngày {run.on:%d/%m/%Y}" in seen
    assert "OperationalError" in page(browser, "screenings/")
    make_run(1)
    assert "không hoàn thành" not in page(browser)
    assert "không phải lần rà soát mới nhất" in page(browser, f"?on={run.on}")


def test_a_past_day_by_hand(browser: Client, run: ScreeningRun) -> None:
    def ask(day: dt.date) -> tuple[int, str]:
        answer = browser.post("/officer/signs/screenings/", {"on": f"{day}"})
        return answer.status_code, answer.content.decode()

    assert ask(TODAY())[0] == 422
    assert "quá thời hạn lưu giữ" in ask(TODAY() - 400 * NIGHT)[1]
    assert ask(TODAY() - 3 * NIGHT)[0] == 302
    asked = ScreeningRun.objects.get(outcome=Outcome.WAITING)
    assert ProcrastinateJob.objects.get(task_name__endswith="screen_by_hand").args == {"run_id": asked.pk}
    assert "Đang rà soát đến hết ngày" in page(browser)
    assert "Đang có một lần rà soát" in ask(TODAY() - 4 * NIGHT)[1]
    from dauchan.compliance.signs.jobs import screen_by_hand

    screen_by_hand(asked.pk)
    asked.refresh_from_db()
    assert (asked.outcome, asked.asked_by) == (Outcome.DONE, Officer.objects.get(username="giamsat"))
    assert "Cán bộ giamsat" in page(browser, "screenings/")


def test_the_use_of_a_place_leads_to_its_signs(
    browser: Client, run: ScreeningRun, commune: Unit, make_venue: MakeVenue
) -> None:
    quiet, good = make_venue(commune, "Chợ Vắng"), make_venue(commune, "Chợ Tốt")
    make_sign(run, quiet)
    seen, other = (
        re.sub(r"\s+", " ", browser.get(f"/officer/indicators/venues/{venue.pk}/").content.decode())
        for venue in (quiet, good)
    )
    assert "Không còn lượt quét nào từ" in seen
    assert f'href="/officer/signs/venues/{quiet.pk}/"' in seen
    assert "không thấy dấu hiệu bất thường nào" in other
    assert f'href="/officer/signs/venues/{good.pk}/"' in other
