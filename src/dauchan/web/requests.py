"""What the middleware adds to a request, for the type checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from dauchan.people.models import Person
    from dauchan.units.models import Officer


class PersonRequest(HttpRequest):
    """A visitor's or owner's request; `person` is falsy for somebody who has not signed in by phone."""

    person: Person
    htmx: HtmxDetails


class OfficerRequest(HttpRequest):
    """A request of a signed-in officer: views behind `officer_required`."""

    user: Officer
    htmx: HtmxDetails
