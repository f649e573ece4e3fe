"""`dauchan screen --ledger`: what the worker does every night, for any past day, from the command line."""

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from dauchan.project.environment import environment

if TYPE_CHECKING:
    from datetime import date

    from dauchan.compliance.signs.models import ScreeningRun


def run_on_ledger(on: "date", *, as_json: bool) -> None:
    """Screen the ledger up to a past day and keep the signs; exit status 1 where that is refused."""
    from dauchan.project.database import database_running
    from dauchan.project.loading import load_django

    with database_running(environment(), lambda text: click.echo(text, err=True)):
        load_django()
        from django.utils import translation

        from dauchan.compliance.signs.asking import check_day
        from dauchan.compliance.signs.errors import SignsRefused
        from dauchan.compliance.signs.models import Origin
        from dauchan.compliance.signs.running import screen
        from dauchan.project.commands.trace import progress

        try:
            check_day(on)
            with progress() as step:
                run = screen(on, Origin.COMMAND, step=lambda day: step(f"Scans · Lượt quét {day:%d/%m}", None))
        except SignsRefused as refused:
            for language in ("en", "vi"):
                with translation.override(language):
                    click.echo(str(refused.message), err=True)
            sys.exit(1)
        told = figures_of(run)
    click.echo(json.dumps(told) if as_json else in_words(run, told["signs"]))


def figures_of(run: "ScreeningRun") -> dict[str, object]:
    """What a program reads of a run; two runs of one `method` and the same `inputs` have the same `result`."""
    from dauchan.screening import SignKind

    counted = Counter(run.signs.values_list("sign", flat=True))
    facts = {name: getattr(run, name) for name in ("venues", "scans", "days", "method", "inputs", "result", "version")}
    signs = {kind.value: counted[kind.value] for kind in SignKind}
    seconds = round(run.took.total_seconds(), 3) if run.took else None
    return {"run": run.pk, "on": run.on.isoformat(), **facts, "signs": signs, "seconds": seconds}


def in_words(run: "ScreeningRun", signs: object) -> str:
    """The figures for a reader."""
    counted = signs if isinstance(signs, dict) else {}
    return "\n".join(
        [
            f"{run.venues:,} active venues · địa điểm đang hoạt động",
            f"{run.scans:,} scans · lượt quét, {run.days} days · ngày",
            *(f"{kind}: {count:,} signs · dấu hiệu" for kind, count in counted.items()),
            f"→ run · lần rà soát {run.pk} ({run.on}, {run.result[:12]})",
        ]
    )
