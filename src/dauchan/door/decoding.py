"""JSON bodies into typed items, one by one where some are bad: a bad item never blocks the others."""

from functools import cache
from typing import Generic, NamedTuple, TypeVar

import msgspec

from dauchan.door.errors import Refused
from dauchan.door.reasons import Reason

ITEMS_LIMIT = 500

Item = TypeVar("Item", bound=msgspec.Struct)


class Items(NamedTuple, Generic[Item]):
    """What a body holds; a malformed item of a list is its refusal in place of it."""

    items: "list[Item | Refused]"
    is_list: bool


def items_of(body: bytes, kind: type[Item]) -> Items[Item]:
    """The item or list of items in a body.

    Raises:
        Refused: NOT_JSON, MALFORMED (a single item), EMPTY or TOO_MANY_ITEMS.
    """
    if body[:1] != b"[" and body.lstrip(b" \t\r\n")[:1] != b"[":
        return Items([_decoded(body, kind)], is_list=False)
    try:
        items = _decoded_list(body, kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused(Reason.NOT_JSON, str(error)) from error
    if not items:
        raise Refused(Reason.EMPTY)
    if len(items) > ITEMS_LIMIT:
        raise Refused(Reason.TOO_MANY_ITEMS, f"{len(items)}")
    return Items(items, is_list=True)


def _decoded_list(body: bytes, kind: type[Item]) -> "list[Item | Refused]":
    try:
        items: list[Item | Refused] = _list_decoder(kind).decode(body)
    except msgspec.ValidationError:
        return [_or_refusal(raw, kind) for raw in msgspec.json.decode(body, type=list[msgspec.Raw])]
    return items


def _decoded(body: "bytes | msgspec.Raw", kind: type[Item]) -> Item:
    try:
        item: Item = _decoder(kind).decode(body)
    except msgspec.ValidationError as error:
        raise Refused(Reason.MALFORMED, str(error)) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused(Reason.NOT_JSON, str(error)) from error
    return item


def _or_refusal(raw: msgspec.Raw, kind: type[Item]) -> "Item | Refused":
    try:
        return _decoded(raw, kind)
    except Refused as refused:
        return refused


@cache
def _decoder(kind: type[Item]) -> msgspec.json.Decoder[Item]:
    return msgspec.json.Decoder(kind)


@cache
def _list_decoder(kind: type[Item]) -> msgspec.json.Decoder[list[Item]]:
    return msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]
