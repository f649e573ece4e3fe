"""The endpoint that gates hand their queues in at: `POST /api/v1/gate-scans`."""

import time

import msgspec

from dauchan.door.config import Config
from dauchan.door.decoding import Items, items_of
from dauchan.door.endpoints import device_clock
from dauchan.door.errors import Refused
from dauchan.door.gate_admission import GateAdmission
from dauchan.door.gate_ledger import REFUSED, SET_ASIDE, GateLedger, GateVerdict
from dauchan.door.gate_schemas import GateScan, GateScanAnswer, Scrap
from dauchan.door.grouping import Grouping, row_by_row
from dauchan.door.http import Answer, Receive, Scope, header, json_body
from dauchan.door.ledger import REJECTED
from dauchan.door.metrics import Metrics
from dauchan.door.pace import Window
from dauchan.door.peers import peer_of
from dauchan.door.reasons import REASON_OF, Reason
from dauchan.door.replies import reply, why
from dauchan.door.room import Room
from dauchan.qr.gate_queue import QueueOpener
from dauchan.qr.gate_ticket import GateTicket, read_gate_ticket
from dauchan.qr.refusals import CodeRefused
from dauchan.visits.gate_items import GateItem, Quarantine
from dauchan.visits.registry import AttemptReason, label_names

MINUTE = 60
#: A device that was away for a week hands in 50,000 scans in two minutes; more than this a minute no gate can have scanned.
DEVICE_ITEMS_A_MINUTE = 30_000

_SCHEME = "device "
_OUTCOMES = {1: "recorded", 2: "repeated", REFUSED: "refused", SET_ASIDE: "quarantined"}
_WAITING = {
    Quarantine.REVOKED_DEVICE: Reason.DEVICE_REVOKED,
    Quarantine.UNOPENED: Reason.UNOPENED,
    Quarantine.MALFORMED: Reason.MALFORMED,
    Quarantine.EARLY_UNDO: Reason.UNDO_EARLY,
}


class GateScans:
    """The endpoint with its keys, its limits and its way into the ledger."""

    def __init__(self, config: Config, metrics: Metrics, room: Room) -> None:
        reading = config.gate_keys.reading
        self._config = config
        self._metrics = metrics
        self._admission = GateAdmission(QueueOpener(config.gate_keys.queue), reading)
        self._addresses, self._devices = Window(MINUTE), Window(MINUTE)
        self.ledger = GateLedger(config.database_url, room, reading.personal_keys)
        self._group: Grouping[list[GateItem], GateVerdict] = Grouping(
            row_by_row(self.ledger.gate_scan), rejected=REJECTED, waiting_limit=config.queue_limit, lanes=1
        )

    @property
    def waiting(self) -> int:
        """How many rows wait for a commit."""
        return self._group.waiting

    async def finish(self) -> None:
        """Wait until all that was taken in is answered."""
        await self._group.finish()

    async def gate_scans(self, scope: Scope, receive: Receive) -> Answer:
        """Record one scan of a gate or a list of them."""
        now = time.time()
        if self._config.requests_a_minute:
            peer = peer_of(scope, self._config.trusted_proxies)
            _admit(self._addresses, peer, 1, self._config.requests_a_minute, now)
        ticket = self._ticket(header(scope, b"authorization").decode("latin-1"), now)
        body = await json_body(scope, receive)
        items, is_list = _items(body)
        _admit(self._devices, ticket.device_id, len(items), DEVICE_ITEMS_A_MINUTE, now)
        said = header(scope, b"x-device-time")
        sent_at = device_clock(said) if said else None
        taken = self._taken(items, body, ticket, sent_at, round(now * 1_000_000))
        rows = [item for item in taken if isinstance(item, GateItem)]
        verdicts = iter(await self._group.submit(rows) if rows else ())
        answers = [_answer(item, next(verdicts)) if isinstance(item, GateItem) else item for item in taken]
        for answer in answers:
            self._metrics.add("dauchan_door_gate_scans_total", f'outcome="{answer.outcome}"')
        return reply(answers, is_list=is_list)

    def _ticket(self, authorization: str, now: float) -> GateTicket:
        challenge = ((b"www-authenticate", b'Device realm="dauchan"'),)
        if authorization[: len(_SCHEME)].lower() != _SCHEME:
            raise Refused(Reason.TICKET_REFUSED, headers=challenge)
        try:
            return read_gate_ticket(authorization[len(_SCHEME) :].strip(), self._config.person_keys, int(now))
        except CodeRefused as refused:
            raise Refused(Reason.TICKET_REFUSED, headers=challenge) from refused

    def _taken(
        self, items: list[GateScan | Refused], body: bytes, ticket: GateTicket, sent_at: int | None, received_at: int
    ) -> list[GateItem | GateScanAnswer]:
        raw = _raw(body) if any(isinstance(item, Refused) for item in items) else [msgspec.Raw(b"")] * len(items)
        return [
            self._row(item, bytes(text), ticket, sent_at, received_at) for item, text in zip(items, raw, strict=True)
        ]

    def _row(
        self, item: GateScan | Refused, raw: bytes, ticket: GateTicket, sent_at: int | None, received_at: int
    ) -> GateItem | GateScanAnswer:
        scan_id = None
        try:
            if isinstance(item, GateScan):
                scan_id = item.scan_id
                return self._admission.item(item, ticket, sent_at, received_at)
            scan_id = msgspec.json.decode(raw, type=Scrap).scan_id
            return self._admission.scrap(scan_id, raw, ticket, received_at)
        except Refused as refused:
            return GateScanAnswer("refused", scan_id, reason=why(refused.reason, refused.detail))
        except (msgspec.DecodeError, RecursionError):
            malformed = item if isinstance(item, Refused) else Refused(Reason.MALFORMED)
            return GateScanAnswer("refused", None, reason=why(malformed.reason, malformed.detail))


def _items(body: bytes) -> Items[GateScan]:
    """As `items_of`, but a single malformed item is kept like one of a list."""
    try:
        return items_of(body, GateScan)
    except Refused as refused:
        if refused.reason is not Reason.MALFORMED:
            raise
        return Items([refused], is_list=False)


def _raw(body: bytes) -> list[msgspec.Raw]:
    if body.lstrip(b" \t\r\n")[:1] != b"[":
        return [msgspec.Raw(body)]
    return msgspec.json.decode(body, type=list[msgspec.Raw])


def _answer(item: GateItem, verdict: GateVerdict) -> GateScanAnswer:
    reason = None
    if verdict.outcome == REFUSED:
        reason = why(REASON_OF[AttemptReason(verdict.reason)])
    elif verdict.outcome == SET_ASIDE:
        reason = why(_WAITING[Quarantine(verdict.reason)])
    outcome = _OUTCOMES[verdict.outcome]
    return GateScanAnswer(outcome, item.scan_id, label_names(verdict.labels), reason)  # type: ignore[arg-type]  # closed list


def _admit(window: Window, key: object, amount: int, limit: int, now: float) -> None:
    if window.add(key, amount, now) > limit:
        raise Refused(Reason.TOO_MANY_REQUESTS, retry_after=window.ends_in(now))
