"""The situation for a terminal, for other programs, and for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dauchan.exchange.contract.manifest import public_key, to_header
from dauchan.exchange.national.agreement import agreements
from dauchan.exchange.national.errors import AgreementRefused
from dauchan.exchange.national.queries import State, situation_of

if TYPE_CHECKING:
    from dauchan.exchange.national.agreement import Agreement
    from dauchan.exchange.national.models import Comparison

#: Name, what it says, and the key of `status_of`.
GAUGES = (
    (
        "dauchan_exchange_lag_seconds",
        "How long the oldest record has waited that the receiver has not committed",
        "lag_seconds",
    ),
    ("dauchan_exchange_backlog_records", "Records that wait, backfills included", "backlog"),
    ("dauchan_exchange_rate_records", "Records a second committed by the receiver, over 15 minutes", "rate"),
    ("dauchan_exchange_set_aside_records", "Records set aside at either end", "set_aside"),
    ("dauchan_exchange_failures", "Failures of the link since it last worked", "failures"),
)
_STATES = {
    State.PAUSED: "paused / đang tạm dừng",
    State.NOT_BEGUN: "nothing was ever sent / chưa gửi lần nào",
    State.LATE: "late / gửi chậm",
    State.SENDING: "sending / đang gửi",
    State.IN_ORDER: "in order / đã gửi hết",
}
_NOT_BEGUN = (
    "what waits is counted by the first run: `dauchan exchange run` / lần chạy đầu tiên mới đếm số bản ghi đang chờ"
)


def status_of(agreement: Agreement) -> dict[str, Any]:
    """For a program. Lag and backlog are None before the first run: nobody has counted yet what waits."""
    found = situation_of(agreement)
    last, is_counted = found.comparison, found.state is not State.NOT_BEGUN
    return {
        "receiver": agreement.code,
        "url": agreement.url,
        "public_key": to_header(public_key(agreement.signing_seed)),
        "state": found.state,
        "paused": found.standing.is_paused,
        "failure": found.standing.failure or None,
        "failure_detail": found.standing.failure_detail or None,
        "failing_since": found.standing.failing_since,
        "failures": found.standing.failures,
        "contacted_at": found.standing.contacted_at,
        "lag_seconds": (found.lag.total_seconds() if found.lag else 0.0) if is_counted else None,
        "rate": round(found.rate, 3),
        "backlog": found.backlog if is_counted else None,
        "empty_at": found.empty_at,
        "sent": found.sent,
        "set_aside": found.set_aside,
        "backfills": [
            {"day": each.day, "total": each.total, "sent": each.sent, "done": bool(each.finished_at)}
            for each in found.backfills
        ],
        "reconciliation": told_of(agreement.code, last) if last else None,
    }


def lines_of(told: dict[str, Any]) -> list[str]:
    state = told["failure"] if told["state"] is State.FAILING else _STATES[told["state"]]
    lines = [f"{told['receiver']}  {told['url']}  {state}"]
    if told["state"] is State.NOT_BEGUN:
        lines.append(f"  {_NOT_BEGUN}")
    else:
        lines += [
            f"  lag {told['lag_seconds']:.0f} s, backlog {told['backlog']:,} records, {told['rate']:,.1f} a second, empty at {told['empty_at'] or '-'}",
            f"  {told['sent']:,} records handed over, {told['set_aside']:,} set aside",
        ]
    if told["failure"]:
        lines.append(f"  since {told['failing_since']}: {told['failure_detail']}")
    lines += [
        f"  {each['day']}: {each['sent']:,} of {each['total']:,}" for each in told["backfills"] if not each["done"]
    ]
    if told["reconciliation"]:
        lines.append(f"  {told['reconciliation']['line']}")
    return lines


def told_of(code: str, run: Comparison | None) -> dict[str, Any]:
    """A comparison, also as a line."""
    if run is None:
        line = f"{code}: paused, or another process has the exchange / đang tạm dừng, hoặc một tiến trình khác đang gửi"
        return {"receiver": code, "outcome": "busy", "line": line}
    line = (
        f"{code}: {run.outcome}, {run.first_on} to {run.last_on}, {run.records:,} records, {run.differing:,} apart, "
        f"{run.mended:,} mended, {run.bytes:,} bytes exchanged{f', {run.failure}' if run.failure else ''}"
    )
    return {
        "receiver": code, "outcome": run.outcome, "began_at": run.began_at, "ended_at": run.ended_at,
        "first_on": run.first_on, "last_on": run.last_on, "records": run.records, "differing": run.differing,
        "mended": run.mended, "withdrawn": run.withdrawn, "bytes": run.bytes, "failure": run.failure or None, "line": line,
    }  # fmt: skip


def metrics() -> str:
    """The gauges in the text format of Prometheus; nothing where there is no agreement."""
    try:
        told = [status_of(agreement) for agreement in agreements()]
    except AgreementRefused:
        return "# The agreement in var/exchange cannot be used.\n"
    lines = []
    for name, what, key in GAUGES if told else ():
        lines += [f"# HELP {name} {what}.", f"# TYPE {name} gauge"]
        known = [each for each in told if each[key] is not None]
        lines += [f'{name}{{receiver="{each["receiver"]}"}} {float(each[key]):.15g}' for each in known]
    return "".join(f"{line}\n" for line in lines)
