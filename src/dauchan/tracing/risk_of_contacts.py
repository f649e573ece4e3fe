"""The explained risk of contacts: as a column that a list can be sorted by, and factor by factor for one contact.

Both are the formula of `dauchan.epi.risk`. A contact's number is by how much the dose exceeds that of the exposure of
reference, 15 minutes among ten people in a room of medium ventilation; it ranks whom to call first and is no diagnosis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, FloatField, Value, When
from django.db.models.functions import Cast, Coalesce

from dauchan.epi.risk import (
    AIR_PER_PERSON,
    CLOSE,
    CONTACT_MASKED,
    LET_OUT,
    OUTDOORS,
    QUANTA,
    REFERENCE_MINUTES,
    REFERENCE_PEOPLE,
    Circumstances,
    Mask,
    Ventilation,
    exposure_risk,
)
from dauchan.tracing.interviews.models import Distance
from dauchan.tracing.models import EpidemiologicalParameters

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models.expressions import Combinable

    from dauchan.epi.risk import Risk
    from dauchan.tracing.interviews.models import ContactInterview
    from dauchan.tracing.models import Contact, Disease, TraceRun

#: By how much an answer multiplies the risk; answers that change nothing are left out.
TOLD_TIMES: dict[str, dict[str, float]] = {
    "distance": {Distance.WITHIN_1M: CLOSE},
    "ventilation": {kind: AIR_PER_PERSON[Ventilation.MEDIUM] / air for kind, air in AIR_PER_PERSON.items()},
    "source_mask": {mask: share for mask, share in LET_OUT.items() if mask is not Mask.NONE},
    "contact_mask": {mask: CONTACT_MASKED for mask in Mask if mask is not Mask.NONE},
}


def risk_times() -> Combinable:
    """The number that `risk_of` explains, as an expression over contacts, to sort or compare by; null where that gives None."""
    people = Coalesce(F("people_present"), Value(float(REFERENCE_PEOPLE)))
    indoors = Value(1.0) + Coalesce(F("outdoor_share"), Value(0.0)) * Value(OUTDOORS - 1)
    minutes = Cast(F("overlap_seconds"), FloatField()) / Value(60.0 * REFERENCE_MINUTES)
    whole = minutes * Value(float(REFERENCE_PEOPLE)) / people * indoors
    for field, times in TOLD_TIMES.items():
        whole *= Case(
            *(When(**{f"interview__{field}": told}, then=Value(factor)) for told, factor in times.items()),
            default=Value(1.0),
            output_field=FloatField(),
        )
    return Case(When(overlap_seconds__gt=0, then=whole), default=None, output_field=FloatField())


def risk_of(contact: Contact, quanta: float | None = None) -> Risk | None:
    """The risk of one contact with its factors; None for somebody whom the case named and who shared no scanned minute.

    The probability only means something where *quanta* are known. A list asks with `select_related("interview")`.
    """
    if not contact.overlap_seconds:
        return None
    known = Circumstances(
        minutes=contact.overlap_seconds / 60,
        people_present=contact.people_present,
        outdoor_share=contact.outdoor_share,
        **_told(contact.interview),
    )
    return exposure_risk(known, quanta=QUANTA["sars-cov-2"] if quanta is None else quanta)


def _told(interview: ContactInterview | None) -> dict[str, Any]:
    """What the team found out by asking; empty answers are not known."""
    if interview is None:
        return {}
    return {
        "within_a_metre": interview.distance == Distance.WITHIN_1M if interview.distance else None,
        "ventilation": Ventilation(interview.ventilation) if interview.ventilation else None,
        "source_mask": Mask(interview.source_mask) if interview.source_mask else None,
        "contact_mask": Mask(interview.contact_mask) if interview.contact_mask else None,
    }


def rank_of(run: TraceRun, risk: Risk) -> int:
    """The place of a risk within its list, from 1: the contacts that stand above it by more than rounding, and one."""
    contacts = run.contacts.order_by().annotate(risk_times=risk_times())
    above = contacts.filter(risk_times__gt=risk.times_reference * (1 + 1e-9))
    return above.count() + 1


def parameters_on(disease: Disease, day: dt.date) -> EpidemiologicalParameters | None:
    """What was known of *disease* on *day*; None where nothing is kept."""
    known = EpidemiologicalParameters.objects.filter(disease=disease, valid_from__lte=day)
    return known.order_by("-valid_from").first()
