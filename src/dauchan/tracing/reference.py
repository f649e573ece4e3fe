"""Loading the diseases under surveillance and the doctrine laid down for them: dated rules, not code."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from dauchan.tracing.models import Disease, DoctrineRule
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
    "tail_minutes",
    "latent_period_hours",
    "note_vi",
    "note_en",
)


@transaction.atomic
def load_doctrine(directory: Path = REFERENCE) -> Loaded:
    """Load `diseases.csv` and `doctrine.csv`. Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    return _load_diseases(directory / "diseases.csv") + _load_rules(directory / "doctrine.csv")


def _load_diseases(file: Path) -> Loaded:
    diseases = []
    for row in read_rows(file, DISEASE_COLUMNS):
        disease = Disease(**{column: text for column, text in row.given().items() if column in DISEASE_COLUMNS})
        row.check(disease, exclude=[])
        diseases.append(disease)
    return keep_records(diseases, key=["code"])


def _load_rules(file: Path) -> Loaded:
    diseases = {disease.code: disease for disease in Disease.objects.all()}
    rules = []
    for row in read_rows(file, ("disease", *RULE_COLUMNS)):
        if row["disease"] not in diseases:
            raise row.refused(_("không có bệnh %(code)s trong diseases.csv") % {"code": row["disease"]})
        cells = {column: text for column, text in row.given().items() if column in RULE_COLUMNS}
        rule = DoctrineRule(disease=diseases[row["disease"]], **cells)
        row.check(rule, exclude=["disease"])
        rules.append(rule)
    return keep_records(rules, key=["disease_id", "valid_from"])
