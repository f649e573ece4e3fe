"""The rules of one trace: how long, how far after, how many generations."""

import difflib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from dauchan.epi.errors import PolicyRefused

MOST_GENERATIONS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class TracePolicy:
    """The rules of a trace; the fields are the keys of a policy file.

    Attributes:
        min_overlap_minutes: the sum of overlaps with one source that makes a person a contact.
        tail_minutes: how long the air of a place counts after the source has left.
        latent_period_hours: from a contact's first exposure until the contact counts as a source.
        generations: how many generations are traced, 1 to 9.
        default_stay_minutes: the longest stay that is assumed where a check-out is missing.
        horizon: where the window of contacts as sources ends, in epoch seconds; None is the last instant of the visits.
        crowd_limit: from generation 2 on, a source's visit at a venue that had more visits than this on that local day
            gives a notice instead of contacts; 0 is off.
        generation_min_overlap_minutes: `min_overlap_minutes` for generation 1, 2, …; its last entry holds for all later
            generations; empty means `min_overlap_minutes` for all.
        per_24_hours: whether a threshold must be reached within some 24 hours [t, t + 24 h) instead of in total.
        tail_minutes_by_venue: `tail_minutes` of single venues, by venue id.

    Raises:
        PolicyRefused: a value is impossible.
    """

    min_overlap_minutes: float = 15
    tail_minutes: float = 30
    latent_period_hours: float = 24
    generations: int = 2
    default_stay_minutes: float = 60
    horizon: int | None = None
    crowd_limit: int = 0
    generation_min_overlap_minutes: tuple[float, ...] = ()
    per_24_hours: bool = False
    tail_minutes_by_venue: Mapping[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("min_overlap_minutes", "tail_minutes", "latent_period_hours", "default_stay_minutes"):
            _check_number(name, getattr(self, name))
        for minutes in self.generation_min_overlap_minutes:
            _check_number("generation_min_overlap_minutes", minutes)
        for venue, minutes in self.tail_minutes_by_venue.items():
            _check_number(f"tail_minutes_by_venue.{venue}", minutes)
        if not isinstance(self.per_24_hours, bool):
            raise _refused("per_24_hours", self.per_24_hours, "true or false", "true hoặc false")
        if self.default_stay_minutes == 0:
            raise _refused("default_stay_minutes", 0, "more than 0", "lớn hơn 0")
        if not _is_whole(self.generations) or not 1 <= self.generations <= MOST_GENERATIONS:
            raise _refused("generations", self.generations, "a whole number from 1 to 9", "số nguyên từ 1 đến 9")
        if not _is_whole(self.crowd_limit) or self.crowd_limit < 0:
            raise _refused(
                "crowd_limit", self.crowd_limit, "a whole number, 0 for off", "số nguyên, 0 là không giới hạn"
            )
        if self.horizon is not None and not _is_whole(self.horizon):
            raise _refused("horizon", self.horizon, "a UTC timestamp or epoch seconds", "giờ UTC hoặc giây epoch")

    @property
    def tail(self) -> int:
        """Seconds."""
        return round(self.tail_minutes * 60)

    @property
    def latent_period(self) -> int:
        """Seconds."""
        return round(self.latent_period_hours * 3600)

    @property
    def min_overlaps(self) -> tuple[int, ...]:
        """Seconds that make a contact of generation 1, 2, …, one entry per traced generation."""
        minutes = self.generation_min_overlap_minutes or (self.min_overlap_minutes,)
        return tuple(round(minutes[min(at, len(minutes) - 1)] * 60) for at in range(self.generations))

    def with_generations(self, generations: int) -> Self:
        """The same rules for another number of generations."""
        return replace(self, generations=generations)

    @classmethod
    def from_toml(cls, path: Path) -> Self:
        """Read a policy file; keys that are not written keep their defaults.

        Raises:
            PolicyRefused: the file cannot be read, has an unknown key or an impossible value.
        """
        try:
            written = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise PolicyRefused(
                f"{path.name} is no readable TOML file: {error}",
                f"{path.name} không phải là tệp TOML đọc được: {error}",
            ) from error
        return cls.from_mapping(written)

    @classmethod
    def from_mapping(cls, written: dict[str, Any]) -> Self:
        """A policy from its keys and values as they stand in a policy file.

        Raises:
            PolicyRefused: an unknown key or an impossible value.
        """
        known = [each.name for each in fields(cls)]
        for key in written:
            if key not in known:
                raise _unknown_key(key, known)
        values = dict(written)
        if isinstance(values.get("horizon"), datetime):
            values["horizon"] = _epoch(values["horizon"])
        if "generation_min_overlap_minutes" in values:
            values["generation_min_overlap_minutes"] = _minutes_list(values["generation_min_overlap_minutes"])
        if "tail_minutes_by_venue" in values:
            values["tail_minutes_by_venue"] = _minutes_by_venue(values["tail_minutes_by_venue"])
        return cls(**values)


def _epoch(instant: datetime) -> int:
    zoned = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return math.floor(zoned.timestamp())


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_number(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise _refused(name, value, "a number, 0 or more", "số không âm")


def _minutes_list(value: object) -> tuple[float, ...]:
    if not isinstance(value, list | tuple):
        raise _refused("generation_min_overlap_minutes", value, "a list such as [15, 60]", "danh sách như [15, 60]")
    return tuple(value)


def _minutes_by_venue(value: object) -> dict[int, float]:
    """Keys of a TOML or JSON table are text."""
    try:
        return {int(venue): minutes for venue, minutes in value.items()}  # type: ignore[attr-defined]
    except (AttributeError, TypeError, ValueError) as error:
        raise _refused("tail_minutes_by_venue", value, "a table such as {12 = 60}", "bảng như {12 = 60}") from error


def _refused(name: str, value: object, english: str, vietnamese: str) -> PolicyRefused:
    return PolicyRefused(
        f"{name} must be {english}, not {value!r}", f"{name} phải là {vietnamese}, không phải {value!r}"
    )


def _unknown_key(key: str, known: list[str]) -> PolicyRefused:
    nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    asked = f"; did you mean {nearest[0]}?" if nearest else f"; known are {', '.join(known)}"
    asked_vi = f"; có phải là {nearest[0]}?" if nearest else f"; các khóa được biết: {', '.join(known)}"
    return PolicyRefused(f"the policy has an unknown key {key}{asked}", f"chính sách có khóa lạ {key}{asked_vi}")
