"""The English translations: collects the Vietnamese sentences of each folder, and compiles their catalogues.

    python -m dauchan.project.messages           collect, keep what is translated, compile
    python -m dauchan.project.messages --check   name what lacks English and what is out of date; exit status 1 then

A catalogue is `locale/en/LC_MESSAGES/django.po` within a folder: each domain package, each part of one with tables of its
own, each screen of the web and the web itself.
"""

from __future__ import annotations

import re
import sys
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = Path(__file__).resolve().parents[1]
#: Folders without a catalogue: pure parts say both languages themselves, and Django reads none of `project`.
WITHOUT_CATALOGUE = {"epi", "project", "qr", "screening", "simulation", "vietnamese", "door", "client", "static"}
LOCALE = Path("locale/en/LC_MESSAGES")

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


class EnglishCatalog(Catalog):
    """A catalogue whose header carries no date and no program's version: the same sentences make the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "en"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ]

    @mime_headers.setter
    def mime_headers(self, _headers: object) -> None:
        """What a file says of itself is not kept."""


@dataclass(frozen=True)
class Folder:
    """A folder with a catalogue, and the sources whose sentences it holds."""

    path: Path
    sources: tuple[Path, ...]

    @property
    def name(self) -> str:
        return str(self.path.relative_to(PACKAGE))

    @property
    def po(self) -> Path:
        return self.path / LOCALE / "django.po"

    @property
    def mo(self) -> Path:
        return self.path / LOCALE / "django.mo"


def folders() -> list[Folder]:
    """Every folder that may have sentences, in order."""
    web = PACKAGE / "web"
    domains = [path for path in _packages(PACKAGE) if path != web]
    whole = [Folder(path, _sources(path.rglob("*"))) for path in _packages(web)]
    return [*(folder for path in domains for folder in _domain(path)), *whole, Folder(web, _sources(web.glob("*")))]


def _domain(path: Path) -> list[Folder]:
    """A domain, and each part of it that has tables of its own."""
    parts = [part for part in _packages(path) if (part / "models.py").exists()]
    own = (source for source in path.rglob("*") if not any(source.is_relative_to(part) for part in parts))
    return [Folder(path, _sources(own)), *(Folder(part, _sources(part.rglob("*"))) for part in parts)]


def _packages(parent: Path) -> list[Path]:
    return sorted(path.parent for path in parent.glob("*/__init__.py") if path.parent.name not in WITHOUT_CATALOGUE)


def _sources(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(sorted(p for p in paths if p.suffix in {".py", ".html", ".txt"} and "migrations" not in p.parts))


def collect(folder: Folder) -> EnglishCatalog:
    """The sentences of a folder's sources, with the translations its catalogue has for them."""
    found = EnglishCatalog(locale="en")
    for source in folder.sources:
        for _line, keyword, words, comments, *_rest in _extracted(source):
            _add(found, source.relative_to(folder.path), keyword, words, comments)
    known = _read(folder.po)
    for message in found:
        translated = known.get(message.id, message.context) if message.id else None
        if translated:
            message.string = translated.string
            message.flags |= translated.flags & {"fuzzy"}
    return found


def _extracted(source: Path) -> Iterator[tuple[Any, ...]]:
    text = source.read_text(encoding="utf-8")
    if source.suffix != ".py":
        # What stands between the sentences is blanked out; the brackets make its indentation mean nothing to Python.
        text = f"({templatize(text, origin=str(source))}\n)"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        yield from extract_python(BytesIO(text.encode()), KEYWORDS, COMMENT_TAGS, {"encoding": "utf-8"})


def _add(catalog: Catalog, source: Path, keyword: str, words: Any, comments: list[str]) -> None:  # noqa: ANN401 -- Babel's
    """Adds one call such as `ngettext("…", "…", n)`: which arguments matter depends on the keyword."""
    words = words if isinstance(words, tuple) else (words,)
    spec: tuple[Any, ...] = KEYWORDS[keyword] or (1,)
    contexts = [words[place[0] - 1] for place in spec if isinstance(place, tuple)]
    sentences = [words[place - 1] for place in spec if isinstance(place, int) and place <= len(words)]
    if not sentences or not all(sentences):
        return
    catalog.add(
        tuple(sentences) if len(sentences) > 1 else sentences[0],
        locations=[(str(source), 0)],
        auto_comments=comments,
        context=contexts[0] if contexts else None,
    )


def _read(po: Path) -> Catalog:
    if not po.exists():
        return Catalog(locale="en")
    with po.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def po_text(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=True, include_lineno=False, omit_header=False)
    # Babel leads with a comment of its own that names a year and an organisation.
    return b'msgid ""\n' + out.getvalue().partition(b'msgid ""\n')[2]


def mo_bytes(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def complaints(folder: Folder) -> Iterator[str]:
    """What is wrong with a folder's catalogue, a sentence each."""
    catalog = collect(folder)
    if not len(catalog):
        return
    for message in catalog:
        if message.id:
            yield from (f"{folder.name}: {complaint}" for complaint in _complaints_of(message))
    if not folder.po.exists() or folder.po.read_bytes() != po_text(catalog):
        yield f"{folder.name}: django.po is out of date"
    elif not folder.mo.exists() or folder.mo.read_bytes() != mo_bytes(catalog):
        yield f"{folder.name}: django.mo is out of date"


def _complaints_of(message: Message) -> Iterator[str]:
    sentences = message.id if isinstance(message.id, tuple) else (message.id,)
    translated = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if not all(translated):
        yield f"no English for {sentences[0]!r}"
    elif message.fuzzy:
        yield f"unsure English for {sentences[0]!r}"
    elif _placeholders(sentences) != _placeholders(translated):
        yield f"other placeholders in the English for {sentences[0]!r}"


def _placeholders(sentences: Any) -> set[str]:  # noqa: ANN401 -- Babel's
    return {match.group(0) for sentence in sentences for match in PLACEHOLDER.finditer(sentence)}


def contradictions(chosen: list[Folder]) -> Iterator[str]:
    """Sentences with two translations: Django merges all catalogues, so one of the two would never be seen."""
    seen: dict[tuple[Any, str | None], tuple[str, Any]] = {}
    for folder in chosen:
        for message in _read(folder.po):
            if not message.id or not message.string:
                continue
            where, english = seen.setdefault((message.id, message.context), (folder.name, message.string))
            if english != message.string:
                yield f"{folder.name}: {message.id!r} is {message.string!r} here, but {english!r} in {where}"


def update(folder: Folder) -> None:
    """Writes a folder's catalogue and its compiled form, where there is anything to say."""
    catalog = collect(folder)
    if not len(catalog):
        return
    folder.po.parent.mkdir(parents=True, exist_ok=True)
    folder.po.write_bytes(po_text(catalog))
    folder.mo.write_bytes(mo_bytes(catalog))


@click.command()
@click.option(
    "--check", is_flag=True, help="Write nothing; exit with 1 where English is missing or a file is out of date."
)
@click.argument("names", nargs=-1)
def main(names: tuple[str, ...], *, check: bool) -> None:
    """Collect and compile the translations of all folders, or of those named.

    Example: python -m dauchan.project.messages web/layout units
    """
    chosen = [folder for folder in folders() if not names or folder.name in names]
    if not check:
        for folder in chosen:
            update(folder)
    found = [complaint for folder in chosen for complaint in complaints(folder)] + list(contradictions(chosen))
    for complaint in found:
        click.echo(complaint, err=True)
    sys.exit(1 if check and found else 0)


if __name__ == "__main__":
    main()
