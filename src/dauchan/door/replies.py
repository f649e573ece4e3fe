"""What clients are told: answers to items and problems of requests, as JSON."""

import uuid
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from dauchan.door.errors import Refused, Unavailable
from dauchan.door.gate_schemas import GateScanAnswer
from dauchan.door.http import PROBLEM, Answer
from dauchan.door.ledger import RECORDED, REFUSED, REPEATED, LeavingVerdict, ScanVerdict, instant
from dauchan.door.reasons import REASON_OF, Reason
from dauchan.door.rows import Scans
from dauchan.door.schemas import Answers, CheckInAnswer, CheckOutAnswer, Problem, ScanAttemptAnswer, Why
from dauchan.visits.registry import AttemptReason, label_names

_OUTCOMES = {RECORDED: "recorded", REPEATED: "repeated", REFUSED: "refused"}
_CREATED, _OK = 201, 200
_LEAVING_REASONS = {1: Reason.NOT_YOURS, 2: Reason.BEFORE_ENTRY}

AnyAnswer = CheckInAnswer | CheckOutAnswer | ScanAttemptAnswer | GateScanAnswer

encode = msgspec.json.Encoder().encode


@cache
def _why(reason: Reason) -> Why:
    return Why(reason.value, reason.said.vi, reason.said.en)


def why(reason: Reason, detail: str = "") -> Why:
    """A reason with its sentences."""
    known = _why(reason)
    return msgspec.structs.replace(known, detail=detail) if detail else known


def problem(refused: Refused) -> Answer:
    """A refused request as problem+json."""
    said = refused.reason.said
    body = Problem(f"urn:dauchan:{refused.reason}", said.en, said.status, _why(refused.reason), refused.detail)
    wait = ((b"retry-after", str(refused.retry_after).encode()),) if refused.retry_after else ()
    return Answer(said.status, encode(body), PROBLEM, (*wait, *refused.headers))


def failure(error: BaseException) -> Answer:
    """What is said when a request could not be served; the reason is logged by whoever knows the request."""
    if isinstance(error, Refused):
        return problem(error)
    return problem(Refused(Reason.UNAVAILABLE, retry_after=2 if isinstance(error, Unavailable) else 10))


def check_in_answer(check_in_id: uuid.UUID, verdict: ScanVerdict) -> CheckInAnswer:
    """What became of a check-in that reached the ledger."""
    outcome, venue_id, entered_at, received_at, labels, reason = verdict
    if outcome == REFUSED:
        return CheckInAnswer("refused", check_in_id, reason=why(REASON_OF[AttemptReason(reason or 0)]))
    return CheckInAnswer(
        _OUTCOMES[outcome],  # type: ignore[arg-type]  # the words of a closed list
        check_in_id,
        venue_id,
        entered_at,
        received_at,
        label_names(labels or 0),
    )


def recorded_answers(scans: Scans) -> list[str]:
    """The answers to check-ins that were all recorded as they are, as JSON: what `check_in_answer` comes to, many at once."""
    columns = (
        _texts(scans.check_in_id),
        scans.venue_id.tolist(),
        _texts(scans.entered_at.view("M8[us]").tolist()),
        map(_received, scans.received_at.tolist()),
        map(_labels, scans.labels.tolist()),
    )
    return [
        f'{{"outcome":"recorded","check_in_id":"{name}","venue_id":{venue},"entered_at":"{at}Z","received_at":"{received}"{labels}}}'
        for name, venue, at, received, labels in zip(*columns, strict=True)
    ]


def _texts(values: Sequence[object]) -> list[str]:
    """How JSON writes values that have no quotation marks in them."""
    return encode(values)[2:-2].decode().split('","')


@lru_cache(256)
def _received(microseconds: int) -> str:
    return encode(instant(microseconds))[1:-1].decode()


@lru_cache(256)
def _labels(labels: int) -> str:
    names = label_names(labels)
    return f',"labels":{encode(names).decode()}' if names else ""


def check_out_answer(check_out_id: uuid.UUID, check_in_id: uuid.UUID, verdict: LeavingVerdict) -> CheckOutAnswer:
    """What became of a check-out that reached the ledger."""
    if verdict.outcome == REFUSED:
        return CheckOutAnswer("refused", check_out_id, reason=why(_LEAVING_REASONS[verdict.reason or 1]))
    return CheckOutAnswer(
        _OUTCOMES[verdict.outcome],  # type: ignore[arg-type]  # the words of a closed list
        check_out_id,
        check_in_id,
        verdict.left_at,
        verdict.received_at,
        label_names(verdict.labels or 0),
    )


def check_in_reply(answers: Sequence[str | CheckInAnswer], *, is_list: bool) -> Answer:
    """As `reply`; answers may have been written already."""
    if is_list:
        written = [answer if isinstance(answer, str) else encode(answer).decode() for answer in answers]
        return Answer(_OK, f'{{"items":[{",".join(written)}]}}'.encode())
    (answer,) = answers
    return Answer(_CREATED, answer.encode()) if isinstance(answer, str) else reply([answer], is_list=False)


def reply(
    answers: "list[CheckInAnswer] | list[CheckOutAnswer] | list[ScanAttemptAnswer] | list[GateScanAnswer]",
    *,
    is_list: bool,
) -> Answer:
    """A list as a list; a single item as itself, 201 when it is recorded now, and as a problem where it was refused."""
    if is_list:
        return Answer(_OK, encode(Answers(answers)))
    (answer,) = answers
    if answer.reason is not None and answer.outcome != "quarantined":
        return problem(Refused(Reason(answer.reason.code), answer.reason.detail))
    return Answer(_OK if answer.outcome in {"repeated", "quarantined"} else _CREATED, encode(answer))
