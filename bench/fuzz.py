"""Throw broken inputs at every parser that reads what strangers send: none may fail but by a refusal of its own.

    python bench/fuzz.py                     a million inputs, shared out by what each costs
    python bench/fuzz.py --inputs 20000 --only carried_code --seed 7

Inputs are honest examples with bytes changed, cut out, doubled and joined with those of other examples, and some that are
nothing but noise. An input that breaks a parser is printed with the seed that makes it again; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from PIL import Image

from dauchan.door.decoding import items_of
from dauchan.door.errors import Refused
from dauchan.exchange.contract import manifest
from dauchan.exchange.interop.any_file import read_any
from dauchan.exchange.sheets import SheetUnreadable, rows_of_text
from dauchan.exchange.workbooks import rows_of_any_text, rows_of_list
from dauchan.qr import gate_ticket, tokens
from dauchan.qr.carried import read_carried_code
from dauchan.qr.line_code import make_line_code, read_line_code
from dauchan.qr.public_signing import SigningRing
from dauchan.qr.refusals import CodeRefused
from dauchan.qr.short_code import read_short_code
from dauchan.qr.signing import Keyring
from dauchan.qr.venue_code import make_venue_code, read_venue_code
from dauchan.vietnamese import PhoneRefused, clean_text, fold, name_sort_key, read_phone
from dauchan.vietnamese.dates import read_day, read_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

A_MILLION = 1_000_000
KEYS = Keyring(1, {1: b"k" * 32})
RING = SigningRing(1, {1: b"k" * 32})
PUBLIC = RING.public_keys
NOW = 1_790_000_000
SHORT_CODE = "8JC7-0EZM"
#: Marks that parsers give a meaning to, and letters that are not what they look like.
SPICES = ["|", "$", "<", ",", ";", "\t", "\n", '"', "=", "\0", "\ufeff", "\u202e", "đ", "\u0301", "9" * 30, "{", "}", "[", "]", "-", "1e999"]  # fmt: skip
CARRIED = [
    "001093029317|NGUYEN LE KHA HAN|1987-01-18|0|162979388586171100|<1<<<",
    "046090012345|191234567|Trần Thị Thử|02091990|Nữ|12 Lê Lợi, Vĩnh Ninh, Thành phố Huế, Thừa Thiên Huế|15042021",
    "046090012345|Tr0198017601981160ng|31022000|Nu|Huế|15042021",
    "GD4464600000001|5472e1baa76e205468e1bb8b205468e1bbad|02/09/1990|2|5068|46 - 001|01/01/2021|-|05/01/2021|46014600000001|-|4| 01/01/2025|0123456789abcdef-7102|$",
    "HC1:NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH",
    "https://dauchan.example/q/ABCDEFGH",
]
TEXTS = ["28/11/2026", "8h30 ngày 28 tháng 11 năm 2026", "2026-11-28", "45989.5", "0905 123 456", "+84 (0) 905.123.456", "0162 1234567", "ABCD-1234", "Thuỷ Thủy Đặng"]  # fmt: skip
TABLES = ["Họ tên;Năm sinh;Điện thoại\nTrần Thị Thử;1950;0905123456\n", 'a\tb\n"c\td"\te\n', "=1+1,@x\n-2,+3\n"]
JSONS = [
    '[{"resourceType":"Patient","id":"1","name":[{"text":"Thử"}],"birthDate":"1990-02-09"}]',
    '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition","subject":{"reference":"Patient/1"}}}]}',
    '{"trackedEntities":[{"attributes":[{"attribute":"a","value":"b"}],"enrollments":[]}]}',
    '[{"firstName":"A","dateOfOnset":"2026-11-01T00:00:00.000Z","addresses":[{"phoneNumber":"1"}]}]',
]


@dataclass(frozen=True)
class Parser:
    """Attributes:
    read: what is given a broken input.
    refusals: how it may refuse it.
    examples: honest inputs.
    share: of all inputs, by what one costs.
    """

    name: str
    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    examples: list[bytes]
    share: int


def parsers() -> Iterator[Parser]:
    import datetime as dt

    today = dt.date(2026, 11, 28)

    def of_text(read: Callable[[str], object]) -> Callable[[bytes], object]:
        return lambda raw: read(raw.decode("utf-8", "replace"))

    def text(
        name: str,
        read: Callable[[str], object],
        refusals: tuple[type[Exception], ...],
        examples: list[str],
        share: int = 10,
    ) -> Parser:
        return Parser(name, of_text(read), refusals, [one.encode() for one in examples], share)

    codes = (CodeRefused,)
    yield text("carried_code", read_carried_code, codes, CARRIED, 30)
    made = [make_venue_code(7253, 1, KEYS), SHORT_CODE, make_line_code(7253, KEYS.keys[1])]
    made += [gate_ticket.make_gate_ticket(1, 2, NOW + 60, KEYS), tokens.make_person_token(1, NOW + 60, KEYS)]
    made += [tokens.make_personal_code(1, NOW, RING), tokens.make_card_code(1, RING, today)]
    made += [f"https://dauchan.example/q/{made[0]}"]
    yield text("venue_code", lambda read: read_venue_code(read, KEYS), codes, made)
    yield text("short_code", read_short_code, codes, made)
    yield text("line_code", lambda read: read_line_code(read, KEYS.keys[1]), codes, made)
    yield text("gate_ticket", lambda read: gate_ticket.read_gate_ticket(read, KEYS, NOW), codes, made)
    yield text("person_token", lambda read: tokens.read_person_token(read, KEYS, NOW), codes, made)
    yield text("personal_code", lambda read: tokens.read_personal_code(read, PUBLIC, NOW), codes, made)
    yield text("card_code", lambda read: tokens.read_card_code(read, PUBLIC), codes, made)
    yield text("phone", read_phone, (PhoneRefused,), TEXTS)
    yield text("day", lambda read: read_day(read, today), (ValueError,), TEXTS)
    yield text("instant", lambda read: read_instant(read, today), (ValueError,), TEXTS)
    yield text("words", lambda read: (clean_text(read), fold(read), name_sort_key(read)), (), TEXTS)
    yield text("pasted_table", lambda read: rows_of_text(read, 1000), (SheetUnreadable,), TABLES)
    yield text("pasted_list", lambda read: rows_of_any_text(read, 1000), (SheetUnreadable,), TABLES)
    yield Parser("table_file", lambda raw: rows_of_list(raw, 1000), (SheetUnreadable,), _workbooks(), 1)
    yield Parser("outbreak_file", read_any, (SheetUnreadable,), [one.encode() for one in JSONS + TABLES], 10)
    yield Parser("manifest", manifest.read, (manifest.ManifestRefused,), [one.encode() for one in JSONS], 5)
    yield Parser("door_body", _read_door_body, (Refused,), [b'{"check_in_id":"x","code":"y","at":1}', b"[{},{},1]"], 15)
    yield Parser("picture", _read_picture, _picture_refusals(), _pictures(), 1)


def _read_door_body(raw: bytes) -> object:
    from dauchan.door.schemas import CheckIn

    return items_of(raw, CheckIn)


def _read_picture(raw: bytes) -> object:
    from dauchan.venues.pictures import reencode

    return reencode(io.BytesIO(raw), len(raw))


def _picture_refusals() -> tuple[type[Exception], ...]:
    from dauchan.venues.errors import PictureRefused

    return (PictureRefused,)


def _workbooks() -> list[bytes]:
    book = Workbook()
    book.active.append(["Họ tên", "Năm sinh"])
    book.active.append(["Trần Thị Thử", 1950])
    written, plain = io.BytesIO(), io.StringIO()
    book.save(written)
    csv.writer(plain).writerows([["Họ tên", "Năm"], ["Thử", "=1"]])
    return [written.getvalue(), plain.getvalue().encode("utf-16")]


def _pictures() -> list[bytes]:
    made = []
    for kind in ("JPEG", "PNG", "WEBP"):
        written = io.BytesIO()
        Image.new("RGB", (400, 300), "purple").save(written, kind)
        made.append(written.getvalue())
    return made


def broken(examples: list[bytes], chance: random.Random) -> bytes:
    """An example that something has happened to, once or several times."""
    raw = bytearray(chance.choice(examples))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at, span = chance.randrange(len(raw) + 1), chance.choice((1, 2, 4, 16, 64))
        what = chance.randrange(7)
        if what == 0:
            raw[at : at + span] = chance.randbytes(span)
        elif what == 1:
            del raw[at : at + span]
        elif what == 2:  # noqa: PLR2004 - one of the ways
            raw[at:at] = raw[at : at + span] * chance.choice((1, 2, 50))
        elif what == 3:  # noqa: PLR2004
            raw[at:at] = chance.choice(SPICES).encode()
        elif what == 4:  # noqa: PLR2004
            raw[at:] = chance.choice(examples)[at:]
        elif what == 5:  # noqa: PLR2004
            raw[at : at + 1] = chance.choice(SPICES).encode()
        else:
            raw = bytearray(chance.randbytes(chance.randrange(80)))
    return bytes(raw)


def fuzz(parser: Parser, inputs: int, seed: int) -> tuple[int, list[bytes]]:
    """How many of *inputs* were taken, and those that broke the parser."""
    taken, broke = 0, []
    for number in range(inputs):
        raw = broken(parser.examples, random.Random(f"{seed}:{parser.name}:{number}"))  # noqa: S311 - repeatable by intent
        try:
            parser.read(raw)
            taken += 1
        except parser.refusals:
            continue
        except Exception:  # noqa: BLE001 - this is what is looked for
            broke.append(raw)
            sys.stderr.write(
                f"\n{parser.name}, input {number} of seed {seed}: {raw!r}\n{traceback.format_exc(limit=-4)}\n"
            )
    return taken, broke


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=A_MILLION)
    options.add_argument("--only", help="the name of one parser")
    options.add_argument("--seed", type=int, default=7253)
    asked = options.parse_args()
    chosen = [parser for parser in parsers() if asked.only in {None, parser.name}]
    shares, failed, total = sum(parser.share for parser in chosen), 0, 0
    print(f"{'parser':16}{'inputs':>10}{'taken':>9}{'refused':>9}{'broke':>7}{'s':>8}")
    for parser in chosen:
        inputs, began = -(-asked.inputs * parser.share // shares), time.perf_counter()
        taken, broke = fuzz(parser, inputs, asked.seed)
        failed, total = failed + len(broke), total + inputs
        seconds = time.perf_counter() - began
        print(
            f"{parser.name:16}{inputs:10}{taken:9}{inputs - taken - len(broke):9}{len(broke):7}{seconds:8.1f}",
            flush=True,
        )
    print(f"{total} inputs, {failed} broke a parser")
    return int(failed > 0)


def _load() -> None:
    """Pictures are refused in words of the interface, so Django has to be there; no database is."""
    os.environ.setdefault("DAUCHAN_ENV", "demonstration")
    os.environ.setdefault("DAUCHAN_VAR", str(Path(__file__).resolve().parents[1] / "var"))
    from dauchan.project.loading import load_django

    load_django()


if __name__ == "__main__":
    _load()
    raise SystemExit(main())
