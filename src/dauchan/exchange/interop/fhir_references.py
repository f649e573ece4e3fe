"""The resources of a FHIR bundle, and which of them a reference means.

Source: HL7 FHIR R4 (4.0.1), References between resources (literal, logical, contained) and Bundle (resolving references).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.reading import objects_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Resource = dict[str, Any]
_DEEPEST = 5


class Resources:
    """All resources that a bundle has, however deep, and what they call each other.

    Attributes:
        by_kind: (place in the file, resource) by the name of its type; those contained in another too.
    """

    def __init__(self, content: object) -> None:
        self.by_kind: dict[str, list[tuple[str, Resource]]] = defaultdict(list)
        self._named: dict[str, Resource] = {}
        self._by_identifier: dict[str, Resource] = {}
        self._contained: dict[tuple[int, str], Resource] = {}
        for at, full_url, one in _resources(content):
            self._know(at, one, full_url)
            for inner in objects_of(one.get("contained")):
                self._contained[id(one), text_of(inner.get("id"))] = inner
                self._contained[id(inner), ""] = one
                self.by_kind[text_of(inner.get("resourceType"))].append((f"{at}.contained", inner))

    def _know(self, at: str, one: Resource, full_url: str) -> None:
        kind, uid = text_of(one.get("resourceType")), text_of(one.get("id"))
        self.by_kind[kind].append((at, one))
        names = [full_url, *([f"{kind}/{uid}", f"urn:uuid:{uid}", f"urn:oid:{uid}"] if uid else [])]
        for name in filter(None, names):
            self._named.setdefault(name, one)
        for identifier in objects_of(one.get("identifier")):
            self._by_identifier.setdefault(_identifier(kind, identifier), one)

    def meant(self, one: Resource, name: str, kind: str = "Patient") -> Resource | None:
        """What *one* refers to by its element *name*; the first, of a list."""
        return self.of(next(iter(objects_of(one.get(name))), None), one, kind)

    def of(self, reference: object, within: Resource, kind: str) -> Resource | None:
        """Whom a Reference means that stands in the resource *within*; None for nobody who is here."""
        if not isinstance(reference, dict):
            return None
        written = text_of(reference.get("reference")).partition("/_history/")[0]
        if written.startswith("#"):
            outer = self._contained.get((id(within), ""), within)
            return self._contained.get((id(outer), written[1:])) or (outer if written == "#" else None)
        tail = "/".join(written.rsplit("/", 2)[-2:])
        if found := self._named.get(written) or self._named.get(tail):
            return found
        if "?identifier=" in written:
            system, _bar, value = written.partition("?identifier=")[2].rpartition("|")
            return self._by_identifier.get(_identifier(kind, {"system": system, "value": value}))
        identifier = next(iter(objects_of(reference.get("identifier"))), {})
        return self._by_identifier.get(_identifier(kind, identifier)) if identifier.get("value") else None


def reference_of(one: Resource, name: str) -> str:
    """What is written where *one* refers to somebody, to be told."""
    said = next(iter(objects_of(one.get(name))), {})
    return text_of(said.get("reference")) or text_of(said.get("display"))


def _identifier(kind: str, identifier: Resource) -> str:
    return f"{kind} {text_of(identifier.get('system'))}|{text_of(identifier.get('value'))}"


def _resources(content: object, at: str = "", depth: int = 0) -> Iterator[tuple[str, str, Resource]]:
    """Each with its place and its full URL: of a bundle, of bundles in it, of a list."""
    for number, one in enumerate(objects_of(content)):
        place = f"{at}[{number}]" if isinstance(content, list) else at
        if one.get("resourceType") != "Bundle":
            yield place or text_of(one.get("resourceType")), "", one
            continue
        for inner, entry in enumerate(objects_of(one.get("entry"))):
            resource, here = entry.get("resource"), f"{place}.entry[{inner}]".lstrip(".")
            if isinstance(resource, dict) and resource.get("resourceType") != "Bundle":
                yield here, text_of(entry.get("fullUrl")), resource
            elif isinstance(resource, dict) and depth < _DEEPEST:
                yield from _resources(resource, here, depth + 1)
