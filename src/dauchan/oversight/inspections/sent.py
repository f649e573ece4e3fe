"""A record as a phone sends it, read into plain values. Pure: it knows no database and no clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dauchan.oversight.inspections.errors import NotReadable, NotSigned
from dauchan.oversight.inspections.signing import Strokes, read_strokes
from dauchan.vietnamese import clean_text

ANSWERS = frozenset({"yes", "no", "unseen"})
MOST_FINDINGS = 20
MOST_MEASURES = 20
MOST_WITNESSES = 4
MOST_PICTURES = 12
MOST_DAYS = 60
_FIRST, _LAST = 946_684_800_000, 4_102_444_800_000
_LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class FindingSent:
    """*pictures*: names of the files that show it."""

    finding: str
    words: str
    pictures: tuple[str, ...]


@dataclass(frozen=True)
class MeasureSent:
    """*finding*: the place of its finding among those of the record; None: of the whole."""

    words: str
    days: int
    finding: int | None


@dataclass(frozen=True)
class WitnessSent:
    name: str
    about: str
    strokes: Strokes | None


@dataclass(frozen=True)
class CountSent:
    """A count of visitors made meanwhile; see `compliance.hand_counts`."""

    id: UUID
    started_at: dt.datetime
    ended_at: dt.datetime
    counted_seconds: int
    entered: int
    scanned: int


@dataclass(frozen=True)
class RecordSent:
    """What one inspector wrote down at one venue; names as on `Inspection`."""

    id: UUID
    officer: int
    venue: int
    stop: int | None
    follows: int | None
    is_beside: bool
    began_at: dt.datetime
    ended_at: dt.datetime
    lat: float | None
    lon: float | None
    accuracy_m: float | None
    checks: dict[str, str]
    poster_text: str
    poster_picture: str
    words: str
    findings: tuple[FindingSent, ...]
    measures: tuple[MeasureSent, ...]
    mended: tuple[int, ...]
    pictures: tuple[str, ...]
    count: CountSent | None
    representative: str
    representative_position: str
    statement: str
    refusal: str
    inspector_strokes: Strokes
    representative_strokes: Strokes | None
    witnesses: tuple[WitnessSent, ...] = field(default=())


def read_record(told: Any, kinds: frozenset[str], checks: frozenset[str]) -> RecordSent:  # noqa: ANN401 - whatever a phone sent
    """*kinds* and *checks* are the closed lists of findings and of what is looked at. Raises: NotReadable, NotSigned."""
    if not isinstance(told, dict):
        raise NotReadable("record")
    here = told.get("here") or {}
    began, ended = _instant(told, "began"), _instant(told, "ended")
    if ended < began:
        raise NotReadable("ended")
    findings = tuple(_finding(one, kinds) for one in _list(told, "findings", MOST_FINDINGS))
    inspector, owner, witnesses = _signed(told)
    return RecordSent(
        id=_uuid(told, "id"),
        officer=_key(told, "officer"),
        venue=_key(told, "venue"),
        stop=_key_or_none(told, "stop"),
        follows=_key_or_none(told, "follows"),
        is_beside=told.get("beside") is True,
        began_at=began,
        ended_at=ended,
        lat=_number(here, "lat", 90),
        lon=_number(here, "lon", 180),
        accuracy_m=_number(here, "accuracy_m", 100_000),
        checks=_checks(told, checks),
        poster_text=_text(told, "poster_text", 600),
        poster_picture=_text(told, "poster_picture", 64),
        words=_text(told, "words", 2000),
        findings=findings,
        measures=tuple(_measure(one, len(findings)) for one in _list(told, "measures", MOST_MEASURES)),
        mended=tuple(_key({"mended": one}, "mended") for one in _list(told, "mended", MOST_MEASURES)),
        pictures=_names(told),
        count=_count(told.get("count")),
        representative=_text(told, "representative", 100),
        representative_position=_text(told, "representative_position", 80),
        statement=_text(told, "statement", 2000),
        refusal=_text(told, "refusal", 300),
        inspector_strokes=inspector,
        representative_strokes=owner,
        witnesses=witnesses,
    )


def _signed(told: dict[str, Any]) -> tuple[Strokes, Strokes | None, tuple[WitnessSent, ...]]:
    """The inspector signs; the representative too, or somebody saw that they would not."""
    inspector, owner = (read_strokes(told.get(name)) for name in ("inspector_signature", "representative_signature"))
    witnesses = tuple(_witness(one) for one in _list(told, "witnesses", MOST_WITNESSES))
    has_refused = bool(_text(told, "refusal", 300)) and bool(witnesses)
    signed_by_name = owner is not None and bool(_text(told, "representative", 100))
    if inspector is None or not (signed_by_name or has_refused):
        raise NotSigned
    return inspector, owner, witnesses


def _finding(told: Any, kinds: frozenset[str]) -> FindingSent:  # noqa: ANN401 - whatever a phone sent
    if not isinstance(told, dict) or told.get("finding") not in kinds:
        raise NotReadable("finding")
    return FindingSent(told["finding"], _text(told, "words", 1000), _names(told))


def _measure(told: Any, findings: int) -> MeasureSent:  # noqa: ANN401 - whatever a phone sent
    if not isinstance(told, dict):
        raise NotReadable("measure")
    words, days, of = _text(told, "words", 500), told.get("days"), told.get("finding")
    if not words or type(days) is not int or not 1 <= days <= MOST_DAYS:
        raise NotReadable("measure")
    if of is not None and (type(of) is not int or not 0 <= of < findings):
        raise NotReadable("measure")
    return MeasureSent(words, days, of)


def _witness(told: Any) -> WitnessSent:  # noqa: ANN401 - whatever a phone sent
    if not isinstance(told, dict) or not (name := _text(told, "name", 100)):
        raise NotReadable("witness")
    return WitnessSent(name, _text(told, "about", 80), read_strokes(told.get("signature")))


def _count(told: Any) -> CountSent | None:  # noqa: ANN401 - whatever a phone sent
    if told is None:
        return None
    if not isinstance(told, dict):
        raise NotReadable("count")
    numbers = [told.get(name) for name in ("counted_seconds", "entered", "scanned")]
    if any(type(number) is not int or not 0 <= number <= 1_000_000 for number in numbers):  # noqa: PLR2004
        raise NotReadable("count")
    started, ended = _instant(told, "started"), _instant(told, "ended")
    return CountSent(_uuid(told, "id"), started, ended, *numbers)  # type: ignore[arg-type]  # checked above


def _checks(told: dict[str, Any], known: frozenset[str]) -> dict[str, str]:
    checks = told.get("checks")
    if not isinstance(checks, dict) or not checks.keys() <= known or not set(checks.values()) <= ANSWERS:
        raise NotReadable("checks")
    return dict(checks)


def _list(told: dict[str, Any], name: str, most: int) -> list[Any]:
    found = told.get(name) or []
    if not isinstance(found, list) or len(found) > most:
        raise NotReadable(name)
    return found


def _names(told: dict[str, Any]) -> tuple[str, ...]:
    names = _list(told, "pictures", MOST_PICTURES)
    if not all(isinstance(name, str) and len(name) <= 64 for name in names):  # noqa: PLR2004 - longer than a UUID
        raise NotReadable("pictures")
    return tuple(names)


def _text(told: dict[str, Any], name: str, most: int) -> str:
    text = told.get(name) or ""
    if not isinstance(text, str):
        raise NotReadable(name)
    text = clean_text(text).strip()
    if len(text) > most:
        raise NotReadable(name)
    return text


def _key(told: dict[str, Any], name: str) -> int:
    key = told.get(name)
    if type(key) is not int or not 0 < key <= _LARGEST_KEY:
        raise NotReadable(name)
    return key


def _key_or_none(told: dict[str, Any], name: str) -> int | None:
    return None if told.get(name) is None else _key(told, name)


def _uuid(told: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(told[name])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotReadable(name) from error


def _instant(told: dict[str, Any], name: str) -> dt.datetime:
    at = told.get(name)
    if type(at) is not int or not _FIRST <= at < _LAST:
        raise NotReadable(name)
    return dt.datetime.fromtimestamp(at / 1000, dt.UTC)


def _number(told: Any, name: str, most: float) -> float | None:  # noqa: ANN401 - whatever a phone sent
    number = told.get(name) if isinstance(told, dict) else None
    if number is None:
        return None
    if type(number) not in {int, float} or not -most <= number <= most:
        raise NotReadable(name)
    return float(number)
