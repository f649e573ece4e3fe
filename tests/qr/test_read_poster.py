"""The command `dauchan read-poster`, as a program would call it."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

from dauchan.project.commands import main
from dauchan.qr import Keyring, make_venue_code, qr_png, venue_url

KEY = b"k" * 32
RING = f"3:{base64.urlsafe_b64encode(KEY).decode()}"
URL = venue_url(make_venue_code(12, 5, Keyring(3, {3: KEY})), "https://quet.example.vn")
NAMED = "DAUCHAN_VENUE_CODE_KEYS"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty installation's directory with one photo, and no keys in the environment."""
    for name in (NAMED, "DAUCHAN_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DAUCHAN_BASE_URL", "https://quet.example.vn")
    monkeypatch.setenv("DAUCHAN_VAR", str(tmp_path))
    (tmp_path / "door.png").write_bytes(qr_png(URL, "Q", 6))
    return tmp_path


def told(*arguments: str, status: int = 0) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["read-poster", *arguments])
    assert result.exit_code == status, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_genuine_poster(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAMED, RING)
    (line,) = told(str(folder / "door.png"))
    (code,) = line["codes"]
    assert line["photo"] == str(folder / "door.png")
    assert line["nothing"] is None
    assert (code["text"], code["authenticity"], code["refusal"]) == (URL, "genuine", None)
    assert (code["venue_id"], code["poster_version"], code["key_version"]) == (12, 5, 3)
    assert (code["grade"]["letter"], code["grade"]["reasons"]) == ("A", [])
    assert len(code["corners"]) == 4


def test_the_keys_of_the_installation_s_directory(folder: Path) -> None:
    (folder / "keys.json").write_text(json.dumps({NAMED: RING}))
    assert told(str(folder / "door.png"))[0]["codes"][0]["authenticity"] == "genuine"


def test_without_keys_it_says_so_and_makes_none(folder: Path) -> None:
    (code,) = told(str(folder / "door.png"))[0]["codes"]
    assert (code["authenticity"], code["venue_id"]) == ("not_checked", None)
    assert not (folder / "keys.json").exists()


def test_another_host_is_a_look_alike_until_it_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAMED, RING)
    monkeypatch.setenv("DAUCHAN_BASE_URL", "https://khac.example.vn")
    (code,) = told(str(folder / "door.png"))[0]["codes"]
    assert code["authenticity"] == "look_alike"
    assert code["refusal"]["reason"] == "not_ours"
    assert "trang khác" in code["refusal"]["vi"]
    assert told("--host", "quet.example.vn", str(folder / "door.png"))[0]["codes"][0]["authenticity"] == "genuine"


def test_what_cannot_be_read_has_its_reason_and_a_line_of_its_own(folder: Path) -> None:
    Image.new("L", (300, 300), 200).save(folder / "wall.jpg")
    (folder / "notes.jpg").write_text("không phải ảnh")
    whole = (folder / "door.png").read_bytes()
    (folder / "half.png").write_bytes(whole[: len(whole) // 2])
    Image.new("1", (10_000, 6_001)).save(folder / "huge.png")
    names = ["wall.jpg", "notes.jpg", "half.png", "huge.png", "door.png"]
    lines = told(*(str(folder / name) for name in names), status=1)
    reasons = [line["nothing"] and line["nothing"]["reason"] for line in lines]
    assert reasons == ["no_code", "not_a_picture", "not_a_picture", "too_large", None]
    assert all(line["nothing"]["vi"] and line["nothing"]["en"] for line in lines[:4])


@pytest.mark.parametrize("kept", ["{", '{"DAUCHAN_VENUE_CODE_KEYS": "1:short"}', "[1]"])
def test_broken_keys_are_told_and_no_photo_is_read(folder: Path, kept: str) -> None:
    (folder / "keys.json").write_text(kept)
    result = CliRunner().invoke(main, ["read-poster", str(folder / "door.png")])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) >= 2


def test_a_misspelt_command_is_told() -> None:
    result = CliRunner().invoke(main, ["read-poster", "no-such-photo.jpg"])
    assert result.exit_code == 2
    assert "read-poster" in CliRunner().invoke(main, ["read-poster", "--help"]).output


def test_the_printed_size_is_told_with_its_basis_or_not_at_all(folder: Path) -> None:
    (code,) = told(str(folder / "door.png"))[0]["codes"]
    assert (code["printed_size"], code["metres_away_if_15_cm"]) == (None, None)
    (code,) = told("--distance", "0.2", str(folder / "door.png"))[0]["codes"]
    size = code["printed_size"]
    assert 15 < size["low_cm"] < size["high_cm"] < 32
    assert size["basis"] == "distance"
    assert "do người chụp cho biết" in size["vi"]


@pytest.mark.parametrize("at", ["16.4", "16.4,200", "a,b", "nan,1"])
def test_a_place_that_is_none_is_refused(folder: Path, at: str) -> None:
    assert CliRunner().invoke(main, ["read-poster", "--at", at, str(folder / "door.png")]).exit_code == 2
