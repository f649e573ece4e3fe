"""Where the built client lies: the names of its files carry a hash, the manifest tells which they are."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

WEB = Path(__file__).resolve().parents[1]
BUILD = WEB / "static" / "build"
#: The base map, one GeoJSON file a layer. Names of an earlier administrative map stand in a folder named after its first day.
MAPS = WEB / "layout" / "static" / "maps"
#: Verifies signatures where the browser cannot; fetched only there.
VERIFIER = "node_modules/@noble/ed25519/index.js"
#: The first day of the administrative map whose names stand beside the base map.
NAMES_FROM = dt.date(2025, 7, 1)


class ClientNotBuilt(Exception):
    """The built client lacks a file that a template asks for. Build it with `npm run build` in src/dauchan/web/client."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: {self.__doc__}")


@dataclass(frozen=True)
class Entry:
    """What a page needs for one entry of the client: addresses below the static root.

    Attributes:
        styles: style sheets, in order.
        fonts: fonts that the first screen of text needs.
        modules: modules the entry imports, to be fetched at once.
        script: the entry itself.
    """

    styles: tuple[str, ...]
    fonts: tuple[str, ...]
    modules: tuple[str, ...]
    script: str


def entry(name: str) -> Entry:
    """The files of the entry *name* ("public.ts").

    Raises:
        ClientNotBuilt: the manifest has no such entry.
    """
    manifest = _read("manifest.json")
    chunk = manifest.get(f"src/{name}")
    if chunk is None:
        raise ClientNotBuilt(name)
    chunks = [*_imported(manifest, chunk), chunk]
    return Entry(
        styles=_addresses(chunks, "css"),
        fonts=tuple(address for address in _addresses(chunks, "assets") if "-400-" in address),
        modules=tuple(_address(found["file"]) for found in chunks[:-1]),
        script=_address(chunk["file"]),
    )


def files_for_scanning() -> tuple[str, ...]:
    """All that the camera page and the gate need in the end: entry, scanner, reader of codes, gate, fonts and icons."""
    manifest = _read("manifest.json")
    page = entry("public.ts")
    scanner = manifest["src/scanner.ts"]
    beside = _imported(manifest, scanner)
    chunks = [manifest["src/public.ts"], *_imported(manifest, manifest["src/public.ts"]), *beside]
    parts = [
        *_addresses(chunks, "assets"),
        *(_address(name) for name in _built("qr-worker-*.js", "zxing_reader-*.wasm")),
    ]
    found = [
        *page.styles,
        *page.modules,
        page.script,
        *(_address(chunk["file"]) for chunk in [*beside, scanner]),
        *_gate_files(manifest),
        *parts,
        _address(_read("icons.json")["sprite"]),
    ]
    return tuple(dict.fromkeys(found))


def files_for_inspecting() -> tuple[str, ...]:
    """What an inspector's phone keeps beside the page of `files_for_scanning`: the checklist with its signatures."""
    manifest = _read("manifest.json")
    checklist = manifest["src/inspecting/field-page.ts"]
    chunks = [*_imported(manifest, checklist), checklist]
    own = [*_addresses(chunks, "css"), *(_address(chunk["file"]) for chunk in chunks)]
    return tuple(dict.fromkeys([*files_for_scanning(), *own]))


def _gate_files(manifest: dict[str, Any]) -> list[str]:
    """The gate's page with the one module that it may still fetch: what it shares with other pages may fetch maps and charts."""
    gate = manifest["src/gate/gate-page.ts"]
    chunks = [gate, *_imported(manifest, gate), manifest[VERIFIER]]
    return [_address(chunk["file"]) for chunk in chunks]


def worker_script() -> str:
    """The service worker as it was built."""
    (name,) = _built("sw-*.js")
    return (BUILD / name).read_text(encoding="utf-8")


def icon_address(name: str) -> str:
    """The address of one icon within the sprite.

    Raises:
        ClientNotBuilt: the sprite has no such icon; its name belongs into client/icons.json.
    """
    icons = _read("icons.json")
    if name not in icons["names"]:
        raise ClientNotBuilt(f"icon {name}")
    return f"{_address(icons['sprite'])}#{name}"


@lru_cache(maxsize=16)
def map_layers(on: dt.date | None = None) -> str:
    """The layers of the base map as JSON, names to addresses; with the names of places that were in force *on* a day."""
    files = [*MAPS.glob("*.geojson"), *_names_in_force(on)]
    return json.dumps({file.stem: static(f"maps/{file.relative_to(MAPS)}") for file in files}, sort_keys=True)


def _names_in_force(on: dt.date | None) -> list[Path]:
    if on is None or on >= NAMES_FROM:
        return []
    begun = sorted(folder for folder in MAPS.glob("????-??-??") if folder.name <= on.isoformat())
    return list(begun[-1].glob("*.geojson")) if begun else []


def _imported(manifest: dict[str, Any], chunk: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for key in chunk.get("imports", ()):
        for each in [*_imported(manifest, manifest[key]), manifest[key]]:
            if each not in found:
                found.append(each)
    return found


def _addresses(chunks: list[dict[str, Any]], kind: str) -> tuple[str, ...]:
    return tuple(_address(file) for chunk in chunks for file in chunk.get(kind, ()))


def _built(*patterns: str) -> list[str]:
    """Files that the manifest does not name, by what stands before and after their hash."""
    return sorted(path.name for pattern in patterns for path in BUILD.glob(pattern))


def _address(file: str) -> str:
    return static(f"build/{file}")


def _read(name: str) -> dict[str, Any]:
    path = BUILD / name
    try:
        changed_at = path.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise ClientNotBuilt(name) from error
    return _parsed(path, changed_at)


@lru_cache(maxsize=4)
def _parsed(path: Path, _changed_at: int) -> dict[str, Any]:
    """A build while the server runs changes the file's time, and so the key of this cache."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
