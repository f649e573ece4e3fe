"""Cases and contacts as other systems take them; the readers beside this folder read each of them back.

Names are written where the caller has them: whoever may not open them passes `PersonTold()` with nothing in it.
"""

from dauchan.exchange.interop.writing.dhis2 import dhis2_payload
from dauchan.exchange.interop.writing.fhir import fhir_bundle
from dauchan.exchange.interop.writing.fhir_stays import fhir_stays
from dauchan.exchange.interop.writing.godata import godata_cases, godata_contacts
from dauchan.exchange.interop.writing.sormas import sormas_case_columns, sormas_contact_columns

__all__ = [
    "dhis2_payload",
    "fhir_bundle",
    "fhir_stays",
    "godata_cases",
    "godata_contacts",
    "sormas_case_columns",
    "sormas_contact_columns",
]
