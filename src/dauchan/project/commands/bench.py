"""`dauchan bench`: measure against the peers on this machine."""

import subprocess
import sys
from pathlib import Path

import click

from dauchan.project.errors import CannotStart

SCRIPTS = Path(__file__).resolve().parents[4] / "bench"
BENCHMARKS = ("codes", "posters", "door", "trace", "confirmed", "faults", "dashboards", "exchange", "screening")
IN_FULL = frozenset({"trace", "confirmed", "screening"})
"""Those that also know the size of a whole province."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(BENCHMARKS))
@click.option(
    "--full",
    is_flag=True,
    help="Trace, its list and screening at the size of a whole province: needs some minutes and 20 GB.",
)
def command(names: tuple[str, ...], *, full: bool) -> None:
    """Run the benchmarks, all of them or those named, one after another. Each prints its table of ratios.

    Example: dauchan bench screening --full
    """
    if not SCRIPTS.is_dir():
        raise CannotStart(
            "The benchmarks are in the source checkout only.", "Các phép đo hiệu năng chỉ có trong mã nguồn đầy đủ."
        )
    for name in names or BENCHMARKS:
        click.echo(f"\n{name}\n{'=' * len(name)}")
        words = [sys.executable, str(SCRIPTS / f"{name}.py"), *(["--full"] if full and name in IN_FULL else [])]
        done = subprocess.run(words, check=False)  # noqa: S603 - our own script
        if done.returncode:
            raise click.exceptions.Exit(done.returncode)
