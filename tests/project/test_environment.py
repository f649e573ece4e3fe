"""What an installation is told from outside: read, checked, refused in words."""

import base64
import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.project.environment import Environment, Kind, run_directory
from dauchan.project.errors import CannotStart
from dauchan.project.keys import NAMES, PRIVATE_RINGS, RINGS, Keys, fresh_keys, kept_keys, written_ring

DATABASE = {"DATABASE_URL": "postgresql://someone@localhost/dauchan"}
PRODUCTION = {"DAUCHAN_ENV": "production", "DAUCHAN_BASE_URL": "https://dauchan.example", **DATABASE}


def read(tmp_path: Path, **variables: str) -> Environment:
    return Environment.read({"DAUCHAN_VAR": str(tmp_path / "var"), **variables})


def refusal(environ: Mapping[str, str]) -> CannotStart:
    with pytest.raises(CannotStart) as refused:
        Environment.read(environ)
    return refused.value


def test_a_demonstration_needs_nothing(tmp_path: Path) -> None:
    here = read(tmp_path)
    assert here.env is Kind.DEMONSTRATION
    assert (here.host, here.port, here.embedded) == ("127.0.0.1", 8000, True)
    assert here.base_url == "http://127.0.0.1:8000"
    assert {"127.0.0.1", "localhost"} <= set(here.hosts)


def test_a_demonstration_keeps_the_keys_it_made(tmp_path: Path) -> None:
    assert read(tmp_path).keys == read(tmp_path).keys
    kept = tmp_path / "var" / "keys.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert set(json.loads(kept.read_text(encoding="utf-8"))) == set(NAMES)


def test_no_secret_shows_in_the_printed_form(tmp_path: Path) -> None:
    here = read(tmp_path, DAUCHAN_SMS_GATEWAY_TOKEN="token-of-the-gateway")
    shown = repr(here)
    kept = json.loads((tmp_path / "var" / "keys.json").read_text(encoding="utf-8"))
    secrets = [*kept.values(), here.database_url, "token-of-the-gateway", repr(here.keys.lookup)]
    assert [secret for secret in secrets if secret in shown] == []


def test_a_key_that_a_newer_release_added_is_made_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    before = kept_keys(path)
    path.write_text(json.dumps({name: before[name] for name in NAMES[1:]}), encoding="utf-8")
    after = kept_keys(path)
    assert {name: after[name] for name in NAMES[1:]} == {name: before[name] for name in NAMES[1:]}
    assert after[NAMES[0]] != before[NAMES[0]]
    assert kept_keys(path) == after


