"""The door's own endpoints: check-ins, check-outs, failed scans."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from dauchan.door.admission import Sender, admit_attempt, admit_check_out, is_uuid7, microseconds
from dauchan.door.config import Config
from dauchan.door.credentials import Credentials
from dauchan.door.decoding import items_of
from dauchan.door.errors import Refused
from dauchan.door.grouping import Grouping, row_by_row
from dauchan.door.http import Answer, Receive, Respond, Scope, by_name, header, json_body, require_json
from dauchan.door.judging import Delivery, Judging
from dauchan.door.ledger import REJECTED, REPEATED, LeavingVerdict, Ledger
from dauchan.door.metrics import Metrics
from dauchan.door.pace import PERSON_ITEMS_A_MINUTE, Pace, Window
from dauchan.door.peers import peer_of
from dauchan.door.reasons import Reason
from dauchan.door.replies import (
    check_in_answer,
    check_in_reply,
    check_out_answer,
    failure,
    recorded_answers,
    reply,
    why,
)
from dauchan.door.rows import Leaving, Scan
from dauchan.door.schemas import CheckIn, CheckInAnswer, CheckOut, CheckOutAnswer, ScanAttempt, ScanAttemptAnswer
from dauchan.qr.tokens import PersonToken

MINUTE = 60
ATTEMPTS_A_MINUTE = 120
_NOBODY = PersonToken(0, 0, 0)


class Endpoints:
    """The endpoints with what they share: keys, limits and the groups on their way to the ledger."""

    def __init__(self, config: Config, ledger: Ledger, metrics: Metrics) -> None:
        self._config = config
        self._metrics = metrics
        self._credentials = Credentials(config)
        self._judging = Judging(self._credentials, Pace(), ledger.venues)
        self._ledger = ledger
        self._addresses = Window(MINUTE)
        self._people = Window(MINUTE)
        limit = config.queue_limit
        self.scans: Grouping[Delivery, str | CheckInAnswer] = Grouping(
            self._recorded, rejected=REJECTED, waiting_limit=limit
        )
        self.leavings: Grouping[Sequence[Leaving], LeavingVerdict] = Grouping(
            row_by_row(ledger.check_out), rejected=REJECTED, waiting_limit=limit, lanes=1
        )
        self.attempts: Grouping[Sequence[Scan], None] = Grouping(
            row_by_row(ledger.keep_attempts), rejected=REJECTED, waiting_limit=limit, lanes=1
        )

    @property
    def waiting(self) -> int:
        """How many rows wait for a commit."""
        return self.scans.waiting + self.leavings.waiting + self.attempts.waiting

    async def finish(self) -> None:
        """Wait until all that was taken in is answered."""
        for group in (self.scans, self.leavings, self.attempts):
            await group.finish()

    async def _recorded(self, deliveries: Sequence[Delivery]) -> Sequence[str | CheckInAnswer]:
        """Judge what arrived together and record it; the answers, those of plainly recorded check-ins as JSON."""
        scans, known = self._judging.judged(deliveries)
        everything = range(len(scans.check_in_id))
        began = time.perf_counter()
        try:
            verdicts = await self._ledger.check_in(scans, known)
        except BaseException:
            self._judging.take_back(scans, everything)
            raise
        finally:
            self._metrics.add("dauchan_door_commits_total")
            self._metrics.add("dauchan_door_commit_seconds_total", amount=time.perf_counter() - began)
        if verdicts is None:
            self._metrics.add("dauchan_door_scans_total", 'outcome="recorded"', len(everything))
            return recorded_answers(scans)
        self._judging.take_back(scans, [n for n in everything if verdicts[n].outcome == REPEATED])
        return list(map(check_in_answer, scans.check_in_id, verdicts))

    def check_ins(self, scope: Scope, body: bytes, respond: Respond) -> None:
        """Record one check-in or a list of them."""
        headers = by_name(scope)
        require_json(headers)
        self.scans.require_room()
        now = self._admit_address(scope)
        token = self._credentials.person(headers.get(b"authorization", b""), now)
        items, is_list = items_of(body, CheckIn)
        self._admit_person(token.person_id, len(items), now)
        taken = [_or_refused(item) for item in items]
        delivery = Delivery([item for item in taken if isinstance(item, CheckIn)], self._sender(headers, token, now))

        def answered(verdicts: Sequence[str | CheckInAnswer]) -> None:
            found = iter(verdicts)
            whole = len(verdicts) == len(taken)
            answers = verdicts if whole else [next(found) if isinstance(item, CheckIn) else item for item in taken]
            for answer in answers:
                if not isinstance(answer, str):  # those were counted together
                    self._metrics.add("dauchan_door_scans_total", f'outcome="{answer.outcome}"')
            respond(check_in_reply(answers, is_list=is_list))

        if delivery:
            self.scans.hand_in(delivery, answered, lambda error: respond(failure(error)))
        else:
            answered(())

    async def check_outs(self, scope: Scope, receive: Receive) -> Answer:
        """Record one check-out or a list of them."""
        now = self._admit_address(scope)
        token = self._credentials.person(header(scope, b"authorization"), now)
        items, is_list = items_of(await json_body(scope, receive), CheckOut)
        self._admit_person(token.person_id, len(items), now)
        sender = self._sender(by_name(scope), token, now)
        taken = [_leaving(item, sender) for item in items]
        leavings = [leaving for leaving in taken if isinstance(leaving, Leaving)]
        verdicts = iter(await self.leavings.submit(leavings) if leavings else ())
        answers = [
            check_out_answer(leaving.check_out_id, leaving.check_in_id, next(verdicts))
            if isinstance(leaving, Leaving)
            else leaving
            for leaving in taken
        ]
        for answer in answers:
            self._metrics.add("dauchan_door_check_outs_total", f'outcome="{answer.outcome}"')
        return reply(answers, is_list=is_list)

    async def scan_attempts(self, scope: Scope, receive: Receive) -> Answer:
        """Keep one failed scan or a list of them; nobody needs to have signed in for that."""
        now = self._admit_address(scope)
        authorization = header(scope, b"authorization")
        token = self._credentials.person(authorization, now) if authorization else _NOBODY
        items, is_list = items_of(await json_body(scope, receive), ScanAttempt)
        key = ("attempts", token.person_id or peer_of(scope, self._config.trusted_proxies))
        self._admit(self._people, key, len(items), ATTEMPTS_A_MINUTE, now)
        sender = self._sender(by_name(scope), token, now)
        taken = [self._attempt(item, sender) for item in items]
        kept = [attempt for attempt in taken if isinstance(attempt, Scan)]
        if kept:
            await self.attempts.submit(kept)
            self._metrics.add("dauchan_door_attempts_total", amount=len(kept))
        answers = [
            ScanAttemptAnswer("kept", attempt.check_in_id) if isinstance(attempt, Scan) else attempt
            for attempt in taken
        ]
        return reply(answers, is_list=is_list)

    def _attempt(self, item: ScanAttempt | Refused, sender: Sender) -> Scan | ScanAttemptAnswer:
        if isinstance(item, Refused):
            return ScanAttemptAnswer("refused", None, why(item.reason, item.detail))
        try:
            return admit_attempt(item, sender, self._credentials)
        except Refused as refused:
            return ScanAttemptAnswer("refused", item.attempt_id, why(refused.reason, refused.detail))

    def _sender(self, headers: Mapping[bytes, bytes], token: PersonToken, now: float) -> Sender:
        said = headers.get(b"x-device-time")
        sent_at = device_clock(said) if said else None
        return Sender(token.person_id, sent_at, round(now * 1_000_000), self._ledger.phones.labels(token.phone_id))

    def _admit_address(self, scope: Scope) -> float:
        now = time.time()
        limit = self._config.requests_a_minute
        if limit:
            self._admit(self._addresses, peer_of(scope, self._config.trusted_proxies), 1, limit, now)
        return now

    def _admit_person(self, person_id: int, items: int, now: float) -> None:
        self._admit(self._people, person_id, items, PERSON_ITEMS_A_MINUTE, now)

    def _admit(self, window: Window, key: object, amount: int, limit: int, now: float) -> None:
        if window.add(key, amount, now) > limit:
            raise Refused(Reason.TOO_MANY_REQUESTS, retry_after=window.ends_in(now))


def _or_refused(item: CheckIn | Refused) -> CheckIn | CheckInAnswer:
    """The item, or the answer where it cannot be kept at all."""
    if isinstance(item, Refused):
        return CheckInAnswer("refused", None, reason=why(item.reason, item.detail))
    return (
        item if is_uuid7(item.check_in_id) else CheckInAnswer("refused", item.check_in_id, reason=why(Reason.NOT_UUID7))
    )


def _leaving(item: CheckOut | Refused, sender: Sender) -> Leaving | CheckOutAnswer:
    if isinstance(item, Refused):
        return CheckOutAnswer("refused", None, reason=why(item.reason, item.detail))
    try:
        return admit_check_out(item, sender)
    except Refused as refused:
        return CheckOutAnswer(
            "refused", item.check_out_id, item.check_in_id, reason=why(refused.reason, refused.detail)
        )


def device_clock(text: bytes) -> int:
    try:
        moment = msgspec.convert(text.decode("latin-1"), datetime)
    except msgspec.ValidationError:
        raise Refused(Reason.BAD_DEVICE_TIME) from None
    if moment.tzinfo is None:
        raise Refused(Reason.BAD_DEVICE_TIME)
    return microseconds(moment)
