"""Every address of the console, found in the URLconf: a route that is added is tested without being named here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import RoutePattern, URLPattern

import dauchan.web

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a path parameter is given where a test knows no better: by converter.
USUAL = {"int": 1, "str": "ABCD-1234", "slug": "a4", "uuid": "01976b2e-0000-7000-8000-000000000000"}
#: What no honest page ever links to.
HOSTILE: dict[str, tuple[Any, ...]] = {
    "int": (0, 2**31, 2**63, 10**20, 10**400),
    "str": ("\0", "\ufffd\u202e", "x" * 200, "%2e%2e", "' OR 1=1 --"),
    "slug": ("no-such", "x" * 200),
    "uuid": ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
}


@dataclass(frozen=True)
class Route:
    """An address with its parameters, each with the name of its converter."""

    name: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def screen(self) -> str:
        return self.name.rpartition(":")[0] or "accounts"

    def address(self, known: dict[str, Any]) -> str:
        """With what is *known*, by `route parameter` or by `parameter`, and usual values for the rest."""
        values = {
            name: known.get(f"{self.name} {name}", known.get(name, USUAL[kind])) for name, kind in self.parameters
        }
        return reverse(self.name, kwargs=values)

    def hostile_addresses(self, known: dict[str, Any]) -> Iterator[str]:
        for name, kind in self.parameters:
            for value in HOSTILE[kind]:
                yield self.address({**known, f"{self.name} {name}": value})


def routes() -> list[Route]:
    return list(_within(get_resolver().url_patterns, ""))


def _within(patterns: list[Any], namespace: str) -> Iterator[Route]:
    for found in patterns:
        if isinstance(found, URLPattern):
            yield Route(f"{namespace}{found.name}", tuple(_parameters(found)))
        else:
            yield from _within(found.url_patterns, f"{found.namespace}:" if found.namespace else namespace)


def _parameters(found: URLPattern) -> Iterator[tuple[str, str]]:
    if isinstance(found.pattern, RoutePattern):
        for name, converter in found.pattern.converters.items():
            yield name, type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
    else:
        for name in found.pattern.regex.groupindex:
            yield name, "str"


def query_names() -> list[str]:
    """What views read from an address, and the fields of the forms that stand in one."""
    words = "".join(path.read_text(encoding="utf-8") for path in Path(str(dauchan.web.__path__[0])).rglob("*.py"))
    fields = re.findall(r"^    (\w+) = (?:forms\.)?\w*(?:Field|Choice)\w*\(", words, re.MULTILINE)
    return sorted({*re.findall(r"GET(?:\.get|\.getlist)?[(\[]\"(\w+)\"", words), *fields, "next", "p", "page"})
