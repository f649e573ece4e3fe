"""What went wrong is said in words, in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

import dauchan.web as static
from dauchan.web.layout.errors import broken


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("vi", "Không tìm thấy trang"), ("en", "Page not found")])
def test_an_address_that_does_not_exist(client: Client, language: str, words: str) -> None:
    client.cookies["dauchan_language"] = language
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_the_page_of_last_resort_needs_no_database() -> None:
    with translation.override("vi"):
        answer = broken(None)  # type: ignore[arg-type]  # it must not look at the request
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/help/", {"words": "x"})
    assert answer.status_code == 403
    assert "tải lại trang" in answer.content.decode()


@pytest.mark.django_db
def test_built_files_are_never_asked_for_twice(client: Client) -> None:
    built = next(path.name for path in (Path(static.__file__).parent / "static" / "build").glob("common-*.css"))
    answer = client.get(f"/static/build/{built}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"".join(answer)
