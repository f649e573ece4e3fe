"""What a sanction may rest on: each kind of source is one small reader. A part that brings findings adds its line to READERS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from dauchan.compliance.referrals.models import Ground, Referral, Sign
from dauchan.compliance.referrals.models import Outcome as Result
from dauchan.oversight.inspections.queries import inspections_of
from dauchan.oversight.models import Finding
from dauchan.oversight.queries import reports_of
from dauchan.units.languages import reads_english

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from dauchan.venues.models import Venue

#: So many of each kind are offered, the newest first.
MOST_OF_A_KIND = 20
LONGEST_TEXT = 600


@dataclass(frozen=True)
class Source:
    """One thing that somebody found at a venue, as it is copied into a sanction.

    Attributes:
        source: in the words of the audit log, `inspection:12`.
        findings: codes of `Finding` that it names.
    """

    source: str
    text_vi: str
    text_en: str
    on: dt.date
    findings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return (self.text_en or self.text_vi) if reads_english() else self.text_vi


def sources_at(venue: Venue) -> list[Source]:
    """All that a sanction about *venue* may rest on, the newest first."""
    found = [one for read in READERS for one in read(venue)]
    return sorted(found, key=lambda one: one.on, reverse=True)


def _referrals(venue: Venue) -> Iterator[Source]:
    for one in Referral.objects.filter(venue=venue).order_by("-handed_at")[:MOST_OF_A_KIND]:
        vi, en = (
            _joined(language, [_what(one), Result(one.outcome).label if one.outcome else "", evidence])
            for language, evidence in (("vi", one.evidence), ("en", one.evidence_en or one.evidence))
        )
        yield Source(f"referral:{one.pk}", vi, en, timezone.localdate(one.handed_at))


def _what(referral: Referral) -> object:
    """A word of a closed list, not yet in any language."""
    return Sign(referral.sign).label if referral.sign else Ground(referral.ground).label


def _reports(venue: Venue) -> Iterator[Source]:
    """The finding alone: the citizen's words stay with the report."""
    for one in reports_of(venue).select_related(None)[:MOST_OF_A_KIND]:
        vi, en = (_joined(language, [Finding(one.finding).label]) for language in ("vi", "en"))
        yield Source(f"report:{one.pk}", vi, en, timezone.localdate(one.reported_at), (one.finding,))


def _joined(language: str, parts: Iterable[object]) -> str:
    """Words of closed lists in *language*, and texts as they stand, as one text of sentences."""
    with translation.override(language):
        said = [str(part).rstrip(".") for part in parts]
    return ". ".join(part for part in said if part)[:LONGEST_TEXT]


def _inspections(venue: Venue) -> Iterator[Source]:
    """What inspectors found and nobody withdrew; a record without findings is no ground."""
    for one in inspections_of(venue).select_related(None)[:MOST_OF_A_KIND]:
        found = list(dict.fromkeys(each.finding for each in one.standing))  # type: ignore[attr-defined]
        if found:
            vi, en = (_joined(language, [Finding(each).label for each in found]) for language in ("vi", "en"))
            yield Source(f"inspection:{one.pk}", vi, en, timezone.localdate(one.began_at), tuple(found))


READERS: list[Callable[[Venue], Iterator[Source]]] = [_inspections, _referrals, _reports]
