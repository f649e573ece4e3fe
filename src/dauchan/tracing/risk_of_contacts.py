"""The explained risk of contacts: as a column that a list can be sorted by, and factor by factor for one contact.

Both are the formula of `dauchan.epi.risk`. A contact's number is by how much the dose exceeds that of the exposure of
reference, 15 minutes among ten people in a room of medium ventilation; it ranks whom to call first and is no diagnosis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import ExpressionWrapper, F, FloatField, Value
from django.db.models.functions import Cast, Coalesce

from dauchan.epi.risk import OUTDOORS, QUANTA, REFERENCE_MINUTES, REFERENCE_PEOPLE, Circumstances, exposure_risk
from dauchan.tracing.models import EpidemiologicalParameters

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models.expressions import Combinable

    from dauchan.epi.risk import Risk
    from dauchan.tracing.models import Contact, Disease, TraceRun


def risk_times() -> Combinable:
    """The number that `risk_of` explains, as an expression over contacts, to sort or compare by."""
    people = Coalesce(F("people_present"), Value(float(REFERENCE_PEOPLE)))
    indoors = Value(1.0) + Coalesce(F("outdoor_share"), Value(0.0)) * Value(OUTDOORS - 1)
    minutes = Cast(F("overlap_seconds"), FloatField()) / Value(60.0 * REFERENCE_MINUTES)
    return ExpressionWrapper(minutes * Value(float(REFERENCE_PEOPLE)) / people * indoors, output_field=FloatField())


def risk_of(contact: Contact, quanta: float | None = None) -> Risk:
    """The risk of one contact with its factors; the probability only means something where *quanta* are known."""
    known = Circumstances(
        minutes=contact.overlap_seconds / 60,
        people_present=contact.people_present,
        outdoor_share=contact.outdoor_share,
    )
    return exposure_risk(known, quanta=QUANTA["sars-cov-2"] if quanta is None else quanta)


def rank_of(run: TraceRun, risk: Risk) -> int:
    """The place of a risk within its list, from 1: the contacts that stand above it by more than rounding, and one."""
    contacts = run.contacts.order_by().annotate(risk_times=risk_times())
    above = contacts.filter(risk_times__gt=risk.times_reference * (1 + 1e-9))
    return above.count() + 1


def parameters_on(disease: Disease, day: dt.date) -> EpidemiologicalParameters | None:
    """What was known of *disease* on *day*; None where nothing is kept."""
    known = EpidemiologicalParameters.objects.filter(disease=disease, valid_from__lte=day)
    return known.order_by("-valid_from").first()
