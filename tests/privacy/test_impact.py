"""The impact assessment says what the inventory says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from click.testing import CliRunner

from dauchan.privacy.impact import impact_html, impact_text, personal_by_purpose
from dauchan.privacy.inventory import data_inventory
from dauchan.project.commands.dpia import command

DAY = dt.date(2026, 3, 2)


def test_every_table_with_personal_data_and_every_risk_is_in_it() -> None:
    vietnamese, english = impact_html("Thành phố Thử", DAY), impact_text("Thử", DAY)
    tables = [table for _purpose, found in personal_by_purpose() for table in found]
    assert {table.name for table in tables} == {t.name for t in data_inventory().tables.values() if t.personal}
    assert all(f"`{table.name}`" in english for table in tables)
    assert all(risk.en in english and risk.vi in vietnamese.replace("&#x27;", "'") for risk in data_inventory().risks)
    assert "mã hóa AES-256-GCM" in vietnamese


def test_every_proof_of_a_measure_exists() -> None:
    root = Path(__file__).parents[2]
    for risk in data_inventory().risks:
        assert risk.measures_vi
        assert len(risk.measures_vi) == len(risk.measures_en), risk.code
        assert all((root / proof).is_file() for proof in risk.proof), risk.code


def test_the_command_writes_pdf_html_and_text(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(tmp_path), "--issuer", "Thành phố Thử", "--on", "2026-03-02"])
    assert done.exit_code == 0
    assert (tmp_path / "dpia.pdf").read_bytes().startswith(b"%PDF")
    assert {path.name for path in tmp_path.iterdir()} == {"dpia.pdf", "dpia.html", "dpia.md"}
