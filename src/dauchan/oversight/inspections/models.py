"""All tables of inspections, by the page they belong to."""

from __future__ import annotations

from dauchan.oversight.inspections.measure_models import Measure, MeasureEvent, MeasurePicture, MeasureState
from dauchan.oversight.inspections.record_models import (
    Answer,
    Check,
    Inspection,
    InspectionFinding,
    InspectionPicture,
    PosterVerdict,
    RecordNumber,
    Signature,
    Signer,
    Supplement,
    Withdrawal,
)
from dauchan.oversight.inspections.round_models import ChosenBy, Draw, Round, RoundState, Stop, TeamMember

__all__ = [
    "Answer",
    "Check",
    "ChosenBy",
    "Draw",
    "Inspection",
    "InspectionFinding",
    "InspectionPicture",
    "Measure",
    "MeasureEvent",
    "MeasurePicture",
    "MeasureState",
    "PosterVerdict",
    "RecordNumber",
    "Round",
    "RoundState",
    "Signature",
    "Signer",
    "Stop",
    "Supplement",
    "TeamMember",
    "Withdrawal",
]
