"""Every sentence of the interface can be translated, and has been."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from django.template.base import Lexer, TokenType

from dauchan.project import messages
from dauchan.web.layout.assets import WEB

if TYPE_CHECKING:
    from pathlib import Path

#: A legal notice is written once in each language, as a document of its own.
DOCUMENTS = (".vi.html", ".en.html")
TEMPLATES = sorted(path for path in WEB.glob("[!c]*/**/*.html") if not path.name.endswith(DOCUMENTS))
LETTERS = re.compile(r"[^\W\d_]{2,}")
#: Attributes that are read or heard.
SPOKEN = {"title", "alt", "placeholder", "aria-label", "aria-description"}
#: Names of things and forms that are the same in every language.
PROPER = re.compile(r"^(Dấu Chân|QR|CSV|XLSX|PDF|TOTP|SMS|GPS|OK|F[0-3]|A[45]|[A-Z0-9]{4}-[A-Z0-9]{4}|km|cm|mm|px)$")


class Visible(HTMLParser):
    """Collects the words that a reader sees or hears; an element with `lang` says itself which language it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "code"} or (tag != "html" and "lang" in dict(attrs)) or self.silent:
            if tag not in {"input", "img", "br", "link", "meta", "path", "use", "line"}:
                self.silent.append(tag)
            return
        self.words += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += data.split("\n")


def bare_words(template: str) -> list[str]:
    """What a template shows outside its translation tags."""
    parser = Visible()
    parser.feed(without_tags(template))
    return [words.strip() for words in parser.words if LETTERS.search(words) and not PROPER.match(words.strip())]


def without_tags(template: str) -> str:
    kept, is_translated = [], False
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split(maxsplit=1)[0]
            is_translated = word in {"blocktranslate", "blocktrans", "comment"} or (
                is_translated and not word.startswith("end")
            )
        elif token.token_type == TokenType.TEXT and not is_translated:
            kept.append(token.contents)
    return "".join(kept)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_shows_no_word_that_cannot_be_translated(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Xin chào</p>", ["Xin chào"]),
        ('<input placeholder="Tìm kiếm">', ["Tìm kiếm"]),
        ('<p>{% translate "Xin chào" %}</p>', []),
        ("<p>{% blocktranslate %}Chào {{ name }}{% endblocktranslate %} Sau</p>", ["Sau"]),
        ('<p lang="en">English <b>too</b></p><p>Mã</p>', ["Mã"]),
        ("<p>{{ name }}: 12 – 13</p>", []),
    ],
)
def test_the_search_for_bare_words_finds_them(template: str, words: list[str]) -> None:
    assert bare_words(template) == words


def test_every_sentence_has_its_english_and_every_catalogue_is_compiled() -> None:
    check = subprocess.run(
        [sys.executable, "-m", "dauchan.project.messages", "--check"], capture_output=True, text=True, check=False
    )

    assert check.returncode == 0, check.stderr


def folder_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str = "shop", **sources: str) -> messages.Folder:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    folder = tmp_path / name
    folder.mkdir()
    for source, content in sources.items():
        (folder / source.replace("_", ".")).write_text(content, encoding="utf-8")
    return messages.Folder(folder, tuple(sorted(folder.iterdir())))


def test_sentences_of_templates_and_python_are_collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(
        tmp_path,
        monkeypatch,
        page_html="""
          <h1>{% translate "Chợ" %}</h1>
            {% card title=_("Thẻ") %}
          <p>{% blocktranslate trimmed count n=n %}
            {{ n }} nơi
          {% plural %}
            {{ n }} những nơi
          {% endblocktranslate %}</p>
        {% endcard %}
          {% translate "Mở" context "động từ" %}""",
        view_py='_("Đã lưu")\nngettext_lazy("một", "nhiều", n)\npgettext("danh từ", "Mở")\n_(f"{x}")\n',
    )

    found = {(message.id, message.context) for message in messages.collect(folder) if message.id}

    assert found == {
        ("Chợ", None),
        ("Thẻ", None),
        (("%(n)s nơi", "%(n)s những nơi"), None),
        ("Mở", "động từ"),
        ("Đã lưu", None),
        (("một", "nhiều"), None),
        ("Mở", "danh từ"),
    }


def test_what_is_wrong_with_a_catalogue_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path, monkeypatch, view_py='_("Xin chào %(name)s")\n_("Tạm biệt")\n')
    assert list(messages.complaints(folder)) == [
        "shop: no English for 'Xin chào %(name)s'",
        "shop: no English for 'Tạm biệt'",
        "shop: django.po is out of date",
    ]

    messages.update(folder)
    translated = folder.po.read_text().replace('"Tạm biệt"\nmsgstr ""', '"Tạm biệt"\nmsgstr "Goodbye"')
    folder.po.write_text(translated.replace('%(name)s"\nmsgstr ""', '%(name)s"\nmsgstr "Hello"'))
    assert list(messages.complaints(folder)) == [
        "shop: other placeholders in the English for 'Xin chào %(name)s'",
        "shop: django.mo is out of date",
    ]

    folder.po.write_text(folder.po.read_text().replace('"Hello"', '"Hello %(name)s"'))
    messages.update(folder)
    assert list(messages.complaints(folder)) == []


def test_a_translation_outlives_an_update_and_a_vanished_sentence_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, monkeypatch, view_py='_("Có")\n_("Không")\n')
    messages.update(folder)
    folder.po.write_text(folder.po.read_text().replace('"Có"\nmsgstr ""', '"Có"\nmsgstr "Yes"'))
    (folder.path / "view.py").write_text('_("Có")\n')

    messages.update(folder)
    first = folder.mo.read_bytes()
    messages.update(folder)

    assert 'msgstr "Yes"' in folder.po.read_text()
    assert "Không" not in folder.po.read_text()
    assert folder.mo.read_bytes() == first


def test_two_translations_of_one_sentence_are_a_contradiction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path, monkeypatch, view_py='_("Thẻ")\n')
    other = folder_of(tmp_path, monkeypatch, "other", view_py='_("Thẻ")\n')
    for each, english in ((folder, "Card"), (other, "Tab")):
        messages.update(each)
        each.po.write_text(each.po.read_text().replace('"Thẻ"\nmsgstr ""', f'"Thẻ"\nmsgstr "{english}"'))

    assert list(messages.contradictions([folder, other])) == ["other: 'Thẻ' is 'Tab' here, but 'Card' in shop"]
