"""One scan at a gate, and taking it back: what is recorded, and what the gate's page says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dauchan.visits.gate_scans import (
    GateScan,
    entry_with,
    exit_with,
    record_entry,
    record_exit,
    record_failure,
    record_undo,
    visit_inside,
)
from dauchan.web.gate.reading import NOT_INSIDE, NOTHING_TO_UNDO, VENUE_CLOSED, GateRefused, read_shown
from dauchan.web.gate.rules import SAME_ENTRY, UNDO_WITHIN

if TYPE_CHECKING:
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from dauchan.web.gate.reading import Shown


@dataclass(frozen=True)
class Verdict:
    """What the gate's page shows in large letters.

    Attributes:
        tone: `good`, `caution` or `critical`: colour and sound.
        reason: from the closed list, empty where the scan was taken.
        can_undo: whether this scan made a row that the keeper may take back.
    """

    tone: str
    word: StrOrPromise
    sentence: StrOrPromise = ""
    who: str = ""
    reason: str = ""
    can_undo: bool = False


def judge(scan: GateScan, direction: str, text: str) -> Verdict:
    """Read, record, and say what came of it."""
    try:
        shown = read_shown(text, scan.at)
        return _enter(scan, shown) if direction == "in" else _leave(scan, shown)
    except GateRefused as refused:
        if refused.attempt is not None:
            record_failure(scan, refused.attempt)
        return refused_verdict(refused)


def refused_verdict(refused: GateRefused) -> Verdict:
    return Verdict("critical", _("Không nhận"), refused.sentence, reason=refused.reason)


def _enter(scan: GateScan, shown: Shown) -> Verdict:
    inside = visit_inside(shown.person_id, scan.venue_id, scan.at)
    if inside is not None and inside.check_in_id != scan.id and scan.at - inside.entered_at >= SAME_ENTRY:
        return Verdict("caution", _("Đã ở trong"), _("Khách này đã vào và chưa ra."), shown.who, "already_inside")
    if inside is None and not record_entry(scan, shown.person_id, shown.assurance):
        raise GateRefused(*VENUE_CLOSED)
    return Verdict("good", _("Mời vào"), who=shown.who, can_undo=inside is None)


def _leave(scan: GateScan, shown: Shown) -> Verdict:
    repeated = exit_with(scan.id, scan.device_id, scan.at)
    if repeated is None:
        inside = visit_inside(shown.person_id, scan.venue_id, scan.at)
        # Recorded also where nobody is known to be inside: the entry may still wait on a gate without a network.
        record_exit(scan, shown.person_id)
        if inside is None:
            raise GateRefused(*NOT_INSIDE)
    return Verdict("good", _("Đã ra"), who=shown.who, can_undo=True)


def take_back(scan: GateScan, direction: str, undone: UUID) -> Verdict:
    """Undo this device's scan *undone*; *scan* is the undoing itself.

    The ledger forgets nothing: an entry is ended at the instant it began, so that the visit is empty and meets nobody;
    after an exit the person enters again.
    """
    done = _is_recent_entry(scan, undone) if direction == "in" else _is_last_exit(scan, undone)
    if not done or not record_undo(scan, undone):
        return refused_verdict(GateRefused(*NOTHING_TO_UNDO))
    return Verdict("caution", _("Đã lấy lại"), _("Lượt vừa rồi không còn tính."))


def _is_recent_entry(scan: GateScan, undone: UUID) -> bool:
    entry = entry_with(undone)
    return entry is not None and entry.device_id == scan.device_id and scan.at - entry.received_at <= UNDO_WITHIN


def _is_last_exit(scan: GateScan, undone: UUID) -> bool:
    leaving = exit_with(undone, scan.device_id, scan.at)
    if leaving is None or scan.at - leaving.received_at > UNDO_WITHIN:
        return False
    entered = entry_with(leaving.check_in_id)
    if entered is None:
        return False
    inside = visit_inside(entered.person_id, scan.venue_id, scan.at)
    return inside is None or inside.check_in_id == scan.id
