"""From 'confirmed' to the list on the tracer's screen, in a province: `python bench/confirmed.py [--full]`.

The visits of bench/trace.py (13 million, `--full` 134 million in 21 days), moved so that the last day is today. The last days stand in the ledger, as the
door writes them, and all of them in segments, as the worker writes them; some thousand scans of today came after that. A case is registered and
traced to generation 1, and to 2, in the pages that a tracer uses, each time after a scan that was just committed: milliseconds from the order to the
first generation's list on the page; then once more with eight tracers who order at the same moment.
"""

import argparse
import json
import os
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from dashboards import browser_of, seconds
from environments import VAR
from machine import database
from trace_data import Bench, province
from trace_segments import days_of

from dauchan.epi import MISSING, VisitColumns

IN_LEDGER = 3
"""Days, today's included, that stand in the ledger too: those that an infectious period of two days needs, and those about them."""
LATER = 5_000
"""Scans of today that came after the segment of today was written."""
CASES = 12
TRACERS = 8
"""Who order at the same moment, in one process of the console as here."""


def main() -> None:
    """Fill, trace, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--full", action="store_true", help="1.2 million people, 134 million visits")
    asked.add_argument("--share", type=float, default=0.1, help="of the full size (default: %(default)s)")
    options = asked.parse_args()
    share = 1.0 if options.full else options.share
    visits = province(VAR / f"trace-{share:g}", share)
    folder = VAR / f"confirmed-{share:g}-{date.today():%Y%m%d}"  # noqa: DTZ011 - only a name
    folder.mkdir(parents=True, exist_ok=True)
    with installation(folder) as is_new:
        if is_new:
            spent = seconds(lambda: fill(visits))
            (folder / "filled").touch()
            print(f"filled in {spent:.0f} s")
        measure(visits)
        together(visits)


@contextmanager
def installation(folder: Any) -> Iterator[bool]:  # noqa: ANN401 - a path
    """A database, kept with its keys, and the settings of the product for it; whether it is still to be filled."""
    with database(folder) as (owner, _door):
        os.environ.update(
            DATABASE_URL=owner,
            DAUCHAN_VAR=str(folder),
            DAUCHAN_ENV="test",
            DJANGO_SETTINGS_MODULE="dauchan.project.settings",
            **json.loads((folder / "keys.json").read_text(encoding="utf-8")),
        )
        import django

        django.setup()
        yield not (folder / "filled").exists()


def moved() -> int:
    """Seconds from the simulated days to ours: the last of the 21 days, 2021-08-21, is today."""
    from django.utils import timezone

    return (timezone.localdate() - date(2021, 8, 21)).days * 86_400


def fill(visits: Bench) -> None:
    """Places, days in the ledger and on the disk."""
    from django.db import connection
    from django.utils import timezone

    from dauchan.units.actions import load_units
    from dauchan.visits.actions import load_visits
    from dauchan.visits.segments.keeping import keep

    load_units()
    now, later = timezone.now(), moved()
    last = timezone.localdate()
    for day, columns in days_of(visits.folder / "prepared.parquet"):
        at = day + timedelta(seconds=later)
        kept = columns.entered + later < int(now.timestamp())
        left = np.where(columns.left + later < int(now.timestamp()), columns.left + later, MISSING)
        day_visits = VisitColumns(columns.person, columns.venue, columns.entered + later, left).where(kept)
        if (last - at).days >= IN_LEDGER:
            on_disk(at, day_visits, now)
            continue
        spare = LATER if at == last else 0
        parts = [slice(0, len(day_visits) - spare), slice(len(day_visits) - spare, None)]
        rows = [
            [column[part] for column in (day_visits.person, day_visits.venue, day_visits.entered, day_visits.left)]
            for part in parts
        ]
        load_visits(*rows[0])
        keep(now, [at])
        load_visits(*rows[1])
        print(f"{at}: {len(day_visits):,} visits in the ledger")
    keep(now)  # the days before, on which nobody was anywhere
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def on_disk(day: date, visits: Any, now: datetime) -> None:  # noqa: ANN401 - columns
    """A day that stands on the disk only."""
    from dauchan.visits.partitions import open_days
    from dauchan.visits.segments.keeping import write_visits
    from dauchan.visits.segments.late import current_snapshot
    from dauchan.visits.segments.shelf import own_shelf
    from dauchan.visits.segments.stays import current_stays

    open_days(day, day)
    write_visits(own_shelf(), day, visits, current_snapshot(), current_stays(), now)


def measure(visits: Bench) -> None:
    """Some cases, one after another."""
    from django.urls import reverse
    from django.utils import timezone

    from dauchan.visits.actions import load_visits
    from dauchan.visits.segments.current import CURRENT

    officer, client = tracer()
    opened = seconds(lambda: CURRENT.index(timezone.now()))
    index = CURRENT.index(timezone.now())
    if index is None:
        raise SystemExit("days are missing: delete the folder and begin anew")
    print(f"{len(index):,} visits; opened by a process in {opened:.1f} s")
    for generations in ("1", "2"):
        spent, listed = [], []
        for person in visits.cases["many"][: CASES + 1]:
            case = confirmed(person, officer)
            client.get(reverse("tracer:case", args=[case.pk]))
            time.sleep(2)  # the tracer looks at the case, and the visits are made ready meanwhile
            entered = int(timezone.now().timestamp()) - 30
            load_visits(np.array([person]), np.array([1]), np.array([entered]), np.array([MISSING]))
            spent.append(trace_and_list(client, case, generations))
            run = case.runs.latest("pk")
            listed.append(run.contacts.filter(generation=1).count())
            while run.status == "running":
                time.sleep(1)
                run.refresh_from_db()
        print(f"to generation {generations}; contacts of the first: {listed[1:]}")
        for n, name in enumerate(("order", "list", "both")):
            taken = [row[n] for row in spent[1:]]
            print(f"{name:6} median {statistics.median(taken):6.0f} ms, most {max(taken):6.0f} ms")


def together(visits: Bench) -> None:
    """Tracers who all order at one moment, each a case of their own."""
    from django.db import connection
    from django.urls import reverse

    officer, _ = tracer()
    cases = [confirmed(person, officer) for person in visits.cases["many"][-TRACERS:]]
    at_once = threading.Barrier(TRACERS)

    def one(case: Any) -> float:  # noqa: ANN401 - a case
        client = browser_of(officer)
        client.get(reverse("tracer:case", args=[case.pk]))
        at_once.wait()
        try:
            return trace_and_list(client, case, "1")[2]
        finally:
            connection.close()

    with ThreadPoolExecutor(TRACERS) as threads:
        taken = list(threads.map(one, cases))
    print(f"{TRACERS} tracers at once: both, median {statistics.median(taken):.0f} ms, most {max(taken):.0f} ms")


def trace_and_list(client: Any, case: Any, generations: str) -> tuple[float, float, float]:  # noqa: ANN401 - Django's
    """Milliseconds of the order to trace, of the list, and of both."""
    from django.urls import reverse

    given = {"generations": generations, "crowd_limit": "150"}
    began = time.perf_counter()
    answer = client.post(reverse("tracer:trace", args=[case.pk]), given)
    ordered = time.perf_counter()
    page = client.get(answer["Location"])
    ended = time.perf_counter()
    if answer.status_code != 302 or page.status_code != 200:  # noqa: PLR2004 - as HTTP has them
        raise RuntimeError(f"{answer.status_code} {page.status_code}: {answer.content[:2000]!r}")
    return (ordered - began) * 1000, (ended - ordered) * 1000, (ended - began) * 1000


def tracer() -> tuple[Any, Any]:
    """A tracer of the province and their browser."""
    from allauth.mfa.totp.internal.auth import TOTP

    from dauchan.tracing.reference import load_doctrine
    from dauchan.units.models import Appointment, Officer, Unit

    load_doctrine()
    officer, is_new = Officer.objects.get_or_create(
        username="truy-vet", defaults={"full_name": "Truy vết", "email": "truy-vet@example.vn"}
    )
    if is_new:
        unit = Unit.objects.get(level="province", valid_to=None)
        Appointment.objects.create(officer=officer, role="tracer", unit=unit, since=date(2020, 1, 1))
        TOTP.activate(officer, "DAUCHANDOTOCDOTRUYVET7253ABCDEF2")
    return officer, browser_of(officer)


def confirmed(person: int, officer: Any) -> Any:  # noqa: ANN401 - an officer, a case
    """A case who was infectious for the last two days."""
    from django.utils import timezone

    from dauchan.people.models import Person
    from dauchan.tracing.models import Case, DoctrineRule
    from dauchan.units.models import Unit

    Person.objects.get_or_create(pk=person)
    rule, now = DoctrineRule.objects.latest("pk"), timezone.now()
    return Case.objects.create(
        code=f"F0-{now:%d%H%M%S%f}", person_id=person, disease=rule.disease, rule=rule, registered_by=officer,
        unit=Unit.objects.get(level="province", valid_to=None), sampled_on=timezone.localdate(),
        infectious_from=now - timedelta(days=2), infectious_to=now,
    )  # fmt: skip


if __name__ == "__main__":
    main()
