"""Loading grades of contacts and call scripts: rows per disease, not code; rows without a disease serve all others."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from dauchan.tracing.interviews.models import ContactGrade, ScriptStep
from dauchan.tracing.models import Disease
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

REFERENCE = Path(__file__).with_name("reference")
GRADE_COLUMNS = ("code", "name_vi", "name_en", "note_vi", "note_en", "position")
STEP_COLUMNS = ("code", "position", "kind", "text_vi", "text_en")

Row = TypeVar("Row", ContactGrade, ScriptStep)


@transaction.atomic
def load_scripts(directory: Path = REFERENCE) -> Loaded:
    """Load `grades.csv` and `scripts.csv`. Loading again changes nothing; the diseases must be there already.

    Raises: dauchan.units.errors.ReferenceRefused, and then nothing of it is kept.
    """
    grades = _load(directory / "grades.csv", ContactGrade, GRADE_COLUMNS)
    return grades + _load(directory / "scripts.csv", ScriptStep, STEP_COLUMNS)


def _load(file: Path, kind: type[Row], columns: tuple[str, ...]) -> Loaded:
    diseases = {disease.code: disease for disease in Disease.objects.all()}
    records = []
    for row in read_rows(file, ("disease", *columns)):
        if row["disease"] and row["disease"] not in diseases:
            raise row.refused(_("không có bệnh %(code)s trong diseases.csv") % {"code": row["disease"]})
        cells = {column: text for column, text in row.given().items() if column in columns}
        record = kind(disease=diseases.get(row["disease"]), **cells)
        row.check(record, exclude=["disease"])
        records.append(record)
    return keep_records(records, key=["disease_id", "code"])
