"""A file system of a few megabytes that a test may fill, in a namespace of its own: no rights are needed, nothing is left.

Only the server that is started within sees it under its path; the test reaches it through the process that holds it.
"""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from dauchan.project.unprivileged import NAMESPACE

HELD = ("unshare", "--user", "--map-root-user", "--mount", "--")
MOUNT = 'mount -t tmpfs -o size=$1,mode=0700 tmpfs "$2" && echo mounted && exec sleep infinity'
PIECE = b"\0" * 262_144


class SmallDisk(NamedTuple):
    """Attributes:
    path: where it is mounted, for programs started by `within`.
    seen: the same folder from outside.
    holder: the process whose end ends the disk.
    """

    path: Path
    seen: Path
    holder: int

    def within(self, command: Sequence[str]) -> list[str]:
        """The words that run a command on this disk, as somebody who is not root."""
        return ["nsenter", f"--target={self.holder}", "--user", "--mount", "--", *NAMESPACE, *command]

    def fill(self) -> None:
        """Leave no byte."""
        with (self.seen / "ballast").open("ab", buffering=0) as ballast:
            size = len(PIECE)
            while size:
                try:
                    size = ballast.write(PIECE[:size]) or 0
                except OSError:
                    size //= 2

    def free(self) -> None:
        """Give back what `fill` took."""
        (self.seen / "ballast").unlink()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[SmallDisk]:
    """A disk of that size, like 200m, over an empty folder; skips the test where this system allows no such thing."""
    folder.mkdir()
    words = [*HELD, "sh", "-c", MOUNT, "sh", size, str(folder)]
    try:
        holder = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    except FileNotFoundError:
        pytest.skip("no unshare here: a small file system cannot be made by an ordinary user")
    try:
        assert holder.stdout is not None
        if holder.stdout.readline() != "mounted\n":
            assert holder.stderr is not None
            pytest.skip(f"this system lets an ordinary user mount nothing: {holder.stderr.read().strip()}")
        disk = SmallDisk(folder, Path(f"/proc/{holder.pid}/root{folder}"), holder.pid)
        if subprocess.run(disk.within(["true"]), capture_output=True, check=False).returncode:
            pytest.skip("this system lets an ordinary user enter no namespace of their own")
        yield disk
    finally:
        holder.kill()
        holder.communicate()
