"""Loading what is laid down for follow-up and orders: dated rules, not code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dauchan.tracing.follow_up.models import AppealRoute, FollowUpRule, LegalBasis, RetentionRule, StepLimit
from dauchan.tracing.intake.symptoms import Symptom
from dauchan.tracing.models import Disease
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

REFERENCE = Path(__file__).with_name("reference")
RULE_COLUMNS = (
    "valid_from",
    "applies_to",
    "instrument",
    "place",
    "days",
    "monitoring_days",
    "test_days",
    "asks_per_day",
    "missed_to_lead",
    "missed_to_approver",
    "symptoms",
    "note_vi",
    "note_en",
)
#: File, model, the columns of its text, and the key by which a row is known.
PLAIN: Sequence[tuple[str, type[Model], tuple[str, ...], list[str]]] = (
    (
        "legal_bases.csv",
        LegalBasis,
        ("code", "valid_from", "valid_to", "kinds", "text_vi", "text_en", "position"),
        ["code", "valid_from"],
    ),
    ("appeals.csv", AppealRoute, ("code", "valid_from", "valid_to", "text_vi", "text_en"), ["code", "valid_from"]),
    ("clocks.csv", StepLimit, ("step", "valid_from", "instrument", "minutes"), ["step", "valid_from"]),
    (
        "retention.csv",
        RetentionRule,
        ("purpose", "valid_from", "days", "note_vi", "note_en"),
        ["purpose", "valid_from"],
    ),
)


@transaction.atomic
def load_follow_up(directory: Path = REFERENCE) -> Loaded:
    """Load schedules, legal bases, ways to appeal, clocks and retention. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    loaded = _load_schedules(directory / "schedules.csv")
    for name, model, columns, key in PLAIN:
        loaded += _load_plain(directory / name, model, columns, key)
    return loaded


def _load_schedules(file: Path) -> Loaded:
    diseases = {disease.code: disease for disease in Disease.objects.all()}
    rules = []
    for row in read_rows(file, ("disease", "is_verified", *RULE_COLUMNS)):
        if row["disease"] not in diseases:
            raise row.refused(_("không có bệnh %(code)s trong diseases.csv") % {"code": row["disease"]})
        if unknown := set(row["symptoms"].split()) - set(Symptom.values):
            raise row.refused(_("không có triệu chứng %(codes)s") % {"codes": ", ".join(sorted(unknown))})
        if not all(day.isdecimal() for day in row["test_days"].split()):
            raise row.refused(_("test_days phải là các số ngày, cách nhau bằng dấu cách"))
        rule = FollowUpRule(disease=diseases[row["disease"]], is_verified=row.says("is_verified"))
        rules.append(_filled(rule, row.given(), RULE_COLUMNS))
        row.check(rule, exclude=["disease"])
    return keep_records(rules, key=["disease_id", "valid_from", "applies_to"])


def _load_plain(file: Path, model: type[Model], columns: tuple[str, ...], key: list[str]) -> Loaded:
    has_mark = any(field.name == "is_verified" for field in model._meta.fields)  # noqa: SLF001 - Django's own name for it
    records = []
    for row in read_rows(file, columns):
        record = model(**({"is_verified": row.says("is_verified")} if has_mark else {}))
        records.append(_filled(record, row.given(), columns))
        row.check(record, exclude=[])
    return keep_records(records, key=key)


def _filled(record: Any, cells: dict[str, str], columns: tuple[str, ...]) -> Any:  # noqa: ANN401 - whichever model
    for column in columns:
        if column in cells:
            setattr(record, column, cells[column])
    return record
