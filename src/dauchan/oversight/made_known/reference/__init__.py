"""Loading the templates of materials. A new version is a new line: what was made from the old one stays explained."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from dauchan.oversight.made_known.models import MaterialTemplate
from dauchan.oversight.made_known.wording import unknown_facts
from dauchan.units.reference_rows import Loaded, keep_records, read_rows

FILE = Path(__file__).with_name("templates.csv")
COLUMNS = ("kind", "audience", "version", "valid_from", "title_vi", "body_vi", "title_en", "body_en")


@transaction.atomic
def load_material_templates(file: Path = FILE) -> Loaded:
    """Loading again changes nothing.

    Raises: dauchan.units.errors.ReferenceRefused, also for a template that names a fact nobody knows.
    """
    templates = []
    for row in read_rows(file, COLUMNS):
        template = MaterialTemplate(**{column: row[column] for column in COLUMNS})
        row.check(template, exclude=[])
        for words in (template.title_vi, template.body_vi, template.title_en, template.body_en):
            if unknown := unknown_facts(words):
                raise row.refused(_("không biết {%(name)s} là gì") % {"name": min(unknown)})
        templates.append(template)
    return keep_records(templates, key=["kind", "audience", "version"])
