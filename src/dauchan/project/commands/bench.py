"""`dauchan bench`: measure against the peers on this machine."""

import subprocess
import sys
from pathlib import Path

import click

from dauchan.project.errors import CannotStart

SCRIPTS = Path(__file__).resolve().parents[4] / "bench"
BENCHMARKS = ("codes", "posters", "door", "trace", "faults", "dashboards", "exchange", "screening")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(BENCHMARKS))
def command(names: tuple[str, ...]) -> None:
    """Run the benchmarks, all of them or those named, one after another. Each prints its table of ratios.

    Example: dauchan bench door
    """
    if not SCRIPTS.is_dir():
        raise CannotStart(
            "The benchmarks are in the source checkout only.", "Các phép đo hiệu năng chỉ có trong mã nguồn đầy đủ."
        )
    for name in names or BENCHMARKS:
        click.echo(f"\n{name}\n{'=' * len(name)}")
        done = subprocess.run([sys.executable, str(SCRIPTS / f"{name}.py")], check=False)  # noqa: S603 - our own script
        if done.returncode:
            raise click.exceptions.Exit(done.returncode)
