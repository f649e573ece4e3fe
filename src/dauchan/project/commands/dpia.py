"""`dauchan dpia`: the impact assessment of what is really kept."""

import datetime as dt
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--issuer", default="……………………", show_default=True, help="Who issues it, as it stands in the letterhead.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Its date; today if none is given.")
def command(*, folder: Path, issuer: str, day: dt.datetime | None) -> None:
    """Write the data protection impact assessment into FOLDER: dpia.pdf and dpia.html in Vietnamese, dpia.md in English.

    It is made from docs/data-inventory and needs no database; a test holds that inventory against the tables.

    Example: dauchan dpia assessment --issuer "Thành phố Huế"
    """
    from dauchan.privacy.impact import impact_html, impact_pdf, impact_text
    from dauchan.vietnamese.dates import LOCAL

    on = day.date() if day else dt.datetime.now(LOCAL).date()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dpia.pdf").write_bytes(impact_pdf(issuer, on))
    (folder / "dpia.html").write_text(impact_html(issuer, on), encoding="utf-8")
    (folder / "dpia.md").write_text(impact_text(issuer, on), encoding="utf-8")
    click.echo(f"{folder}: dpia.pdf, dpia.html, dpia.md")
