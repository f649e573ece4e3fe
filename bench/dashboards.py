"""The dashboards and the pages of oversight at the size of a province, and the counting of one of its days.

20,000 places in the communes of Huế, 60 days of counts (1.2 million rows); each page is asked for many times, as the browser of a
leader asks, in one process without a network: what is measured is Django and PostgreSQL. Then one day of check-ins, in the ledger as the
door writes them, is counted from the ledger and from its segment on disk.
"""

import argparse
import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
from machine import database

if TYPE_CHECKING:
    from django.test import Client

    from dauchan.units.models import Officer

DAYS, ROUNDS = 60, 25
#: Above it the slowest queries of the page are told.
MOST_MS = 300
PAGES = {
    "units of the province": ("units", {}),
    "units, 28 days": ("units", {"length": "28"}),
    "one commune": ("units", {"unit": "commune"}),
    "places by name": ("venues", {}),
    "places by scans, 7 days": ("venues", {"sort": "most"}),
    "places by scans, 28 days": ("venues", {"sort": "most", "length": "28"}),
    "places by failed scans, 28 days, page 300": ("venues", {"sort": "failed", "length": "28", "page": "300"}),
    "silent places, 28 days": ("venues", {"use": "silent", "length": "28"}),
    "silent places, fewest first": ("venues", {"use": "silent", "sort": "fewest"}),
    "places searched for": ("venues", {"q": "quan 17", "length": "28"}),
    "places of a commune by scans, 28 days": ("venues", {"unit": "commune", "sort": "most", "length": "28"}),
    "places by scans, 92 days": ("venues", {"sort": "most", "length": "own", "first": "92"}),
    "one place, 28 days": ("venue", {"length": "28"}),
    "first page of the console": ("home", {}),
    "accountability, a week": ("accountability", {}),
    "accountability, a month": ("accountability", {"period": "month"}),
    "accountability of one commune": ("accountability", {"unit": "commune"}),
    "league": ("league", {}),
}
#: Of a head of the province who also watches it; a row of its own kind stands for the number.
OVERSIGHT = {
    "first page of a head": ("officer:home", "", {}),
    "signs": ("signs:signs", "", {}),
    "referrals under way": ("referrals:referrals", "", {}),
    "referrals, all, page 300": ("referrals:referrals", "", {"tab": "all", "page": "300"}),
    "referrals searched for": ("referrals:referrals", "", {"tab": "all", "q": "quan 17"}),
    "referrals by unit": ("referrals:units", "", {}),
    "one referral": ("referrals:one", "referral", {}),
    "reports under way": ("reports:reports", "", {}),
    "reports, all, page 500": ("reports:reports", "", {"tab": "all", "page": "500"}),
    "reports searched for": ("reports:reports", "", {"tab": "all", "q": "duong thu"}),
    "one report": ("reports:one", "report", {}),
    "public board": ("reports:board", "", {}),
    "public board, page 400": ("reports:board", "", {"page": "400"}),
    "rounds of inspection": ("inspections:rounds", "", {}),
    "one round": ("inspections:round", "round", {}),
    "places to choose by risk": ("inspections:choose", "round", {}),
    "records": ("inspections:records", "", {}),
    "records, page 200": ("inspections:records", "", {"page": "200"}),
    "one record": ("inspections:record", "inspection", {}),
    "measures overdue": ("inspections:measures", "", {}),
    "sanctions in force": ("sanctions:sanctions", "", {"tab": "in_force"}),
    "sanctions searched for": ("sanctions:sanctions", "", {"tab": "all", "q": "quan 17"}),
    "one sanction": ("sanctions:one", "sanction", {}),
    "a sanction is proposed": ("sanctions:propose", "", {"venue": "thick"}),
    "file of a place": ("venue_file:file", "venue", {}),
    "overdue work of a head": ("accountability:overdue", "", {}),
    "accountability, oversight filled": ("accountability:units", "", {}),
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--scans", type=int, default=650_000, help="check-ins of the day that is counted; 0 counts none")
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--oversight", action="store_true", help="only the pages of oversight")
    plan = asked.parse_args()
    with tempfile.TemporaryDirectory() as var, database() as (owner, _door):
        os.environ.update(
            DATABASE_URL=owner, DAUCHAN_VAR=var, DAUCHAN_ENV="test", DJANGO_SETTINGS_MODULE="dauchan.project.settings"
        )
        from dauchan.project.keys import fresh_keys

        os.environ.update(fresh_keys())
        import_module("dauchan.project.wsgi")  # the console's own start
        prepare()
        if not plan.oversight:
            pages(plan.rounds)
        oversight(plan.rounds)
        if plan.scans:
            counting(plan.scans)


def prepare() -> None:
    """Places, counts and a leader; statistics as the server's own upkeep would have them."""
    from django.db import connection

    from dauchan.units.actions import load_units

    load_units()
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"days": DAYS})
        cursor.execute("VACUUM ANALYZE")


