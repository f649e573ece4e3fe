"""The console's first page: what waits for this officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest


@require_GET
@officer_required()
def home(request: OfficerRequest) -> HttpResponse:
    """What waits, and the figures of the officer's area."""
    return render(request, "officer/home.html")
