"""What a gateway sends and gets: decoded, checked and described by the same types."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

MessageId = Annotated[
    str,
    Meta(min_length=1, max_length=100, description="The gateway's own; the same again gets the first answer again."),
]
Number = Annotated[
    str, Meta(max_length=40, description="The caller's number as the network shows it; empty where it is hidden.")
]
ReceivedAt = Annotated[
    datetime, Meta(tz=True, description="When the network took the message or the keys; the same in every repetition.")
]


class TextMessage(Struct, kw_only=True):
    """A text message that somebody sent to the line."""

    message_id: MessageId
    sender: Number = field(name="from")
    received_at: ReceivedAt
    text: Annotated[str, Meta(max_length=2000)]


class Call(Struct, kw_only=True):
    """A moment of a call: it begins (no keys), or keys were pressed up to # or a pause."""

    message_id: MessageId
    sender: Number = field(name="from")
    received_at: ReceivedAt
    keys: Annotated[str, Meta(max_length=40, pattern="^[0-9*#]*$")] = ""


class Words(Struct):
    """One sentence or two: at most 160 characters for a text message."""

    text: Annotated[str, Meta(description="With diacritics: for speaking, and for phones that show them.")]
    plain: Annotated[str, Meta(description="Without diacritics, in ASCII: one text message on any phone.")]


class Answer(Struct):
    """What came of it. Without `reply` nothing is sent or spoken: the number wrote too often, or cannot be answered."""

    message_id: str
    outcome: str
    reply: Words | None
    next: Annotated[
        Literal["hang_up", "listen"], Meta(description="For a call: whether the caller is to press keys again.")
    ]


class Problem(Struct):
    """Why a request was not taken (RFC 9457)."""

    type: str
    title: str
    status: int
    reason: str
