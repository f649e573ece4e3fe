"""What went wrong is said in words, in the reader's language."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

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
