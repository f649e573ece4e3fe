"""A closed-loop load generator for the door: a process of its own, so that its work is not the door's.

Reads a JSON plan on standard input (url, keys, seconds, connections, batch) and prints a JSON result.
"""

import asyncio
import base64
import json
import random
import sys
import time
from datetime import UTC, datetime

import uvloop

from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import make_person_token
from dauchan.qr.venue_code import make_venue_code

PEOPLE = 20_000
VENUES = 5_000


class Connection(asyncio.Protocol):
    """Sends a request, waits for its answer, sends the next."""

    def __init__(self, load: "Load") -> None:
        self.load = load
        self.buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        self.sent_at = time.perf_counter()
        self.transport.write(self.load.request())  # type: ignore[attr-defined]  # TCP transports write

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head = self.buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        start = self.buffer[:head].lower().index(b"content-length: ") + 16
        end = head + 4 + int(self.buffer[start : self.buffer.index(b"\r", start)])
        if len(self.buffer) < end:
            return
        self.load.note(bytes(self.buffer[9:12]), time.perf_counter() - self.sent_at)
        del self.buffer[:end]
        if time.perf_counter() < self.load.until:
            self.send()
        else:
            self.transport.close()


class Load:
    """Makes requests and counts what comes back."""

    def __init__(self, plan: dict[str, object]) -> None:
        keys = Keyring(1, {1: base64.b64decode(str(plan["key"]))})
        expires = int(time.time()) + 86_400
        self.batch = int(str(plan["batch"]))
        self.people = [make_person_token(2**41 + n, expires, keys).encode() for n in range(PEOPLE)]
        self.codes = [make_venue_code(n + 1, 1, keys) for n in range(VENUES)]
        self.until = 0.0
        self.seconds: list[float] = []
        self.statuses: dict[str, int] = {}

    def item(self) -> str:
        now = time.time()
        head = (int(now * 1000) << 16 | 0x7000 | random.getrandbits(12)).to_bytes(8).hex()
        tail = (0x2 << 62 | random.getrandbits(62)).to_bytes(8).hex()
        name = f"{head[:8]}-{head[8:12]}-{head[12:]}-{tail[:4]}-{tail[4:]}"
        at = datetime.fromtimestamp(now, UTC).isoformat()
        return f'{{"check_in_id":"{name}","venue_code":"{random.choice(self.codes)}","entered_at":"{at}"}}'  # noqa: S311 invented load

    def request(self) -> bytes:
        body = self.item() if self.batch == 1 else "[" + ",".join(self.item() for _ in range(self.batch)) + "]"
        return (
            b"POST /api/v1/check-ins HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nauthorization: Bearer "
            + random.choice(self.people)  # noqa: S311 invented load
            + f"\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()
        )

    def note(self, status: bytes, seconds: float) -> None:
        self.seconds.append(seconds)
        self.statuses[status.decode()] = self.statuses.get(status.decode(), 0) + 1


async def run(plan: dict[str, object]) -> dict[str, object]:
    """Keep so many connections busy for so many seconds."""
    load, loop = Load(plan), asyncio.get_running_loop()
    began = time.perf_counter()
    load.until = began + float(str(plan["seconds"]))
    for _ in range(int(str(plan["connections"]))):
        await loop.create_connection(lambda: Connection(load), "127.0.0.1", int(str(plan["port"])))
    await asyncio.sleep(load.until - time.perf_counter() + 1)
    ordered = sorted(load.seconds)
    share = [round(1000 * ordered[int(len(ordered) * part)], 2) for part in (0.5, 0.9, 0.99)]
    taken = sum(count for status, count in load.statuses.items() if status.startswith("2"))
    took = load.until - began
    return {"scans_per_second": taken * load.batch / took, "ms": share, "statuses": load.statuses}


if __name__ == "__main__":
    print(json.dumps(uvloop.run(run(json.load(sys.stdin)))))
