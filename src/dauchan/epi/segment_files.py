"""The files of a segment: arrays, each with its checksum, and the manifest that makes them one.

    2021-08-01/manifest.json        what there is; replacing it is the moment of change
    2021-08-01/<stamp>/by_person    one file per array, bytes as in memory, never changed

A folder without a manifest holds nothing. Arrays that the manifest does not name are left from an interrupted writing or
dropping and are removed by the next one.
"""

import hashlib
import json
import mmap
import os
import secrets
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.errors import Damage, SegmentDamaged

MANIFEST = "manifest.json"
VERSION = 1

Arrays = Mapping[str, NDArray[Any]]


def write_arrays(folder: Path, arrays: Arrays, facts: Mapping[str, object]) -> None:
    """Write arrays and a manifest of them and `facts`; what the folder held before is replaced in one moment."""
    if sys.byteorder != "little":
        raise NotImplementedError("segments are written and read on little-endian machines only")
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / secrets.token_hex(8)
    stamp.mkdir()
    written = {name: _write_array(stamp / name, array) for name, array in arrays.items()}
    _sync_folder(stamp)
    manifest = {"version": VERSION, "stamp": stamp.name, "arrays": written, **facts}
    unfinished = stamp / MANIFEST
    _write_synced(unfinished, json.dumps(manifest, indent=1).encode())
    unfinished.replace(folder / MANIFEST)
    _sync_folder(folder)
    _sync_folder(folder.parent)
    _remove_all_but(folder, stamp.name)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a segment.

    Raises:
        SegmentDamaged: there is none, or it is not one of this version.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version, _ = manifest["version"], (manifest["stamp"], manifest["arrays"])
    except FileNotFoundError as error:
        raise SegmentDamaged(Damage.ABSENT, folder) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SegmentDamaged(Damage.MANIFEST, folder) from error
    if version != VERSION:
        raise SegmentDamaged(Damage.VERSION, folder)
    return dict(manifest)


def map_arrays(
    folder: Path, manifest: Mapping[str, Any], names: Sequence[str], *, verify: bool = False, private: bool = False
) -> dict[str, NDArray[Any]]:
    """Arrays of a manifest, read from the disk where they are looked at; `private` ones can be written to in memory.

    Raises:
        SegmentDamaged: a file is not there, has another size or, with `verify`, other bytes than were written.
    """
    try:
        facts = {name: manifest["arrays"][name] for name in names}
    except (KeyError, TypeError) as error:
        raise SegmentDamaged(Damage.MANIFEST, folder) from error
    access = mmap.ACCESS_COPY if private else mmap.ACCESS_READ
    return {
        name: _map_array(folder, f"{manifest['stamp']}/{name}", facts[name], access, verify=verify) for name in names
    }


def drop_arrays(folder: Path) -> None:
    """Remove a segment; after an interruption the folder holds either all of it or none that can be opened."""
    (folder / MANIFEST).unlink(missing_ok=True)
    if folder.exists():
        _sync_folder(folder)
        shutil.rmtree(folder)
        _sync_folder(folder.parent)


def _write_array(path: Path, array: NDArray[Any]) -> dict[str, Any]:
    contiguous = np.ascontiguousarray(array)
    content = contiguous.view(np.uint8).data if contiguous.size else memoryview(b"")
    _write_synced(path, content)
    return {"type": contiguous.dtype.str, "length": len(contiguous), "sha256": hashlib.sha256(content).hexdigest()}


def _write_synced(path: Path, content: bytes | memoryview) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _map_array(folder: Path, name: str, facts: Mapping[str, Any], access: int, *, verify: bool) -> NDArray[Any]:
    kind, length = np.dtype(facts["type"]), facts["length"]
    try:
        with (folder / name).open("rb") as file:
            if os.fstat(file.fileno()).st_size != length * kind.itemsize:
                raise SegmentDamaged(Damage.SIZE, folder, name)
            content = mmap.mmap(file.fileno(), 0, access=access) if length else b""
    except OSError as error:
        raise SegmentDamaged(Damage.ARRAY_ABSENT, folder, name) from error
    if verify and hashlib.sha256(content).hexdigest() != facts["sha256"]:
        raise SegmentDamaged(Damage.CHECKSUM, folder, name)
    if isinstance(content, mmap.mmap) and hasattr(mmap, "MADV_RANDOM"):
        content.madvise(mmap.MADV_RANDOM)  # a trace looks here and there; reading ahead would read everything
    return np.frombuffer(content, kind)


def _remove_all_but(folder: Path, kept: str) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name != kept:
            shutil.rmtree(path)


def _sync_folder(folder: Path) -> None:
    """Make what stands in a folder last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
