"""PHE: a spreadsheet limit dropped about 16,000 results. Counts and digests are compared at both ends, whatever is cut or killed."""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import time

import numpy as np
import pyarrow as pa
import pytest
from django.utils import timezone

from dauchan.exchange.contract.payloads import packed, unpacked
from dauchan.exchange.contract.schema import CURRENT, KINDS
from dauchan.exchange.national.models import Batch, Standing
from dauchan.exchange.national.reconciling import Wish, reconcile
from tests.exchange.national.conftest import CODE, Ends, Visiting, turned

XLS, XLSX = 65_537, 1_048_577
SENDER = (
    "from dauchan.project.loading import load_django; load_django()\n"
    "from dauchan.exchange.national.agreement import agreement_of\n"
    "from dauchan.exchange.national.turns import turn\n"
    f"turn(agreement_of({CODE!r}), 60)\n"
)


def test_case_21_one_row_more_than_an_old_sheet_holds_arrives_and_is_proven(
    ends: Ends,
    visiting: Visiting,
) -> None:
    visiting(XLS)
    agreement = ends.agree(rows=20_000)
    assert turned(agreement, 300).failure is None
    assert ends.count() == XLS
    assert ends.there("SELECT count(*), sum(count) FROM national.batch WHERE kind = 'visits'") == [(4, XLS)]
    done = reconcile(agreement, Wish(afresh=True))
    assert done is not None
    assert (done.outcome, done.differing, done.records) == ("equal", 0, XLS + 3)


@pytest.mark.parametrize("way", [("parquet", "none")])
def test_case_21_one_row_more_than_a_new_sheet_holds_in_one_payload(way: tuple[str, str]) -> None:
    kind = KINDS["visits"]
    number = np.arange(XLSX, dtype=np.int64)
    columns = {
        "visit_id": pa.FixedSizeBinaryArray.from_buffers(
            pa.binary(16), XLSX, [None, pa.py_buffer(np.stack([number, number], axis=1).tobytes())]
        ),
        "entered_at": pa.array(number + 1_629_400_000_000_000).cast(pa.timestamp("us", "UTC")),
    }
    arrow = kind.arrow(CURRENT)
    table = pa.table([columns.get(f.name, pa.nulls(XLSX, f.type)) for f in arrow], schema=arrow)
    found = unpacked(packed(table, *way), *way, kind.fields)
    assert found.table.num_rows == XLSX
    assert found.table.column("visit_id")[-1] == table.column("visit_id")[-1]


def test_case_21_both_ends_killed_in_mid_sync_come_to_the_same_ledger(
    ends: Ends,
    visiting: Visiting,
    database_url: str,
) -> None:
    visiting(6_000)
    agreement, chance = ends.agree(rows=100), random.Random(21)  # noqa: S311 - no secret
    environ = os.environ | {"DATABASE_URL": database_url, "DAUCHAN_VAR": str(ends.folder.parent)}
    for victim in ("sender", "receiver", "sender"):
        sender = subprocess.Popen([sys.executable, "-c", SENDER], env=environ, stderr=subprocess.DEVNULL)
        try:
            _wait_for(ends.there("SELECT count(*) FROM national.batch")[0][0], chance.randrange(1, 9), ends, sender)
            if victim == "receiver":
                ends.receiver.kill()
        finally:
            sender.kill()
            sender.wait(30)
        if victim == "receiver":
            ends.receiver.start()
        Standing.objects.update(retry_at=None)
    assert 0 < ends.count() < 6_000
    assert turned(agreement, 120).failure is None
    assert ends.count() == 6_000
    assert ends.there("SELECT sum(taken) FROM national.batch WHERE kind = 'visits'") == [(6_000,)]
    assert not Batch.objects.filter(acknowledged_at__isnull=True).exists()
    done = reconcile(agreement, Wish((timezone.localdate() - dt.timedelta(days=1),), afresh=True))
    assert done is not None
    assert (done.outcome, done.differing) == ("equal", 0)


def _wait_for(before: object, more: int, ends: Ends, sender: subprocess.Popen[bytes]) -> None:
    """Until so many batches more have been taken in."""
    deadline = time.monotonic() + 120
    while int(str(ends.there("SELECT count(*) FROM national.batch")[0][0])) < int(str(before)) + more:
        assert sender.poll() is None, "the sender ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
