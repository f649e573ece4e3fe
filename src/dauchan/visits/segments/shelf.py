"""The directory of the segments, and which of its folders this database acknowledges."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import connection

from dauchan.epi import SegmentDamaged, drop_segment, open_segment
from dauchan.visits.models import Segment as Acknowledged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dauchan.epi import Segment

NAME = "shelf"


class Opened(NamedTuple):
    """A segment, and what the database knows of it."""

    segment: Segment
    row: Acknowledged


@dataclass(frozen=True)
class Shelf:
    """A directory of segments with a name of its own, under which the database knows what stands in it."""

    root: Path
    name: uuid.UUID

    def folder(self, day: date) -> Path:
        return self.root / day.isoformat()

    def days(self) -> list[date]:
        """The days that have a folder, whole or not."""
        return sorted(_days_of(path.name for path in self.root.iterdir()))

    def acknowledged(self) -> dict[date, dict[uuid.UUID, Acknowledged]]:
        """What the database knows of this shelf, by day and seal. Two for a day: one was being written in place of the other."""
        found: dict[date, dict[uuid.UUID, Acknowledged]] = {}
        if is_at_home():
            for row in Acknowledged.objects.filter(shelf=self.name):
                found.setdefault(row.day, {})[row.seal] = row
        return found

    def looked_at(
        self, day: date, seals: Mapping[uuid.UUID, Acknowledged], *, verify: bool = False
    ) -> tuple[Opened | None, str]:
        """A day's segment if the database acknowledges it, and what is wrong with it, "" where nothing is."""
        if not seals:
            return None, ""
        try:
            segment = open_segment(self.folder(day), verify=verify)
        except SegmentDamaged as damaged:
            return None, str(damaged)
        row = seals.get(_seal_of(segment))
        return (Opened(segment, row) if row else None), ""

    def size_of(self, day: date) -> int:
        """Bytes on the disk."""
        return sum(path.stat().st_size for path in self.folder(day).rglob("*") if path.is_file())


def _seal_of(segment: Segment) -> uuid.UUID:
    """What the manifest bears; nothing that anybody acknowledges for a folder that was not written by `keeping`."""
    try:
        return uuid.UUID(str(segment.about["seal"]))
    except (KeyError, ValueError):
        return uuid.UUID(int=0)


def own_shelf() -> Shelf:
    """The shelf of this installation, made where there is none: for its user only, as is the database."""
    root = Path(settings.SEGMENTS_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    label = root / NAME
    while True:
        try:
            return Shelf(root, uuid.UUID(label.read_text(encoding="ascii").strip()))
        except ValueError:
            label.unlink(missing_ok=True)
        except FileNotFoundError:
            _name(label)


def _name(label: Path) -> None:
    """The name appears whole or not at all; whoever comes second takes the one that is there."""
    draft = label.with_name(f"{NAME}.{uuid.uuid4().hex}")
    draft.write_text(str(uuid.uuid4()), encoding="ascii")
    with suppress(FileExistsError):
        os.link(draft, label)
    draft.unlink()


def is_at_home() -> bool:
    """False in a database that was restored elsewhere: what segments keep of transactions means nothing here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT home = ledger_here() FROM ledger_home")
        found = cursor.fetchone()
    return bool(found and found[0])


def _days_of(names: Iterator[str]) -> Iterator[date]:
    for name in names:
        try:
            yield date.fromisoformat(name)
        except ValueError:
            continue


def drop_day(shelf: Shelf, day: date) -> None:
    """A day leaves the disk and the database's knowledge; harmless where there is none."""
    Acknowledged.objects.filter(shelf=shelf.name, day=day).delete()
    drop_segment(shelf.folder(day))
