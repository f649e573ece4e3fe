"""What a gate's device talks to, played by the test where it must say when to answer, what, and to whom."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dauchan.qr import SigningRing
from tests.gate.sealing import point_of, private_key, to_base64url, unseal

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

SCALAR = bytes([9]) + bytes(range(31))
CARDS = SigningRing(1, {1: bytes(range(40, 72))})
STRANGER = SigningRing(1, {1: bytes(range(50, 82))})
BATCH = 500
#: Requests of the service worker do not come by the routes of a test: here the page sends by itself.
PAGE_ONLY = "if (self.ServiceWorkerRegistration) delete ServiceWorkerRegistration.prototype.sync"


@dataclass
class GateServer:
    """`GET /gate/sync/` and `POST /api/v1/gate-scans` by their contract.

    Attributes:
        taken: the items that were answered, by their identifier, in the order of their first arrival.
        sizes: items and bytes of each batch.
        outcomes: what is said of an item, by identifier; else `recorded`.
        refusals: statuses with which the next requests at the door are turned away.
        skew_ms: how far the server's clock is ahead.
    """

    venue: str = "Chợ thử nghiệm"
    capacity: int | None = 3
    revoked_cards: list[str] = field(default_factory=list)
    revoked: bool = False
    skew_ms: int = 0
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    again: int = 0
    sizes: list[tuple[int, int]] = field(default_factory=list)
    outcomes: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusals: list[int] = field(default_factory=list)
    cursors: list[str] = field(default_factory=list)
    is_away: bool = False

    def stand_in(self, context: BrowserContext) -> None:
        context.add_init_script(PAGE_ONLY)
        context.route("**/gate/sync/**", self._sync)
        context.route("**/api/v1/gate-scans", self._gate_scans)

    def opened(self) -> list[str]:
        """What was sealed for the server, in order."""
        items = [item for item in self.taken.values() if "sealed" in item]
        return [unseal(item["sealed"], item["scan_id"], SCALAR) for item in items]

    def cut(self, context: BrowserContext, *, is_away: bool = True) -> None:
        """Takes the network away, or gives it back; routes of the test would answer even without one."""
        self.is_away = is_away
        context.set_offline(is_away)

    def _sync(self, route: Route) -> None:
        if self.is_away:
            route.abort("internetdisconnected")
            return
        self.cursors.append(route.request.url.partition("cursor=")[2].partition("&")[0])
        effects = [item["direction"] for item in self.taken.values() if "failed" not in item]
        told = {
            "cursor": "17",
            "is_whole": not self.cursors[-1],
            "revoked_cards": self.revoked_cards,
            "ticket": "DCG.TEST",
            "ticket_seconds": 600,
            "now": int(time.time() * 1000) + self.skew_ms,
            "device": {"name": "Cổng trước", "revoked": self.revoked},
            "venue": {
                "name": self.venue,
                "status": "approved",
                "capacity": self.capacity,
                "mode": "both",
                "hours": None,
            },
            "inside": max(0, effects.count("in") - effects.count("out") - effects.count("undo")),
            "entries": effects.count("in"),
            "exits": effects.count("out"),
            "today": {"entries": effects.count("in"), "exits": effects.count("out"), "refused": {}},
            "queue_key": {"version": 1, "public": to_base64url(point_of(private_key(SCALAR)))},
            "card_keys": {str(version): to_base64url(key) for version, key in CARDS.public_keys.items()},
        }
        route.fulfill(json=told)

    def _gate_scans(self, route: Route) -> None:
        if self.is_away:
            route.abort("internetdisconnected")
            return
        if self.refusals:
            status = self.refusals.pop(0)
            route.fulfill(status=status, headers={"Retry-After": "1"}, json={"title": "later"})
            return
        assert route.request.headers["authorization"] == "Device DCG.TEST"
        body = route.request.post_data or ""
        items = json.loads(body)
        assert 0 < len(items) <= BATCH
        self.sizes.append((len(items), len(body)))
        answers = []
        for item in items:
            assert set(item) <= {"scan_id", "direction", "at", "sealed", "undoes", "failed"}
            is_new = item["scan_id"] not in self.taken
            self.again += not is_new
            self.taken.setdefault(item["scan_id"], item)
            said = self.outcomes.get(item["scan_id"], {"outcome": "recorded" if is_new else "repeated"})
            answers.append({"scan_id": item["scan_id"], "labels": ["offline"], **said})
        route.fulfill(json={"items": answers})