FILL = """
UPDATE venues_venue AS v SET name = 'Quán ' || v.id, address = v.id || ' Đường Thử', unit_id = u.ids[1 + v.id %% cardinality(u.ids)],
    decided_at = now() - interval '90 days', search_key = 'quan ' || v.id || ' ' || v.id || ' duong thu',
    sort_key = 'quan ' || lpad(v.id::text, 6, '0')
FROM (SELECT array_agg(id) AS ids FROM units_unit WHERE level = 'commune' AND valid_to IS NULL AND path LIKE '%%.%%') AS u;
INSERT INTO compliance_venueday (venue_id, day, scans, people, failed)
SELECT v.id, d.day, s.scans, s.scans * 3 / 4, CASE WHEN random() < 0.1 THEN 3 ELSE 0 END
FROM generate_series((now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - %(days)s + 1, (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, interval '1 day') AS t (at),
     LATERAL (SELECT t.at::date AS day) AS d, venues_venue AS v,
     LATERAL (SELECT (random() * random() * 1300 + v.id * 0)::int AS scans) AS s
WHERE v.id %% 20 > 0;
INSERT INTO compliance_unitday (unit_id, day, registered, new, active, scans, people, failed)
SELECT top.id, d.day, count(DISTINCT v.id), 0, count(DISTINCT d.venue_id), sum(d.scans), sum(d.people) / 2, sum(d.failed)
FROM units_unit AS top JOIN units_unit AS u ON u.path = top.path OR u.path LIKE top.path || '.%%' JOIN venues_venue AS v ON v.unit_id = u.id
JOIN compliance_venueday AS d ON d.venue_id = v.id
WHERE top.valid_to IS NULL GROUP BY top.id, d.day;
INSERT INTO compliance_countedday (day, seen, home, counted_at) SELECT DISTINCT day, '1:1:', '', now() FROM compliance_unitday;
"""


def pages(rounds: int) -> None:
    """The dashboards, as a leader opens them."""
    from datetime import timedelta

    from django.urls import reverse
    from django.utils import timezone

    from dauchan.units.models import Appointment, Officer, Unit
    from dauchan.venues.models import Venue

    province = Unit.objects.get(level="province", valid_to=None)
    commune = Unit.objects.filter(parent=province, valid_to=None).first()
    leader = Officer.objects.create_user("do", full_name="Đo")
    Appointment.objects.create(officer=leader, role="leader", unit=province)
    client = browser_of(leader)
    for label, (name, given) in PAGES.items():
        asked = dict(given)
        if "unit" in asked:
            asked["unit"] = str(commune.pk)
        if "first" in asked:
            asked["first"] = str(timezone.localdate() - timedelta(days=int(asked["first"])))
        address = {
            "venue": reverse("dashboards:venue", args=[Venue.objects.latest("pk").pk]),
            "home": reverse("officer:home"),
            "accountability": reverse("accountability:units"),
            "league": reverse("accountability:league"),
        }
        at = address.get(name) or reverse(f"dashboards:{name}")
        measure(client, label, at, asked, rounds)


def oversight(rounds: int) -> None:
    """Lists and details of referrals, reports, inspections, sanctions and accountability, with a year of them."""
    from django.db import connection
    from django.urls import reverse
    from oversight_rows import fill_oversight

    made = fill_oversight()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = browser_of(made["officer"])
    for label, (name, row, given) in OVERSIGHT.items():
        asked = {key: str(made["venue"]) if value == "thick" else value for key, value in given.items()}
        measure(client, label, reverse(name, args=[made[row]] if row else []), asked, rounds)


def browser_of(officer: "Officer") -> "Client":
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(officer)
    return client


def measure(client: "Client", label: str, at: str, asked: dict[str, str], rounds: int) -> None:
    """One page, p50 and p95 in milliseconds; the first answer is not counted: a server has given one before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(at, asked)
        asked_for = len(queries)  # before the next request empties the log
        slowest = sorted(queries.captured_queries, key=lambda one: -float(one["time"]))[:2]
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{label}: {answer.status_code}")
    taken = sorted(seconds(lambda: client.get(at, asked)) * 1000 for _ in range(rounds))
    p95 = taken[math.ceil(0.95 * len(taken)) - 1]
    print(
        f"{label:45} p50 {statistics.median(taken):6.0f} ms  p95 {p95:6.0f} ms  {asked_for:3} queries  {len(answer.content) / 1024:5.0f} KB"
    )
    if p95 > MOST_MS:
        for query in slowest:
            print(f"    {query['time']} s: {query['sql'][:400]}")


def counting(scans: int) -> None:
    """One day, from the ledger and from the disk."""
    from datetime import timedelta

    from django.utils import timezone

    from dauchan.compliance.days import count_day
    from dauchan.venues.models import Venue
    from dauchan.visits.actions import load_visits
    from dauchan.visits.partitions import midnight
    from dauchan.visits.segments.keeping import keep

    now = timezone.now()
    day = timezone.localdate()
    random = np.random.default_rng(7253)
    venues = np.array(list(Venue.objects.values_list("pk", flat=True)))
    person = random.integers(1 << 40, (1 << 40) + max(1, scans // 5), scans) * 7919
    entered = int(midnight(day).timestamp()) + random.integers(0, 60_000, scans)
    load_visits(person, random.choice(venues, scans), entered, entered + 1800)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE check_in")
    count_day(day - timedelta(days=1), now)  # what a worker has loaded long ago
    print(f"counting a day of {scans:,} check-ins: {seconds(lambda: count_day(day, now)):.1f} s from the ledger")
    keep(now, [day])
    print(f"counting a day of {scans:,} check-ins: {seconds(lambda: count_day(day, now)):.1f} s from the disk")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
