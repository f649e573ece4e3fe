"""The tables of this domain, each described in a file of its own."""

from dauchan.privacy.breaches.breach_models import Breach, BreachEvent
from dauchan.privacy.retention.certificate_models import PurgeCertificate
from dauchan.privacy.rights.erasure_models import Correction, Erasure
from dauchan.privacy.rights.request_models import PersonRequest, RequestClock, RequestEvent

__all__ = [
    "Breach",
    "BreachEvent",
    "Correction",
    "Erasure",
    "PersonRequest",
    "PurgeCertificate",
    "RequestClock",
    "RequestEvent",
]
