"""`dauchan exchange` as a person in a terminal has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from dauchan.exchange.national.agreement import agreement_of
from dauchan.exchange.national.status import metrics
from dauchan.exchange.receiving.config import ConfigRefused, read_config
from dauchan.project.commands.exchange import command
from dauchan.project.errors import CannotStart
from tests.exchange.national.conftest import Ends, Visiting


def said(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, words, catch_exceptions=False, standalone_mode=False)
    return done.return_value or done.exit_code, done.stdout


def test_run_status_reconcile_backfill(ends: Ends, visiting: Visiting) -> None:
    visiting(120)
    ends.agree()
    assert said("run") == (0, "national: 123 records in 2 batches handed over\n")
    told = json.loads(said("status", "--json")[1])["receivers"][0]
    assert (told["state"], told["backlog"], told["sent"], told["failure"]) == ("in_order", 0, 123, None)
    assert "in order / đã gửi hết" in said("status")[1]
    assert "123 records handed over" in said("status")[1]
    ends.centre.execute("DELETE FROM national.visits")
    status, line = said("reconcile", "--json")
    assert (status, json.loads(line)["reconciled"][0]["mended"]) == (0, 120)
    assert "streams for 6 days" in said("backfill", "--all")[1]
    assert said("run")[0] == 0
    assert ends.count() == 120


def test_before_the_first_run_nothing_was_ever_sent(ends: Ends, visiting: Visiting) -> None:
    visiting(3)
    ends.agree()
    _status, text = said("status")
    assert "nothing was ever sent / chưa gửi lần nào" in text
    assert "in order" not in text
    assert "backlog" not in text
    told = json.loads(said("status", "--json")[1])["receivers"][0]
    assert (told["state"], told["backlog"], told["lag_seconds"]) == ("not_begun", None, None)
    assert "dauchan_exchange_backlog_records{" not in metrics()
    said("run")
    assert 'dauchan_exchange_backlog_records{receiver="national"} 0' in metrics()


def test_an_agreement_and_the_receivers_block_fit_each_other(settings: Settings, tmp_path: Path) -> None:
    settings.EXCHANGE_ROOT = str(tmp_path)
    status, block = said("agree", "national", "--url", "https://centre.example", "--first-on", "2021-08-20")
    assert status == 0
    agreement = agreement_of("national")
    assert (agreement.url, f"{agreement.first_on}") == ("https://centre.example", "2021-08-20")
    path = tmp_path / "receiver.toml"
    path.write_text(block, encoding="utf-8")
    source = read_config(path, "postgresql://x").source_of_client(agreement.client_id)
    assert source is not None
    assert source.code == agreement.source
    for url, refused in (
        ("http://outside.example", "without TLS"),
        ("https://centre.example", "national.toml is there already"),
    ):
        with pytest.raises(CannotStart, match=refused):
            said("agree", "outside" if refused == "without TLS" else "national", "--url", url)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["national.secret", "national.toml", "receiver.toml"]
    with pytest.raises(ConfigRefused, match="'database' is missing"):
        read_config(path)
    path.write_text("[[sources]]\n", encoding="utf-8")
    with pytest.raises(ConfigRefused):
        read_config(path, "postgresql://x")
