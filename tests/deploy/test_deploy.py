"""What stands in deploy/ fits the program: metrics that are exported, commands and paths that exist, units that are closed."""

from __future__ import annotations

import configparser
import json
import re
from pathlib import Path

import pytest
from click import Context

from dauchan.door.metrics import HELP
from dauchan.exchange.national.status import GAUGES
from dauchan.project.commands import main
from dauchan.project.environment import AUDIT_ROLE, AUDIT_URL, BACKUP_URL, DOOR_ROLE, OWNER_ROLE
from dauchan.project.kept_log import archive_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
EXPORTED = {*HELP, *(name for name, _, _ in GAUGES)}
METRIC = re.compile(r"\bdauchan_(?:door|exchange)_\w+")
DAUCHAN = re.compile(r"\.venv/bin/dauchan ([a-z-]+)")


def unit(path: Path) -> configparser.ConfigParser:
    """A unit; of settings that are given twice the last."""
    parsed = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    parsed.optionxform = str  # type: ignore[method-assign,assignment] # systemd's names have capitals
    parsed.read(path)
    return parsed


def dashboard() -> str:
    panels = json.loads((DEPLOY / "monitoring" / "grafana-dashboard.json").read_text())["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    return "\n".join(target["expr"] for panel in panels for target in panel["targets"])


def test_each_metric_that_is_watched_is_exported() -> None:
    alerts = METRIC.findall((DEPLOY / "monitoring" / "alerts.yml").read_text())
    shown = METRIC.findall(dashboard())
    assert alerts
    assert set(alerts) | set(shown) <= EXPORTED
    assert set(shown) == EXPORTED


def test_each_alarm_leads_to_a_runbook() -> None:
    text = (DEPLOY / "monitoring" / "alerts.yml").read_text()
    runbooks = re.findall(r"runbook: (\S+)", text)
    assert len(runbooks) == text.count("- alert: ")
    assert [name for name in runbooks if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_unit_calls_what_there_is_and_is_closed(path: Path) -> None:
    service = unit(path)["Service"]
    assert set(DAUCHAN.findall(path.read_text())) <= set(main.list_commands(Context(main)))
    closed = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "CapabilityBoundingSet": ""}
    assert {name: service[name] for name in closed} == closed
    assert service["User"] == ("dauchan-door" if path.stem == "dauchan-door" else "dauchan")
    secrets = set(re.findall(r"^EnvironmentFile=/etc/dauchan/(\S+)$", path.read_text(), re.MULTILINE))
    special = {"dauchan-prepare": {"prepare.env"}, "dauchan-copy": {"copy.env"}}
    expected = {"door.env"} if path.stem == "dauchan-door" else {"dauchan.env"} | special.get(path.stem, set())
    assert secrets == expected


def test_the_targets_and_timers_name_units_that_exist() -> None:
    wanted = unit(DEPLOY / "systemd" / "dauchan.target")["Unit"]["Wants"].split()
    timers = [path.with_suffix(".service").name for path in (DEPLOY / "systemd").glob("*.timer")]
    assert {*wanted, *timers} <= {path.name for path in SERVICES}


def test_the_container_copies_what_there_is() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text()
    copied = [
        source for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for source in line.split()[:-1]
    ]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    let_in = {line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")}
    assert set(copied) == let_in
    assert re.search(r"^USER \d+$", text, re.MULTILINE)
    python = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())
    assert python
    assert text.count(f"library/python:{python[1]}-slim") == 2


def test_the_database_files_name_our_roles() -> None:
    sql = (DEPLOY / "postgresql" / "roles.sql").read_text()
    assert {OWNER_ROLE, DOOR_ROLE, AUDIT_ROLE} <= set(re.findall(r"CREATE ROLE (\w+)", sql))
    assert f"IN ROLE {OWNER_ROLE}" in sql
    example = (DEPLOY / "systemd" / "dauchan.env.example").read_text()
    assert {AUDIT_URL, BACKUP_URL} <= set(re.findall(r"DAUCHAN_\w+", example))
    settings = (DEPLOY / "postgresql" / "dauchan.conf").read_text()
    ours = archive_settings(Path("/srv/dauchan/log"))
    assert f"archive_command = '{ours['archive_command']}'" in settings
    assert f"archive_timeout = '{ours['archive_timeout']}'" in settings
