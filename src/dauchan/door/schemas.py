"""What clients send and what they get, as types: JSON is decoded into them and the OpenAPI document is made of them.

Unknown fields are ignored, so that a newer phone can talk to an older door.
"""

import uuid
from datetime import datetime
from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

Instant = Annotated[datetime, Meta(tz=True)]
Uuid7 = Annotated[
    uuid.UUID,
    Meta(
        description="A UUID of version 7, made by the device",
        extra_json_schema={"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"},
    ),
]
Code = Annotated[str, Meta(min_length=1, max_length=512, description="The poster's code, bare or as its whole address")]

Answer = TypeVar("Answer")


class Position(msgspec.Struct, frozen=True, gc=False):
    """Where the device was, where its owner allowed to say so."""

    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    accuracy_m: Annotated[float, Meta(ge=0, le=1_000_000)] | None = None


class CheckIn(msgspec.Struct, frozen=True, gc=False):
    """A visitor's scan of a poster."""

    check_in_id: Uuid7
    venue_code: Code
    entered_at: Annotated[datetime, Meta(tz=True, description="What the device's clock showed at the scan")]
    party: Annotated[int, Meta(ge=1, le=20, description="People who came in together, the visitor included")] = 1
    source: Literal["poster", "link", "typed"] = "poster"
    position: Position | None = None


class CheckOut(msgspec.Struct, frozen=True):
    """The end of a visit, said by the visitor."""

    check_out_id: Uuid7
    check_in_id: Uuid7
    left_at: Annotated[datetime, Meta(tz=True, description="What the device's clock showed")]


class ScanAttempt(msgspec.Struct, frozen=True):
    """A scan that failed on the device. A code that is not ours is hashed at once and never stored."""

    attempt_id: Uuid7
    attempted_at: Instant
    reason: Literal["unreadable", "forged", "foreign", "venue_unknown", "venue_not_open", "no_camera", "outdated"]
    source: Literal["poster", "link", "typed"] = "poster"
    code: Annotated[str, Meta(max_length=4096, description="What was read, if anything")] | None = None


class Why(msgspec.Struct, frozen=True):
    """A reason from the closed list, with its sentence in both languages."""

    code: str
    vi: str
    en: str
    detail: str = ""


class CheckInAnswer(msgspec.Struct, omit_defaults=True):
    """What became of one check-in."""

    outcome: Literal["recorded", "repeated", "refused"]
    check_in_id: uuid.UUID | None
    venue_id: int | None = None
    entered_at: datetime | None = None
    received_at: datetime | None = None
    labels: tuple[str, ...] = ()
    reason: Why | None = None


class CheckOutAnswer(msgspec.Struct, omit_defaults=True):
    """What became of one check-out."""

    outcome: Literal["recorded", "repeated", "refused"]
    check_out_id: uuid.UUID | None
    check_in_id: uuid.UUID | None = None
    left_at: datetime | None = None
    received_at: datetime | None = None
    labels: tuple[str, ...] = ()
    reason: Why | None = None


class ScanAttemptAnswer(msgspec.Struct, omit_defaults=True):
    """What became of one failed scan: a repeated one counts as kept."""

    outcome: Literal["kept", "refused"]
    attempt_id: uuid.UUID | None
    reason: Why | None = None


class Answers(msgspec.Struct, Generic[Answer]):
    """The answers to a list, in its order."""

    items: list[Answer]


class Problem(msgspec.Struct, omit_defaults=True):
    """A refused request (RFC 9457)."""

    type: str
    title: str
    status: int
    reason: Why
    detail: str = ""
