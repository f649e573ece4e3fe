"""Which commune of today's map a name in a list means: with or without diacritics, short forms, names of earlier maps.

Names of earlier maps lead to the unit that took the area over. A name that means one area on one map and another on the next
(`Thuận Hòa` and `Thuận Hóa` without diacritics; `Phú Xuân`, a commune once and a ward today) is settled by what stands beside
it, in this order: its diacritics, the kind of unit written before it, the district, the map that the list was made by; a name with its
kind and nothing else is today's. What is left open after that is told as such: nobody's guess is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.units.models import Successor, Unit, UnitLevel
from dauchan.vietnamese import clean_text, fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

#: How the kinds of units are shortened, folded.
_KINDS = {
    "phuong": "phuong", "p": "phuong", "f": "phuong", "ward": "phuong",
    "xa": "xa", "x": "xa", "commune": "xa",
    "thi tran": "thi tran", "tt": "thi tran",
}  # fmt: skip
_DISTRICT_KINDS = ("thanh pho", "tp", "thi xa", "tx", "huyen", "h", "quan", "q", "t p", "t x", "district", "city")
_KIND = re.compile(r"^(phuong|p|f|ward|xa|x|commune|thi tran|tt|t\.t)(?:\s*[.:]\s*|\s+)(?=\w)")
_KIND_WRITTEN = re.compile(r"^(?:phường|xã|thị trấn|p|f|x|tt|t\.t)(?:\s*[.:]\s*|\s+)", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:ward|commune)$")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_CODE = re.compile(r"\d{5}")
#: Words of the longest name with its kind.
_LONGEST = 6
#: So many names must a map explain alone before a list counts as made by it.
_TELLING = 2


@dataclass(frozen=True)
class Meant:
    """What a name means.

    Attributes:
        unit: of today's map; None where the name is unknown or could be several.
        could_be: today's units that it could be, where it could be several.
        was: the unit of an earlier map by which it was found.
    """

    unit: Unit | None = None
    could_be: tuple[Unit, ...] = ()
    was: Unit | None = None


@dataclass(frozen=True)
class _Known:
    unit: Unit
    today: Unit
    district: str
    kind: str
    exact: str


class CommuneNames:
    """The communes of all maps by name and by code; two queries.

    Args:
        day: whose map is today's.
    """

    def __init__(self, day: dt.date) -> None:
        units = {unit.pk: unit for unit in Unit.objects.filter(level=UnitLevel.COMMUNE).select_related("parent")}
        current = {pk for pk, unit in units.items() if _in_force(unit, day)}
        into: dict[int, list[int]] = defaultdict(list)
        for earlier, later in Successor.objects.filter(later__in=current).values_list("earlier", "later"):
            into[earlier].append(later)
        self.day = day
        self._by_name: dict[str, list[_Known]] = defaultdict(list)
        self._by_code: dict[str, list[_Known]] = defaultdict(list)
        self._districts: set[str] = set()
        for pk, unit in units.items():
            for today in [pk] if pk in current else into[pk]:
                known = _known(unit, units[today])
                self._districts.add(known.district)
                self._by_code[unit.code].append(known)
                for name in {fold(unit.name), fold(unit.full_name)}:
                    self._by_name[name].append(known)

    def map_of(self, names: Iterable[str]) -> dt.date | None:
        """The first day of the map by which a list seems to be made: today's if it knows the most of its names, an earlier one
        if that knows clearly more, else None.
        """
        counts: Counter[dt.date] = Counter()
        for name in {fold(name) for name in names if name.strip()}:
            counts.update({known.unit.valid_from for known in self._named(name)[1]})
        today = max((day for day in counts if day <= self.day), default=self.day)
        best = max(counts, key=lambda day: (counts[day], day), default=None)
        if best is None or best == today or counts[best] >= counts[today] + _TELLING:
            return best
        return None

    def meant(self, text: str, district: str = "", map_on: dt.date | None = None) -> Meant:
        """What *text*, a name or a code, means in a list.

        Args:
            text: as it stands in the list.
            district: what the list says of the district, if anything.
            map_on: a day of the map by which the list was made, if that is known.
        """
        written = clean_text(text)
        if _CODE.fullmatch(written):
            return _settled(_of_map(self._by_code.get(written, []), map_on or self.day))
        kind, found = self._named(fold(written))
        if not written.isascii():
            exact = {_exact(written), _exact(_KIND_WRITTEN.sub("", written))}
            found = [known for known in found if known.exact in exact] or found
        if kind:
            found = [known for known in found if known.kind == kind] or found
        if district:
            bare = _without_kind(fold(district))
            found = [known for known in found if known.district == bare] or found
        if _is_open(found) and (map_on or kind):
            found = _of_map(found, map_on or self.day)
        return _settled(found)

    def in_address(self, address: str, map_on: dt.date | None = None) -> tuple[Meant, str]:
        """The commune that a part of an address names, and what stands before that part: the last part with `P.` or `Xã` before
        it, else the last after the first that is a commune's name and no district's where another is left.
        """
        parts = [part.strip() for part in re.split(r"[,;]|\s[-–]\s", address)]
        named: list[tuple[bool, bool, int, Meant]] = []
        for at, part in enumerate(parts):
            has_kind = bool(_KIND.match(fold(part)))
            meant = self.meant(part, next(iter(parts[at + 1 :]), ""), map_on)
            if (at or has_kind) and (meant.unit or meant.could_be):
                named.append((has_kind, fold(part) not in self._districts, at, meant))
        if not named:
            return Meant(), address
        _kind, _own, at, meant = max(named, key=lambda one: one[:3])
        return meant, ", ".join(part for part in parts[:at] if part)

    def in_title(self, title: str, map_on: dt.date | None = None) -> Meant:
        """The commune that a title names: `P. Vỹ Dạ`, `Danh sách cơ sở phường Vỹ Dạ năm 2021`."""
        whole = self.meant(title, map_on=map_on)
        if whole.unit or whole.could_be:
            return whole
        words = clean_text(title).split()
        for at in range(len(words)):
            if _KIND.match(fold(" ".join(words[at:]))):
                for until in range(min(len(words), at + _LONGEST), at, -1):
                    meant = self.meant(" ".join(words[at:until]), map_on=map_on)
                    if meant.unit or meant.could_be:
                        return meant
        return Meant()

    def _named(self, folded: str) -> tuple[str, list[_Known]]:
        """The kind that is written before the name, "" for none, and the communes of all maps with that name."""
        match = _KIND.match(folded)
        bare = _TAIL.sub("", folded[match.end() :] if match else folded)
        kind = _KINDS.get(match[1].replace(".", ""), "") if match else ""
        return kind, self._by_name.get(folded) or self._by_name.get(bare, [])


def _in_force(unit: Unit, day: dt.date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or unit.valid_to > day)


def _exact(text: str) -> str:
    """The letters of a name with their diacritics, `Hoà` as `Hòa`: the tone stands behind its word."""
    words = (unicodedata.normalize("NFD", word) for word in clean_text(text).casefold().split())
    return " ".join(
        unicodedata.normalize("NFC", "".join(sign for sign in word if sign not in _TONES))
        + "".join(sign for sign in word if sign in _TONES)
        for word in words
    )


def _is_open(found: Sequence[_Known]) -> bool:
    return len({known.today.pk for known in found}) > 1


def _known(unit: Unit, today: Unit) -> _Known:
    district = fold(unit.parent.name) if unit.parent and unit.parent.level == UnitLevel.DISTRICT else ""
    kind = fold(unit.full_name).removesuffix(fold(unit.name)).strip()
    return _Known(unit, today, district, kind, _exact(unit.name))


def _without_kind(folded: str) -> str:
    bare = " ".join(re.sub(r"[.:]", " ", folded).split())
    kind = next((kind for kind in _DISTRICT_KINDS if bare.startswith(f"{kind} ")), "")
    return bare.removeprefix(kind).strip()


def _of_map(found: Sequence[_Known], map_on: dt.date) -> list[_Known]:
    return [known for known in found if _in_force(known.unit, map_on)] or list(found)


def _settled(found: Sequence[_Known]) -> Meant:
    today = {known.today.pk: known.today for known in found}
    if len(today) > 1:
        return Meant(could_be=tuple(today.values()))
    if not found:
        return Meant()
    latest = max(found, key=lambda known: known.unit.valid_from)
    return Meant(latest.today, was=None if latest.unit.pk == latest.today.pk else latest.unit)