def test_processes_that_start_together_agree_on_the_keys(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from dauchan.project.keys import kept_keys; print(kept_keys(Path(sys.argv[1])))"
    command = [sys.executable, "-c", program, str(tmp_path / "keys.json")]
    together = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    printed = {process.communicate()[0] for process in together}
    assert len(printed) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_damaged_keys_are_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text('{"DAUCHAN_SECRET_KEY": ', encoding="utf-8")
    with pytest.raises(CannotStart, match="damaged"):
        kept_keys(path)
    assert path.read_text(encoding="utf-8") == '{"DAUCHAN_SECRET_KEY": '


@pytest.mark.parametrize("missing", NAMES)
def test_production_refuses_to_start_without_a_key(missing: str) -> None:
    given_keys = {name: key for name, key in fresh_keys().items() if name != missing}
    assert missing in str(refusal(PRODUCTION | given_keys))


def test_production_never_makes_keys(tmp_path: Path) -> None:
    refusal(PRODUCTION | {"DAUCHAN_VAR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("DAUCHAN_SECRET_KEY", "changeme"),
        ("DAUCHAN_LOOKUP_KEY", "c2hvcnQ="),
        ("DAUCHAN_LOOKUP_KEY", "not base64!"),
        ("DAUCHAN_VENUE_CODE_KEYS", "1:c2hvcnQ="),
        ("DAUCHAN_VENUE_CODE_KEYS", "c2hvcnQ="),
        ("DAUCHAN_PERSON_TOKEN_KEYS", "one:c2hvcnQ="),
        ("DAUCHAN_PERSONAL_DATA_KEYS", ","),
        ("DAUCHAN_CARD_KEYS", "1:c2hvcnQ="),
        ("DAUCHAN_GATE_QUEUE_KEYS", f"1:{base64.urlsafe_b64encode(bytes(range(33))).decode()}"),
    ],
)
def test_production_refuses_weak_keys_without_repeating_them(name: str, weak: str) -> None:
    refused = refusal(PRODUCTION | fresh_keys() | {name: weak})
    assert name in refused.english
    assert name in refused.vietnamese
    assert weak == "," or weak not in str(refused)


@pytest.mark.parametrize("kind", ["production", "test"])
def test_only_a_demonstration_uses_the_embedded_database(kind: str) -> None:
    given_variables = PRODUCTION | fresh_keys() | {"DAUCHAN_ENV": kind, "DATABASE_URL": ""}
    assert "DATABASE_URL" in str(refusal(given_variables))


@pytest.mark.parametrize("address", ["", "dauchan.example", "ftp://dauchan.example", "https://"])
def test_production_needs_the_address_that_posters_carry(address: str) -> None:
    assert "DAUCHAN_BASE_URL" in str(refusal(PRODUCTION | fresh_keys() | {"DAUCHAN_BASE_URL": address}))


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000.5", "http", "８０００", " "])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert "PORT" in str(refusal({"DAUCHAN_VAR": str(tmp_path), "PORT": port}))


def test_an_unknown_kind_of_installation() -> None:
    assert "demonstration, production or test" in str(refusal({"DAUCHAN_ENV": "staging"}))


def test_hosts_as_given_win(tmp_path: Path) -> None:
    assert read(tmp_path, DAUCHAN_HOSTS="a.example, b.example,").hosts == ("a.example", "b.example")


@given(st.text(alphabet="abcđ/ ", min_size=1, max_size=300))
def test_sockets_fit_wherever_the_checkout_lies(path: str) -> None:
    run = run_directory(Path("/") / path)
    assert len(os.fsencode(run / ".s.PGSQL.5432.lock")) <= 103
    assert len(os.fsencode(run / "console.sock")) <= 103
    assert run == run_directory(Path("/") / path)


@given(st.dictionaries(st.integers(0, 999), st.binary(min_size=32, max_size=64), min_size=1))
def test_a_key_ring_comes_back_from_its_written_form(ring: dict[int, bytes]) -> None:
    private = {version: key[:32] for version, key in ring.items()}
    named = fresh_keys() | {name: written_ring(private if name in PRIVATE_RINGS else ring) for name in RINGS}
    keys = Keys.read(named)
    assert keys.venue_code == keys.person_token == keys.personal_data == ring
    assert keys.card == keys.gate_queue == private


def test_a_telephone_line_needs_a_number_that_can_be_dialled_and_secrets(tmp_path: Path) -> None:
    line = {"DAUCHAN_PHONE_LINE": "1900 1075", "DAUCHAN_PHONE_LINE_SECRETS": fresh_keys()[RINGS[0]]}
    here = read(tmp_path, **line)
    assert here.phone_line.number == "1900 1075"
    assert set(here.phone_line.secrets) == {1}
    assert repr(here).count("secrets") == 0
    common = {"DAUCHAN_VAR": str(tmp_path / "var")}
    assert "DAUCHAN_PHONE_LINE_SECRETS" in str(refusal(common | {"DAUCHAN_PHONE_LINE": "1900 1075"}))
    assert "DAUCHAN_PHONE_LINE" in str(refusal(common | line | {"DAUCHAN_PHONE_LINE": "<b>1900"}))


def test_only_a_demonstration_has_a_line_that_nobody_named(tmp_path: Path) -> None:
    assert read(tmp_path).phone_line.number == "0000 7253"
    assert read(tmp_path).phone_line == read(tmp_path).phone_line
    given = DATABASE | fresh_keys() | {"DAUCHAN_ENV": "test", "DAUCHAN_VAR": str(tmp_path)}
    assert Environment.read(given).phone_line.number == ""


def test_production_refuses_a_secret_of_the_line_that_is_weak_or_used_elsewhere() -> None:
    doors = {"DAUCHAN_DATABASE_DOOR_URL": "postgresql://door@localhost/dauchan"}
    gateway = {"DAUCHAN_SMS_GATEWAY_URL": "https://sms.example"}
    keys = fresh_keys()
    given = PRODUCTION | doors | gateway | keys | {"DAUCHAN_PHONE_LINE": "1900 1075"}
    for secret in (f"1:{'A' * 43}=", keys["DAUCHAN_PERSON_TOKEN_KEYS"]):
        assert "DAUCHAN_PHONE_LINE_SECRETS" in str(refusal(given | {"DAUCHAN_PHONE_LINE_SECRETS": secret}))
    own = fresh_keys()["DAUCHAN_PERSON_TOKEN_KEYS"]
    assert Environment.read(given | {"DAUCHAN_PHONE_LINE_SECRETS": own}).phone_line.secrets
