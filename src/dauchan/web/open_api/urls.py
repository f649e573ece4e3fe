"""Addresses that programs ask: one for each path of `OPERATIONS`, and an answer for whatever else is asked there."""

import re
from itertools import groupby

from django.urls import URLPattern, path, re_path

from dauchan.exchange.programs.operations import OPERATIONS, PREFIX, Operation
from dauchan.web.open_api.answering import answering, nowhere

app_name = "open_api"


def _address(route: str, operations: tuple[Operation, ...]) -> URLPattern:
    here = re.sub(r"{(\w+)}", r"<str:\1>", PREFIX.lstrip("/") + route)
    return path(here, answering(operations), name=operations[0].name)


urlpatterns = [
    *(_address(route, tuple(here)) for route, here in groupby(OPERATIONS, lambda operation: operation.path)),
    re_path("^api/v1/", nowhere, name="nowhere"),
]
