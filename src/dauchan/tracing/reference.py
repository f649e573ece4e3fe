"""Loading the diseases under surveillance and the doctrine laid down for them: dated rules, not code."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from dauchan.tracing.models import AerosolTail, Disease, DoctrineRule, EpidemiologicalParameters
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

REFERENCE = Path(__file__).with_name("reference")
DISEASE_COLUMNS = ("code", "name_vi", "name_en", "position")
RULE_COLUMNS = (
    "valid_from",
    "instrument",
    "days_before_onset",
    "days_before_sample",
    "days_after",
    "min_overlap_minutes",
    "later_min_overlap_minutes",
    "per_24_hours",
    "tail_minutes",
    "latent_period_hours",
    "crowd_limit",
    "note_vi",
    "note_en",
)
PARAMETER_COLUMNS = (
    "valid_from",
    "quanta_per_hour",
    "serial_mean_days",
    "serial_sd_days",
    "serial_shortest_days",
    "serial_longest_days",
    "incubation_longest_days",
    "source",
    "note_vi",
    "note_en",
)


@transaction.atomic
def load_doctrine(directory: Path = REFERENCE) -> Loaded:
    """Load `diseases.csv`, `doctrine.csv`, `tails.csv` and `parameters.csv`. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    diseases = _load_diseases(directory / "diseases.csv")
    rules = _load_dated(directory / "doctrine.csv", DoctrineRule, RULE_COLUMNS)
    tails = _load_tails(directory / "tails.csv")
    parameters = _load_dated(directory / "parameters.csv", EpidemiologicalParameters, PARAMETER_COLUMNS)
    return diseases + rules + tails + parameters


def _load_tails(file: Path) -> Loaded:
    rules = {(rule.disease.code, str(rule.valid_from)): rule for rule in DoctrineRule.objects.select_related("disease")}
    tails = []
    for row in read_rows(file, ("disease", "valid_from", "setting", "minutes")):
        rule = rules.get((row["disease"], row["valid_from"]))
        if rule is None:
            raise row.refused(_("không có quy định %(code)s trong doctrine.csv") % {"code": row["disease"]})
        tail = AerosolTail(rule=rule, setting=row["setting"], minutes=row["minutes"])
        row.check(tail, exclude=["rule"])
        tails.append(tail)
    return keep_records(tails, key=["rule_id", "setting"])


def _load_diseases(file: Path) -> Loaded:
    diseases = []
    for row in read_rows(file, DISEASE_COLUMNS):
        disease = Disease(**{column: text for column, text in row.given().items() if column in DISEASE_COLUMNS})
        row.check(disease, exclude=[])
        diseases.append(disease)
    return keep_records(diseases, key=["code"])


def _load_dated(
    file: Path, kind: type[DoctrineRule | EpidemiologicalParameters], columns: tuple[str, ...]
) -> Loaded:  # fmt: skip
    """Rows that hold for a disease from a day on."""
    diseases = {disease.code: disease for disease in Disease.objects.all()}
    records = []
    for row in read_rows(file, ("disease", *columns)):
        if row["disease"] not in diseases:
            raise row.refused(_("không có bệnh %(code)s trong diseases.csv") % {"code": row["disease"]})
        cells = {column: text for column, text in row.given().items() if column in columns}
        record = kind(disease=diseases[row["disease"]], **cells)
        row.check(record, exclude=["disease"])
        records.append(record)
    return keep_records(records, key=["disease_id", "valid_from"])
