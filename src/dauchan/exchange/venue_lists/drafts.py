"""What a row says of a venue: a draft, or what is wrong; every fault is told, not only the first."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dauchan.exchange.venue_lists.hours import HoursUnreadable, read_hours
from dauchan.exchange.venue_lists.reasons import Fault, Remark, reason
from dauchan.units.commune_names import Meant
from dauchan.vietnamese import PhoneRefused, fold, read_phone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from dauchan.exchange.venue_lists.layout import SaidRow
    from dauchan.exchange.venue_lists.reasons import Reason
    from dauchan.exchange.venue_lists.vocabulary import KindNames
    from dauchan.units.commune_names import CommuneNames
    from dauchan.units.models import Unit

LONGEST_NAME, LONGEST_ADDRESS, LONGEST_DESCRIPTION, LONGEST_OWNER = 120, 200, 2000, 100
MOST_PEOPLE = 100_000
#: Farther from the middle of its commune nothing of it lies.
MOST_KM = 40.0
_PHONES = re.compile(r"\s*(?:[/;,]|\bhoặc\b|\bvà\b|\s-\s)\s*")
_NUMBERS = re.compile(r"-?\d{1,3}[.,]\d{2,}|-?\d{1,3}(?=\D|$)")


@dataclass(frozen=True)
class Draft:
    """A venue as a row says it; empty where it says nothing."""

    name: str
    kind: str
    address: str
    unit: int
    phone: str = ""
    owner_name: str = ""
    owner_phone: str = ""
    hours: dict[str, list[list[str]]] = field(default_factory=dict)
    capacity: int | None = None
    lat: float | None = None
    lon: float | None = None
    description: str = ""


@dataclass(frozen=True)
class Readers:
    """What rows are read with.

    Attributes:
        communes: names of communes.
        kinds: names of kinds of venues.
        kind_names: of each kind's code, in the reader's language.
        may_keep: whether a commune lies in the area of whoever hands the list in.
        unit, kind: of rows that say none.
        map_on: a day of the map by which the list was made.
    """

    communes: CommuneNames
    kinds: KindNames
    kind_names: dict[str, str]
    may_keep: Callable[[Unit], bool]
    unit: Unit | None = None
    kind: str = ""
    map_on: dt.date | None = None


def draft_of(row: SaidRow, sheet_title: str, readers: Readers) -> tuple[Draft | None, list[Reason], list[Reason]]:
    """The draft, or None; faults; remarks."""
    reading = _Reading(row, sheet_title, readers)
    draft = reading.draft()
    return (None if reading.faults else draft), reading.faults, reading.remarks


class _Reading:
    def __init__(self, row: SaidRow, sheet_title: str, readers: Readers) -> None:
        self.said, self.group, self.sheet_title, self.readers = row.said, row.group, sheet_title, readers
        self.faults: list[Reason] = []
        self.remarks: list[Reason] = []

    def draft(self) -> Draft | None:
        name = self._name()
        address, unit = self._place()
        kind = self._kind(name)
        lat, lon = self._point(unit)
        facts = (self._phone(), self._owner_phone(), self._hours(), self._capacity(), self._description())
        if unit is None or self.faults:
            return None
        phone, owner_phone, hours, capacity, description = facts
        owner_name = self.said.get("owner_name", "")[:LONGEST_OWNER]
        return Draft(
            name, kind, address, unit.pk, phone, owner_name, owner_phone, hours, capacity, lat, lon, description
        )  # fmt: skip

    def _name(self) -> str:
        name = self.said.get("name", "")
        if not name:
            self._fault(Fault.NAME_MISSING)
        elif len(name) > LONGEST_NAME:
            self._fault(Fault.NAME_TOO_LONG)
        elif not any(sign.isalpha() for sign in name):
            self._fault(Fault.NAME_WITHOUT_LETTERS, name)
        return name

    def _place(self) -> tuple[str, Unit | None]:
        written = self.said.get("commune", "")
        street = " ".join(self.said[fact] for fact in ("house", "street") if fact in self.said)
        address = ", ".join(
            text for text in (self.said.get("address", ""), street, self.said.get("hamlet", "")) if text
        )
        if written:
            meant = self.readers.communes.meant(written, self.said.get("district", ""), self.readers.map_on)
            _same, short = self.readers.communes.in_address(address, self.readers.map_on)
            address = short or address
        else:
            meant, address, written = self._unsaid(address)
        if not address:
            self._fault(Fault.ADDRESS_MISSING)
        elif len(address) > LONGEST_ADDRESS:
            self._fault(Fault.ADDRESS_TOO_LONG)
        return address, self._unit(meant, written)

    def _unsaid(self, address: str) -> tuple[Meant, str, str]:
        """Where no column names the commune: the address, the line of the group, the sheet's tab, what was chosen for the list."""
        meant, short = self.readers.communes.in_address(address, self.readers.map_on)
        if meant.unit or meant.could_be:
            return meant, short, address
        for title in (self.group, self.sheet_title):
            meant = self.readers.communes.in_title(title, self.readers.map_on)
            if meant.unit:
                self._remark(Remark.COMMUNE_FROM_GROUP, title, str(meant.unit))
                return meant, address, title
        return Meant(self.readers.unit), address, ""

    def _unit(self, meant: Meant, written: str) -> Unit | None:
        unit = meant.unit
        if meant.could_be:
            self._fault(Fault.COMMUNE_UNCLEAR, written, ", ".join(map(str, meant.could_be)))
        elif unit is None:
            self._fault(Fault.COMMUNE_UNKNOWN if written else Fault.COMMUNE_MISSING, written)
        elif not self.readers.may_keep(unit):
            self._fault(Fault.COMMUNE_OUTSIDE, written, str(unit))
        elif meant.was is not None:
            self._remark(Remark.COMMUNE_OF_EARLIER_MAP, str(meant.was), str(unit))
        return unit

    def _kind(self, name: str) -> str:
        written = self.said.get("category", "")
        kind = self.readers.kinds.meant(written) if written else None
        if kind or self.readers.kind:
            if written and not kind:
                self._remark(Remark.KIND_AS_CHOSEN, written)
            return kind or self.readers.kind
        guessed = self.readers.kinds.of_name(name)
        if guessed is None:
            self._fault(Fault.KIND_UNKNOWN if written else Fault.KIND_MISSING, written)
            return ""
        self._remark(Remark.KIND_BY_NAME, self.readers.kind_names.get(guessed, guessed))
        return guessed

    def _phone(self) -> str:
        return self._number("phone", Remark.PHONE_LEFT_OUT, landline=True)

    def _owner_phone(self) -> str:
        return self._number("owner_phone", Remark.OWNER_PHONE_LEFT_OUT, landline=False)

    def _number(self, fact: str, left_out: Remark, *, landline: bool) -> str:
        """The first number in the cell that can be used."""
        written = self.said.get(fact, "")
        for one in (written, *_PHONES.split(written)):
            try:
                return read_phone(one, landline=landline)
            except PhoneRefused:
                continue
        if any(sign.isdigit() for sign in written):
            self._remark(left_out, written)
        return ""

    def _hours(self) -> dict[str, list[list[str]]]:
        written = self.said.get("hours", "")
        try:
            return read_hours(written) if written else {}
        except HoursUnreadable:
            self._remark(Remark.HOURS_LEFT_OUT, written)
            return {}

    def _capacity(self) -> int | None:
        written = self.said.get("capacity", "")
        if not written:
            return None
        digits = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})*|\d+)\s*\D*", written, re.ASCII)
        people = int(re.sub(r"[.,]", "", digits[1])) if digits else 0
        if not 1 <= people <= MOST_PEOPLE:
            self._remark(Remark.CAPACITY_LEFT_OUT, written)
            return None
        return people

    def _description(self) -> str:
        written = self.said.get("description", "")
        if len(written) > LONGEST_DESCRIPTION:
            self._remark(Remark.DESCRIPTION_CUT)
            return ""
        return written

    def _point(self, unit: Unit | None) -> tuple[float | None, float | None]:
        written = self.said.get("point") or " ".join(self.said[fact] for fact in ("lat", "lon") if fact in self.said)
        if not written:
            return None, None
        numbers = [float(number.replace(",", ".")) for number in _NUMBERS.findall(written)]
        if len(numbers) == 2 and numbers[0] > numbers[1]:  # noqa: PLR2004 - Viet Nam's longitude is above its latitude
            numbers.reverse()
        if len(numbers) != 2 or unit is None or _too_far(numbers[0], numbers[1], unit):  # noqa: PLR2004
            self._remark(Remark.POINT_LEFT_OUT, written)
            return None, None
        return numbers[0], numbers[1]

    def _fault(self, code: Fault, text: str = "", units: str = "") -> None:
        self.faults.append(reason(code, text, units))

    def _remark(self, code: Remark, text: str = "", units: str = "") -> None:
        self.remarks.append(reason(code, text, units))


def _too_far(lat: float, lon: float, unit: Unit) -> bool:
    if not (8 <= lat <= 24 and 102 <= lon <= 118):  # noqa: PLR2004 - Viet Nam
        return True
    if unit.lat is None or unit.lon is None:
        return False
    km = 111.2 * math.hypot(lat - unit.lat, (lon - unit.lon) * math.cos(math.radians(lat)))
    return km > MOST_KM


def plain(text: str) -> str:
    """A name or an address as two lists may both write it."""
    return " ".join(re.sub(r"[^\w ]|_", " ", fold(text)).split())
