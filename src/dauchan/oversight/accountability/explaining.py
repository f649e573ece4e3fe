"""A head explains what is overdue, and signs. Nothing of the deadlines changes: the explanation stands beside them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from dauchan.compliance.referrals.actions import note
from dauchan.compliance.referrals.models import Referral
from dauchan.oversight.accountability.access import EXPLAINS
from dauchan.oversight.accountability.errors import NothingChosen, NotOneUnit
from dauchan.oversight.accountability.models import ExplainedItem, Explanation, ItemKind
from dauchan.oversight.accountability.overdue import overdue_items
from dauchan.oversight.models import EventKind, Report
from dauchan.oversight.writing import tell
from dauchan.units import audit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dauchan.oversight.accountability.overdue import Overdue
    from dauchan.units.models import Officer, Unit

#: A promise that lies further ahead is none.
FURTHEST_PROMISE = dt.timedelta(days=60)


@dataclass(frozen=True)
class Said:
    """What the head wrote, and with what they confirmed that it was them."""

    words: str
    remedy: str
    promised_on: dt.date
    signed_by: str


@transaction.atomic
def sign_explanation(head: Officer, keys: Collection[str], said: Said) -> Explanation:
    """Sign for the overdue items named by *keys* (`referral:12`), all of one of the head's units.

    Raises: NothingChosen, NotOneUnit.
    """
    now = timezone.now()
    items = [item for item in overdue_items(head.units_as(*EXPLAINS), now) if item.key in keys]
    if not items:
        raise NothingChosen
    explanation = Explanation(unit=_unit_of(head, items), head=head, signed_at=now, **vars(said))
    explanation.digest = digest_of(explanation, items)
    explanation.save()
    ExplainedItem.objects.bulk_create(_kept(explanation, item) for item in items)
    detail = {"unit": explanation.unit_id, "items": sorted(item.key for item in items), "digest": explanation.digest}
    audit.record(head, "accountability.explained", f"explanation:{explanation.pk}", detail=detail)
    _tell(explanation, items)
    return explanation


def _unit_of(head: Officer, items: Iterable[Overdue]) -> Unit:
    """The smallest of the head's units that holds all of the items."""
    own = [unit for unit in head.units_as(*EXPLAINS) if all(unit.contains(item.unit) for item in items)]
    if not own:
        raise NotOneUnit
    return max(own, key=lambda unit: unit.path.count("."))


def _kept(explanation: Explanation, item: Overdue) -> ExplainedItem:
    facts = {name: getattr(item, name) for name in ("kind", "number", "what", "due_at", "days_over")}
    return ExplainedItem(explanation=explanation, place=item.place[:330], **facts)


def digest_of(explanation: Explanation, items: Iterable[Overdue | ExplainedItem]) -> str:
    """SHA-256 over the canonical JSON of what was signed: by whom, for which unit, what, about which items."""
    signed = {
        "unit": explanation.unit_id,
        "head": explanation.head_id,
        "at": explanation.signed_at.astimezone(dt.UTC).isoformat(),
        "words": explanation.words,
        "remedy": explanation.remedy,
        "promised_on": explanation.promised_on.isoformat(),
        "items": sorted(f"{item.kind}:{item.number}" for item in items),
    }
    canonical = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _tell(explanation: Explanation, items: Iterable[Overdue]) -> None:
    """A line in the history of each referral and report: whoever opens it sees that it was explained."""
    with override("vi"):
        words = _("Người đứng đầu giải trình (số %(number)s), hứa hoàn thành trước %(day)s. Hạn không thay đổi.") % {
            "number": explanation.pk,
            "day": f"{explanation.promised_on:%d/%m/%Y}",
        }
    numbers = {kind: [item.number for item in items if item.kind == kind] for kind in ItemKind}
    for referral in Referral.objects.filter(pk__in=numbers[ItemKind.REFERRAL]).select_related("unit"):
        note(referral, explanation.head, words)
    for report in Report.objects.filter(pk__in=numbers[ItemKind.REPORT]).select_related("unit"):
        tell(report, EventKind.EXPLAINED, explanation.head, words=words)
