"""The nightly round of retention: every rule of the inventory, and the certificate of what it removed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dauchan.privacy.inventory import data_inventory
from dauchan.privacy.retention.certificates import certify
from dauchan.privacy.retention.checking import left_over, limit_of, old_logs, orphans
from dauchan.privacy.retention.rounds import carry_out
from dauchan.privacy.rights.replaying import list_what_was_missed
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.privacy.retention.certificate_models import PurgeCertificate


def keep_limits(now: dt.datetime) -> PurgeCertificate:
    """Remove everything past its limit. What is left over afterwards stands in the certificate too: it hides nothing."""
    inventory = data_inventory()
    rules = []
    for rule in inventory.rules.values():
        if rule.act:
            removed = {table: rows for table, rows in carry_out(rule.code, now).items() if rows}
            limit = limit_of(rule, now)
            said: dict[str, Any] = {"rule": rule.code, "removed": removed}
            rules.append(said if limit is None else {**said, "before": limit.isoformat(), "days": (now - limit).days})
    files = _remove_files(now)
    list_what_was_missed()
    remains = [{"where": one.where, "rule": one.rule, "rows": one.rows} for one in left_over(now)]
    rows = sum(sum(said["removed"].values()) for said in rules) + sum(files.values())
    certificate = certify(now, {"rules": rules, "files": files, "left_over": remains}, rows)
    audit.record(
        None, "retention.certified", f"certificate:{certificate.pk}", detail={"rows": rows, "left_over": len(remains)}
    )
    return certificate


def _remove_files(now: dt.datetime) -> dict[str, int]:
    counts = {"uploads": 0, "log": 0}
    for place, paths in (("uploads", list(orphans(now))), ("log", list(old_logs(now)))):
        for path in paths:
            with suppress(OSError):
                path.unlink()
                counts[place] += 1
    return counts
